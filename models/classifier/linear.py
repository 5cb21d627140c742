"""Words weighed one by one: TF-IDF and a logistic regression a label, read from ``rival.npz``.

On its own, with keyword hits, this is the rival that the network is measured against (``models.rivals``); a share of its
score joins the network's where calibration says so. Plain numpy, no training library.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.fold import fold
from models.limits import TITLE_CHARS

Floats = npt.NDArray[np.float32]
WORD = re.compile(r"\w\w+")
READ_CHARS = 20_000


def terms(title: str, text: str, *, pairs: bool) -> list[str]:
    """Folded words, and pairs of neighbours when asked for."""
    tokens: list[str] = WORD.findall(fold(title[:TITLE_CHARS] + "\n" + text[:READ_CHARS]))
    return [*tokens, *(f"{a} {b}" for a, b in pairwise(tokens))] if pairs else tokens


class Tfidf:
    """Sublinear TF-IDF over a fixed vocabulary, rows of unit length."""

    def __init__(self, vocabulary: Sequence[str], idf: Floats) -> None:
        self.index = {term: column for column, term in enumerate(vocabulary)}
        self.idf = idf
        self.pairs = any(" " in term for term in vocabulary)

    def weights(self, title: str, text: str) -> tuple[list[int], Floats]:
        """Columns and values of one document."""
        counts = Counter(self.index[term] for term in terms(title, text, pairs=self.pairs) if term in self.index)
        columns = list(counts)
        if not columns:
            return columns, np.zeros(0, dtype=np.float32)
        values = (1.0 + np.log(np.asarray([counts[c] for c in columns], dtype=np.float32))) * self.idf[columns]
        return columns, (values / np.linalg.norm(values)).astype(np.float32)


class LinearWords:
    """The stored regression; labels in taxonomy order."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as stored:
            self._tfidf = Tfidf([str(term) for term in stored["vocabulary"]], stored["idf"].astype(np.float32))
            self._coefficients: Floats = stored["coefficients"].astype(np.float32)
            self._intercepts: Floats = stored["intercepts"].astype(np.float32)
            self.thresholds: Floats = stored["thresholds"].astype(np.float32)  # of the rival: with its keyword share
            self.share = float(stored["share"])

    def logits(self, documents: Sequence[tuple[str, str]]) -> Floats:
        """Scores (documents, labels)."""
        rows: list[Floats] = []
        for title, text in documents:
            columns, values = self._tfidf.weights(title, text)
            rows.append((values @ self._coefficients[columns] + self._intercepts).astype(np.float32))
        return np.stack(rows)
