"""Happenings enumerated within one sentence: "asesinaron a dos choferes: el martes en Comas y el jueves en Ate".

Each scene has a place of its own and, of its own, a day or a number; a bare row of places is one where the number said is that of the
places. What does not divide is unknown. Not here: happenings told in sentences of their own (``further``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from models.gazetteer import covers, holding
from models.gazetteer.units import level_of
from models.reader.cues import strong_cues
from models.reader.data import any_of, read_data
from models.reader.further import is_near
from models.reader.kinds import SERIAL
from models.reader.numbers import parse_number
from models.reader.outlines import DAY, Outline, grammar, outline
from models.reader.phrases import phrases
from models.reader.reading import Reading
from models.reader.status import is_unsure
from models.reader.victims import is_statistic

MOST = 8  # scenes; a longer row is a list
CLAUSE = 300  # characters before and after the scenes
CLAUSE_END = re.compile(r"[.;:]")
KILLINGS = re.compile(r"\b(?P<n>\w+) (?:asesinatos|homicidios|crimenes|murders|killings)\b")


@dataclass(frozen=True, slots=True)
class Scene:
    """One of the happenings: its place, its day, and how many were killed."""

    place: str
    day: date | None
    killed: int | None


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The sentence that enumerates and its scenes; none where they do not divide, and the whole lies ``around`` all places."""

    index: int
    scenes: tuple[Scene, ...]
    places: tuple[str, ...]
    around: str | None


@cache
def _said(name: str) -> re.Pattern[str]:
    return any_of(read_data("enumerated.toml")[name])


def enumeration(reading: Reading, kind: str) -> Enumeration | None:
    """The sentence of the news that tells the most scenes of ``kind``, of those the one that names the most days."""
    found: list[Enumeration] = []
    for sentence in reading.sentences if kind in SERIAL else ():
        if reading.own(sentence.index) and sum(hit.use == "place" for hit in reading.places[sentence.index]) > 1:
            found += _read(reading, sentence.index, kind)
    return max(found, key=lambda each: (len(each.scenes), sum(s.day is not None for s in each.scenes)), default=None)


def _read(reading: Reading, index: int, kind: str) -> Iterator[Enumeration]:
    folded = reading.sentences[index].folded
    if is_statistic(folded) or is_unsure(folded) or not strong_cues(folded, kind):
        return
    seen = outline(reading, index)
    for opening in grammar().openings:
        for match in opening.finditer(seen.text):
            chain = _chain(seen.text, match)
            if not _is_scenes(chain) or (kind == "murder" and _is_spared(folded)):
                continue
            if _tells(seen.text, chain[0].start(), chain[-1].end(), kind):
                yield from _scenes(reading, index, seen, chain)
                return
    for match in grammar().row.finditer(seen.text):
        if _befell(seen.text, match, kind) and _tells(seen.text, match.start(), match.end(), kind):
            yield from _row(reading, index, seen, match)
            return


def _chain(text: str, first: re.Match[str]) -> list[re.Match[str]]:
    found = [first]
    while len(found) <= MOST:
        match = grammar().following.match(text, found[-1].end())
        if match is None or not (_count(match) or match["day"] or match["late"]):
            break
        found.append(match)
    return found


def _is_scenes(chain: Sequence[re.Match[str]]) -> bool:
    first = chain[0]
    is_closed = grammar().end.match(first.string, chain[-1].end()) is not None
    return 2 <= len(chain) <= MOST and is_closed and bool(_count(first) or first["day"] or first["late"])


def _count(match: re.Match[str]) -> int | None:
    """The number a scene names."""
    if match["other"] or match["ordinal"]:
        return 1
    value = parse_number(match["others"] or match["number"] or "")
    return int(value) if value and value == int(value) else None


def _tells(text: str, start: int, end: int, kind: str) -> bool:
    """Whether the clause of the scenes tells the deed, and nothing else that has places."""
    opens = max(0, start - CLAUSE, *(text.rfind(stop, 0, start) + 1 for stop in ".;"))
    clause = text[opens:end] + CLAUSE_END.split(text[end : end + CLAUSE], maxsplit=1)[0]
    return bool(strong_cues(clause, kind)) and not _said("elsewhere").search(clause)


def _is_spared(folded: str) -> bool:
    """Whether some of those counted were not killed."""
    return bool(_said("spared").search(folded))


def _befell(text: str, match: re.Match[str], kind: str) -> bool:
    """Whether what a row counts was hit: "incendian tres buses", "tres buses quemados"; not "tres sujetos"."""
    before = text[max(0, match.start() - 30) : match.start()]
    return bool(_said("befell").search(match["noun"]) or strong_cues(before, kind) or _said("befell").search(before))


def _scenes(reading: Reading, index: int, outline: Outline, chain: Sequence[re.Match[str]]) -> Iterator[Enumeration]:
    places = [_place(outline, match) for match in chain]
    known = [code for code in places if code]
    if len(known) < len(places) or not _lie_apart(known):
        return
    counts = _counts(chain)
    said = _numbers(reading, index, 0, chain[0].end())
    own_noun = _numbers(reading, index, chain[0].start(), chain[0].end())
    if not any(counts) and len(chain) in said:
        counts = [1] * len(chain)
    is_dead = (
        all(counts)
        and not _is_spared(reading.sentences[index].folded)
        and (sum(each or 0 for each in counts) in said or counts[0] in own_noun)
    )
    own = [_day(outline, match["day"] or match["late"], match) for match in chain]
    is_shared = not any(own[:-1]) and (own[-1] is None or chain[-1]["all"])
    days = [_shared_day(outline)] * len(chain) if is_shared else own
    if all(day is None or is_near(reading, day) for day in days):
        dead = counts if is_dead else [None] * len(chain)
        yield Enumeration(index, tuple(map(Scene, known, days, dead)), tuple(known), None)


def _row(reading: Reading, index: int, outline: Outline, match: re.Match[str]) -> Iterator[Enumeration]:
    """A bare row of places: a scene each where the number says so."""
    hits = [hit for at, hit in outline.places.items() if match.start("places") <= at < match.end("places")]
    known = [hit.ubigeo for hit in hits if hit.ubigeo][: MOST + 1]
    count, day = _count(match) or 1, _shared_day(outline)
    levels = {level_of(code) for code in known}
    is_row = len(levels) == 1 and "department" not in levels and _lie_apart(known)
    if not is_row or count == 1 or len(known) > MOST or (day and not is_near(reading, day)):
        return
    if count == len(known) and not _is_spared(reading.sentences[index].folded):
        dead = 1 if count in _numbers(reading, index, 0, match.end()) else None
        yield Enumeration(index, tuple(Scene(code, day, dead) for code in known), tuple(known), None)
    else:
        yield Enumeration(index, (), tuple(known), holding(known))


def _place(outline: Outline, match: re.Match[str]) -> str | None:
    """The place of a scene; ``None`` where what follows it ("en Comas, Lima") lies elsewhere."""
    code = outline.places[match.start("place")].ubigeo or ""
    name = "wider" if match["wider"] else "within"
    around = outline.places[match.start(name)].ubigeo or "" if match[name] else code
    return code if covers(around, code) else around if covers(code, around) else None


def _lie_apart(codes: Sequence[str]) -> bool:
    return not any(covers(a, b) or covers(b, a) for at, a in enumerate(codes) for b in codes[at + 1 :])


def _counts(chain: Sequence[re.Match[str]]) -> list[int | None]:
    """By scene, its number; that before a noun is the first scene's only where the others have numbers, too."""
    following = [_count(match) for match in chain[1:]]
    return [_count(chain[0]) if any(following) else None, *following]


def _numbers(reading: Reading, index: int, start: int, end: int) -> set[int]:
    """The numbers of persons or killings that a stretch of the sentence says."""
    sentence = reading.sentences[index]
    told = phrases(sentence, [(hit.start, hit.end) for hit in reading.places[index]])
    found = {
        each.value
        for each in told
        if start <= each.start and each.end <= end and each.head[:1] not in {"/", "?"} and each.head
    }
    killings = (parse_number(match["n"]) for match in KILLINGS.finditer(sentence.folded, start, end))
    return (found | {int(each) for each in killings if each}) if strong_cues(sentence.folded, "murder") else set()


def _day(outline: Outline, written: str | None, match: re.Match[str]) -> date | None:
    at = match.start("day" if match["day"] else "late") + (written or "").find(DAY)
    return outline.days[at].day if written else None


def _shared_day(outline: Outline) -> date | None:
    """The day of all scenes: the one the sentence names."""
    named = {hit.day for hit in outline.days.values() if hit.day}
    return named.pop() if len(named) == 1 else None
