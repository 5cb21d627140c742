"""The dashboard: what the published file says, to be looked at in a browser. Read-only but for the review inbox."""
