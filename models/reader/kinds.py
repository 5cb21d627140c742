"""Event types that are treated alike."""

VIOLENT = ("murder", "attack", "arson", "kidnapping")  # what hurts people
LEGAL = frozenset({"new_law", "bill", "state_of_emergency"})  # what the State does; dated by its papers
SERIAL = frozenset({"murder", "attack", "arson"})  # what a round-up tells several of
