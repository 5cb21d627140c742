"""How near an extracted text is to the true one: precision, recall and F1 over runs of four words.

The measure of the public article-extraction benchmark (scrapinghub, MIT), written anew from its definition: shares of each page's
runs that are right, superfluous or lacking, so that long pages weigh no more than short ones; precision and recall are means
over pages, F1 is theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean

RUN = 4
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """Over all pages."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean."""
        return (
            2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0
        )


def score(pairs: Iterable[tuple[str, str]]) -> Score:
    """Score of (true text, extracted text) pairs."""
    precisions, recalls = [], []
    for true, found in pairs:
        wanted, got = _runs(true), _runs(found)
        right = sum((wanted & got).values())
        if got:
            precisions.append(right / got.total())
        if wanted:
            recalls.append(right / wanted.total())
    return Score(mean(precisions) if precisions else 0.0, mean(recalls) if recalls else 0.0)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(run for n in range(max(1, len(words) - RUN + 1)) if (run := tuple(words[n : n + RUN])))
