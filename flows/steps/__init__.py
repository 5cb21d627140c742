"""The steps of a night: plain functions, each restartable, none aware of Prefect."""
