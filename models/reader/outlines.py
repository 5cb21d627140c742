"""How a sentence enumerates scenes: its outline, in which a sign stands for each place and each day, and the forms scenes have in it.

Not here: what the scenes found mean (``enumerated``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from models.gazetteer import PlaceHit
from models.reader.data import read_data
from models.reader.day_hits import DateHit
from models.reader.numbers import number_word_pattern
from models.reader.reading import Reading

PLACE, DAY = "\ue000", "\ue001"  # stand for the letters of a place's name and of a day
SPAN = r"(?:noches?|dias?|horas|semanas?|madrugada|jornada|minutos)"


@dataclass(frozen=True, slots=True)
class Outline:
    """A sentence with signs for its names of places and its days, of the same length."""

    text: str
    places: dict[int, PlaceHit]
    days: dict[int, DateHit]


@dataclass(frozen=True, slots=True)
class Grammar:
    """How scenes are written: the first with a noun or without, the following ones, a bare row."""

    openings: tuple[re.Pattern[str], ...]
    following: re.Pattern[str]
    row: re.Pattern[str]
    end: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """The forms, put together from the words of ``enumerated.toml``."""
    data = read_data("enumerated.toml")
    number = rf"(?:{number_word_pattern()}|\d{{1,2}})\b"
    own = (
        rf"(?:a )?(?:(?:los |las )?otr[oa]s (?P<others>{number})|(?:el |la )?(?P<other>otr[oa]|another)\b"
        rf"|(?:el|la) (?P<ordinal>primer[oa]|segund[oa]|tercer[oa]|cuart[oa]|ultim[oa])\b|(?P<number>{number}))"
    )
    times = "(?:noche|madrugada|manana|tarde)"
    when = rf"(?:(?:en |durante )?la {times} (?:de )?)?{DAY}+(?: (?:por|en|a) la {times})?"
    word = r"(?:(?!(?:y|e|a) )\w+ )"
    spot = rf"(?:en|in) (?:{word}{{0,6}}?|{word}{{0,8}}?\w+, (?:que \w+ )?(?:en |del? )?(?:el )?(?:distrito de )?)(?P<place>{PLACE}+)"
    trail = rf"(?:, (?P<wider>{PLACE}+)| ?\((?P<within>{PLACE}+)\))?(?:(?P<all>,)? (?P<late>{when}))?(?=[,;:.!?)]|$| (?:y|e|and|{'|'.join(data['behind'])})\b| {DAY})"
    noun = rf"(?P<noun>(?:(?!{number}|(?:en|que) )\w+ ){{1,10}}?(?:en (?:menos de |solo |apenas )?(?:{number}|esta|la misma) (?:sola |misma )?{SPAN} )?)"
    dated = rf"(?:(?P<day>{when}),? )?"
    scene = rf"(?:{own}(?: (?:{'|'.join(data['between'])})\b)*,? )?(?:(?:\w+ ){{1,3}}(?:despues|mas tarde|antes),? )?{dated}{spot}{trail}"
    join = r"(?:[,;] |[,;]? (?:y|e|and|mientras que|asi como|ademas de) )(?:tambien )?"
    counted = rf"(?<![\w.,]){own} {noun}{dated}"
    rest = rf"(?:, (?:en )?{PLACE}+)*,? (?:y|e|and) (?:en )?{PLACE}+"
    return Grammar(
        (re.compile(counted + spot + trail), re.compile(rf"(?<!\w){scene}")),
        re.compile(join + scene),
        re.compile(rf"{counted}(?P<places>(?:en|in) (?:{word}{{0,4}}?(?:de|en|in|of) )?{PLACE}+{rest})"),
        re.compile(rf"(?=[,;:.!?)\"”»]|$| (?:{'|'.join(data['behind'])})\b|,? {DAY})"),
    )


def outline(reading: Reading, index: int) -> Outline:
    """The outline of one sentence; signs that the text itself has are blanks in it."""
    signs = [char if char not in PLACE + DAY else " " for char in reading.sentences[index].folded]
    places: dict[int, PlaceHit] = {}
    days: dict[int, DateHit] = {}
    for hit in reading.places[index]:
        if hit.use == "place" and hit.ubigeo and not hit.is_group and hit.end <= len(signs):
            signs[hit.start : hit.end] = PLACE * (hit.end - hit.start)
            places[hit.start] = hit
    for hit in reading.dates[index]:
        if hit.precision == "day" and PLACE not in signs[hit.start : hit.end]:
            signs[hit.start : hit.end] = DAY * (hit.end - hit.start)
            days[hit.start] = hit
    return Outline("".join(signs), places, days)
