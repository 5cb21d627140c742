"""What a text counts that is no statistic of crime in Peru: another country's crimes, those hurt on the road or by a quake.

Not here: the places of Peru (``models.gazetteer``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.metrics import Hit

PERU = re.compile(r"\bperu\w*|\blima\b")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return any_of(read_data("figures.toml")["beyond"][name])


def is_abroad(folded: str, *, has_places: bool) -> bool:
    """Whether a sentence tells of another country and of no place in Peru."""
    return not has_places and _pattern("countries").search(folded) is not None and not PERU.search(folded)


def is_accident(folded: str) -> bool:
    """Whether a sentence tells of an accident or of nature: its dead are not those counted before."""
    return _pattern("accidents").search(folded) is not None


def of_crime(folded: str, hits: Sequence[Hit]) -> list[Hit]:
    """The metrics of a sentence without the harm that an accident did."""
    harm: list[str] = read_data("figures.toml")["beyond"]["harm"]
    is_harm = any(hit.metric in harm for hit in hits) and is_accident(folded)
    return [hit for hit in hits if not (is_harm and hit.metric in harm)]
