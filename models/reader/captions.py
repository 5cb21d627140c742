"""What stands over a table: what it counts and in what unit, of what time and place.

The nearest caption decides. Lines that only name a time, a place or a source are passed over; one that names something else ends the
search, for a table without a caption may be of anything. Not here: columns and rows (``tabled``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from models.gazetteer import PlaceHit
from models.reader.beyond import is_accident
from models.reader.clauses import blank
from models.reader.data import any_of, read_data
from models.reader.metrics import find_metrics
from models.reader.numbered import where
from models.reader.period import NO_PERIOD, Period
from models.reader.periods import find_periods
from models.reader.places import Place
from models.reader.reading import Reading
from models.reader.text import Sentence
from models.reader.thread import NOWHERE

WRITTEN_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
WORD = re.compile(r"[a-z]+")
APART = re.compile(r"[,;|/]|\b(?:y|e|o|and|or)\b")
ENDS = re.compile(r"[,.;:(|]")
AFTER = 4  # words after what is counted that may narrow it: "homicidios con arma de fuego"
PROSE = 8  # words; a shorter sentence, or one without a full stop, is a heading
MONEY = "loss_pen"


@dataclass(frozen=True, slots=True)
class Line:
    """A line over a table, or the label that opens its head row."""

    folded: str
    hits: Sequence[PlaceHit]
    is_title: bool = False

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence of the text and no heading."""
        return not self.is_title and self.folded.endswith((".", "!", "?", '"', "”")) and self.folded.count(" ") >= PROSE


@dataclass(frozen=True, slots=True)
class Caption:
    """``metric`` is ``None`` where none is told; ``is_other`` where a heading names something else."""

    metric: str | None
    is_other: bool
    unit: str
    scale: int
    period: Period
    around: Sequence[Period]  # those that the text before it is about
    year: int | None
    place: Place


@cache
def _any(name: str) -> re.Pattern[str]:
    return any_of(read_data("tables.toml")[name])


@cache
def _neutral() -> re.Pattern[str]:
    return re.compile("|".join(read_data("tables.toml")["neutral"]))


def _is_neutral(words: Sequence[str]) -> bool:
    return all(_neutral().fullmatch(word) for word in words)


def counted_in(folded: str, spans: Sequence[tuple[int, int]]) -> tuple[str | None, bool]:
    """The one metric that a line names and nothing narrows, and whether it names anything else; ``spans`` are its times and places."""
    blanked = blank(folded, [*spans, *(found.span() for found in _any("sources").finditer(folded))])
    if is_accident(folded) or _any("only_negligent").search(folded):
        return None, True
    hits = sorted(find_metrics(blanked), key=lambda hit: (hit.start, hit.rank))
    if not hits:
        return None, not _is_neutral(WORD.findall(blanked))
    end = hits[0].end
    together = [hits[0]]
    for hit in hits[1:]:
        if hit.start > end and APART.search(blanked, end, hit.start):
            if hit.metric not in {each.metric for each in together}:
                return None, True
            break
        together.append(hit)
        end = max(end, hit.end)
    stop = ENDS.search(blanked, end)
    after = WORD.findall(blanked[end : stop.start() if stop else len(blanked)])[:AFTER]
    after = [word for word in after if word not in read_data("tables.toml")["suffered"]]
    if not _is_neutral([*WORD.findall(blanked[: hits[0].start]), *after]):
        return None, True
    return min(together, key=lambda hit: hit.rank).metric, False


@dataclass(frozen=True, slots=True)
class _Said:
    line: Line
    metric: str | None
    is_other: bool
    periods: Sequence[Period]
    places: Sequence[Place | None]


def _said(line: Line, reading: Reading) -> _Said:
    found, named = find_periods(line.folded, reading.published), where(line.folded, line.hits)
    spans = [*((start, end) for start, end, _ in found), *((hit.start, hit.end) for hit in line.hits)]
    metric, is_other = counted_in(line.folded, spans)
    return _Said(line, metric, is_other, [period for *_, period in found], [place.value for place in named])


def _year(said: Sequence[_Said]) -> int | None:
    """The only year that the nearest line with a year writes."""
    for each in said:
        if years := set(WRITTEN_YEAR.findall(each.line.folded)):
            return int(years.pop()) if len(years) == 1 else None
    return None


def _place(said: Sequence[_Said], title: Place) -> Place:
    """The only place of the nearest line with a place, else the title's."""
    for each in said:
        if each.places or _any("of_nation").search(each.line.folded):
            return (each.places[0] if len(each.places) == 1 else None) or NOWHERE
    return title


def unit_of(whole: str) -> tuple[str, int] | None:
    """The unit and the scale of what is counted, ``None`` where they are not known."""
    unit = "rate_100k" if _any("rate").search(whole) else "count"
    unit = "percent" if re.search("|".join(read_data("tables.toml")["percent"]), whole) else unit
    if _any("unknown_scale").search(whole) or _any("other_rate").search(whole):
        return None
    is_scaled = _any("thousands").search(whole) is not None
    if unit != "count" and (is_scaled or _any("of_changes").search(whole)):
        return None
    return unit, 1000 if is_scaled else 1


def _own(label: _Said, above: Sequence[_Said]) -> tuple[list[_Said], bool]:
    """The lines that are over the table and of it, the nearest first, and whether the next names something else."""
    own, is_told = [label], label.metric is not None
    for each in above:
        if each.is_other or (is_told and each.metric):
            return own, not is_told and not each.line.is_prose
        own.append(each)
        is_told = is_told or each.metric is not None
    return own, False


def line_of(reading: Reading, sentence: Sentence) -> Line:
    """A sentence as a line over a table."""
    return Line(sentence.folded, reading.places[sentence.index], sentence.field == "title")


def label_of(reading: Reading, sentence: Sentence, label: str) -> Line:
    """The label that opens a row, with its places."""
    at = sentence.folded.find(label)
    hits = [hit for hit in reading.places[sentence.index] if at <= hit.start and hit.end <= at + len(label)]
    return Line(label, [replace(hit, start=hit.start - at, end=hit.end - at) for hit in hits] if at >= 0 else [])


def read_caption(
    reading: Reading, label: Line, above: Sequence[Line], title: tuple[Line, Place] | None
) -> Caption | None:
    """What the lines over a table say of it, ``None`` where they leave in doubt what its numbers are.

    Args:
        reading: The document.
        label: What opens the head row.
        above: The lines before it, the nearest first, back to the title or to the table before.
        title: The title with its place.
    """
    first = _said(label, reading)
    lines = [_said(line, reading) for line in above]
    if first.is_other:
        return None
    own, is_other = _own(first, lines)
    whole = " ".join(each.line.folded for each in own)
    metric = next((each.metric for each in own if each.metric), None)
    unit = unit_of(whole)
    if unit is None or metric == MONEY:
        return None
    period = next((each.periods[0] for each in own if len(each.periods) == 1), NO_PERIOD)
    headline = _said(title[0], reading) if title else None
    named = headline.metric if headline else None
    if headline and headline.is_other:
        named = next((hit.metric for hit in sorted(find_metrics(headline.line.folded), key=lambda hit: hit.rank)), None)
    is_of_title = title is not None and (named is None or metric in {None, named})
    beyond = [each for each in lines[len(own) - 1 :] if not each.line.is_title]
    around = [each.periods[0] for each in beyond if len(each.periods) == 1 and each.metric in {None, metric}]
    if headline and is_of_title and len(headline.periods) == 1:
        around.append(headline.periods[0])
    if period.written or _any("whole_year").search(whole):
        around = []
    year = _year([*own, headline] if headline and is_of_title and named else own)
    place = _place(own, title[1] if title and is_of_title else NOWHERE)
    return Caption(metric, is_other, *unit, period, around, year, place)
