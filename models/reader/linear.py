"""Small linear models over named features: the reader's judgement where rules alone do not decide.

Weights are data (``weights/*.json``, a line a feature), fitted by ``fit.py`` from the corpus spans. Not here: what the features are; each
noun's module (``cues``, ``when``, ``places``, ``sums``) names its own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

BIAS = "(bias)"


@cache
def weights(model: str) -> Mapping[str, float]:
    """The weights of one model; empty before it was ever fitted."""
    path = files("models.reader").joinpath("weights", f"{model}.json")
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def sigmoid(score: float) -> float:
    """The probability of a logit, safe at both ends."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def score(table: Mapping[str, float], features: Iterable[str]) -> float:
    """The probability that weights in hand give to an item with these features."""
    return sigmoid(table.get(BIAS, 0.0) + sum(table.get(name, 0.0) for name in set(features)))


def probability(model: str, features: Iterable[str]) -> float:
    """The probability one fitted model gives to an item with these features."""
    return score(weights(model), features)


def bucket(value: float, edges: tuple[float, ...]) -> int:
    """The number of edges at or below ``value``."""
    return sum(value >= edge for edge in edges)
