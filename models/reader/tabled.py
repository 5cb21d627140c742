"""The claims of a table in a text: a row names a place or what is counted, a column a year or months, caption or title the rest.

Cells stand apart by tabs, bars or semicolons, under a head row that names the times. A table is read whole: where one of its counts is a
fraction, a time lies ahead or two columns are of one time, nothing of it is read. A change is given only where the levels of its row bear
it out. Not here: what stands over a table (``captions``), lists of one number a line (``thread``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from models.fold import fold
from models.reader.captions import Caption, counted_in, label_of, line_of, read_caption
from models.reader.clauses import Named
from models.reader.data import read_data
from models.reader.date_forms import MONTHS
from models.reader.numbered import where
from models.reader.numbers import DIGITS, parse_number
from models.reader.period import NO_PERIOD, Period, day_of, last_day
from models.reader.periods import IN_YEAR, find_periods
from models.reader.places import Place, place_of
from models.reader.reading import Reading
from models.reader.tallied import Claim
from models.reader.text import Sentence
from models.reader.thread import NOWHERE, Topic

MOST_CUTS = 9  # sentences into which the points of a row ("Var. %") may cut it
ABOVE = 4  # sentences above the head row that may be its caption
MOST_COUNT = 10_000_000  # more are no crimes of one country
HIGHEST = {"percent": 100, "rate_100k": 1000, "count": MOST_COUNT}
RULE = re.compile(r"[\s|:+=-]+")
EDGES = re.compile(r"^\s*\||\|\s*$")
YEAR = re.compile(r"(?:ano )?((?:19|20)\d\d)")
HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
VALUE = re.compile(rf"(?P<sign>[+−–-])? ?(?P<number>{DIGITS})(?P<percent> ?%)?")
OF_PLACE = re.compile(r"\b(?:distrito|provincia|region|departamento|fiscal|policial|de|del|la|el|y)\b|[\W\d_]+")
MOST = 5  # letters of a row's label that are not of its place: "Lima (1)", but not "Comisaría de Comas"


# The months over the columns of a wide table are cut short: "Ene | Feb | Mar".
IN_FULL = {
    name: next(full for full in MONTHS if MONTHS[full] == month) for name, month in MONTHS.items() if len(name) < 5
}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column under the head row; one of changes says how far the last level has gone from the one before."""

    period: Period
    is_change: bool = False
    is_percent: bool = False
    is_named: bool = True  # a change by its name, not only by a bare "%"


@dataclass(frozen=True, slots=True)
class _Head:
    columns: list[_Column | None]
    caption: Caption
    of_districts: bool


@cache
def _change() -> re.Pattern[str]:
    """A column of changes: "Var. %", "Variación 2024/2025", "% de variación", "%"."""
    data: dict[str, list[str]] = read_data("tables.toml")
    rest = rf"(?:[\s.,()/%-]|\b(?:{'|'.join(data['change_of'])})\b|\b\d{{2,4}}\b)*"
    return re.compile(rf"(?:%(?: de)? ?)?(?P<name>\b(?:{'|'.join(data['change'])})(?![a-z])){rest}|\(?%\)?")


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile("|".join(read_data("tables.toml")[name]))


@cache
def _by_crime() -> frozenset[str | None]:
    return frozenset([None, *read_data("tables.toml")["by_crime"]])


def _cells(line: str) -> list[str]:
    """The folded cells of a line, none where nothing parts it."""
    for mark, least in (("|", 1), ("\t", 1), (";", 2)):
        if line.count(mark) >= least:
            return [fold(cell).strip() for cell in (EDGES.sub("", line) if mark == "|" else line).split(mark)]
    return []


def _months_of(months: Period, year: int) -> Period | None:
    """The months of a caption in the year of a column."""
    if not months.start or not months.end or months.is_year or months.start.year != months.end.year:
        return None
    is_whole = months.end == last_day(months.end.year, months.end.month)
    end = last_day(year, months.end.month) if is_whole else day_of(year, months.end.month, months.end.day)
    return Period(f"{months.written} {year}", day_of(year, months.start.month, months.start.day), end)


def _same_months(caption: Caption, cells: list[str], published: date | None) -> Period:
    """The months that the years of a head row are counted over: the caption's, else those since January that the text is about."""
    if caption.period.written:
        is_year = IN_YEAR.fullmatch(caption.period.written) is not None  # the year of publication as far as it has gone
        return NO_PERIOD if is_year else caption.period
    years = {match[1] for cell in cells if (match := YEAR.fullmatch(cell))}
    told = [p for p in caption.around if p.start and p.end and p.start.month == 1 and p.start.day == 1]
    named = [p for p in told if not p.is_year and p.end != published and str(p.start)[:4] in years]
    return named[0] if len({(p.start, p.end) for p in named}) == 1 else NO_PERIOD


def _column(cell: str, caption: Caption, months: Period, published: date | None) -> _Column | None:
    """A column's time, or that it is of changes; ``None`` for any other, and where a time has no year."""
    if change := _change().fullmatch(cell):
        is_percent = "%" in cell or "porcentual" in cell
        return _Column(NO_PERIOD, is_change=True, is_percent=is_percent, is_named=change["name"] is not None)
    year = YEAR.fullmatch(cell)
    if year and (of_year := _months_of(months, int(year[1]))):
        return _Column(of_year)
    if "%" in cell or (not HAS_YEAR.search(cell) and (caption.year is None or re.search(r"\banos?\b", cell))):
        return None
    written = "" if HAS_YEAR.search(cell) else f" de {caption.year}"
    time = year[1] if year else IN_FULL.get(cell.rstrip("."), cell)
    named = f"en {time}{written}"
    found = find_periods(named, published)
    is_whole = len(found) == 1 and found[0][2].start and found[0][1] - found[0][0] >= len(named) - 3
    is_noted = "*" in cell and found and found[0][2].end == published  # the note says until when
    return _Column(found[0][2]) if is_whole and not is_noted else None


def _is_time(cell: str, published: date | None) -> bool:
    if YEAR.fullmatch(cell) or cell.rstrip(".") in MONTHS:
        return True
    return any(start <= 3 and end >= len(cell) + 2 for start, end, _ in find_periods(f"en {cell}", published))


def _is_place(label: str, place: Named[Place]) -> bool:
    """Whether a label is its place and nothing more."""
    return len(OF_PLACE.sub("", label[: place.start] + label[place.end :])) <= MOST


def _district(place: Place, label: str) -> Place | None:
    """The district that a row of a table of districts names: the one of a province's or department's name is its capital."""
    if not place.ubigeo or not place.ubigeo.endswith("00"):
        return place
    code = (place.ubigeo[:4] if place.ubigeo[2:4] != "00" else f"{place.ubigeo[:2]}01") + "01"
    capital = place_of(code)
    return capital if capital.district and fold(capital.district) == OF_PLACE.sub(" ", label).strip() else None


def _change_of(column: _Column, value: re.Match[str], levels: list[tuple[Period, float]]) -> tuple[float, str] | None:
    """How far the last level went from the one before, where the levels say the same; by its sign where there is only one."""
    number = parse_number(value["number"])
    if not number or not (value["percent"] or column.is_percent):
        return None
    signed = {"+": "rise", None: None}.get(value["sign"], "fall")
    if len(levels) == 1:
        return (number, signed) if signed and column.is_named else None
    (_, before), (_, last) = levels[-2:]
    decimals = len(re.split(r"[.,]", value["number"])[1]) if re.search(r"[.,]\d{1,2}$", value["number"]) else 0
    went = 100 * (last - before) / before
    change = "rise" if went > 0 else "fall"
    if abs(abs(went) - number) > 10.0**-decimals or (signed and signed != change):
        return None
    return number, change


@dataclass(slots=True)
class Tables:
    """The tables of a text, read as its sentences come."""

    reading: Reading
    place: Place  # the title's
    until: int = 0  # the sentence after the last table
    line: tuple[str, int] | None = None
    claims: dict[int, list[Claim]] = field(default_factory=dict)
    above: list[Sentence] = field(default_factory=list)

    def _cells_at(self, index: int) -> tuple[list[str], int]:
        """The cells of the line that a sentence begins, and the sentence after that line."""
        sentences = self.reading.sentences
        line, end = (sentences[index].field, sentences[index].paragraph), index
        for each in sentences[index : index + MOST_CUTS]:
            end += (each.field, each.paragraph) == line
        return _cells(" ".join(each.raw for each in sentences[index:end])), end

    def _read_head(self, sentence: Sentence, cells: list[str]) -> _Head | None:
        """The head of a table, ``None`` where it leaves in doubt what the table is of."""
        title = self.reading.sentences[0] if self.reading.sentences[0].field == "title" else None
        caption = read_caption(
            self.reading,
            label_of(self.reading, sentence, cells[0]),
            [line_of(self.reading, each) for each in self.above[::-1]],
            (line_of(self.reading, title), self.place) if title else None,
        )
        if caption is None:
            return None
        months = _same_months(caption, cells[1:], self.reading.published)
        columns = [_column(cell, caption, months, self.reading.published) for cell in cells[1:]]
        times = [(column.period.start, column.period.end) for column in columns if column and not column.is_change]
        if not times or len(times) != len(set(times)):
            return None
        return _Head(columns, caption, "distrito" in cells[0])

    def _label(self, sentence: Sentence, label: str, head: _Head) -> tuple[str, Place] | None:
        """What a row counts and where: that of its label, the rest of the head."""
        metric, line = head.caption.metric, label_of(self.reading, sentence, label)
        places = where(label, line.hits)
        if label in MONTHS or _whole("total").fullmatch(label):
            return (metric, head.caption.place) if metric else None
        if _whole("nation").fullmatch(label):
            return (metric, NOWHERE) if metric else None
        if len(places) == 1 and places[0].value:
            place = _district(places[0].value, label) if head.of_districts else places[0].value
            return (metric, place) if metric and place and _is_place(label, places[0]) else None
        if places or head.caption.is_other:
            return None
        own = counted_in(label, [])[0] or counted_in(f"casos de {label}", [])[0]
        return (own, head.caption.place) if own and (metric == own or metric in _by_crime()) else None

    def _period(self, label: str, column: _Column) -> Period | None:
        """The time of a cell: its column's, and of a row that names a month that month of the column's year."""
        start, end = column.period.start, column.period.end
        if label not in MONTHS or not start or not end:
            return column.period
        month = Period(f"{label} {start.year}", date(start.year, MONTHS[label], 1), last_day(start.year, MONTHS[label]))
        return month if month.start and start <= month.start <= end else None

    def _row(self, sentence: Sentence, cells: list[str], head: _Head) -> list[Claim] | None:
        """The claims of a row, ``None`` where they put the whole table in doubt."""
        said = self._label(sentence, cells[0], head) if cells[0] else None
        if not said:
            return []
        metric, place = said
        unit, scale, published = head.caption.unit, head.caption.scale, self.reading.published
        found: list[Claim] = []
        values = [VALUE.fullmatch(cell) for cell in cells[1:]]
        for column, value in zip(head.columns, values, strict=True):
            number = parse_number(value["number"]) if value else None
            if not column or column.is_change or not value or not number or (value["percent"] and unit != "percent"):
                continue
            number = round(number * scale, 4)
            period = self._period(cells[0], column)
            is_ahead = period and period.start and published and period.start > published
            if (
                period is None
                or is_ahead
                or value["sign"]
                or number > HIGHEST[unit]
                or (unit == "count" and number % 1)
            ):
                return None
            found.append(Claim(Topic(metric, unit, period, place), number, None))
        levels = sorted(((c.topic.period, c.value) for c in found), key=lambda level: level[0].start or date.min)
        for column, value in zip(head.columns, values, strict=True):
            if column and column.is_change and value and levels and unit != "percent":
                change = _change_of(column, value, levels)
                found += [Claim(Topic(metric, "percent", levels[-1][0], place), *change)] if change else []
        return found

    def _take(self, sentence: Sentence, cells: list[str], end: int) -> None:
        """Read a table from its head row to its last row."""
        head = self._read_head(sentence, cells)
        rows: list[tuple[Sentence, list[str]]] = []
        while end < len(self.reading.sentences):
            row, after = self._cells_at(end)
            first = self.reading.sentences[end]
            is_rule = bool(row) and RULE.fullmatch(first.folded) is not None
            if not is_rule and (len(row) != len(cells) or self._begins(first, row)):
                break
            if not is_rule:
                rows.append((first, row))
            end = after
        labels = Counter(row[0] for _, row in rows)
        read = [(first, self._row(first, row, head)) for first, row in rows if labels[row[0]] == 1] if head else []
        if all(claims is not None for _, claims in read):
            self.claims = {first.index: claims for first, claims in read if claims}
        self.until, self.above = end, []

    def _begins(self, sentence: Sentence, cells: list[str]) -> bool:
        """Whether a line is a head row: it names times, and its label is no row's ("Lima | 2 023 | 2 024")."""
        published = self.reading.published
        if len(cells) < 2 or VALUE.fullmatch(cells[0]) or not any(_is_time(cell, published) for cell in cells[1:]):
            return False
        label, hits = cells[0], label_of(self.reading, sentence, cells[0]).hits
        places = where(label, hits)
        is_place = len(places) == 1 and _is_place(label, places[0])
        return not (
            is_place or label in MONTHS or _whole("total").fullmatch(label) or _whole("nation").fullmatch(label)
        )

    def read(self, sentence: Sentence) -> list[Claim] | None:
        """The claims of a row, none for a head row or a rule, ``None`` for what is no part of a table."""
        if sentence.index < self.until:
            return self.claims.pop(sentence.index, [])
        if (sentence.field, sentence.paragraph) == self.line:
            self.above = [*self.above[1 - ABOVE :], sentence]
            return None
        self.line = (sentence.field, sentence.paragraph)
        cells, end = self._cells_at(sentence.index)
        if self._begins(sentence, cells):
            self._take(sentence, cells, end)
            return []
        self.above = [*self.above[1 - ABOVE :], sentence]
        return None
