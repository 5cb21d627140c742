"""What norms say: the action of a decree of emergency and its days. Serves ``chasqui norms``.

Not here: the numbers of norms (``norms``), their own days (``norm_days``), from when until when an emergency runs (``terms``),
the units under it (``territory``), why it is declared (``causes``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import asdict, dataclass, replace
from datetime import MAXYEAR, date
from functools import cache
from typing import Any

from models.reader.causes import cause_of
from models.reader.data import any_of, read_data
from models.reader.norm_days import NormDays, is_erratum, page_days, told_days
from models.reader.norms import NormHit
from models.reader.numbers import number_word_pattern, parse_number
from models.reader.reading import Reading, read
from models.reader.terms import Start, plus, start_of, until_of
from models.reader.territory import named_together, speaks_of_emergency, territory
from warehouse.records import Territory

DAYS = re.compile(
    rf"(?:(?:{number_word_pattern()}) ?\( ?(?P<n1>\d{{1,3}}) ?\)|(?P<n2>\d{{1,3}}|{number_word_pattern()})) (?:dias?(?: calendario| naturales)?|days)\b"
)
MONTHS = re.compile(
    rf"\b(?:durante|por|plazo de|termino de) (?:(?:un|{number_word_pattern()}) ?\( ?(?P<n1>\d{{1,2}}) ?\)|(?P<n2>\d{{1,2}}|un|{number_word_pattern()})) mes(?:es)?\b"
)


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


@cache
def _actions() -> dict[str, re.Pattern[str]]:
    return {name: any_of(patterns) for name, patterns in read_data("decrees.toml")["actions"].items()}


def action_of(folded: str) -> str | None:
    """What a sentence does to an emergency, the most specific word first."""
    for name in ("ends", "extends", "declares", "modifies"):
        if _actions()[name].search(folded):
            return name
    return None


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


def _own(reading: Reading) -> NormHit | None:
    """The norm that a page of the gazette is, by the header of its text or else by its title."""
    if reading.own_norm or not reading.is_gazette:
        return reading.own_norm
    titles = {h.key: h for i, h in reading.norms if reading.sentences[i].field == "title" and not h.is_quoted}
    return next(iter(titles.values())) if len(titles) == 1 else None


def _main(reading: Reading) -> list[NormHit]:
    """The norms the text is about: its own number, else those not merely quoted, one of each number."""
    own = _own(reading)
    if own:
        return [own]
    told = [hit for index, hit in reading.norms if not hit.is_quoted and not reading.links[index]]
    told = told or [hit for _, hit in reading.norms if not hit.is_amended] or [hit for _, hit in reading.norms]
    found: dict[str, NormHit] = {}
    for hit in told:
        found.setdefault(hit.key, hit)
    return list(found.values())


def _measures(reading: Reading) -> list[tuple[str, list[int]]]:
    """Actions on an emergency with the sentences that take them, for a decree its articles."""
    found: list[tuple[str, list[int]]] = []
    for sentence in reading.sentences:
        if not speaks_of_emergency(sentence) or reading.links[sentence.index] or reading.recalled[sentence.index]:
            continue
        if (
            reading.is_gazette
            and not sentence.folded.startswith("articulo")
            and not re.match(
                r"(?:declar|prorrog|dej|levant|modific|ampli|exti?end|da(?:r|se)? por|se da por)", sentence.folded
            )
        ):
            continue
        action = action_of(sentence.folded)
        if action and all(action != known for known, _ in found):
            found.append((action, [sentence.index]))
    if not found:
        title = [s.index for s in reading.sentences if s.field == "title" and speaks_of_emergency(s)]
        action = action_of(reading.sentences[title[0]].folded) if title else None
        return [(action, title)] if action else []
    return found if reading.is_gazette else found[:1]


def _start(reading: Reading, action: str, told: list[str], days: NormDays) -> Start:
    """From when the emergency runs; without "a partir de" one that is declared runs from the day after publication."""
    start = Start()
    for text in told:
        start = start_of(text, reading.published, days.published_on, extends=action == "extends")
        if start.is_written:
            return start
    if action != "declares" or start.is_written:
        return start
    if days.is_start_written or not reading.is_gazette:
        return Start(days.starts_on)
    return Start(plus(days.published_on, 1))


def _emergency(
    reading: Reading, action: str, indices: list[int], taken: set[int], base: NormReading, norm: NormDays
) -> NormReading:
    """One measure of a decree; ``taken`` are the sentences of its other measures, ``norm`` the decree's own days."""
    parts = [reading.sentences[i] for i in indices]
    around = range(max(0, indices[0] - 1), min(len(reading.sentences), indices[-1] + 3))
    window = [reading.sentences[i] for i in around if i not in taken]
    own = named_together(reading, indices) or territory(reading, indices[0])
    text = " ".join(p.folded for p in parts)
    near = " ".join(p.folded for p in [*parts, *window])
    start = _start(reading, action, [text, near], norm)
    if action == "extends" and start.day and base.published_on and start.day < base.published_on:
        start = Start(is_written=True)  # the day of what it extends, which it names
    told = replace(base, action=action, subject="state_of_emergency", territory=own)
    if action == "ends":
        return replace(told, starts_on=None, ends_on=start.day or base.published_on)
    first = start.day or plus(reading.published, 1)
    days = _days(text, first) or _days(near, first)
    until = until_of(text, reading.published, extends=action == "extends")
    return replace(told, starts_on=start.day, ends_on=until or (start.last_of(days) if days else None), days=days)


def read_norms(text: str, published: date | None, title: str = "") -> list[NormReading]:
    """Read every norm a text is about.

    Args:
        text: A gazette page, a news text or a list of norms.
        published: Day of publication, where known.
        title: The text's title, where it has one.

    Returns:
        One reading a norm; two for a decree that does two things (extends here, declares there).
    """
    reading = read(title, text, published)
    if not reading.sentences:
        return []
    measures = [] if is_erratum(reading) else _measures(reading)
    out: list[NormReading] = []
    main = _main(reading)
    is_page = reading.is_gazette and len(main) == 1
    for hit in main:
        days = page_days(reading) if is_page else told_days(reading, hit)
        issuer = hit.office or ("Congreso" if hit.kind in {"Ley", "PL"} else None)
        earlier = tuple(
            dict.fromkeys(
                h.key
                for _, h in reading.norms
                if h.is_quoted and (h.is_amended or h.kind == hit.kind) and h.key != hit.key
            )
        )
        base = NormReading(
            hit.kind,
            hit.key,
            issuer,
            signed_on=days.signed_on,
            published_on=days.published_on,
            starts_on=days.starts_on,
            earlier=earlier,
        )
        if hit.kind == "DS" and measures and not any(r.subject for r in out):
            cause = cause_of(reading)
            for action, indices in measures:
                taken = {i for _, other in measures for i in other} - set(indices)
                out.append(replace(_emergency(reading, action, indices, taken, base, days), cause=cause))
        else:
            out.append(base)
    return out
