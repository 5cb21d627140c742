"""From a document and its event types to mentions: one record per happening and type, each with the sentence that says it.

The classifier says which types a document tells; here each gets its sentence, date, place, victims, sum and group. Not here: what is
told of norms and emergencies (``legal``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypedDict

from models.hints import Hints
from models.look import Look
from models.reader import deed
from models.reader.counts import UNKNOWN, Counts, Victims
from models.reader.cues import is_known, strong_cues
from models.reader.demands import KINDS as DEMANDING
from models.reader.demands import demanded
from models.reader.focus import Focus, focus_on
from models.reader.further import further, in_stretches
from models.reader.happenings import tell_apart
from models.reader.kinds import LEGAL, VIOLENT
from models.reader.legal import legal
from models.reader.past import past_deeds, told_in_passing
from models.reader.places import Place, place_of, scene
from models.reader.reading import Reading, read
from models.reader.scattered import Scattered
from models.reader.sectors import naming, own_sectors
from models.reader.settled import settled
from models.reader.status import strike_status
from models.reader.sums import Sum, find_sums
from models.reader.when import When, first_days, options, when
from warehouse.records import Evidence, Mention, Status

EVIDENCE_LIMIT = 300
UNLIKELY = 0.6
MOST_RECALLED = 2


def _evidence(reading: Reading, index: int) -> Evidence:
    sentence = reading.sentences[index]
    text = sentence.raw[:EVIDENCE_LIMIT]
    return Evidence(sentence.field, sentence.start, sentence.start + len(text), text)


def _group(reading: Reading, focus: Focus) -> str | None:
    """The group named nearest to the event's own sentence."""
    named = [
        (abs(i - focus.evidence), hit.name) for i, hits in enumerate(reading.groups) for hit in hits if reading.own(i)
    ]
    return min(named, key=lambda n: n[0])[1] if named else None


def _status(reading: Reading, focus: Focus, found: When) -> Status:
    if focus.kind != "strike":
        return "happened"
    texts = [reading.sentences[i].folded for i in sorted(range(len(focus.scores)), key=lambda i: -focus.scores[i])[:4]]
    return strike_status(texts, [found.day] if found.day else [], reading.published)


class _Harm(TypedDict):
    """The killed and wounded as a record holds them."""

    killed: int | None
    killed_low: int | None
    killed_high: int | None
    wounded: int | None


def _harm(counted: Victims) -> _Harm:
    killed, wounded = counted
    return {
        "killed": killed.best if killed else None,
        "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None,
        "wounded": wounded.best if wounded else None,
    }


def _incident(
    reading: Reading,
    focus: Focus,
    found: When,
    sectors: Sequence[str],
    happening: int,
    money: Sequence[Sum],
    counts: Counts,
) -> list[Mention]:
    kind = focus.kind
    place = scene(reading, focus)
    harm = _harm(counts.of(focus.evidence, kind) if kind in VIOLENT else UNKNOWN)
    group = (
        _group(reading, focus) if kind in {"extortion", "arrest", "attack", "murder", "kidnapping", "arson"} else None
    )
    sums: Sequence[Sum | None] = demanded(reading, focus, money) if kind in DEMANDING else ()
    if kind == "kidnapping":
        sums = sums[:1]
    status = _status(reading, focus, found)
    return [
        Mention(
            kind, happening, own_sectors(reading, focus, sectors), status, _evidence(reading, each.sentence.index if each else focus.evidence),
            found.day, found.precision, place.department, place.province, place.district, place.ubigeo, place.precision,
            **harm,
            amount_pen=each.amount if each and each.currency == "PEN" else None,
            amount_stated=each.stated if each else None,
            currency=each.currency if each else None,
            period=each.period if each else None,
            group=group,
        )
        for each in (sums or [None])
    ]  # fmt: skip


def _further(
    reading: Reading, known: Sequence[Mention], focus: Focus, sectors: Sequence[str], happening: int, counts: Counts
) -> list[Mention]:
    """The other happenings of the same type that a round-up tells."""
    first = known[0]
    found: list[Mention] = []
    if others := counts.others(focus.evidence, first.type):
        told = in_stretches(reading, first.type, others)
    else:
        told = further(reading, first.type, [(each.ubigeo, each.date) for each in known])
    for number, each in enumerate(told):
        harm = _harm(counts.of(each.index, first.type))
        mention = Mention(
            first.type, happening + number, naming(sectors, reading.sentences[each.index]) or first.sectors, "happened",
            _evidence(reading, each.index), each.day, "day" if each.day else "unknown",
            each.place.department, each.place.province, each.place.district, each.place.ubigeo, each.place.precision,
            **harm,
        )  # fmt: skip
        found.append(mention)
    return found


def _recalled(reading: Reading, past: Sequence[Focus], sectors: Sequence[str], happening: int) -> list[Mention]:
    """Old cases, those whose sentence or capture is the news and those told in passing: kept, marked, never counted."""
    told = [(focus.kind, focus.evidence) for focus in past]
    seen = {index for _, index in told}
    passing = [(kind, index) for kind, index in told_in_passing(reading) if index not in seen]
    found: list[Mention] = []
    for number, (kind, index) in enumerate(told + passing[: max(0, MOST_RECALLED - len(told))]):
        codes = {hit.ubigeo for hit in reading.places[index] if hit.use == "place" and hit.ubigeo}
        place = place_of(codes.pop()) if len(codes) == 1 else Place()
        own = naming(sectors, reading.sentences[index])
        where = place.department, place.province, place.district, place.ubigeo, place.precision
        evidence = _evidence(reading, index)
        found.append(Mention(kind, happening + number, own, "recalled", evidence, None, "unknown", *where))
    return found


def _is_doubtful(reading: Reading, focus: Focus, scores: Mapping[str, float] | None) -> bool:
    """Whether the classifier hardly believes in the type and no sentence of the news has a telling word of it."""
    believed = 1.0 if scores is None else scores.get(focus.kind, 1.0)
    return believed < UNLIKELY and not any(
        strong_cues(s.folded, focus.kind) for s in reading.sentences if reading.own(s.index)
    )


def read_mentions(
    title: str,
    text: str,
    published: date | None,
    sectors: Sequence[str],
    events: Sequence[str],
    scores: Mapping[str, float] | None = None,
    looks: Mapping[str, Sequence[Look]] | None = None,
    uncertain: Sequence[str] = (),
    hints: Hints | None = None,
    read_on: date | None = None,
) -> list[Mention]:
    """Read the happenings of a document.

    Args:
        title: The document's title.
        text: Its text, as extracted.
        published: Day of publication in Lima, ``None`` when unknown: then "el martes" and "ayer" give no date.
        sectors: The document's sectors, as the classifier assigned them.
        events: Its event types, as the classifier assigned them.
        scores: Probabilities of the types, when there are any: an unlikely type without a sentence of its own is left out.
        looks: Where the classifier looked for each type, when it says so.
        hints: What a network heard in the document's words, when there is one.
        uncertain: Event types it nearly assigned. Their mentions are marked, and change nothing in those of the others.
        read_on: Of a document without a publication date, a day on which it was there already: it rules out years to come,
            and without it no weekday fixes the year of "el miércoles 28 de enero".

    Returns:
        Mentions in the order of ``events``, those of one happening with the same number; then what is only recalled, and
        the uncertain ones.
    """
    kinds = [kind for kind in dict.fromkeys(events) if is_known(kind)]
    doubted = [kind for kind in dict.fromkeys(uncertain) if is_known(kind) and kind not in kinds]
    if not kinds + doubted or not (title.strip() or text.strip()):
        return []
    reading = read(title, text, published, None if published else read_on)
    if not reading.sentences:
        return []
    foci = focus_on(reading, kinds, looks, hints)
    past = [foci[kind] for kind in past_deeds(reading, foci)]
    if past:
        kinds = [kind for kind in kinds if foci[kind] not in past]
        foci = focus_on(reading, kinds, looks, hints)
    told = _told(reading, foci, sectors, scores)
    told += _recalled(reading, past, sectors, _last(told, 1) + 1) if kinds or past else []
    if doubted:
        told += _doubted(
            told, _told(reading, focus_on(reading, kinds + doubted, looks, hints), sectors, scores), doubted
        )
    return told


def _doubted(told: Sequence[Mention], every: Sequence[Mention], doubted: Sequence[str]) -> list[Mention]:
    """The mentions of types that are nearly assigned, with the number of the certain happening each was told with."""
    certain = {key: each.happening for key, each in _keyed(told) if each.status != "recalled"}
    numbers = {each.happening: certain[key] for key, each in _keyed(every) if key in certain}
    fresh = _last(told, 0)
    found: list[Mention] = []
    for each in every:
        if each.type in doubted:
            if each.happening not in numbers:
                fresh += 1
                numbers[each.happening] = fresh
            found.append(replace(each, happening=numbers[each.happening], uncertain=True))
    return found


def _keyed(told: Sequence[Mention]) -> Iterator[tuple[tuple[str, Evidence, int], Mention]]:
    """Each mention under its type, its sentence and its place among those that the sentence tells."""
    seen: Counter[tuple[str, Evidence]] = Counter()
    for each in told:
        seen[each.type, each.evidence] += 1
        yield (each.type, each.evidence, seen[each.type, each.evidence]), each


def _last(told: Sequence[Mention], otherwise: int) -> int:
    return max((each.happening for each in told), default=otherwise)


def _told(
    reading: Reading, foci: Mapping[str, Focus], sectors: Sequence[str], scores: Mapping[str, float] | None
) -> list[Mention]:
    """What a document tells of these types."""
    if not foci:
        return []
    kinds = list(foci)
    mentions: list[Mention] = []
    apart = 1
    days = {kind: options(reading, focus) for kind, focus in foci.items()}
    first = first_days(days)
    money = find_sums(reading.sentences) if any(kind in DEMANDING for kind in kinds) else []
    counts = Counts(reading, foci)
    scenes = Scattered(reading, kinds, counts.stretches)
    for kind, focus in foci.items():
        found = when(days[kind], kind, first)
        if kind in LEGAL or kind == "strike":
            apart += 1
            number = apart
        else:
            number = 1
        if kind in LEGAL:
            mentions.append(legal(reading, focus, found, sectors, number, _evidence(reading, focus.evidence)))
        elif not _is_doubtful(reading, focus, scores) and (
            kind != deed.KIND or deed.tells(reading, focus, kinds, money)
        ):
            own = _incident(reading, focus, found, sectors, number, money, counts)
            own = [settled(reading, each, focus.evidence, counts.stretches) for each in own]
            own = [*scenes.of(own[0], apart, partial(_evidence, reading)), *own[1:]]
            apart = max(apart, *(each.happening for each in own))
            others = _further(reading, own, focus, sectors, apart + 1, counts)
            apart += len(others)
            mentions += own + others
    return tell_apart(mentions, apart, has_own_counts=bool(counts.stretches) or scenes.is_any)
