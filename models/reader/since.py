"""Days of a deed told by how long before its end it began: "fue liberado el martes, cuatro días después de que lo subieran a un auto".

The end (a rescue, a death in hospital, a capture) has the day that is named, the deed lies so many days before. Not here: days told from
the deed's own ("dos días después cayó un sospechoso": ``anchored``).
"""

from __future__ import annotations

import re
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


@cache
def _said(name: str) -> re.Pattern[str]:
    data = read_data("since.toml")
    return any_of(data["ends"] if name == "ends" else data["began"][name])


def began(reading: Reading, kind: str) -> date | None:
    """The day of a deed of ``kind``, where one sentence says on what day its story ended and how long before that it began."""
    found: set[date] = set()
    if kind in read_data("since.toml")["began"]:
        for sentence in reading.sentences:
            if reading.own(sentence.index) and (day := _began(reading, sentence.index, kind)):
                found.add(day)
    return found.pop() if len(found) == 1 else None


def _began(reading: Reading, index: int, kind: str) -> date | None:
    folded = reading.sentences[index].folded
    days = [hit for hit in reading.dates[index] if hit.day and hit.precision == "day"]
    if len({hit.day for hit in days}) != 1 or not _said("ends").search(folded):
        return None
    match = next((m for m in AFTER.finditer(folded) if _said(kind).search(m["began"])), None)
    match = match or (HELD.search(folded) if kind == "kidnapping" else None)
    end, day = days[-1], days[-1].day
    if match is None or day is None or (match.start() <= end.start and end.end <= match.end()):
        return None
    if JOINED.search(folded[end.end : match.start()]) or _said(kind).search(folded, 0, match.start()):
        return None  # what is told before is the deed itself, and the day may be its own
    number = 1 if match["number"] in {"a", "an", "un"} else int(parse_number(match["number"]) or 0)
    return day - timedelta(days=number) if number else None
