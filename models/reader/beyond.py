"""What a text counts that is no statistic of crime in Peru: another country's crimes, those hurt on the road or by a quake.

Not here: the places of Peru (``models.gazetteer``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.metrics import NEAR, Hit
from models.reader.numbers import Number

STOP = re.compile(r"[,;.]")
PERU = re.compile(r"\bperu\w*|\blima\b")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return any_of(read_data("figures.toml")["beyond"][name])


def is_abroad(folded: str, *, has_places: bool) -> bool:
    """Whether a sentence tells of another country and of no place in Peru."""
    return not has_places and _pattern("countries").search(folded) is not None and not PERU.search(folded)


def is_accident(folded: str) -> bool:
    """Whether a text tells of an accident or of nature: its dead are not those counted before."""
    return _pattern("accidents").search(folded) is not None


@cache
def _caused() -> re.Pattern[str]:
    """A crime's word that an accident follows all the same: "homicidios por accidentes de tránsito"."""
    accidents = "|".join(read_data("figures.toml")["beyond"]["accidents"])
    return re.compile(rf" (?:culpos\w+ )?(?:por|en|debido a|a causa de) (?:\w+ ){{0,2}}?(?:{accidents})")


def _stretch(folded: str, at: int) -> str:
    """The stretch around a point up to what is only told beside it: "pese a las lluvias", "más que los muertos por…"."""
    cuts = [0, *(found.start() for found in _pattern("asides").finditer(folded)), len(folded)]
    return folded[max(cut for cut in cuts if cut <= at) : min([cut for cut in cuts if cut > at], default=len(folded))]


def of_crime(folded: str, hits: Sequence[Hit]) -> list[Hit]:
    """The metrics of a sentence without the harm that an accident did; what only crimes are called is no such harm."""
    harm: list[str] = read_data("figures.toml")["beyond"]["harm"]
    if not any(hit.metric in harm for hit in hits) or not is_accident(folded):
        return list(hits)

    def is_harm(hit: Hit) -> bool:
        if _caused().match(folded, hit.end):
            return True
        is_own = _pattern("crimes").match(folded, hit.start) is not None
        return not is_own and is_accident(_stretch(folded, hit.start))

    return [hit for hit in hits if hit.metric not in harm or not is_harm(hit)]


def counts_accident(folded: str, number: Number, named: Sequence[Hit], hits: Sequence[Hit]) -> bool:
    """Whether a number counts the harm of an accident or is laid beside it; ``hits`` are those of ``named`` that are of crime."""
    if not is_accident(folded):
        return False
    after = min((hit for hit in named if hit.start >= number.end), key=lambda hit: hit.start, default=None)
    between = folded[number.end : after.start] if after else ""
    is_beside = len(between) <= NEAR and not STOP.search(between) and not _pattern("asides").search(between)
    if after and after not in hits and is_beside:
        return True
    if number.is_percent and is_accident(STOP.split(folded[number.end :], maxsplit=1)[0]):
        return True
    stretch, start = _stretch(folded, number.start), folded.find(_stretch(folded, number.start))
    return is_accident(stretch) and not any(start <= hit.start < start + len(stretch) for hit in hits)
