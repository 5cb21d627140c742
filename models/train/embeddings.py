"""Where the word vectors start: positive pointwise mutual information, then a randomised SVD.

A window of six, weighted by 1/distance, context distribution smoothed by 0.75. Half a minute of work that gives sensible
neighbours. English words of the hand-typed list start half-way to their Spanish partner.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

Floats = npt.NDArray[np.float32]
WINDOW = 6
SMOOTHING = 0.75


def ppmi_embeddings(tokens: npt.NDArray[np.int32], vocabulary: int, size: int, seed: int = 0) -> Floats:
    """Vectors for every token id from one long sequence (padding id 0 separates texts and is ignored)."""
    counts = sparse.csr_matrix((vocabulary, vocabulary), dtype=np.float32)
    for chunk in np.array_split(tokens, max(1, len(tokens) // 4_000_000)):
        for distance in range(1, WINDOW + 1):
            left, right = chunk[:-distance], chunk[distance:]
            kept = (left > 0) & (right > 0)
            weights = np.full(int(kept.sum()), 1.0 / distance, dtype=np.float32)
            counts = counts + sparse.coo_matrix((weights, (left[kept], right[kept])), shape=counts.shape).tocsr()
    counts = (counts + counts.T).tocoo()
    rows = np.asarray(counts.sum(axis=1)).ravel() + 1e-9
    context = rows**SMOOTHING
    context /= context.sum()
    information = np.log(counts.data / rows[counts.row] / context[counts.col])
    positive = information > 0
    ppmi = sparse.csr_matrix(
        (information[positive], (counts.row[positive], counts.col[positive])), shape=counts.shape, dtype=np.float32
    )
    left_vectors, values, _ = randomized_svd(ppmi, n_components=size, random_state=seed, n_iter=3)
    vectors: Floats = (left_vectors * np.sqrt(values)).astype(np.float32)
    return vectors


def pull_together(vectors: Floats, pairs: Sequence[tuple[int, int]]) -> Floats:
    """Move the second word of each pair (English) to the mean of both; several partners average."""
    moved = vectors.copy()
    norms = np.linalg.norm(vectors, axis=1)
    partners: dict[int, list[int]] = {}
    for spanish, english in pairs:
        if spanish != english:
            partners.setdefault(english, []).append(spanish)
    for english, spanish in partners.items():
        moved[english] = (
            0.3 * vectors[english] + 0.7 * vectors[spanish].mean(axis=0)
            if norms[english] > 0
            else vectors[spanish].mean(axis=0)
        )
    return moved


def scaled(vectors: Floats, deviation: float = 0.04) -> Floats:
    """Vectors at the scale an encoder expects at its start; rows without any count get small noise."""
    empty = np.linalg.norm(vectors, axis=1) == 0
    result = vectors / max(float(vectors[~empty].std()), 1e-9) * deviation
    result[empty] = np.random.default_rng(0).normal(0, deviation, (int(empty.sum()), vectors.shape[1]))
    return result.astype(np.float32)
