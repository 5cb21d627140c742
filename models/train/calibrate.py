"""Decisions from the calibration split: weights and a logistic curve an axis, a threshold a label, two for the document.

Thresholds are shrunk towards the axis' common one, the more so the fewer positives a label has: on a few hundred texts a
free choice fits noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from models.classifier.scoring import LabelRule
from models.taxonomy import Taxonomy

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
STEPS = np.arange(0.0, 0.96, 0.05)
GRID = np.arange(0.10, 0.91, 0.02)
SHRINK = 25.0  # positives at which a label's own optimum and the common threshold weigh the same
KEYWORDS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
LINEAR = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5)
CLEAN = 0.15  # what all clean documents kept clean are worth, beside F1: at this nine in ten are kept, at 0.05 fewer
FREE = 0.002  # what may be lost for it where a choice is within the noise of a few hundred texts
LIKELY = 0.5  # a label that is likelier than not is never held back for want of a surer one
REVIEW_SHARE = 0.015  # at most so many of all documents in one label's uncertain band: review has hours, not days


@dataclass(frozen=True, slots=True)
class Views:
    """All that is known of a set of documents before anything is decided; rows are documents, columns labels."""

    logits: Floats  # of the network
    anything: Floats  # chance that the document carries any label, by the network
    keywords: Floats
    linear: Floats  # word-by-word scores


@dataclass(frozen=True, slots=True)
class Gates:
    """Under which chance of any label, and under which probability of the surest one, a document is left clean."""

    document: float
    surest: float


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one axis, and how it did on halves that its thresholds did not see."""

    keyword: float
    linear: float
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


def unseen_macro(chances: Floats, truth: Bools, halvings: int = 8) -> float:
    """Macro-F1 where each half is judged by thresholds from the other."""
    random = np.random.default_rng(0)
    found: list[float] = []
    for _ in range(halvings):
        order = random.permutation(len(truth))
        halves = order[: len(order) // 2], order[len(order) // 2 :]
        guess = np.zeros_like(truth)
        for here, there in (halves, halves[::-1]):
            guess[there] = chances[there] >= thresholds(chances[here], truth[here])[0]
        found.append(float(f1(truth, guess).mean()))
    return float(np.mean(found))


def choose_axis(views: Views, columns: slice, truth: Bools, *, mix: bool) -> tuple[Choice, Floats, Floats]:
    """The weights, the curve, the thresholds; and the resulting probabilities."""
    logits, keywords, linear = views.logits[:, columns], views.keywords[:, columns] - 0.5, views.linear[:, columns]
    options = list(product(KEYWORDS, LINEAR)) if mix else [(0.0, 0.0)]
    scored = [
        (unseen_macro(expit(logits + word * keywords + weight * linear), truth) - 0.001 * (word + weight), word, weight)
        for word, weight in options
    ]
    macro, word, weight = max(scored)
    mixed = logits + word * keywords + weight * linear
    curve = LogisticRegression(C=1e6).fit(mixed.reshape(-1, 1), truth.reshape(-1))
    scale, shift = float(curve.coef_[0, 0]), float(curve.intercept_[0])
    chances = expit(mixed * scale + shift).astype(np.float32)
    limits, common = thresholds(chances, truth)
    return Choice(word, weight, scale, shift, common, macro), chances, limits


def choose(
    views: Views, truth: Bools, tree: Taxonomy, *, mix: bool = True
) -> tuple[list[LabelRule], Gates, dict[str, Choice]]:
    """Rules for all labels, the document's thresholds, and what was chosen on the way."""
    rules: list[LabelRule] = []
    choices: dict[str, Choice] = {}
    guess = np.zeros_like(truth)
    surest = np.zeros(len(truth), dtype=np.float32)
    first = 0
    for axis, entries in (("sector", tree.sectors), ("event", tree.events)):
        columns = slice(first, first + len(entries))
        first += len(entries)
        choice, chances, limits = choose_axis(views, columns, truth[:, columns], mix=mix)
        choices[axis] = choice
        guess[:, columns] = chances >= limits
        surest = np.maximum(surest, chances.max(1))
        for column, entry in enumerate(entries):
            limit = float(limits[column])
            low = _low(chances[:, column], limit)
            weights = (choice.keyword, choice.linear, round(choice.scale, 4), round(choice.shift, 4))
            rules.append(LabelRule(entry.id, entry.axis, round(limit, 3), round(low, 3), *weights))
    return rules, gates(guess, views.anything, surest, truth, len(tree.sectors)), choices


def gates(guess: Bools, anything: Floats, surest: Floats, truth: Bools, sectors: int) -> Gates:
    """Where a document is left clean, weighed against F1: first by the chance of any label, then by the surest label.

    Within the noise the first is taken low, the second high: the chance of any label, which knows clean texts from the corpus alone,
    doubts what is written otherwise.
    """
    empty = ~truth.any(1)

    def worth(passed: Bools) -> float:
        kept = guess & passed[:, None]
        scores = f1(truth, kept)
        clean = float((~kept[empty].any(1)).mean()) if empty.any() else 0.0
        return float(scores[:sectors].mean() + scores[sectors:].mean()) / 2 + CLEAN * clean

    gains = {float(limit): worth(anything >= limit) for limit in STEPS}
    document = min(limit for limit, value in gains.items() if value >= max(gains.values()) - FREE)
    likely = anything >= document
    found = {float(limit): worth(likely & (surest >= limit)) for limit in STEPS[STEPS <= LIKELY]}
    return Gates(document, max(limit for limit, value in found.items() if value >= max(found.values()) - FREE))


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
