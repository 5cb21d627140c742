"""When something happened: the day, among those a text names, that its own sentences give it.

Types are looked at twice: first each alone, then again knowing which days the document's other types were given, for an arrest
or a closure follows the deed it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.reader.anchored import anchored
from models.reader.cues import stems
from models.reader.day_hits import DateHit
from models.reader.focus import EDGES, Focus
from models.reader.linear import Table, bucket, softmax, total, weights
from models.reader.reading import Reading
from models.reader.since import began
from models.reader.tied import told_of, told_of_mourned
from warehouse.records import DatePrecision

FIRST, MODEL = "date first", "date"
STANDING = "extortion"  # what has no day more often than one
# The probability under which no day is said: on calibration, fitted on the training split, .905 of days are right here where at .45 it is
# .900, and .153 said in vain where it is .147.
LEAST = 0.4
SURE = 0.4  # the same for the first look, whose days only inform the second
HEADING = 60  # characters
CLOCK = re.compile(
    r"\b(?:amanec\w+|a primera hora|desde (?:la|las) \w+ (?:de la (?:manana|madrugada)|horas)|a las \d+|desde tempran\w+|al cierre de"
    r"|hasta el cierre|en las ultimas horas|desde la medianoche|a media manana|por la manana|al mediodia|al amanecer|esta semana|en estos? momentos?|a esta hora|ahora mismo|at this hour|right now)\b"
)
FOUND = re.compile(
    r"\b(?:hall(?:an|ad[oa]s?|o|aron)|encuentran|encontr(?:ad[oa]s?|o|aron)|descubr(?:en|io|ieron)|descubiert[oa]s?|aparec(?:e|en|io|ieron)|found|recovered)\b"
)
BODY = re.compile(r"\b(?:cuerpos?|cadaver(?:es)?|sin vida|muert[oa]s?|restos|dead|slain|bod(?:y|ies))\b")


@dataclass(frozen=True, slots=True)
class When:
    """A day with its precision; ``unknown`` when the text does not fix one."""

    day: date | None = None
    precision: DatePrecision = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day a sentence may give to the event. ``hit`` is ``None`` for publication day itself, meant but not written."""

    index: int
    day: date
    hit: DateHit | None
    way: str  # past | week | month | coming | anchored | clock | published


def candidates(reading: Reading) -> list[Candidate]:
    """Every day that could be meant."""
    found: list[Candidate] = []
    for index, hits in enumerate(reading.dates):
        for hit in hits:
            if hit.day:
                found.append(Candidate(index, hit.day, hit, "week" if hit.precision == "week" else "past"))
            if hit.coming and hit.coming != hit.day:
                found.append(Candidate(index, hit.coming, hit, "coming"))
            if hit.month:
                found.append(Candidate(index, hit.month, hit, "month"))
    found += [Candidate(index, hit.day, hit, "anchored") for index, hit in anchored(reading) if hit.day]
    if reading.published:
        clock = [
            i
            for i, s in enumerate(reading.sentences)
            if not any(h.day for h in reading.dates[i]) and CLOCK.search(s.folded)
        ]
        found += [Candidate(i, reading.published, None, "clock") for i in clock]
        found.append(Candidate(0, reading.published, None, "published"))
    return found


def _age(reading: Reading, day: date) -> str:
    if reading.published is None:
        return "?"
    days = (reading.published - day).days
    if days < 0:
        return f"-{bucket(-days, (1, 2, 4, 8, 31, 100))}"
    return str(days) if days <= 3 else f">{bucket(days, (4, 7, 8, 15, 31, 60, 200))}"


def _words_near(reading: Reading, candidate: Candidate) -> Iterator[str]:
    if candidate.hit is None:
        return
    folded = reading.sentences[candidate.index].folded
    start, end = candidate.hit.start, candidate.hit.end
    before, after = stems(folded[max(0, start - 40) : start])[-3:], stems(folded[end : end + 40])[:3]
    yield from (f"b {stem}" for stem in before)
    yield from (f"a {stem}" for stem in after)
    if before:
        yield f"b1 {before[-1]}"
    yield f"x {stems(folded[start:end])[0]}"
    clause = folded[max(0, start - 110) : start], folded[end : end + 110]
    left, right = re.split(r"[;:.]|\"", clause[0])[-1], re.split(r"[;:.]|\"", clause[1])[0]
    for stem in set(stems(left)) | set(stems(right)):
        yield f"c {stem}"


def _standing(reading: Reading, focus: Focus, candidate: Candidate, every: list[Candidate]) -> list[str]:
    """How the candidate's sentence stands to the event's own sentences."""
    kind, index = focus.kind, candidate.index
    level = focus.level(index)
    away = max(-3, min(3, index - focus.evidence))
    rank = sum(score > focus.scores[index] for score in focus.scores)
    sentence = reading.sentences[index]
    between = sum(any(h.day for h in reading.dates[i]) for i in range(*_gap_of(index, focus.evidence)))
    near = sentence.paragraph == reading.sentences[focus.evidence].paragraph
    found = [f"rel {level}", f"{kind} rel {level}", f"away {away}", f"{kind} away {away}"]
    side = "after" if index > focus.evidence else "before"
    found += [
        f"{side} between {min(between, 2)}",
        f"{side} near {near} between {min(between, 2)}",
        f"{kind} {side} near {near}",
    ]
    lead, rival = focus.lead(index), bucket(focus.rivals[index], EDGES)
    found += [f"lead {lead}", f"{kind} lead {lead}", f"rel {level} rival {rival}"]
    found += [f"rank {min(rank, 4)}", f"{kind} rank {min(rank, 3)}"]
    found += [f"para {min(sentence.paragraph, 4)}", "title" if sentence.field == "title" else "text"]
    dated = [i for i in range(len(focus.scores)) if any(h.day for h in reading.dates[i])]
    if focus.scores[index] == max(focus.scores[i] for i in dated or [index]):
        found += ["best dated", f"{kind} best dated"]
    if index + 1 < len(focus.scores):
        found.append(f"next {focus.level(index + 1)}")
    if index:
        found.append(f"prior {focus.level(index - 1)}")
    if reading.recalled[index]:
        found += ["recalled", f"{kind} recalled"]
    if reading.links[index]:
        found.append("link")
    if _heads(reading, index, focus.evidence):
        found += ["heads", f"{kind} heads"]
    if index == min((c.index for c in every if c.hit), default=0):
        found += ["first", f"{kind} first"]
    if any(c.index == index and c.day != candidate.day and c.hit and c.hit is not candidate.hit for c in every):
        found.append("rival in sentence")
    return found


def _heads(reading: Reading, index: int, evidence: int) -> bool:
    """Whether a sentence of a few words ("Punchana, viernes 26.") stands over what follows, up to the next dated one."""
    if index >= evidence or len(reading.sentences[index].folded) > HEADING:
        return False
    return not any(h.day for i in range(index + 1, evidence + 1) for h in reading.dates[i])


def _gap_of(one: int, other: int) -> tuple[int, int]:
    """The sentences between two, as a range."""
    return min(one, other) + 1, max(one, other)


def features(reading: Reading, focus: Focus, candidate: Candidate, every: list[Candidate]) -> list[str]:
    """What the model sees of one candidate."""
    kind, index = focus.kind, candidate.index
    written = candidate.hit.kind if candidate.hit else candidate.way
    age = _age(reading, candidate.day)
    agreeing = [c for c in every if c.day == candidate.day and c is not candidate and c.hit]
    days = len({c.day for c in every if c.hit and c.way == "past"})
    found = [kind, f"{kind} {written} {candidate.way}", f"{written} {candidate.way}"]
    found += [f"age {age}", f"{kind} age {age}", f"{written} age {age}"]
    if candidate.hit:
        found += _standing(reading, focus, candidate, every)
    found.append(f"agree {min(len(agreeing), 2)}")
    if agreeing:
        top = max(focus.level(c.index) for c in agreeing)
        found += [f"agree rel {top}", f"{written} agree rel {top}"]
    found += [f"days {min(days, 4)}", f"{written} days {min(days, 4)}", f"{kind} {written} days {min(days, 3)}"]
    near = list(_words_near(reading, candidate))
    found += near + [f"{kind} {name}" for name in near if name.startswith(("c ", "b1 "))]
    if candidate.way == "clock":
        found += [f"clock rel {focus.level(index)}", f"clock first {index <= 2}"]
    if reading.is_gazette:
        found += ["gazette", f"gazette {written} {age}", f"{kind} gazette {written}"]
    return found


def none_features(reading: Reading, focus: Focus, every: Sequence[Candidate]) -> list[str]:
    """What the model sees of the answer that the text fixes no day."""
    kind = focus.kind
    days = len({c.day for c in every if c.hit and c.way == "past"})
    top = max((focus.level(c.index) for c in every if c.hit), default=-1)
    found = [f"none days {min(days, 3)}", f"none top {top}", f"none {kind} top {top}"]
    if kind == STANDING and reading.sentences:  # "each month" goes on, "the note read" was on a day
        found += [f"none said {stem}" for stem in set(stems(reading.sentences[focus.evidence].folded))]
    return ["none", f"none {kind}", *found, f"none published {reading.published is not None}"]


@dataclass(frozen=True, slots=True)
class Options:
    """The days that may be an event's, and what the model sees of each; after them, of the answer that no day is fixed."""

    days: list[date]
    items: list[list[str]]
    precisions: Mapping[date, DatePrecision]  # of days that are only about the deed's own, or stand for their month
    told: date | None = None  # the day that the text itself reckons for the event


def options(reading: Reading, focus: Focus) -> Options:
    """The days to weigh for one type."""
    every = [each for each in candidates(reading) if each.way != "month" or focus.kind == STANDING]
    written = [(each.index, each.hit.start, each.day) for each in every if each.hit]
    mine, theirs = told_of(reading, written, focus.kind)
    apart = (theirs - mine if mine else set[date]()) | told_of_mourned(reading, written, focus.kind)
    every = [each for each in every if each.day not in apart]
    items = [features(reading, focus, each, every) for each in every]
    found = _precisions(every)
    if focus.kind == "murder":
        found |= dict.fromkeys(_days_of_find(reading, every), "week")
    told = began(reading, focus.kind)
    return Options([each.day for each in every], [*items, none_features(reading, focus, every)], found, told)


def _precisions(every: Sequence[Candidate]) -> dict[date, DatePrecision]:
    """Of the days that stand for a week ("two weeks ago") or for a month ("in August"), and that the text names no nearer."""
    ways = {way: {each.day for each in every if each.hit and each.way == way} for way in ("week", "month")}
    days = {each.day for each in every if each.hit and each.way not in ways}
    found: dict[date, DatePrecision] = dict.fromkeys(ways["month"] - days, "month")
    found |= dict.fromkeys(ways["week"] - days, "week")
    return found


def _days_of_find(reading: Reading, every: Sequence[Candidate]) -> frozenset[date]:
    """The days that a text names only as those on which a body was found."""
    finds: dict[date, bool] = {}
    for each in every:
        if each.hit:
            folded = reading.sentences[each.index].folded
            is_find = bool(FOUND.search(folded) and BODY.search(folded))
            finds[each.day] = finds.get(each.day, True) and is_find
    return frozenset(day for day, is_find in finds.items() if is_find)


def after_others(found: Options, kind: str, others: Mapping[str, date]) -> list[list[str]]:
    """The options' features with how each day stands to those the document's other types were given."""
    more = [
        [
            name
            for other, theirs in others.items()
            if other != kind
            for name in (f"other {_gap(day, theirs)}", f"{kind} after {other} {_gap(day, theirs)}")
        ]
        for day in found.days
    ]
    return [*([*item, *names] for item, names in zip(found.items, more, strict=False)), found.items[-1]]


def _gap(day: date, other: date) -> int:
    return max(-3, min(3, (day - other).days))


def first_days(found: Mapping[str, Options]) -> dict[str, date]:
    """By type, the day it is given when looked at alone."""
    alone = {kind: each.told or _best(each.days, weights(FIRST), each.items, SURE) for kind, each in found.items()}
    return {kind: day for kind, day in alone.items() if day}


def when(found: Options, kind: str, others: Mapping[str, date]) -> When:
    """The day of an event, when the text fixes one: what all that name the same day say together."""
    day = found.told or _best(found.days, weights(MODEL), after_others(found, kind, others), LEAST)
    return When(day, found.precisions.get(day, "day")) if day else When()


def _best(days: Sequence[date], table: Table, items: Sequence[Sequence[str]], least: float) -> date | None:
    by_day: dict[date, float] = {}
    for day, chance in zip(days, softmax([total(table, item) for item in items]), strict=False):
        by_day[day] = by_day.get(day, 0.0) + chance
    best = max(by_day, key=lambda day: by_day[day], default=None)
    return best if best and by_day[best] >= least else None
