"""The day and the place of a round-up's deed where it was given another's: those that stand above it in its own stretch.

Not here: which sentences are whose (``stretches``), the further deeds (``further``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.gazetteer import covers
from models.reader.cues import strong_cues
from models.reader.further import is_near
from models.reader.kinds import SERIAL
from models.reader.places import IN, place_of
from models.reader.reading import Reading
from models.reader.since import began
from models.reader.stretches import Stretch, are_near, is_of_hospital, stretch_of
from warehouse.records import Mention

UNIT = re.compile(r"\b(?:region|departamento)(?: de)? $")


def settled(reading: Reading, told: Mention, index: int, found: Sequence[Stretch]) -> Mention:
    """A deed with the one day and the one place of its stretch, where it has none or those of another stretch.

    Args:
        reading: The document.
        told: The deed as the document's whole tells it.
        index: The sentence that tells it.
        found: The stretches of the document; none where it is no round-up.
    """
    own = stretch_of(found, index) if told.type in SERIAL else None
    if own is None or not any(strong_cues(reading.sentences[i].folded, told.type) for i in own.sentences):
        return told
    others = [each for each in found if not are_near(each, own)]
    lead = [i for i in own.sentences if i <= index]
    day, code = _day(reading, lead, own, told, others), _place(reading, lead, own, told, others)
    if day:
        told = replace(told, date=day, date_precision="day")
    if code:
        place = place_of(code)
        told = replace(
            told, ubigeo=place.ubigeo, department=place.department, province=place.province, district=place.district,
            place_precision=place.precision,
        )  # fmt: skip
    return told


def _day(reading: Reading, lead: Sequence[int], own: Stretch, told: Mention, others: Sequence[Stretch]) -> date | None:
    """The day above the deed, where the deed has none or only another stretch names the one it has."""
    if is_of_hospital(reading.sentences[lead[-1]].folded) or (told.date and told.date == began(reading, told.type)):
        return None
    named = {hit.day for i in own.sentences for hit in reading.dates[i]}
    if told.date and (told.date in named | own.days or not any(told.date in each.days for each in others)):
        return None
    days = {hit.day for i in lead for hit in reading.dates[i] if hit.day and hit.precision == "day"} or own.days
    only = next(iter(days)) if len(days) == 1 else None
    return only if only and is_near(reading, only) else None


def _place(reading: Reading, lead: Sequence[int], own: Stretch, told: Mention, others: Sequence[Stretch]) -> str | None:
    """The place above the deed, where the deed's is another stretch's, or lies around it."""
    code = next(iter(own.places)) if len(own.places) == 1 else None
    if code is None or not any(_is_scene(reading, i, code) for i in lead):
        return None
    itself = {hit.ubigeo for hit in reading.places[lead[-1]] if hit.use == "place" and hit.ubigeo}
    if itself and not any(covers(place, code) or covers(code, place) for place in itself):
        return None
    has = told.ubigeo
    if has is None or (covers(has, code) and has != code):
        return code
    is_anothers = any(covers(has, place) or covers(place, has) for each in others for place in each.places)
    return code if is_anothers and not covers(code, has) else None


def _is_scene(reading: Reading, index: int, code: str) -> bool:
    """Whether a sentence puts something into the place ("en Comas") or is headed by it ("COMAS. ...")."""
    folded = reading.sentences[index].folded
    return any(
        hit.ubigeo == code
        and hit.use == "place"
        and (hit.start == 0 or IN.search(UNIT.sub("", folded[max(0, hit.start - 36) : hit.start])))
        for hit in reading.places[index]
    )
