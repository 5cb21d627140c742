"""Charts, defined once for the dashboard, the static edition and the mail: plain rows in, an Altair chart out."""
