"""Claims of statistics: what is counted, the value, its unit, period and place, and the sentence that says it.

A claim is kept as its source makes it; nothing is summed or reconciled here. Serves ``chasqui figures``. What one sentence claims is
``claims``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from models.reader.claims import read_claims
from models.reader.numbered import where
from models.reader.parts import SUFFIX
from models.reader.places import Place
from models.reader.reading import Reading, read
from models.reader.tabled import Tables
from models.reader.tallied import Claim
from models.reader.text import Sentence
from models.reader.thread import Thread
from warehouse.records import Evidence

ROUNDED = 0.1  # so far from the text's number its title's may be
FRACTIONS = {25, 33.3, 66.7, 75}  # what a title says for a share near them: "uno de cada cuatro"


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


def _figure(claim: Claim, sentence: Sentence) -> Figure:
    topic, evidence = claim.topic, Evidence(sentence.field, sentence.start, sentence.end, sentence.raw)
    period = topic.period
    dates = period.written, period.start, period.end
    return Figure(topic.metric, claim.value, topic.unit, claim.change, *dates, topic.place, evidence)


def _title_place(reading: Reading) -> Place:
    """The one place that the title names."""
    first = reading.sentences[:1]
    named = where(first[0].folded, reading.places[0]) if first and first[0].field == "title" else []
    return (named[0].value or Place()) if len(named) == 1 else Place()


def _digits(value: float) -> int:
    """How many digits of a value say something: 1 900 has two, 27.6 three."""
    return len(f"{value:f}".replace(".", "").strip("0"))


def _is_rounded(figure: Figure, said: Sequence[Figure]) -> bool:
    """Whether a title's claim is one of the text's in a rounder number: "más de 1 900", "siete de cada diez"."""
    return any(
        (other.metric.removesuffix(SUFFIX), other.unit, other.change)
        == (figure.metric.removesuffix(SUFFIX), figure.unit, figure.change)
        and abs(other.value - figure.value) <= ROUNDED * other.value
        and (figure.value in FRACTIONS or _digits(figure.value) < _digits(other.value))
        for other in said
    )


def _once(figures: Sequence[Figure]) -> list[Figure]:
    """The claims without those of the title that the text makes again, and without what it says twice."""
    text = [figure for figure in figures if figure.evidence.field == "text"]
    said = {(f.value, f.unit) for f in text}
    kept: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        is_new = (figure.value, figure.unit) not in said and not _is_rounded(figure, text)
        if figure.evidence.field == "text" or is_new:
            kept.setdefault(tuple(figure.as_row().values()), figure)
    return list(kept.values())


def read_figures(text: str, published: date | None, title: str = "") -> list[Figure]:
    """Read the statistics a text claims, in order.

    Args:
        text: The text.
        published: Day of publication, for "este año" and "el año pasado".
        title: The text's title, where it has one.
    """
    reading, thread = read(title, text, published), Thread()
    place = _title_place(reading)
    tables = Tables(reading, place)
    out: list[Figure] = []
    for sentence in reading.sentences:
        if not reading.links[sentence.index]:
            row = tables.read(sentence)
            claims = read_claims(reading, sentence, place, thread) if row is None else row
            out.extend(_figure(claim, sentence) for claim in claims)
    return _once(out)
