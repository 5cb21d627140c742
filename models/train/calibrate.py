"""Decisions from the calibration split: keyword weight an axis, one logistic curve an axis, one threshold a label.

Thresholds are shrunk towards the axis' common one, the more so the fewer positives a label has: on a few hundred texts a
free choice fits noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from models.classifier.scoring import LabelRule
from models.taxonomy import Taxonomy

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
GRID = np.arange(0.10, 0.91, 0.02)
SHRINK = 25.0  # positives at which a label's own optimum and the common threshold weigh the same
KEYWORDS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
REVIEW_SHARE = 0.05  # at most so many of all documents in a label's uncertain band


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one axis, and how it did (on the very split it was chosen on)."""

    keyword: float
    scale: float
    shift: float
    common: float
    macro: float


def f1(truth: Bools, guess: Bools) -> Floats:
    """F1 a column."""
    return np.asarray(2 * (truth & guess).sum(0) / np.maximum(truth.sum(0) + guess.sum(0), 1), dtype=np.float32)


def thresholds(chances: Floats, truth: Bools, shrink: float = SHRINK) -> tuple[Floats, float]:
    """A threshold a column, and the common one."""
    curve = np.stack([f1(truth, chances >= point) for point in GRID])  # (points, columns)
    smooth = np.stack([curve[max(0, at - 2) : at + 3].mean(0) for at in range(len(GRID))])
    common = float(GRID[int(smooth.mean(1).argmax())])
    own = GRID[smooth.argmax(0)]
    positives = truth.sum(0)
    return ((positives * own + shrink * common) / (positives + shrink)).astype(np.float32), common


def choose_axis(logits: Floats, keywords: Floats, truth: Bools, *, mix: bool) -> tuple[Choice, Floats, Floats]:
    """The keyword weight, the curve, the thresholds; and the resulting probabilities."""
    best: tuple[float, float] = (-1.0, 0.0)
    for weight in KEYWORDS if mix else (0.0,):
        chances = expit(logits + weight * (keywords - 0.5))
        limits, _ = thresholds(chances.astype(np.float32), truth)
        best = max(best, (float(f1(truth, chances >= limits).mean()) - 0.001 * weight, weight))
    mixed = logits + best[1] * (keywords - 0.5)
    curve = LogisticRegression(C=1e6).fit(mixed.reshape(-1, 1), truth.reshape(-1))
    scale, shift = float(curve.coef_[0, 0]), float(curve.intercept_[0])
    chances = expit(mixed * scale + shift).astype(np.float32)
    limits, common = thresholds(chances, truth)
    return Choice(best[1], scale, shift, common, float(f1(truth, chances >= limits).mean())), chances, limits


def choose(
    logits: Floats, keywords: Floats, truth: Bools, tree: Taxonomy, *, mix: bool = True
) -> tuple[list[LabelRule], dict[str, Choice]]:
    """Rules for all labels."""
    rules: list[LabelRule] = []
    choices: dict[str, Choice] = {}
    first = 0
    for axis, entries in (("sector", tree.sectors), ("event", tree.events)):
        columns = slice(first, first + len(entries))
        first += len(entries)
        choice, chances, limits = choose_axis(logits[:, columns], keywords[:, columns], truth[:, columns], mix=mix)
        choices[axis] = choice
        for column, entry in enumerate(entries):
            limit = float(limits[column])
            rules.append(
                LabelRule(
                    entry.id,
                    entry.axis,
                    round(limit, 3),
                    round(_low(chances[:, column], limit), 3),
                    choice.keyword,
                    round(choice.scale, 4),
                    round(choice.shift, 4),
                )
            )
    return rules, choices


def _low(chances: Floats, limit: float) -> float:
    """The lower edge of the uncertain band: down to 0.35 of the threshold, while the band stays small."""
    low = limit
    for point in np.arange(limit, 0.35 * limit, -0.01):
        if ((chances >= point) & (chances < limit)).mean() > REVIEW_SHARE:
            break
        low = float(point)
    return low


def calibration_error(chances: Sequence[float] | Floats, truth: Bools, bins: int = 10) -> float:
    """Expected calibration error over all label decisions."""
    flat, real = np.asarray(chances).reshape(-1), truth.reshape(-1)
    places = np.minimum((flat * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(flat[places == b].mean() - real[places == b].mean()) * (places == b).mean()
            for b in range(bins)
            if (places == b).any()
        )
    )
