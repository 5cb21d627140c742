"""Whether a document labelled extortion tells of an extortion that happened to somebody, or only of the matter: a law, a report, figures.

Other types need no such question: whoever reports a murder tells one.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.reader.cues import stems, strong_cues
from models.reader.focus import Focus
from models.reader.kinds import LEGAL
from models.reader.linear import bucket, probability
from models.reader.reading import Reading
from models.reader.sums import Sum
from models.reader.victims import is_statistic

KIND = "extortion"
MODEL = "deed"
LEAST = 0.3  # the probability under which no deed is told: chosen on folds of the training and calibration splits


def features(reading: Reading, focus: Focus, kinds: Sequence[str], sums: Sequence[Sum]) -> list[str]:
    """What the model sees of the document."""
    own = [s for s in reading.sentences if reading.own(s.index)]
    best = reading.sentences[focus.evidence]
    legal = any(kind in LEGAL for kind in kinds)
    others = sum(kind not in LEGAL and kind != KIND for kind in kinds)
    demands = bucket(len(sums), (1, 2, 4))
    cues = bucket(sum(bool(strong_cues(s.folded, KIND)) for s in own), (1, 2, 3, 5))
    statistics = bucket(sum(is_statistic(s.folded) for s in own), (1, 2, 4))
    found = [
        f"legal {legal}",
        f"others {min(others, 3)}",
        f"legal {legal} others {min(others, 3)}",
        f"legal {legal} sums {demands}",
        f"legal {legal} cues {cues}",
        f"statistics {statistics}",
        f"legal {legal} statistics {statistics}",
        f"evidence {focus.level(focus.evidence)}",
        f"evidence statistic {is_statistic(best.folded)}",
        f"title cue {bool(strong_cues(reading.sentences[0].folded, KIND))} legal {legal}",
        f"gazette {reading.is_gazette}",
        f"norms {min(len(reading.norms), 2)}",
    ]
    return (
        found
        + [f"w {word}" for word in set(stems(best.folded))]
        + [f"t {word}" for word in set(stems(reading.sentences[0].folded))]
    )


def tells(reading: Reading, focus: Focus, kinds: Sequence[str], sums: Sequence[Sum]) -> bool:
    """Whether somebody was extorted."""
    return probability(MODEL, features(reading, focus, kinds, sums)) >= LEAST
