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
from models.reader.captions import Caption, counted_in, label_of, line_of, read_caption, unit_of
from models.reader.clauses import Named
from models.reader.columns import Column, change_of, column_of, is_time, same_months
from models.reader.data import read_data
from models.reader.date_forms import MONTHS
from models.reader.numbered import where
from models.reader.numbers import DIGITS, parse_number
from models.reader.period import Period, last_day
from models.reader.periods import find_periods
from models.reader.places import Place, place_of
from models.reader.reading import Reading
from models.reader.tallied import Claim
from models.reader.text import Sentence
from models.reader.thread import NOWHERE, Topic

MOST_CUTS = 9  # sentences into which the points of a row ("Var. %") may cut it
NOTES = 3  # sentences under a table that may be its notes
ABOVE = 4  # sentences above the head row that may be its caption
MOST_COUNT = 10_000_000  # more are no crimes of one country
HIGHEST = {"percent": 100, "rate_100k": 1000, "count": MOST_COUNT}
RULE = re.compile(r"[\s|:+=-]+")
EDGES = re.compile(r"^\s*\||\|\s*$")
VALUE = re.compile(rf"(?P<sign>[+−–-])? ?(?P<number>{DIGITS})(?P<percent> ?%)?")
OF_PLACE = re.compile(
    r"\b(?:distrito|provincia|region|departamento|prov|dist|dpto|dep|reg|const|constitucional|fiscal|policial|de|del|la|el|y)\b|[\W\d_]+"
)
MOST = 2  # letters of a row's label that are not of its place: "Lima a/", but not "Lima Norte" or "Comisaría de Comas"
OF_DISTRICTS = re.compile(r"distritos?\b(?! (?:fiscal|judicial))")


@dataclass(frozen=True, slots=True)
class _Head:
    columns: list[Column | None]
    caption: Caption
    of_districts: bool

    @property
    def levels(self) -> int:
        """How many columns are of levels."""
        return sum(column is not None and not column.is_change for column in self.columns)


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
        months = same_months(caption, cells[1:], self.reading.published)
        columns = [column_of(cell, caption, months, self.reading.published) for cell in cells[1:]]
        times = [(column.period.start, column.period.end) for column in columns if column and not column.is_change]
        if not times or len(times) != len(set(times)):
            return None
        return _Head(columns, caption, OF_DISTRICTS.search(cells[0]) is not None)

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

    def _period(self, label: str, column: Column) -> Period | None:
        """The time of a cell: its column's, and of a row that names a month that month of the column's year."""
        start, end = column.period.start, column.period.end
        if label not in MONTHS or not start or not end:
            return column.period
        month = Period(f"{label} {start.year}", date(start.year, MONTHS[label], 1), last_day(start.year, MONTHS[label]))
        return month if month.start and start <= month.start <= end else None

    def _row(self, sentence: Sentence, cells: list[str], head: _Head) -> list[Claim] | None:
        """The claims of a row, ``None`` where they put the whole table in doubt."""
        said = self._label(sentence, cells[0], head) if cells[0] else None
        units = unit_of(cells[0])
        if not said or not units or cells[0].startswith("%"):
            return []
        metric, place = said
        unit, scale = units if units[0] != "count" else (head.caption.unit, head.caption.scale)
        published = self.reading.published
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
            # A level that is missing may be the one that the change is of.
            is_full = len(levels) == head.levels
            if column and column.is_change and value and is_full and unit != "percent":
                change = change_of(column, value, levels)
                found += [Claim(Topic(metric, "percent", levels[-1][0], place), *change)] if change else []
        return found

    def _take(self, sentence: Sentence, cells: list[str], end: int) -> None:
        """Read a table from its head row to its last row."""
        skipped = int(len(cells) > 2 and _whole("rank").fullmatch(cells[0].rstrip(".")) is not None)
        head = self._read_head(sentence, cells[skipped:])
        rows: list[tuple[Sentence, list[str]]] = []
        while end < len(self.reading.sentences):
            row, after = self._cells_at(end)
            first = self.reading.sentences[end]
            is_rule = bool(row) and RULE.fullmatch(first.folded) is not None
            if not is_rule and (len(row) != len(cells) or self._begins(first, row)):
                break
            if not is_rule:
                rows.append((first, row[skipped:]))
            end = after
        labels = Counter(row[0] for _, row in rows)
        if head and self._is_until(sentence.index, end, head):
            head = None
        read = [(first, self._row(first, row, head)) for first, row in rows if labels[row[0]] == 1] if head else []
        if all(claims is not None for _, claims in read):
            self.claims = {first.index: claims for first, claims in read if claims}
        self.until, self.above = end, []

    def _is_until(self, index: int, end: int, head: _Head) -> bool:
        """Whether a note says that the running year is counted until some day, and so perhaps the years before it."""
        if not any(column and column.period.end == self.reading.published for column in head.columns):
            return False
        beside = [*self.reading.sentences[max(0, index - 1) : index], *self.reading.sentences[end : end + NOTES]]
        return any(
            _whole("note").match(each.folded)
            and any(not period.is_year for _, _, period in find_periods(each.folded, self.reading.published))
            for each in beside
        )

    def _begins(self, sentence: Sentence, cells: list[str]) -> bool:
        """Whether a line is a head row: it names times, and its label is no row's ("Lima | 2 023 | 2 024")."""
        published = self.reading.published
        if len(cells) < 2 or VALUE.fullmatch(cells[0]) or not any(is_time(cell, published) for cell in cells[1:]):
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
        if len(cells) > 2 and ";" not in sentence.raw and any(VALUE.fullmatch(cell) for cell in cells):
            self.until, self.above = end, []  # a row of a table without times: its numbers are no text
            return []
        self.above = [*self.above[1 - ABOVE :], sentence]
        return None
