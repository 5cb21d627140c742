"""Spots in a text (streets, squares, premises): what says whether a town's name means the district of that name.

A bare "en Trujillo" supports the province; a street of Trujillo where it happened supports the district of that name (codebook).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.gazetteer.units import level_of
from models.reader.focus import Focus
from models.reader.namings import Names, Naming
from models.reader.reading import Reading

SPOT = re.compile(
    r"\b(?:avenidas?|av\.|jirones|jiron|jr\.|calles?|cuadras?|manzanas?|mz\.?|urbanizacion|urb\.|asentamiento|aa\.? ?hh\.?|sector|barrio"
    r"|pasaje|plaza|plazuela|mercado|mercadillo|ovalo|paradero|terminal|esquina|centro|cercado|malecon|parque|alameda|prolongacion"
    r"|puente|caserio|pueblo joven|street|avenue|block of|downtown|square|corner of|neighbou?rhood)\b"
)
PREMISES = re.compile(
    r"\b(?:local|tienda|bodega|colegio|escuela|clinica|consultorio|botica|restaurante|polleria|barberia|salon|discoteca|obra|cochera"
    r"|vivienda|casa|grifo|hotel|inmueble|shop|school|clinic|house)\b"
)
AROUND = 70  # letters before and after a name that may tell its spot


class Spots:
    """The spots of a document as one event type sees them."""

    def __init__(self, reading: Reading, focus: Focus, names: Names) -> None:
        self._reading, self._focus = reading, focus
        self._named = {s.index for s in reading.sentences if SPOT.search(s.folded)}
        spots = [s.index for s in reading.sentences if reading.own(s.index) and s.index in self._named]
        self._level = max((focus.level(at) for at in spots), default=-1)
        self._is_at_event = focus.evidence in spots
        self._near = [at for at in spots if abs(at - focus.evidence) <= 1]
        self._beside = names.districts
        self._districts = frozenset[str]().union(*names.districts.values())
        self._is_at_premises = PREMISES.search(reading.sentences[focus.evidence].folded) is not None

    def features(self, code: str, own: Sequence[Naming], how: str) -> list[str]:
        """What the place model sees of them; ``how``: the unit is named itself (exact), holds one that is, or only shares a name."""
        level = level_of(code)
        beside = sum(naming.index in self._named for naming in own)
        found = [f"{level} {how} spots beside {min(beside, 2)}"]
        if level != "district":
            return found
        near, rivals = bool(self._near), len(self._districts) - (code in self._districts)
        found += [
            f"{how} spot level {self._level}",
            f"{how} {self._focus.kind} spot at {self._is_at_event}",
            f"{how} spot near {near}",
            f"{how} districts {min(rivals, 2)} spot {near}",
        ]
        if near:
            alone = any(self._beside.get(at, frozenset()) <= {code} for at in self._near)
            found.append(f"{how} spot alone {alone}")
        if self._is_at_premises:
            found.append(f"{how} premises")
        for naming in own:
            folded = self._reading.sentences[naming.index].folded
            before = folded[max(0, naming.hit.start - AROUND) : naming.hit.start]
            found += [f"{how} spot before"] if SPOT.search(before) else []
            found += [f"{how} spot behind"] if SPOT.search(folded[naming.hit.end : naming.hit.end + AROUND]) else []
            found += [f"{how} premises before"] if PREMISES.search(before[-40:]) else []
        return found
