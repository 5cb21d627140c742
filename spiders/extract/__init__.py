"""Archived bytes to Documents: one reader a format, all pure functions of the page."""
