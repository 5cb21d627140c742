"""What each model learns from a document: the corpus spans as decisions. Not here: the features, which the nouns' modules name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from models.corpus.store import Row
from models.gazetteer import covers
from models.reader import deed, estimate, places, runs, toll, victims, when
from models.reader import demands as demand
from models.reader import sectors as own
from models.reader.fit.cases import Case
from models.reader.fit.learn import Decision, one_of, yes_or_no
from models.reader.fit.marks import Chooser, Marks
from models.reader.fit.tolls import Tally
from models.reader.kinds import LEGAL, VIOLENT
from models.reader.person_features import all_features

LEGAL_SLACK = 3


def overlaps(case: Case, index: int, mention: dict[str, Any]) -> bool:
    """Whether the sentence holds the mention's evidence."""
    sentence, evidence = case.reading.sentences[index], mention["evidence"]
    shared = min(sentence.end, evidence["end"]) - max(sentence.start, evidence["start"])
    return evidence["field"] == sentence.field and shared > 0.4 * min(
        sentence.end - sentence.start, evidence["end"] - evidence["start"]
    )


def sentences(case: Case) -> Iterator[Decision]:
    """Which sentence tells the event of a type?"""
    for kind in case.kinds:
        if truths := case.truths(kind):
            rows = case.sentences[kind]
            yield one_of(rows, [any(overlaps(case, at, m) for m in truths) for at in range(len(rows))])


def first_dates(case: Case) -> Iterator[Decision]:
    """Which of the days named is the event's, if any, when its type is looked at alone?"""
    for each in _as_dated_and_not(case):
        for kind, right in _right_days(each):
            yield one_of(each.days[kind].items, right)


def dates(case: Case) -> Iterator[Decision]:
    """The same, knowing which days the other types were given."""
    for each in _as_dated_and_not(case):
        for kind, right in _right_days(each):
            yield one_of(when.after_others(each.days[kind], kind, each.first_days), right)


def _as_dated_and_not(case: Case) -> list[Case]:
    return [case, case.undated] if case.undated else [case]


def _right_days(case: Case) -> Iterator[tuple[str, list[bool]]]:
    for kind in case.kinds:
        if truths := case.truths(kind):
            days = [date.fromisoformat(m["date"]) for m in truths if m["date"]]
            slack = LEGAL_SLACK if kind in LEGAL else 0
            right = [any(abs((each - d).days) <= slack for d in days) for each in case.days[kind].days]
            yield kind, [*right, not any(right)]


def scenes(case: Case) -> Iterator[Decision]:
    """Which unit is the event's place, and how deep?"""
    for kind in case.kinds:
        truths = case.truths(kind)
        if not truths or kind in LEGAL:
            continue
        codes = [m["ubigeo"] for m in truths if m["ubigeo"]]
        named = places.named_for(case.reading, kind)
        units = named.units
        ways = places.paths(units)
        true = {unit for unit in units if any(covers(unit, code) for code in codes)}
        held = [way for way in ways if all(unit in true for unit in way)]
        right = [way in held and not any(len(w) > len(way) and w[: len(way)] == way for w in held) for way in ways]
        at = {unit: number for number, unit in enumerate(units)}
        weighing = places.Weighing(case.reading, case.foci[kind], named)
        items = [weighing.features(unit) for unit in units]
        yield Decision(items, [tuple(at[unit] for unit in way) for way in ways], right)


def demands(case: Case) -> Iterator[Decision]:
    """Is the sum the one demanded?"""
    for kind in demand.KINDS:
        truths = case.truths(kind) if kind in case.kinds else []
        amounts = [m["amount_pen"] for m in truths if m["amount_pen"]]
        for each in case.sums if truths else ():
            features = demand.features(case.reading, case.foci[kind], each, case.sums)
            yield yes_or_no(features, holds=any(abs(each.amount - a) < 0.51 for a in amounts))


def people(row: Row) -> Iterator[Decision]:
    """Does the run name a private person?"""
    for field, text in (("title", row["title"]), ("text", row["text"])):
        private = [(s["start"], s["end"]) for s in row["private"] if s["field"] == field and s["kind"] == "name"]
        every = runs.candidates(text)
        for each, names in zip(every, all_features(text, every), strict=True):
            yield yes_or_no(names, holds=any(each.start < end and start < each.end for start, end in private))


def sectors(case: Case) -> Iterator[Decision]:
    """Is the document's sector the happening's own?"""
    listed = case.row["sectors"]
    for kind in case.kinds if len(listed) > 1 else ():
        for truth in case.truths(kind)[:1]:
            for each in listed:
                features = own.features(case.reading, case.foci[kind], each, listed)
                yield yes_or_no(features, holds=each in truth["sectors"])


def deeds(case: Case) -> Iterator[Decision]:
    """Was somebody extorted, where the document is labelled so?"""
    if deed.KIND in case.kinds:
        features = deed.features(case.reading, case.foci[deed.KIND], case.kinds, case.sums)
        yield yes_or_no(features, holds=bool(case.truths(deed.KIND)))


def _counts(case: Case, kind: victims.Kind) -> set[int]:
    """The true counts of the document's violent happenings."""
    return {m[kind] for t in VIOLENT if t in case.kinds for m in case.truths(t) if m[kind] is not None}


def wounds(case: Case) -> Iterator[Decision]:
    """Does the sentence with a word of wounding tell of somebody wounded?"""
    truth = _counts(case, "wounded")
    if any(kind in VIOLENT for kind in case.kinds) and (truth or case.is_murder):
        for names in case.wounds().values():
            yield yes_or_no(names, holds=any(truth))


def tally(case: Case, kind: victims.Kind) -> Tally:
    """Who is told of, and how many of them were killed or wounded; nobody where the truth says nothing."""
    people = toll.followed(case.people(kind))
    marks = Marks(case)
    return Tally(people, frozenset(_counts(case, kind) or {0}), [marks.befell(each, kind) for each in people])


def sames(case: Case) -> Iterator[Decision]:
    """Who of the persons told before is told again?"""
    if case.row.get("victims"):
        for kind in ("killed", "wounded"):
            chooser = Chooser(Marks(case))
            used = [s.index for s in victims.used_sentences(case.reading, None)]
            toll.people(case.reading, used, kind, {}, chooser)
            yield from chooser.decisions


def counts(case: Case) -> Iterator[Decision]:
    """Which count is the true one?"""
    kinds: tuple[victims.Kind, ...] = ("killed", "wounded")
    for kind in kinds if not case.is_round_up else ():
        truth = _counts(case, kind) or ({0} if kind == "wounded" and case.is_murder else set[int]())
        if not truth or (kind == "killed" and not case.is_murder):
            continue
        found = victims.signs(case.reading, kind, case.gate, case.people(kind))
        found = replace(found, toll=case.tolls[kind])
        values = estimate.candidates(kind, found)
        options = [estimate.features(kind, v, found, case.gate, is_murder=case.is_murder) for v in values]
        yield one_of(options, [v in truth for v in values])
