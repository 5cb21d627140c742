"""The rival that the transformer must beat: TF-IDF, logistic regression and keyword hits, tuned as carefully as ours.

Every setting below is tried; the calibration split chooses, thresholds are found by the same function as the model's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from models.classifier.keywords import Keywords
from models.classifier.linear import Tfidf, terms
from models.corpus.store import Row
from models.taxonomy import Taxonomy
from models.train.calibrate import f1, thresholds

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to build the rival."""

    pairs: bool
    least: int  # documents a term must occur in
    strength: float  # C of the regression
    balanced: bool
    share: float = 0.0  # of the keyword hits in the score


GRID = [Setting(*each) for each in product((False, True), (2, 3), (4.0, 16.0, 64.0), (False, True))]
SHARES = (0.0, 0.2, 0.33, 0.5)


def truth_of(rows: Sequence[Row], tree: Taxonomy) -> Bools:
    """The labels as a matrix."""
    return np.asarray([[name in {*row["sectors"], *row["events"]} for name in tree.names] for row in rows])


def features(train: Sequence[Row], *, pairs: bool, least: int) -> Tfidf:
    """The vocabulary and weights of the training texts."""
    counts = Counter(term for row in train for term in set(terms(row["title"], row["text"], pairs=pairs)))
    vocabulary = sorted(term for term, count in counts.items() if count >= least)
    idf = np.asarray([np.log((1 + len(train)) / (1 + counts[term])) + 1 for term in vocabulary], dtype=np.float32)
    return Tfidf(vocabulary, idf)


def matrix(tfidf: Tfidf, rows: Sequence[Row]) -> sparse.csr_matrix:
    """All rows as one sparse matrix."""
    built = [tfidf.weights(row["title"], row["text"]) for row in rows]
    indptr = np.cumsum([0, *(len(columns) for columns, _ in built)])
    return sparse.csr_matrix(
        (
            np.concatenate([values for _, values in built]),
            np.concatenate([np.asarray(columns, dtype=np.int64) for columns, _ in built]),
            indptr,
        ),
        shape=(len(rows), len(tfidf.index)),
    )


def fit(setting: Setting, x: sparse.csr_matrix, y: Bools) -> tuple[Floats, Floats]:
    """Coefficients (terms, labels) and intercepts; a label without positives is never given."""
    coefficients = np.zeros((x.shape[1], y.shape[1]), dtype=np.float32)
    intercepts = np.full(y.shape[1], -10.0, dtype=np.float32)
    weight = "balanced" if setting.balanced else None
    for column in np.flatnonzero(y.any(0) & ~y.all(0)):
        fitted = LogisticRegression(C=setting.strength, class_weight=weight, max_iter=300, solver="liblinear")
        fitted.fit(x, y[:, column].astype(np.int8))
        coefficients[:, column], intercepts[column] = fitted.coef_[0], fitted.intercept_[0]
    return coefficients, intercepts


def tune(train: Sequence[Row], held: Sequence[Row], tree: Taxonomy, out: Path) -> dict[str, object]:
    """Try every setting, keep the best on the held-out rows, write it; returns what was chosen."""
    y, truth = truth_of(train, tree), truth_of(held, tree)
    keywords = np.asarray(Keywords(tree).scores([(row["title"], row["text"]) for row in held]))
    best: tuple[float, Setting] | None = None
    kept: tuple[Tfidf, Floats, Floats, Floats] | None = None
    built: dict[tuple[bool, int], tuple[Tfidf, sparse.csr_matrix, sparse.csr_matrix]] = {}
    for setting in GRID:
        key = (setting.pairs, setting.least)
        if key not in built:
            tfidf = features(train, pairs=setting.pairs, least=setting.least)
            built = {key: (tfidf, matrix(tfidf, train), matrix(tfidf, held))}
        tfidf, x, held_x = built[key]
        coefficients, intercepts = fit(setting, x, y)
        chances = expit(held_x @ coefficients + intercepts)
        for share in SHARES:
            mixed = ((1 - share) * chances + share * keywords).astype(np.float32)
            limits = np.concatenate(
                [
                    thresholds(mixed[:, part], truth[:, part])[0]
                    for part in (slice(0, len(tree.sectors)), slice(len(tree.sectors), None))
                ]
            )
            scores = f1(truth, mixed >= limits)
            score = float((scores[: len(tree.sectors)].mean() + scores[len(tree.sectors) :].mean()) / 2)
            if best is None or score > best[0]:
                best = score, Setting(setting.pairs, setting.least, setting.strength, setting.balanced, share)
                kept = tfidf, coefficients, intercepts, limits
    if best is None or kept is None:
        raise ValueError("no documents to tune the rival on")
    tfidf, coefficients, intercepts, limits = kept
    np.savez_compressed(
        out,
        vocabulary=np.asarray(list(tfidf.index)),
        idf=tfidf.idf.astype(np.float16),
        coefficients=coefficients.astype(np.float16),
        intercepts=intercepts,
        thresholds=limits,
        share=np.float32(best[1].share),
    )
    return {"calibration": round(best[0], 4), **asdict(best[1])}
