"""Claims of statistics: what is counted, the value, its unit, period and place, and the sentence that says it.

A claim is kept as its source makes it; nothing is summed or reconciled here. Serves ``chasqui figures``. Which numbers count is
``counted``, which period they speak of ``periods``.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from models.gazetteer.units import level_of
from models.reader.counted import Number, find_counts
from models.reader.data import any_of, read_data
from models.reader.periods import find_period
from models.reader.places import Place, place_of
from models.reader.reading import Reading, read
from models.reader.text import Sentence
from warehouse.records import Evidence

NEAR = 34  # code points between a number and the word for what it counts
REACH = 70  # code points between a number and what it counts
# Where what is said of a number ends, and what it is compared with begins.
CLAUSE = re.compile(r"[,;]| que (?:en|el|los)\b| than | against | frente a ")


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
    """What the number counts: the nearest metric, what follows before what stands ahead."""
    after = re.split(r"[;.]", folded[end : end + REACH])[0]
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


def _place(reading: Reading, sentence: Sentence) -> Place:
    """The finest single place of the sentence, else the title's."""
    for index in (sentence.index, 0):
        named = [h for h in reading.places[index] if h.use in {"place", "office"} and h.ubigeo]
        codes = list(dict.fromkeys(h.ubigeo for h in named if h.ubigeo))
        if len(codes) == 1:
            return place_of(codes[0])
        districts = [c for c in codes if level_of(c) == "district"]
        if len(districts) == 1 and all(c[:2] == districts[0][:2] for c in codes):
            return place_of(districts[0])
        if codes:
            return Place()
    return Place()


def _change(folded: str, number: Number) -> str | None:
    """Whether a percentage is a rise or a fall."""
    near = folded[max(0, number.start - 40) : number.end + 60]
    if number.is_percent and _patterns("context")["rise"].search(near):
        return "rise"
    return "fall" if number.is_percent and _patterns("context")["fall"].search(near) else None


def _claims(reading: Reading, sentence: Sentence) -> list[Figure]:
    folded = sentence.folded
    whole = find_period(folded, reading.published)
    if not (_patterns("context")["source"].search(folded) or whole.written):
        return []
    found: list[Figure] = []
    for number in find_counts(folded):
        metric = _metric(folded, number.start, number.end)
        if metric is None and number.is_percent and found:
            metric = found[-1].metric  # "17,630 denuncias, un 18 % más que en 2023"
        own = find_period(CLAUSE.split(folded[number.end : number.end + 80])[0], reading.published)
        period = own if own.start else whole
        if metric is None or (not number.is_percent and number.value < 10 and period.written is None):
            continue
        unit = _unit(folded, number.start, number.end, percent=number.is_percent)
        if (metric == "loss_pen") != (unit in {"pen", "usd"}) or (unit == "percent" and metric == "loss_pen"):
            continue  # money counts losses, and nothing else does
        evidence = Evidence(sentence.field, sentence.start, sentence.end, sentence.raw)
        place = _place(reading, sentence)
        change = _change(folded, number)
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
    for sentence in reading.sentences:
        if not reading.links[sentence.index]:
            out.extend(_claims(reading, sentence))
    return out
