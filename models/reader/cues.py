"""How much each sentence speaks of an event type, by the words in ``events.toml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.reading import Reading

STRONG, WEAK = 3.0, 1.0


@cache
def _cues() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    data = read_data("events.toml")
    return {kind: (any_of(words["strong"]), any_of(words["weak"])) for kind, words in data.items() if kind != "happenings"}


def cue_scores(reading: Reading, kind: str) -> list[float]:
    """The score of each sentence for ``kind``; 0 without any of its words."""
    strong, weak = _cues()[kind]
    scores: list[float] = []
    for sentence in reading.sentences:
        hard = len({m[0] for m in strong.finditer(sentence.folded)})
        soft = len({m[0] for m in weak.finditer(sentence.folded)})
        scores.append(STRONG * min(hard, 2) ** 0.5 + WEAK * min(soft, 3) if hard else WEAK * min(soft, 3))
    return scores


def is_known(kind: str) -> bool:
    """Whether ``kind`` is an event type the reader has words for."""
    return kind in _cues()


def nearness(scores: Sequence[float]) -> dict[int, float]:
    """By sentence, how near it is to the event's own sentences: 1 on the strongest, less beside it, 0 far away."""
    top = max(scores, default=0.0)
    if top <= 0:
        return {}
    own = [score / top for score in scores]
    return {
        at: max(max(own[other] * (0.65 ** abs(at - other)) for other in range(max(0, at - 3), min(len(own), at + 4))), 0.0)
        for at in range(len(own))
    }
