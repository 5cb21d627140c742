"""KEEP: the shared vocabulary, operational state, warehouse and published file. Imports nothing from the rooms above it."""
