"""Claims of statistics: what is counted, the value, its unit, period and place, and the sentence that says it.

A claim is kept as its source makes it; nothing is summed or reconciled here. Serves ``chasqui figures``. Which numbers count is
``counted``, which periods a sentence names ``periods``, which of its times and places are a number's ``numbered``.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from models.reader.clauses import Clause
from models.reader.counted import Number, find_counts
from models.reader.data import any_of, read_data
from models.reader.numbered import numbered, where
from models.reader.periods import Period
from models.reader.places import Place
from models.reader.reading import Reading, read
from models.reader.text import Sentence
from warehouse.records import Evidence

NEAR = 34  # code points between a number and the word for what it counts
REACH = 70  # code points between a number and what it counts
# What a number counts stands before a comma, a bracket or the next thing said.
SAID = re.compile(r"[;.,:(]|\b(?:y|e|and) (?:el|la|los|las|en|un|una|se|the|a|in)\b|\bfrente a\b|\bque en\b")
MORE = re.compile(
    r"^ (?:\w+ ){0,3}?(?P<rise>mas|more)(?: \w+){0,3}? (?:que|than)\b|^ (?:\w+ ){0,3}?(?:menos|fewer|less)(?: \w+){0,3}? (?:que|than)\b"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One claim. ``value`` in ``unit``; ``period_start`` to ``period_end`` as far as the text fixes it."""

    metric: str
    value: float
    unit: str  # count | percent | pen | usd | rate_100k
    change: str | None  # rise | fall, when the value is a change
    period: str | None  # as written
    period_start: date | None
    period_end: date | None
    place: Place
    evidence: Evidence

    def as_row(self) -> dict[str, object]:
        """The claim with the names of the warehouse's columns, without its evidence."""
        place = self.place
        return {
            "metric": self.metric, "value": self.value, "unit": self.unit, "change": self.change, "period": self.period,
            "period_start": self.period_start, "period_end": self.period_end,
            "ubigeo": place.ubigeo, "department": place.department, "province": place.province, "district": place.district,
        }  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """The line ``chasqui figures`` prints."""
        row = asdict(self)
        row["period_start"] = self.period_start.isoformat() if self.period_start else None
        row["period_end"] = self.period_end.isoformat() if self.period_end else None
        return row


@cache
def _patterns(section: str) -> dict[str, re.Pattern[str]]:
    data: dict[str, list[str]] = read_data("figures.toml")[section]
    return {
        name: re.compile("|".join(f"(?:{p})" for p in patterns)) if section == "units" else any_of(patterns)
        for name, patterns in data.items()
    }


def _metric(folded: str, start: int, end: int) -> str | None:
    """What the number counts: a metric around it, else the nearest, what follows before what stands ahead."""
    begin = max(0, start - NEAR)
    for name, pattern in _patterns("metrics").items():
        around = pattern.finditer(folded[begin : end + NEAR])
        if any(found.start() + begin < start and found.end() + begin > end for found in around):
            return name
    after = SAID.split(folded[end : end + REACH])[0]
    before = re.split(r"[;.]", folded[max(0, start - REACH) : start])[-1]
    best: tuple[int, int, str] | None = None
    for rank, (name, pattern) in enumerate(_patterns("metrics").items()):
        found = pattern.search(after)
        if found and (best is None or (found.start(), rank) < best[:2]):
            best = found.start(), rank, name
    if best and best[0] <= NEAR:
        return best[2]
    best = None
    for rank, (name, pattern) in enumerate(_patterns("metrics").items()):
        for found in pattern.finditer(before):
            away = len(before) - found.end()
            if away <= NEAR and (best is None or (away, rank) < best[:2]):
                best = away, rank, name
    return best[2] if best else None


def _unit(folded: str, start: int, end: int, *, percent: bool) -> str:
    if percent:
        return "percent"
    after = folded[end : end + 40]
    if _patterns("units")["rate_100k"].search(after) or re.match(
        r" (?:\w+ ){0,3}?(?:por|per|for) (?:cada |every )?(?:cien mil|100)", after
    ):
        return "rate_100k"
    if re.match(r" (?:de )?(?:dolares|dollars)", after) or folded[max(0, start - 3) : start].endswith("$"):
        return "usd"
    if re.match(r" (?:de )?soles", after) or folded[max(0, start - 4) : start].strip().endswith("s/"):
        return "pen"
    return "count"


def _change(folded: str, number: Number, clause: Clause) -> str | None:
    """Whether a value is a rise or a fall: a percentage near such a word, a count that is so many more than another."""
    if not number.is_percent:
        more = MORE.match(folded[number.end :])
        return ("rise" if more["rise"] else "fall") if more else None
    near = folded[max(clause.start, number.start - 60) : number.end + 40]
    if _patterns("context")["rise"].search(near):
        return "rise"
    return "fall" if _patterns("context")["fall"].search(near) else None


def _claims(reading: Reading, sentence: Sentence, title: Place) -> list[Figure]:
    numbers = find_counts(sentence.folded)
    if not numbers:
        return []
    said = numbered(sentence.folded, numbers, reading.places[sentence.index], reading.published)
    if not (_patterns("context")["source"].search(said.folded) or said.times):
        return []
    found: list[Figure] = []
    for at, number in enumerate(said.numbers):
        clause = said.clause(at)
        metric = _metric(said.folded, number.start, number.end)
        change = _change(said.folded, number, clause)
        if found and (metric is None) and (number.is_percent or change or said.takes_over(at, clause)):
            metric = found[-1].metric  # "17,630 denuncias, un 18 % más que en 2023"
        is_change = bool(found and change)
        before = Period(found[-1].period, found[-1].period_start, found[-1].period_end) if is_change else Period()
        period = said.time(at, clause, before)
        if metric is None or (not number.is_percent and number.value < 10 and period.written is None):
            continue
        unit = _unit(said.folded, number.start, number.end, percent=number.is_percent)
        if found and unit == "count" and said.is_second(at):
            unit = found[-1].unit  # "de 44 por cada 100 mil habitantes a 68"
        if (metric == "loss_pen") != (unit in {"pen", "usd"}) or (unit == "percent" and metric == "loss_pen"):
            continue  # money counts losses, and nothing else does
        evidence = Evidence(sentence.field, sentence.start, sentence.end, sentence.raw)
        goes_on = is_change or (found and said.is_second(at))
        place = said.place(at, clause, title, found[-1].place if goes_on else Place())
        dates = period.written, period.start, period.end
        found.append(Figure(metric, number.value, unit, change, *dates, place, evidence))
    return found


def read_figures(text: str, published: date | None, title: str = "") -> list[Figure]:
    """Read the statistics a text claims, in order.

    Args:
        text: The text.
        published: Day of publication, for "este año" and "el año pasado".
        title: The text's title, where it has one.
    """
    reading = read(title, text, published)
    out: list[Figure] = []
    first = reading.sentences[:1]
    named = where(first[0].folded, reading.places[0]) if first and first[0].field == "title" else []
    place = (named[0].value or Place()) if len(named) == 1 else Place()
    for sentence in reading.sentences:
        if not reading.links[sentence.index]:
            out.extend(_claims(reading, sentence, place))
    return out
