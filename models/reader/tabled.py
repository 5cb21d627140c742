"""The claims of a table in a text: a row names a place or what is counted, a column a year or months, caption or title the rest.

Cells stand apart by tabs, bars or semicolons, under a head row that names the times. A row that names neither a place nor a crime is
not read. Not here: lists of one number a line (``thread``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from models.fold import fold
from models.reader.date_forms import MONTHS
from models.reader.metrics import find_metrics
from models.reader.numbered import where
from models.reader.numbers import DIGITS, parse_number
from models.reader.period import NO_PERIOD, Period, last_day
from models.reader.periods import find_periods
from models.reader.places import Place, place_of
from models.reader.reading import Reading
from models.reader.tallied import Claim
from models.reader.text import Sentence
from models.reader.thread import Topic

MOST_CUTS = 9  # sentences into which the points of a row ("Var. %") may cut it
ABOVE = 4  # sentences above the head row that may be its caption
RULE = re.compile(r"[\s|:+=-]+")
YEAR = re.compile(r"(?:ano )?((?:19|20)\d\d)")
CHANGES = re.compile(r"(?:var|cambio|dif|crec|incremento|change).{0,20}|%")
VALUE = re.compile(rf"(?P<sign>[+-])? ?(?P<number>{DIGITS})(?P<percent> ?%)?")
ALL = re.compile(r"(?:total|peru|(?:total )?nacional|todo el pais)(?: general| nacional)?")
OF_PLACE = re.compile(r"\b(?:distrito|provincia|region|departamento|fiscal|policial|de|del|la|el|y)\b|[\W\d_]+")
MOST = 5  # letters of a row's label that are not of its place: "Lima (1)", but not "Comisaría de Comas"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column under the head row; one of changes says how far the last level has gone from the one before."""

    period: Period
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    columns: list[_Column | None]
    metric: str | None
    unit: str
    place: Place
    of_districts: bool


def _cells(line: str) -> list[str]:
    """The folded cells of a line, none where nothing parts it."""
    for mark, least in (("|", 1), ("\t", 1), (";", 2)):
        if line.count(mark) >= least:
            return [fold(cell).strip() for cell in (line.strip("| ") if mark == "|" else line).split(mark)]
    return []


def _metric(folded: str) -> str | None:
    hits = find_metrics(folded)
    return min(hits, key=lambda hit: hit.rank).metric if hits else None


def _months_of(months: Period, year: int) -> Period | None:
    """The months of a caption in the year of a column."""
    if not months.start or not months.end or months.is_year or months.start.year != months.end.year:
        return None
    return Period(f"{months.written} {year}", date(year, months.start.month, 1), last_day(year, months.end.month))


def _column(cell: str, caption: Period, published: date | None) -> _Column | None:
    year = YEAR.fullmatch(cell)
    if year and (months := _months_of(caption, int(year[1]))):
        return _Column(months)
    if CHANGES.fullmatch(cell):
        return _Column(NO_PERIOD, is_change=True)
    of_year = f" de {caption.start.year}" if caption.is_year and caption.start and not year else ""
    named = f"en {year[1] if year else cell}{of_year}"
    found = find_periods(named, published)
    is_whole = len(found) == 1 and found[0][2].start and found[0][1] - found[0][0] >= len(named) - 3
    return _Column(found[0][2]) if is_whole else None


def _district(place: Place, label: str) -> Place | None:
    """The district that a row of a table of districts names: the one of a province's or department's name is its capital."""
    if not place.ubigeo or not place.ubigeo.endswith("00"):
        return place
    code = (place.ubigeo[:4] if place.ubigeo[2:4] != "00" else f"{place.ubigeo[:2]}01") + "01"
    capital = place_of(code)
    return capital if capital.district and fold(capital.district) == OF_PLACE.sub(" ", label).strip() else None


@dataclass(slots=True)
class Tables:
    """The tables of a text, read as its sentences come."""

    reading: Reading
    place: Place  # the title's
    head: _Head | None = None
    line: tuple[str, int] | None = None
    above: list[Sentence] = field(default_factory=list)

    def _caption(self, label: str) -> tuple[Period, Place]:
        """The only period and place of what stands above the head row or opens it, the nearest first."""
        opening = [found for _, _, found in find_periods(label, self.reading.published)]
        period, place = opening[0] if len(opening) == 1 else NO_PERIOD, self.place
        for sentence in self.above[::-1]:
            periods = [found for _, _, found in find_periods(sentence.folded, self.reading.published)]
            places = where(sentence.folded, self.reading.places[sentence.index])
            period = periods[0] if not period.written and len(periods) == 1 else period
            place = places[0].value or place if not place.ubigeo and len(places) == 1 else place
        return period, place

    def _read_head(self, cells: list[str]) -> _Head | None:
        if len(cells) < 2 or VALUE.fullmatch(cells[0]):
            return None
        period, place = self._caption(cells[0])
        columns = [_column(cell, period, self.reading.published) for cell in cells[1:]]
        if not any(column and not column.is_change for column in columns):
            return None
        said = [cells[0], *(sentence.folded for sentence in self.above[::-1])]
        whole = " ".join(said)
        unit = "rate_100k" if re.search(r"\btasas?\b|\brate\b", whole) else "count"
        unit = "percent" if re.search(r"\bporcentaje\b|\(en %\)|\(%\)", whole) else unit
        return _Head(
            columns,
            next((metric for each in said if (metric := _metric(each))), None),
            unit,
            place,
            "distrito" in cells[0],
        )

    def _label(self, sentence: Sentence, label: str, head: _Head) -> tuple[str, Place] | None:
        """What a row counts and where: that of its label, the rest of the head."""
        start = sentence.folded.index(label)
        hits = [
            hit for hit in self.reading.places[sentence.index] if start <= hit.start and hit.end <= start + len(label)
        ]
        places = where(sentence.folded, hits)
        if len(places) == 1 and places[0].value:
            rest = sentence.folded[start : places[0].start] + sentence.folded[places[0].end : start + len(label)]
            is_place = len(OF_PLACE.sub("", rest)) <= MOST
            place = _district(places[0].value, label) if head.of_districts else places[0].value
            return (head.metric, place) if head.metric and place and is_place else None
        own = _metric(label) or _metric(f"casos de {label}")
        if own or (head.metric and (label in MONTHS or ALL.fullmatch(label))):
            return own or head.metric or "", head.place
        return None

    def _period(self, label: str, column: _Column) -> Period:
        """The time of a cell: its column's, and of a row that names a month that month of the column's year."""
        if label not in MONTHS or not column.period.start:
            return column.period
        year, month = column.period.start.year, MONTHS[label]
        return Period(f"{label} {year}", date(year, month, 1), last_day(year, month))

    def _row(self, sentence: Sentence, cells: list[str], head: _Head) -> list[Claim]:
        said = self._label(sentence, cells[0], head) if cells[0] else None
        found: list[Claim] = []
        for column, cell in zip(head.columns, cells[1:], strict=True) if said else ():
            value = VALUE.fullmatch(cell)
            number = parse_number(value["number"]) if value else None
            if not said or not column or not value or not number:
                continue
            metric, place = said
            unit = "percent" if value["percent"] else head.unit
            if not column.is_change:
                found.append(Claim(Topic(metric, unit, self._period(cells[0], column), place), number, None))
            elif found and value["percent"]:
                change = "fall" if value["sign"] == "-" else "rise"
                found.append(Claim(Topic(metric, unit, found[-1].topic.period, place), number, change))
        return found

    def _next(self, sentence: Sentence) -> list[Claim] | None:
        """Nothing more in a head row; what is no part of a table may be a caption."""
        if self.head:
            return []
        self.above = [*self.above[1 - ABOVE :], sentence]
        return None

    def read(self, sentence: Sentence) -> list[Claim] | None:
        """The claims of a row, none for a head row or a rule, ``None`` for what is no part of a table."""
        if (sentence.field, sentence.paragraph) == self.line:
            return self._next(sentence)
        self.line = (sentence.field, sentence.paragraph)
        line = [
            each.raw
            for each in self.reading.sentences[sentence.index : sentence.index + MOST_CUTS]
            if (each.field, each.paragraph) == self.line
        ]
        cells = _cells(" ".join(line))
        if self.head and cells and RULE.fullmatch(sentence.folded):
            return []
        if self.head and len(cells) == len(self.head.columns) + 1:
            return self._row(sentence, cells, self.head)
        self.head = self._read_head(cells) if cells else None
        return self._next(sentence)
