"""What a decree of emergency says: its territory, term and first day."""

from __future__ import annotations

import re

from models.gazetteer.units import covers, level_of
from models.reader.reading import Reading
from warehouse.records import Territory

SCOPE = re.compile(r"\b(?:emergencia|excepcion|emergency)\b")


def territory(reading: Reading, evidence: int) -> tuple[Territory, ...]:
    """The units under emergency: places of the title and of the sentences that declare it."""
    codes: list[str] = []
    for index, sentence in enumerate(reading.sentences):
        if index != evidence and not (SCOPE.search(sentence.folded) and sentence.field == "title"):
            continue
        for hit in reading.places[index]:
            if hit.use in {"place", "demonym"}:
                codes.extend(hit.candidates if hit.is_group else [hit.ubigeo] if hit.ubigeo else [])
    unique = list(dict.fromkeys(codes))
    finest = [code for code in unique if not any(other != code and covers(code, other) for other in unique)]
    return tuple(Territory(code) for code in sorted(finest, key=lambda c: (level_of(c), c)))
