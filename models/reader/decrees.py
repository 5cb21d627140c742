"""What norms say: the action of a decree of emergency, its term and days; the dates of any norm. Serves ``chasqui norms``.

Not here: the numbers of norms (``norms``), the units under emergency (``territory``), why it is declared (``causes``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import asdict, dataclass, replace
from datetime import MAXYEAR, date, timedelta
from functools import cache
from typing import Any

from models.reader.causes import cause_of
from models.reader.data import any_of, read_data
from models.reader.dates import find_dates
from models.reader.norms import NormHit
from models.reader.numbers import number_word_pattern, parse_number
from models.reader.reading import Reading, read
from models.reader.territory import named_together, speaks_of_emergency, territory
from warehouse.records import Territory

DAYS = re.compile(
    rf"(?:(?:{number_word_pattern()}) ?\( ?(?P<n1>\d{{1,3}}) ?\)|(?P<n2>\d{{1,3}}|{number_word_pattern()})) (?:dias?(?: calendario| naturales)?|days)\b"
)
MONTHS = re.compile(
    rf"\b(?:durante|por|plazo de|termino de) (?:(?:un|{number_word_pattern()}) ?\( ?(?P<n1>\d{{1,2}}) ?\)|(?P<n2>\d{{1,2}}|un|{number_word_pattern()})) mes(?:es)?\b"
)
STARTS = re.compile(r"\b(?:a partir del?|desde(?: el| la)?|contad\w+ (?:a partir del?|desde)|starting|from)\b")
UNTIL = re.compile(r"\b(?:hasta el|vence el|concluye el|finaliza el|until)\b")


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


def _day_after(pattern: re.Pattern[str], folded: str, published: date | None) -> date | None:
    """The day named right after a phrase."""
    for match in pattern.finditer(folded):
        for hit in find_dates(folded[match.end() : match.end() + 60], published):
            if hit.day and hit.start <= 12:
                return hit.coming if hit.kind in {"weekday", "number"} and hit.coming else hit.day
    return None


def _signed(reading: Reading) -> date | None:
    for sentence in reading.sentences[-6:] + reading.sentences[:4]:
        if re.search(r"\bdado en la casa de gobierno\b|^lima, ", sentence.folded):
            days = [h.day for h in find_dates(sentence.folded, reading.published) if h.day]
            return days[0] if days else None
    return None


def _plus(day: date | None, days: int) -> date | None:
    try:
        return day + timedelta(days=days) if day else None
    except OverflowError:
        return None


def _main(reading: Reading) -> list[NormHit]:
    """The norms the text is about: its own number, else those not merely quoted, one of each number."""
    if reading.own_norm:
        return [reading.own_norm]
    found: dict[str, NormHit] = {}
    for index, hit in reading.norms:
        if not hit.is_quoted and not reading.links[index]:
            found.setdefault(hit.key, hit)
    if not found:
        for _, hit in reading.norms:
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


def _emergency(reading: Reading, action: str, indices: list[int], base: NormReading) -> NormReading:
    parts = [reading.sentences[i] for i in indices]
    window = [reading.sentences[i] for i in range(max(0, indices[0] - 1), min(len(reading.sentences), indices[-1] + 3))]
    own = named_together(reading, indices) or territory(reading, indices[0])
    text = " ".join(p.folded for p in parts)
    near = " ".join(p.folded for p in [*parts, *window])
    starts = _day_after(STARTS, text, reading.published) or _day_after(STARTS, near, reading.published)
    if action == "extends" and starts and base.published_on and starts < base.published_on:
        starts = None  # the day of what it extends, which it names
    if starts is None and action == "declares" and reading.is_gazette:
        starts = _plus(reading.published, 1)  # without "a partir del" a decree runs from the day after publication
    if action == "ends":
        return NormReading(
            base.kind,
            base.number,
            base.issuer,
            action,
            "state_of_emergency",
            base.signed_on,
            base.published_on,
            ends_on=starts or base.published_on,
            territory=own,
            earlier=base.earlier,
        )
    first = starts or _plus(reading.published, 1)
    days = _days(text, first) or _days(near, first)
    until = _day_after(UNTIL, text, reading.published)
    ends = until or (_plus(starts, days - 1) if days else None)
    return NormReading(
        base.kind,
        base.number,
        base.issuer,
        action,
        "state_of_emergency",
        base.signed_on,
        base.published_on,
        starts,
        ends,
        days,
        own,
        base.earlier,
    )


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
    measures = _measures(reading)
    out: list[NormReading] = []
    for hit in _main(reading):
        issuer = hit.office or ("Congreso" if hit.kind in {"Ley", "PL"} else None)
        on_page = published if reading.own_norm or reading.is_gazette else None
        earlier = tuple(
            dict.fromkeys(h.key for _, h in reading.norms if h.is_quoted and h.kind == hit.kind and h.key != hit.key)
        )
        base = NormReading(
            hit.kind,
            hit.key,
            issuer,
            signed_on=_signed(reading) if reading.is_gazette else None,
            published_on=on_page,
            earlier=earlier,
        )
        if hit.kind == "DS" and measures and not any(r.subject for r in out):
            cause = cause_of(reading)
            out += [replace(_emergency(reading, action, indices, base), cause=cause) for action, indices in measures]
        else:
            out.append(base)
    return out
