"""SHOW: what the published file says, for people. Imports the warehouse's queries, never its writer."""
