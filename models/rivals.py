"""What the classifier must beat: keyword rules, and TF-IDF with logistic regression and keyword hits.

Both run without any training library: the second reads its vocabulary and coefficients from ``artifact/rival.npz``, which
``models.train compare`` writes. They are measured beside the model by ``chasqui evaluate`` and never used for anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.classifier.keywords import Keywords
from models.taxonomy import Taxonomy, fold

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
WORD = re.compile(r"\w\w+")


def keyword_rules(documents: Sequence[tuple[str, str]], tree: Taxonomy) -> Bools:
    """A label for a hit in the title or two hits in the text."""
    return np.asarray(Keywords(tree).scores(documents)) >= 1.0


def terms(title: str, text: str, *, pairs: bool) -> list[str]:
    """Folded words, and pairs of neighbours when asked for."""
    tokens: list[str] = WORD.findall(fold(title + "\n" + text[:20_000]))
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
        values = (
            (1.0 + np.log(np.asarray([counts[c] for c in columns], dtype=np.float32))) * self.idf[columns]
            if columns
            else np.zeros(0, dtype=np.float32)
        )
        return columns, (values / max(float(np.linalg.norm(values)), 1e-9)).astype(np.float32)


class TfidfRival:
    """The stored rival."""

    def __init__(self, path: Path, tree: Taxonomy) -> None:
        with np.load(path, allow_pickle=False) as stored:
            self._tfidf = Tfidf([str(term) for term in stored["vocabulary"]], stored["idf"].astype(np.float32))
            self._coefficients: Floats = stored["coefficients"].astype(np.float32)
            self._intercepts: Floats = stored["intercepts"].astype(np.float32)
            self._thresholds: Floats = stored["thresholds"].astype(np.float32)
            self._share = float(stored["share"])
        self._keywords = Keywords(tree)

    def predict(self, documents: Sequence[tuple[str, str]]) -> Bools:
        """Assigned labels (documents, labels)."""
        rows: list[Floats] = []
        for title, text in documents:
            columns, values = self._tfidf.weights(title, text)
            rows.append(values @ self._coefficients[columns] + self._intercepts)
        chances = 1.0 / (1.0 + np.exp(-np.clip(np.stack(rows), -30, 30)))
        mixed = (1 - self._share) * chances + self._share * np.asarray(self._keywords.scores(documents))
        return mixed >= self._thresholds
