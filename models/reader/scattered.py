"""From happenings enumerated in one sentence to mentions: one for each scene, the types of one scene under one number.

Not here: how a sentence enumerates (``enumerated``); deeds of different types that are different happenings (``happenings``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from models.gazetteer import covers
from models.reader.cues import strong_cues
from models.reader.enumerated import Enumeration, Scene, enumeration
from models.reader.places import Place, place_of
from models.reader.reading import Reading
from models.reader.stretches import Stretch
from warehouse.records import DatePrecision, Evidence, Mention

FOLLOWS = "attack", "murder"  # shots that kill are labelled both, and the sentence may have words for the killing alone


class Scattered:
    """The scenes that a document's sentences enumerate, by type."""

    def __init__(self, reading: Reading, kinds: Sequence[str], stretches: Sequence[Stretch]) -> None:
        self._reading = reading
        found = {kind: enumeration(reading, kind) for kind in kinds}
        self._told = {kind: told for kind, told in found.items() if told and not _is_told_again(told, stretches)}
        self._numbers: dict[str, int] = {}  # happenings by place
        later, earlier = FOLLOWS
        if later in kinds and earlier in self._told:
            self._told.setdefault(later, self._told[earlier])

    @property
    def is_any(self) -> bool:
        """Whether a mention was put in place of another."""
        return bool(self._numbers)

    def of(self, first: Mention, taken: int, evidence: Callable[[int], Evidence]) -> list[Mention]:
        """The mentions to stand for the ``first`` of its type: itself where nothing is enumerated; beside them where it lies elsewhere.

        Args:
            first: The mention as the document's whole tells it.
            taken: The highest number that a happening of the document has.
            evidence: Quotes the sentence of an index.
        """
        told = self._told.get(first.type)
        if told is None or (not _is_there(first, told) and not _is_news(told)):
            return [first]
        if not told.scenes:
            return [_placed(first, place_of(told.around))] if first.ubigeo in told.places else [first]
        found: list[Mention] = [] if _is_there(first, told) else [_uncounted(first)]
        for scene in told.scenes:
            is_first = not (found or self._numbers)
            fresh = first.happening if is_first else max(taken, *self._numbers.values(), first.happening) + 1
            number = self._numbers.setdefault(scene.place, fresh)
            found.append(self._scene(replace(first, happening=number, evidence=evidence(told.index)), scene, told))
        return [found[0], *(replace(each, group=None) for each in found[1:])]

    def _scene(self, first: Mention, scene: Scene, told: Enumeration) -> Mention:
        day = scene.day
        if all(each.day is None for each in told.scenes) and len(self._days(first.type)) <= 1:
            day = first.date  # the scenes cannot differ
        mention = replace(_uncounted(first), date=day, date_precision=_precision(first, day))
        if dead := scene.killed:
            mention = replace(mention, killed=dead, killed_low=dead, killed_high=dead)
        return _placed(mention, place_of(scene.place))

    def _days(self, kind: str) -> set[date]:
        """The days of the sentences that tell of such a deed."""
        told = [s for s in self._reading.sentences if self._reading.own(s.index) and strong_cues(s.folded, kind)]
        return {hit.day for sentence in told for hit in self._reading.dates[sentence.index] if hit.day}


def _is_there(first: Mention, told: Enumeration) -> bool:
    """Whether the sentence may tell the mention: it lies at one of the places, or around or within one, or nowhere."""
    code = first.ubigeo
    return code is None or any(covers(code, place) or covers(place, code) for place in told.places)


def _is_told_again(told: Enumeration, stretches: Sequence[Stretch]) -> bool:
    """Whether another stretch of a round-up tells one of the scenes, and better."""
    others = [stretch.places for stretch in stretches if told.index not in stretch.sentences]
    return any(covers(a, b) or covers(b, a) for places in others for a in places for b in told.places)


def _is_news(told: Enumeration) -> bool:
    """Whether the sentence says of each scene on what day it was, so that it is told whatever else is."""
    return bool(told.scenes) and all(scene.day for scene in told.scenes)


def _uncounted(mention: Mention) -> Mention:
    """Without the dead and wounded of the document's whole; that there were none holds of each part."""
    if mention.killed:
        mention = replace(mention, killed=None, killed_low=None, killed_high=None)
    return replace(mention, wounded=None) if mention.wounded else mention


def _precision(first: Mention, day: date | None) -> DatePrecision:
    if day is None:
        return "unknown"
    return first.date_precision if day == first.date else "day"


def _placed(mention: Mention, place: Place) -> Mention:
    return replace(
        mention, ubigeo=place.ubigeo, department=place.department, province=place.province, district=place.district,
        place_precision=place.precision,
    )  # fmt: skip
