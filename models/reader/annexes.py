"""The annex of a decree: a table of districts, whose rows repeat or leave out the department and the province above them.

Not here: units named in prose (``territory``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from models.fold import fold
from models.gazetteer import units
from models.gazetteer.units import level_of
from models.reader.reading import Reading
from warehouse.records import Territory

HEADING = re.compile(r"anexo\b(?!s? (?:que|del? presente))")
POINTS_TO = re.compile(r"\banexos?\b")
BETWEEN = re.compile(
    r"(?:[\s|;/,\t]|\b\d{1,4}\b[.)]?|(?<=\s)[-–](?=\s))+"
)  # cells, and the numbers that run along with them


def points_to_annex(folded: str) -> bool:
    """Whether a sentence leaves the places to an annex."""
    return POINTS_TO.search(folded) is not None


def territory_of(reading: Reading) -> tuple[Territory, ...]:
    """The districts of the annex's rows; of a row that leaves out the units above it, those of the row before."""
    heading = next((s.index for s in reading.sentences if s.field == "text" and HEADING.match(s.folded)), None)
    rows = reading.sentences[heading + 1 :] if heading is not None else []
    found: dict[str, None] = {}
    department = province = ""
    for sentence in rows:
        words = BETWEEN.sub(" ", sentence.folded).strip()
        if words in _departments():
            department = words
        for names in ("", f"{department} ", f"{department} {province} "):
            code = _by_path().get(f"{names}{words}")
            if code:
                found[code] = None
                department, province = fold(units()[f"{code[:2]}0000"].name), fold(units()[f"{code[:4]}00"].name)
                break
    return tuple(Territory(code) for code in sorted(found))


@cache
def _departments() -> frozenset[str]:
    return frozenset(fold(unit.name) for unit in units().values() if unit.level == "department")


@cache
def _by_path() -> dict[str, str]:
    """Codes of districts by the names of department, province and district, one after another."""
    return dict(_paths())


def _paths() -> Iterator[tuple[str, str]]:
    for code, unit in units().items():
        if level_of(code) == "district":
            above = units()[f"{code[:2]}0000"].name, units()[f"{code[:4]}00"].name, unit.name
            yield BETWEEN.sub(" ", fold(" ".join(above))), code
