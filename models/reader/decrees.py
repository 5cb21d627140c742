"""What norms say: the action of a decree of emergency and its days. Serves ``chasqui norms``.

Not here: which sentences act (``measures``), the numbers of norms (``norms``), their own days (``norm_days``), from when until when an emergency runs (``terms``),
the units under it (``territory``), why it is declared (``causes``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import MAXYEAR, date
from typing import Any

from models.fold import fold
from models.reader.annexes import points_to_annex, territory_of
from models.reader.causes import cause_of
from models.reader.measures import AMENDED, Measure, action_of, measures, of_quoted, told_beside
from models.reader.norm_days import NormDays, is_erratum, page_days, told_days
from models.reader.norms import HEADER_LINE, NormHit
from models.reader.numbers import number_word_pattern, parse_number
from models.reader.reading import Reading, read
from models.reader.terms import Start, plus, start_of, until_of
from models.reader.territory import named_together, speaks_of_emergency, territory
from models.reader.text import LIMIT, Sentence
from warehouse.records import Territory

DAYS = re.compile(
    rf"(?:(?:{number_word_pattern()}) ?\( ?(?P<n1>\d{{1,3}}) ?\)|(?P<n2>\d{{1,3}}|{number_word_pattern()})) (?:dias?(?: calendario| naturales)?|days)\b(?! del mes\b)"
)
MONTHS = re.compile(
    rf"\b(?:durante|por|plazo de|termino de) (?:(?:un|{number_word_pattern()}) ?\( ?(?P<n1>\d{{1,2}}) ?\)|(?P<n2>\d{{1,2}}|un|{number_word_pattern()})) mes(?:es)?\b"
)


PRINTED = re.compile(r"(?m)^[ \t]*\d{7}-\d{1,2}[ \t]*$")  # the code under each norm of the gazette


# Beside the act a number of days is the term only where this is said of it: "el plazo es de sesenta días".
TERM = re.compile(
    r"\b(?:medida|prorroga|declaratoria|emergencia|regimen|norma|decreto|disposicion|plazo|termino|duracion|vigencia|regira|rige|durara)\b(?! para\b)"
    r"[^.;:]{0,60}?\b(?:dias?|mes(?:es)?|days)\b[^.;:]{0,12}"
)


# Offices whose decrees act on emergencies, those of health with the others; None: the press left it out.
DECLARING = frozenset({None, "PCM", "SA"})


@dataclass(frozen=True, slots=True)
class NormReading:
    """What a text says of one norm. ``action`` and the fields after it are those of an emergency; two actions, two readings."""

    kind: str
    number: str
    issuer: str | None
    action: str | None = None  # declares | extends | modifies | ends
    subject: str | None = None  # state_of_emergency
    signed_on: date | None = None
    published_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    days: int | None = None
    territory: tuple[Territory, ...] = ()
    earlier: tuple[str, ...] = ()  # norms it extends, modifies or ends
    cause: str | None = None  # of the emergency: crime, weather, health and the like

    def as_json(self) -> dict[str, Any]:
        """The line ``chasqui norms`` prints."""
        row = asdict(self)
        for name in ("signed_on", "published_on", "starts_on", "ends_on"):
            row[name] = row[name].isoformat() if row[name] else None
        row["territory"] = [asdict(t) for t in self.territory]
        row["earlier"] = list(self.earlier)
        return row


def _days(folded: str, first: date | None) -> int | None:
    """The days of the term a text names; months are those of the calendar from its first day on."""
    match = DAYS.search(folded)
    if match:
        value = parse_number(match["n1"] or match["n2"])
        return int(value) if value and 1 <= value <= 365 else None
    months = MONTHS.search(folded)
    value = parse_number(months["n1"] or months["n2"]) if months else None
    if first is None or first.year == MAXYEAR or not value or not 1 <= value <= 12:
        return None
    return (_months_after(first, int(value)) - first).days


def _months_after(day: date, months: int) -> date:
    """The day of the same number so many months on; where the month has none, the first of the next."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= monthrange(year, month + 1)[1]:
        return day.replace(year=year, month=month + 1)
    return _months_after(day.replace(day=1), months + 1)


def own_norm(reading: Reading) -> NormHit | None:
    """The norm that a page of the gazette is, by the header of its text or else by its title."""
    if reading.own_norm or not reading.is_gazette:
        return reading.own_norm
    titles = {h.key: h for i, h in reading.norms if reading.sentences[i].field == "title" and not h.is_quoted}
    return next(iter(titles.values())) if len(titles) == 1 else None


def _main(reading: Reading) -> list[NormHit]:
    """The norms the text is about: its own number, else those not merely quoted, one of each number."""
    own = own_norm(reading)
    if own:
        return [own]
    told = [(index, hit) for index, hit in reading.norms if not hit.is_quoted and not reading.links[index]]
    told = [hit for index, hit in told if not reading.recalled[index]] or [hit for _, hit in told]
    told = told or [hit for _, hit in reading.norms if not hit.is_amended] or [hit for _, hit in reading.norms]
    found: dict[str, NormHit] = {}
    for hit in told:
        found.setdefault(hit.key, hit)
    return list(found.values())


def _start(reading: Reading, action: str, told: list[str], days: NormDays) -> Start:
    """From when the emergency runs; without "a partir de" one that is declared runs from the day after publication."""
    start = Start()
    for text in told:
        start = start_of(text, reading.published, days.published_on, extends=action in {"extends", "ends"})
        if start.is_written:
            return start
    if action != "declares" or start.is_written:
        return start
    if days.is_start_written or not reading.is_gazette:
        return Start(days.starts_on)
    return Start(plus(days.published_on, 1))


def _emergency(reading: Reading, measure: Measure, taken: set[int], base: NormReading, norm: NormDays) -> NormReading:
    """One measure of a decree; ``taken`` are the sentences of its other measures, ``norm`` the decree's own days."""
    action, indices = measure.action, measure.told
    parts = [reading.sentences[i] for i in indices]
    around = range(max(0, indices[0] - 1), min(len(reading.sentences), indices[-1] + 3))
    window = [reading.sentences[i] for i in sorted({*around, *measure.more}) if i not in taken]
    if action == "modifies":  # not the days of what it modifies
        parts, window = ([replace(s, folded=AMENDED.sub("", s.folded)) for s in each] for each in (parts, window))
    text = " ".join(p.folded for p in parts)
    near = " ".join(p.folded for p in [*parts, *window])
    start = _start(reading, action, [text, near], norm)
    if action == "extends" and start.day and base.published_on and start.day < base.published_on:
        start = Start(is_written=True)  # the day of what it extends, which it names
    told = replace(base, action=action, subject="state_of_emergency", territory=_territory(reading, measure))
    if action == "ends":
        return replace(told, starts_on=None, ends_on=start.day or base.published_on)
    first = start.day or plus(reading.published, 1)
    days = _days(text, first) or next((n for s in window if (n := _days_beside(s, first))), None)
    until = until_of(text, reading.published, extends=action == "extends")
    return replace(told, starts_on=start.day, ends_on=until or (start.last_of(days) if days else None), days=days)


def _days_beside(sentence: Sentence, first: date | None) -> int | None:
    """The days of the term that a sentence beside the act tells: another that acts on an emergency, or says how long it runs."""
    if speaks_of_emergency(sentence) and action_of(sentence.folded):
        return _days(sentence.folded, first)
    return next((n for match in TERM.finditer(sentence.folded) if (n := _days(match[0], first))), None)


def _territory(reading: Reading, measure: Measure) -> tuple[Territory, ...]:
    in_annex = reading.is_gazette and any(points_to_annex(reading.sentences[i].folded) for i in measure.told)
    if in_annex and (listed := territory_of(reading)):
        return listed
    told = named_together(reading, [*measure.told, *measure.covering])
    if (
        in_annex
    ):  # that cannot be read: the title may still name the departments, the considerations tell of other decrees
        return told or named_together(reading, [s.index for s in reading.sentences if s.field == "title"])
    return told or territory(reading, measure.told[0])


def read_norms(text: str, published: date | None, title: str = "") -> list[NormReading]:
    """Read every norm a text is about. A page of the gazette that prints several ends each with its publication code.

    Args:
        text: A gazette page, a news text or a list of norms.
        published: Day of publication, where known.
        title: The text's title, where it has one.

    Returns:
        One reading a norm; two for a decree that does two things (extends here, declares there).
    """
    pages = [page for page in PRINTED.split(text[:LIMIT]) if HEADER_LINE.search(fold(page))]
    if len(pages) > 1:
        return [found for page in pages for found in _of_page(page, published, "")]
    return _of_page(text, published, title)


def _of_page(text: str, published: date | None, title: str) -> list[NormReading]:
    reading = read(title, text, published)
    if not reading.sentences:
        return []
    out: list[NormReading] = []
    main = _main(reading)
    is_page = reading.is_gazette and len(main) == 1
    acts = _acts(reading, main)
    for hit in main:
        days = page_days(reading) if is_page else told_days(reading, hit, main)
        base = NormReading(
            hit.kind,
            hit.key,
            hit.office or ("Congreso" if hit.kind in {"Ley", "PL"} else None),
            signed_on=days.signed_on,
            published_on=days.published_on,
            starts_on=days.starts_on,
            earlier=_earlier(reading, hit),
        )
        own = acts.get(hit.key, [])
        for act in own:
            taken = {i for each in acts.values() for other in each for i in other.told} - set(act.told)
            out.append(replace(_emergency(reading, act, taken, base, days), cause=cause_of(reading)))
        if not own:
            out.append(base)
    return out


def _acts(reading: Reading, main: Sequence[NormHit]) -> dict[str, list[Measure]]:
    """What the decrees do to emergencies: each what is told beside its number, where that is said of two, else one of them all of it."""
    decrees = [hit.key for hit in main if hit.kind == "DS" and hit.office in DECLARING]
    if not decrees or is_erratum(reading):
        return {}
    if len(decrees) > 1 and not reading.is_gazette:
        beside = told_beside(reading, decrees)
        if len(beside) > 1:
            return beside
        decrees = [*beside, *decrees]
    first = next(hit for hit in main if hit.key == decrees[0])
    return {first.key: of_quoted(reading, first) if first.is_quoted else measures(reading)}


def _earlier(reading: Reading, norm: NormHit) -> tuple[str, ...]:
    """The norms that it extends, modifies or ends: those it changes, and others of its kind that are not old."""

    def is_recent(hit: NormHit) -> bool:
        return hit.kind == norm.kind and (hit.year is None or norm.year is None or norm.year - hit.year <= 1)

    quoted = [hit for _, hit in reading.norms if hit.is_quoted and (hit.is_amended or is_recent(hit))]
    return tuple(dict.fromkeys(hit.key for hit in quoted if hit.key != norm.key))
