"""Days of a deed told by how long before its end it began: "fue liberado el martes, cuatro días después de que lo subieran a un auto".

The end (a rescue, a death in hospital, a capture) has the day that is named, the deed lies so many days before. Not here: days told from
the deed's own ("dos días después cayó un sospechoso": ``anchored``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.numbers import number_word_pattern, parse_number
from models.reader.reading import Reading

_NUMBER = rf"(?P<number>\d{{1,2}}|an?|un|{number_word_pattern()})"
AFTER = re.compile(
    rf"\b{_NUMBER} (?:dias?|noches?|days?|nights?) (?:despues|luego|mas tarde|after)(?: del?(?! (?:ese|este|aquel)\b)| que)?\b(?P<began>[^.;,]{{0,70}})"
)
HELD = re.compile(
    rf"\b(?:(?:tras|luego de|despues de|llevaba|permanecio|permanecer|estuvo|after)(?: \w+)? {_NUMBER} (?:dias?|noches?|days?|nights?)"
    r" (?:de |en |in |of )?(?:cautiv\w+|secuestr\w+|reten\w+|captivity|being held|poder de (?:sus|los) (?:captores|secuestradores)))"
)
JOINED = re.compile(r"[;.]| (?:y|e|and|pero|but),? $")  # between a day and the number: then the day is another clause's

OTHER = re.compile(r"\b(?:otr[oa]s?|another|other)\b")
CLAUSE_END = re.compile(r"[.;,:]| (?:y|e|and|pero|but) ")
NEAR = 2  # days between a reckoned day and a named one that tells of the same deed: "three days" are counted loosely


@cache
def _said(name: str) -> re.Pattern[str]:
    data = read_data("since.toml")
    return any_of([each for some in data["ends"].values() for each in some] if name == "ends" else data["began"][name])


@cache
def _own_end(kind: str) -> re.Pattern[str]:
    """What ends the story of the one who was struck; that a suspect is freed ends no murder."""
    ends = read_data("since.toml")["ends"]
    return any_of([*ends["died"], *(ends["freed"] if kind == "kidnapping" else ())])


@cache
def _elses(kind: str) -> re.Pattern[str]:
    """How what began is said to have struck somebody else: "del asesinato de Luis", "de que su hermano fuera baleado".

    Not who struck: "el ataque de su vecino", "lo baleó su vecino".
    """
    data = read_data("since.toml")
    killing, taking, nouns = ("|".join(data["elses"][name]) for name in ("killing", "taking", "colleagues"))
    deed, kin = "|".join(data["began"][kind]), "|".join([*read_data("persons.toml")["kin"], nouns])
    someone = (
        rf"(?:(?:el|la|los|las|sus?|una?|his|her|their|an?|the) (?:\w+ )?(?:{kin})(?:e?s)?|(?:otr[oa]s?|another) \w+)\b"
    )
    return re.compile(
        rf"\b(?:{killing}) (?:del?|of)\b|\b(?:{taking}) (?:del?|of) {someone}"
        rf"|^ (?:que )?{someone} (?:fue|(?:habia|hubiera) sido|was|were|had been)|\b(?:{deed}) (?:al?|contra|on|against) {someone}"
        rf"|\b(?:{deed}) (?:his|her|their) (?:\w+ )?(?:{kin})\b"
    )


def began(reading: Reading, kind: str) -> date | None:
    """The day of a deed of ``kind``, where one sentence says on what day its story ended and how long before that it began.

    ``None`` also where the text names the deed's own day near it: then that is weighed as any other.
    """
    found: dict[date, int] = {}
    if kind in read_data("since.toml")["began"]:
        for sentence in reading.sentences:
            if reading.own(sentence.index) and (day := _began(reading, sentence.index, kind)):
                found[day] = sentence.index
    if len(found) != 1:
        return None
    (day, index), *_ = found.items()
    return None if any(named != day for named in _named(reading, index, kind, day)) else day


def _named(reading: Reading, index: int, kind: str, reckoned: date) -> Iterator[date]:
    """The days near the reckoned one that other sentences give the deed, in a clause that tells it and not its end."""
    for sentence in reading.sentences:
        if sentence.index == index or not reading.own(sentence.index) or OTHER.search(sentence.folded):
            continue
        hits = [hit for hit in reading.dates[sentence.index] if hit.day and hit.precision == "day"]
        is_one = len({hit.day for hit in hits}) == 1
        for hit in hits:
            if hit.day is None or abs((hit.day - reckoned).days) > NEAR:
                continue
            clause = sentence.folded if is_one else _clause(sentence.folded, hit.start)
            if _said(kind).search(clause) and not _said("ends").search(clause):
                yield hit.day


def _clause(folded: str, at: int) -> str:
    """The clause around ``at``."""
    ends = [0, *(end for match in CLAUSE_END.finditer(folded) for end in match.span()), len(folded)]
    after = bisect_right(ends, at)
    return folded[ends[after - 1] : ends[min(after, len(ends) - 1)]]


def _began(reading: Reading, index: int, kind: str) -> date | None:
    folded = reading.sentences[index].folded
    days = [hit for hit in reading.dates[index] if hit.day and hit.precision == "day"]
    if len({hit.day for hit in days}) != 1 or not _said("ends").search(folded):
        return None
    match = next((m for m in AFTER.finditer(folded) if _said(kind).search(m["began"])), None)
    if match and _own_end(kind).search(folded) and _elses(kind).search(match["began"]):
        return None
    match = match or (HELD.search(folded) if kind == "kidnapping" else None)
    end, day = days[-1], days[-1].day
    if match is None or day is None or (match.start() <= end.start and end.end <= match.end()):
        return None
    if JOINED.search(folded[end.end : match.start()]) or _said(kind).search(folded, 0, match.start()):
        return None  # what is told before is the deed itself, and the day may be its own
    number = 1 if match["number"] in {"a", "an", "un"} else int(parse_number(match["number"]) or 0)
    return day - timedelta(days=number) if number else None
