"""Claims of statistics: what is counted, the value, its unit, period and place, and the sentence that says it.

A claim is kept as its source makes it; nothing is summed or reconciled here. Serves ``chasqui figures``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from models.gazetteer.units import level_of
from models.reader.data import any_of, read_data
from models.reader.dates import MONTHS, find_dates
from models.reader.numbers import DIGITS, number_word_pattern, parse_number
from models.reader.places import Place, place_of
from models.reader.reading import Reading, read
from models.reader.text import Sentence
from warehouse.records import Evidence

NEAR = 34  # code points between a number and the word for what it counts
REACH = 70  # code points between a number and what it counts
_MONTH = "|".join(m for m in MONTHS if len(m) > 3 or m == "may")
SPAN = re.compile(
    rf"\b(?:entre|de|desde|from|between) (?P<m1>{_MONTH})(?: (?:de|del) (?P<ya>(?:19|20)\d\d))? (?:y|a|hasta|and|to) (?P<m2>{_MONTH})(?: (?:de|del|of)?\s?(?:este ano|(?P<y>(?:19|20)\d\d)))?"
)
FIRST_MONTHS = re.compile(
    rf"\b(?:los |las )?(?P<n>\d+|{number_word_pattern()}) primer\w+ mes(?:es)?(?: (?:de|del) (?:este ano|(?P<y>(?:19|20)\d\d)))?|\bfirst (?P<n2>\w+) months(?: of (?P<y2>(?:19|20)\d\d))?"
)
HALF = re.compile(
    r"\b(?P<which>primer|segundo|first|second) (?P<part>semestre|trimestre|half|quarter)(?: (?:de|del|of) (?P<y>(?:19|20)\d\d))?"
)
MONTH_OF = re.compile(rf"\b(?:en|in|de|durante|of) (?P<m>{_MONTH})(?: (?:de |del )?(?P<y>(?:19|20)\d\d))?\b")
IN_YEAR = re.compile(r"\b(?:en|durante|de|del|in|during|ano|el) (?P<y>(?:19|20)\d\d)\b(?!-)")
SO_FAR = re.compile(
    r"\b(?:en lo que va del? (?:este |presente )?ano|este ano|a la fecha|so far this year|this year|desde enero)\b"
)
LAST_YEAR = re.compile(r"\b(?:del? ano pasado|el ano pasado|last year|ano anterior)\b")
NUMBER = re.compile(
    rf"(?<![\w/.,:-])(?:(?:{DIGITS})(?: (?:mil|millones|millon|thousand|million)\b)?|\b{number_word_pattern()}\b)(?P<percent> ?%| por ciento| per ?cent)?"
)
OUT_OF = re.compile(
    rf"\b(?P<a>\d+|{number_word_pattern()}) (?:de cada|out of(?: every)?|in every|in) (?P<b>\d+|{number_word_pattern()})\b"
)
NOT_COUNT = re.compile(
    r"^(?:(?: (?:y|a|o|u) [\w,.]+)? (?:primer\w+ |ultim\w+ )?(?:anos?|months?|years?|days?|weeks?|semanas?|mes|dias?|horas?|meses|minutos?|metros?|km|kilometros?|cuadras?|balazos?|disparos?|tiros?|de la (?:manana|tarde|noche)|a\.? ?m|p\.? ?m)\b|:|°|-20\d\d| habitantes| inhabitants| people\b| (?:de|of) (?:la |every )?cada)"
)
RATE_OF = re.compile(r"(?:cada|per|every) $")  # "por cada 100 mil habitantes": the base of a rate

# Where what is said of a number ends, and what it is compared with begins.
CLAUSE = re.compile(r"[,;]| que (?:en|el|los)\b| than | against | frente a ")
A_YEAR = re.compile(r"(?:19|20)\d\d")
NAMED_BY_NUMBER = re.compile(
    r"(?:ley|decreto|articulo|n°|numero|linea|ruta|cuadra|manzana|lote|puerta|puesto|calibre|jardin|colegio|i\.e\.|kilometro|km|edad|of age|zona|sector|grado|ugel) $"
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


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: float
    is_percent: bool


@dataclass(frozen=True, slots=True)
class _Period:
    written: str | None = None
    start: date | None = None
    end: date | None = None


@cache
def _patterns(section: str) -> dict[str, re.Pattern[str]]:
    data: dict[str, list[str]] = read_data("figures.toml")[section]
    return {
        name: re.compile("|".join(f"(?:{p})" for p in patterns)) if section == "units" else any_of(patterns)
        for name, patterns in data.items()
    }


def _last_day(year: int, month: int) -> date:
    for day in (31, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError


def _year(written: str | None, published: date | None) -> int | None:
    return int(written) if written else published.year if published else None


def _months(match: re.Match[str], year: int | None, first: int, last: int) -> _Period:
    if year is None or not 1 <= year <= 9999 or not 1 <= first <= last <= 12:
        return _Period(match[0].strip())
    return _Period(match[0].strip(), date(year, first, 1), _last_day(year, last))


def _span(match: re.Match[str], published: date | None) -> _Period:
    return _months(match, _year(match["y"] or match["ya"], published), MONTHS[match["m1"]], MONTHS[match["m2"]])


def _first_months(match: re.Match[str], published: date | None) -> _Period:
    count = parse_number(match["n"] or match["n2"] or "")
    return _months(match, _year(match["y"] or match["y2"], published), 1, int(count or 0))


def _half(match: re.Match[str], published: date | None) -> _Period:
    size = 6 if match["part"] in {"semestre", "half"} else 3
    first = 1 if match["which"] in {"primer", "first"} else 1 + size
    return _months(match, _year(match["y"], published), first, first + size - 1)


def _so_far(match: re.Match[str], published: date | None) -> _Period:
    return _Period(match[0], date(published.year, 1, 1) if published else None, published)


def _month_of(match: re.Match[str], published: date | None) -> _Period:
    month, year = MONTHS[match["m"]], _year(match["y"], published)
    if (
        match["y"] is None
        and published
        and year
        and (month > published.month or LAST_YEAR.search(match.string, match.end()))
    ):
        year -= 1
    return _months(match, year, month, month)


def _in_year(match: re.Match[str], _: date | None) -> _Period:
    return _months(match, int(match["y"]), 1, 12)


def _last_year(match: re.Match[str], published: date | None) -> _Period:
    return _months(match, published.year - 1 if published else None, 1, 12)


PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], _Period]], ...] = (
    (SPAN, _span),
    (FIRST_MONTHS, _first_months),
    (HALF, _half),
    (SO_FAR, _so_far),
    (MONTH_OF, _month_of),
    (IN_YEAR, _in_year),
    (LAST_YEAR, _last_year),
)


def _period(folded: str, published: date | None) -> _Period:
    """The period a stretch of text speaks of, the fullest form first."""
    for pattern, reader in PERIODS:
        if match := pattern.search(folded):
            return reader(match, published)
    return _Period()


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


def _is_no_count(folded: str, match: re.Match[str], value: float) -> bool:
    """Whether a number names, dates or measures something instead of counting it."""
    before = folded[max(0, match.start() - 12) : match.start()]
    if value < 2 or A_YEAR.fullmatch(match[0]) or RATE_OF.search(before):
        return True
    named = NAMED_BY_NUMBER.search(before) is not None
    return bool((named and value < 10_000) or NOT_COUNT.match(folded[match.end() :]))


def _numbers(folded: str) -> list[_Number]:
    """The numbers of a sentence that may count something."""
    found: list[_Number] = []
    dated = [(hit.start, hit.end) for hit in find_dates(folded, None) if hit.kind in {"full", "day_month"}]
    for match in OUT_OF.finditer(folded):
        top, bottom = parse_number(match["a"]), parse_number(match["b"])
        if top and bottom and top <= bottom:
            found.append(_Number(match.start(), match.end(), round(100 * top / bottom, 1), is_percent=True))
    for match in NUMBER.finditer(folded):
        percent = match["percent"] is not None
        written = match[0][: match.start("percent") - match.start()] if percent else match[0]
        value = parse_number(written.strip())
        taken = [*dated, *((n.start, n.end) for n in found)]
        if value is None or any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if not percent and _is_no_count(folded, match, value):
            continue
        found.append(_Number(match.start(), match.end(), value, is_percent=percent))
    return sorted(found, key=lambda n: n.start)


def _change(folded: str, number: _Number) -> str | None:
    """Whether a percentage is a rise or a fall."""
    near = folded[max(0, number.start - 40) : number.end + 60]
    if number.is_percent and _patterns("context")["rise"].search(near):
        return "rise"
    return "fall" if number.is_percent and _patterns("context")["fall"].search(near) else None


def _claims(reading: Reading, sentence: Sentence) -> list[Figure]:
    folded = sentence.folded
    whole = _period(folded, reading.published)
    if not (_patterns("context")["source"].search(folded) or whole.written):
        return []
    found: list[Figure] = []
    for number in _numbers(folded):
        metric = _metric(folded, number.start, number.end)
        if metric is None and number.is_percent and found:
            metric = found[-1].metric  # "17,630 denuncias, un 18 % más que en 2023"
        own = _period(CLAUSE.split(folded[number.end : number.end + 80])[0], reading.published)
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


def metrics() -> Sequence[str]:
    """The names of the metrics, in the order of the data file."""
    return list(read_data("figures.toml")["metrics"])
