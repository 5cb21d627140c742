"""The annex of a decree: a table of districts, whose rows repeat or leave out the department and the province above them.

Not here: units named in prose (``territory``).
"""

from __future__ import annotations

import re
from functools import cache

from models.fold import fold
from models.gazetteer.names import codes_by_path
from models.gazetteer.units import level_of, names_of
from models.reader.reading import Reading
from warehouse.records import Territory

HEADING = re.compile(r"anexo\b(?!s? (?:que|del? presente))")
POINTS_TO = re.compile(r"\banexos?\b")
TITLE = re.compile(r"(?P<level>departamento|region|provincia) (?:de |del )?")
BETWEEN = re.compile(
    r"(?:[\s|;/,\t]|\b\d{1,4}\b[.)]?|(?<=\s)[-–](?=\s))+"
)  # cells, and the numbers that run along with them


def points_to_annex(folded: str) -> bool:
    """Whether a sentence leaves the places to an annex."""
    return POINTS_TO.search(folded) is not None


def territory_of(reading: Reading) -> tuple[Territory, ...]:
    """The districts of the annex's rows; of a row that leaves out the units above it, those of the row before.

    Nothing where a row names a place and cannot be read: half a table is no territory.
    """
    heading = next((s.index for s in reading.sentences if s.field == "text" and HEADING.match(s.folded)), None)
    if heading is None:
        return ()
    found: dict[str, None] = {}
    above = ""  # the department, and its province once one is named
    for sentence in reading.sentences[heading + 1 :]:
        words = BETWEEN.sub(" ", sentence.folded).strip()
        department = above.partition("/")[0]
        if title := TITLE.match(words):
            words = words[title.end() :]
            ways = [f"{department} {words}"] if title["level"] == "provincia" else [words]
        else:
            ways = [f"{above.replace('/', ' ')} {words}", f"{department} {words}", words]
        code = next((_by_path()[way] for way in ways if way in _by_path()), None)
        if code is None:
            if reading.places[sentence.index] and found:
                return ()
            continue
        if level_of(code) == "district":
            found[code] = None
        above = "/".join(fold(name) for name in names_of(code)[:2] if name)
    return tuple(Territory(code) for code in sorted(found))


@cache
def _by_path() -> dict[str, str]:
    """Codes by the names of department, province and district, one after another as in a row."""
    return {BETWEEN.sub(" ", path.replace("/", " ")): code for path, code in codes_by_path().items()}
