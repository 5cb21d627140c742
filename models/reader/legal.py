"""What a document tells of a law, a bill or an emergency, as a record: its number, its day, where an emergency is, its status.

Not here: all that a text says of norms (``decrees``), deeds (``mentions``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from models.gazetteer import holding
from models.reader.decrees import own_norm
from models.reader.focus import Focus
from models.reader.norm_days import page_days
from models.reader.places import place_of
from models.reader.reading import Reading
from models.reader.sectors import own_sectors
from models.reader.status import emergency_status
from models.reader.territory import territory
from models.reader.when import When
from warehouse.records import Evidence, Mention

NORMS = {"new_law": ("Ley", "DL", "DS", "DU", "RM", "RVM", "RS", "RD"), "bill": ("PL",), "state_of_emergency": ("DS",)}
QUOTED = timedelta(days=7)  # so long before a norm's own days, a day on its page is of another norm


def _norm(reading: Reading, focus: Focus) -> str | None:
    """The number of the norm or bill the news is about: the page's own, else the one its sentences speak of."""
    kinds = NORMS[focus.kind]
    if reading.own_norm and reading.own_norm.kind in kinds:
        return reading.own_norm.key
    ranked: list[tuple[float, str]] = []
    for index, hit in reading.norms:
        if hit.kind in kinds:
            weight = 2.0 * (reading.sentences[index].field == "title") + 1.0 / (1 + index) + 0.3 * focus.level(index)
            weight -= 1.5 * hit.is_quoted + 1.0 * (not reading.own(index))
            weight += 0.5 if hit.office or hit.kind in {"Ley", "DL"} else 0.0
            ranked.append((weight, hit.key))
    return max(ranked, key=lambda r: r[0])[1] if ranked else None


def _of_its_page(reading: Reading, norm: str | None, found: When) -> When:
    """The day of the norm that a gazette page is: not one long before it was signed and published, which is of a norm it quotes."""
    its = own_norm(reading) if reading.is_gazette else None
    if not found.day or its is None or norm != its.key:
        return found
    own = page_days(reading)
    days = [day for day in (own.signed_on, own.published_on, own.starts_on) if day]
    is_before = bool(days) and found.day < min(days) - QUOTED
    return When(own.published_on or days[0], "day") if is_before else found


def legal(
    reading: Reading, focus: Focus, found: When, sectors: Sequence[str], happening: int, evidence: Evidence
) -> Mention:
    """The record of a norm, a bill or an emergency.

    Args:
        reading: The document.
        focus: Where it tells of it.
        found: The day its words give.
        sectors: The document's sectors.
        happening: The record's number in the document.
        evidence: The sentence that says it.
    """
    norm = _norm(reading, focus)
    found = _of_its_page(reading, norm, found)
    texts = [reading.sentences[index].folded for index in sorted({0, focus.evidence})]
    is_emergency = focus.kind == "state_of_emergency"
    status = emergency_status(texts, has_number=norm is not None) if is_emergency else "happened"
    units = territory(reading, focus.evidence, focus.scores) if is_emergency else ()
    place = place_of(holding(unit.ubigeo for unit in units))
    return Mention(
        focus.kind, happening, own_sectors(reading, focus, sectors), status, evidence, found.day, found.precision,
        place.department, place.province, place.district, place.ubigeo, place.precision, units, norm=norm,
    )  # fmt: skip
