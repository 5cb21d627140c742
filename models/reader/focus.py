"""One event type in one document: which of its sentences tell it, and the one that tells it best."""

from __future__ import annotations

from dataclasses import dataclass

from models.reader.cues import relevance
from models.reader.linear import bucket
from models.reader.reading import Reading

EDGES = (0.03, 0.1, 0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class Focus:
    """``scores``: by sentence, the probability that it tells the event; ``evidence``: the index of the best."""

    kind: str
    scores: list[float]
    evidence: int

    def level(self, index: int) -> int:
        """The sentence's probability as one of six steps."""
        return bucket(self.scores[index], EDGES)

    def near(self, share: float) -> list[int]:
        """The sentences that tell the event at least ``share`` as surely as the best one."""
        top = self.scores[self.evidence]
        return [i for i, score in enumerate(self.scores) if score >= share * top]


def focus_on(reading: Reading, kind: str) -> Focus:
    """Find the sentences that tell an event of ``kind``."""
    scores = relevance(reading, kind)
    best = max(range(len(scores)), key=lambda i: scores[i] * (0.05 if reading.links[i] else 1.0))
    return Focus(kind, scores, best)
