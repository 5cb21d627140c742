"""What the classifier must beat: keyword rules, and TF-IDF with logistic regression and keyword hits.

Both run without any training library and are measured beside the model by ``chasqui evaluate``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.classifier.keywords import Keywords
from models.classifier.linear import LinearWords
from models.taxonomy import Taxonomy

Bools = npt.NDArray[np.bool_]


def keyword_rules(documents: Sequence[tuple[str, str]], tree: Taxonomy) -> Bools:
    """A label for a hit in the title or two hits in the text."""
    return np.asarray(Keywords(tree).scores(documents)) >= 1.0


class TfidfRival:
    """Word weights and keyword hits, each with the share and the thresholds that calibration chose for it."""

    def __init__(self, path: Path, tree: Taxonomy) -> None:
        self._words = LinearWords(path)
        self._keywords = Keywords(tree)

    def predict(self, documents: Sequence[tuple[str, str]]) -> Bools:
        """Assigned labels (documents, labels)."""
        chances = 1.0 / (1.0 + np.exp(-np.clip(self._words.logits(documents), -30, 30)))
        share = self._words.share
        return (1 - share) * chances + share * np.asarray(self._keywords.scores(documents)) >= self._words.thresholds
