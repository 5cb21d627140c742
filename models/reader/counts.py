"""The killed and wounded of each happening of a document: of all its sentences, or in a round-up of the happening's own.

Not here: how they are counted (``estimate``), which sentences are whose (``stretches``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from models.reader.cues import strong_cues
from models.reader.estimate import Count, count
from models.reader.focus import Focus
from models.reader.reading import Reading
from models.reader.stretches import Stretch, stretch_of, stretches

Victims = tuple[Count | None, Count | None]
UNKNOWN: Victims = (None, None)


class Counts:
    """The killed and wounded of one document's happenings, each counted once."""

    def __init__(self, reading: Reading, foci: Mapping[str, Focus]) -> None:
        self._reading, self._kinds = reading, list(foci)
        self._scores = {kind: focus.scores for kind, focus in foci.items()}
        self._found: dict[tuple[tuple[int, ...] | None, bool], Victims] = {}

    @cached_property
    def stretches(self) -> Sequence[Stretch]:
        """Those of a round-up, else none."""
        return stretches(self._reading)

    def _own(self, index: int, kind: str) -> Stretch | None:
        """The stretch that tells the happening of ``kind`` that a sentence tells; ``None`` where the text is no round-up."""
        return (stretch_of(self.stretches, index) or self._likeliest(kind)) if self.stretches else None

    def others(self, index: int, kind: str) -> list[Stretch]:
        """The stretches but the one that tells the happening of a sentence."""
        own = self._own(index, kind)
        if own is None:
            return []
        return [each for each in self.stretches if each is not own and each.places != own.places]

    def of(self, index: int, kind: str) -> Victims:
        """The killed and wounded of the happening of ``kind`` that a sentence tells; unknown where a round-up speaks of all."""
        own = self._own(index, kind)
        if own is None:
            return self._count(None, is_murder="murder" in self._kinds)
        told = tuple(sorted(i for each in self.stretches if _is_same(each, own) for i in each.sentences))
        texts = [self._reading.sentences[i].folded for i in told]
        is_murder = kind == "murder" or ("murder" in self._kinds and any(strong_cues(t, "murder") for t in texts))
        return self._count(told, is_murder=is_murder)

    def _likeliest(self, kind: str) -> Stretch:
        """The stretch with the sentence that tells a deed of ``kind`` best."""
        scores = self._scores[kind]
        return max(self.stretches, key=lambda each: max(scores[i] for i in each.sentences))

    def _count(self, within: tuple[int, ...] | None, *, is_murder: bool) -> Victims:
        asked = within, is_murder
        if asked not in self._found:
            self._found[asked] = (
                count(self._reading, "killed", self._scores, within, is_murder=is_murder),
                count(self._reading, "wounded", self._scores, within, is_murder=is_murder),
            )
        return self._found[asked]


def _is_same(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches tell one happening: in the same place, and the one goes on with no time of its own."""
    return one is other or (one.places == other.places and not (one.is_timed and other.is_timed))
