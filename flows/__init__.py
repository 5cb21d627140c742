"""RUN: the command, settings, and the flows that put the steps in order. Rules live in the rooms, not here."""
