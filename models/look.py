"""Where a network looked for a label: what the classifier hands on to the reader, which weighs it with its own words."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Look(NamedTuple):
    """A sentence (code points into ``field``) and its share of the label's attention, 0 to 1; a title is not cut."""

    field: Literal["title", "text"]
    start: int
    end: int
    share: float
