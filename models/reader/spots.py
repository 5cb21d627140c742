"""Spots in a text (streets, squares, premises): what says whether a town's name means the district of that name.

A bare "en Trujillo" supports the province; a street of Trujillo where it happened supports the district of that name (codebook).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.gazetteer.units import level_of
from models.reader.focus import Focus
from models.reader.namings import Naming
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


def spot_features(
    reading: Reading, focus: Focus, code: str, own: Sequence[Naming], every: Sequence[Naming], how: str
) -> list[str]:
    """What the place model sees of spots; ``how``: the unit is named itself (exact), holds one that is, or only shares a name."""
    level = level_of(code)
    beside = sum(bool(SPOT.search(_folded(reading, naming.index))) for naming in own)
    found = [f"{level} {how} spots beside {min(beside, 2)}"]
    if level != "district":
        return found
    spots = [s.index for s in reading.sentences if reading.own(s.index) and SPOT.search(s.folded)]
    near = [at for at in spots if abs(at - focus.evidence) <= 1]
    rivals = {n.hit.ubigeo for n in every if n.hit.ubigeo != code and _is_district(n)}
    found += [
        f"{how} spot level {max((focus.level(at) for at in spots), default=-1)}",
        f"{how} {focus.kind} spot at {focus.evidence in spots}",
        f"{how} spot near {bool(near)}",
        f"{how} districts {min(len(rivals), 2)} spot {bool(near)}",
    ]
    if near:
        alone = any(all(n.hit.ubigeo == code or not _is_district(n) for n in every if n.index == at) for at in near)
        found.append(f"{how} spot alone {alone}")
    if PREMISES.search(_folded(reading, focus.evidence)):
        found.append(f"{how} premises")
    for naming in own:
        folded = _folded(reading, naming.index)
        before = folded[max(0, naming.hit.start - AROUND) : naming.hit.start]
        found += [f"{how} spot before"] if SPOT.search(before) else []
        found += [f"{how} spot behind"] if SPOT.search(folded[naming.hit.end : naming.hit.end + AROUND]) else []
        found += [f"{how} premises before"] if PREMISES.search(before[-40:]) else []
    return found


def _is_district(naming: Naming) -> bool:
    code = naming.hit.ubigeo
    return code is not None and naming.hit.use == "place" and level_of(code) == "district"


def _folded(reading: Reading, index: int) -> str:
    return reading.sentences[index].folded
