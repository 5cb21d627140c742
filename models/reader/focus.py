"""One event type in one document: which of its sentences tell it, and the one that tells it best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.hints import Hints
from models.look import Look
from models.reader.cues import relevance
from models.reader.heard import SILENT, Heard
from models.reader.linear import bucket
from models.reader.reading import Reading

EDGES = (0.03, 0.1, 0.25, 0.5, 0.75)
WEIGHT, FLOOR = 0.4, 0.05  # of a network's look beside the words: chosen on the calibration split
LEADS = (-0.5, -0.2, -0.05, 0.05, 0.2, 0.5)


@dataclass(frozen=True, slots=True)
class Focus:
    """Which sentences tell an event of ``kind``.

    ``scores``: by sentence, the probability that it does; ``evidence``: the index of the best; ``rivals``: by sentence, the
    highest probability for another type of the document; ``heard``: what a network heard in the document.
    """

    kind: str
    scores: list[float]
    evidence: int
    rivals: list[float]
    heard: Heard = SILENT

    def level(self, index: int) -> int:
        """The sentence's probability as one of six steps."""
        return bucket(self.scores[index], EDGES)

    def lead(self, index: int) -> int:
        """How far the sentence speaks of this event rather than of another, as one of seven steps."""
        return bucket(self.scores[index] - self.rivals[index], LEADS)

    def near(self, share: float) -> list[int]:
        """The sentences that tell the event at least ``share`` as surely as the best one."""
        top = self.scores[self.evidence]
        return [i for i, score in enumerate(self.scores) if score >= share * top]


def foci(reading: Reading, scores: Mapping[str, list[float]], heard: Heard = SILENT) -> dict[str, Focus]:
    """A focus for each type, from the sentence scores of all."""
    found: dict[str, Focus] = {}
    for kind, own in scores.items():
        best = max(range(len(own)), key=lambda i: own[i] * (0.05 if reading.links[i] else 1.0))
        rivals = [
            max((other[i] for name, other in scores.items() if name != kind), default=0.0) for i in range(len(own))
        ]
        found[kind] = Focus(kind, own, best, rivals, heard)
    return found


def focus_on(
    reading: Reading,
    kinds: Sequence[str],
    looks: Mapping[str, Sequence[Look]] | None = None,
    hints: Hints | None = None,
) -> dict[str, Focus]:
    """Find the sentences that tell an event of each of ``kinds``; where a network looked for them is heard, too.

    What it heard in the words (``hints``) goes with each focus, for who asks for its place.
    """
    heard = Heard(reading.sentences, hints) if hints else SILENT
    scores = {kind: _seen(reading, relevance(reading, kind), (looks or {}).get(kind)) for kind in kinds}
    return foci(reading, scores, heard)


def _seen(reading: Reading, own: Sequence[float], looks: Sequence[Look] | None) -> list[float]:
    """The words' judgement of the sentences with the network's: their logarithms added, the network's at a lower weight."""
    if not looks:
        return list(own)
    seen = looked_at(reading, looks)
    mixed = [share * (there + FLOOR) ** WEIGHT for share, there in zip(own, seen, strict=True)]
    whole = sum(mixed)
    return [each / whole for each in mixed]


def looked_at(reading: Reading, looks: Sequence[Look]) -> list[float]:
    """By sentence, its share of a network's attention; sentences that both cut differently share by length."""
    found = [0.0] * len(reading.sentences)
    for look in looks:
        for sentence in reading.sentences:
            if look.field == "title" == sentence.field:
                found[sentence.index] += look.share
                break
            shared = min(sentence.end, look.end) - max(sentence.start, look.start)
            if look.field == sentence.field and shared > 0:
                found[sentence.index] += look.share * shared / (look.end - look.start)
    return found
