"""Small linear models over named features: the reader's judgement where rules alone do not decide.

Weights are data (``models/artifact/reader.npz``), fitted by ``models.reader.fit`` from the corpus spans. Not here: what the features are;
each noun's module (``cues``, ``when``, ``places``, ``sums``) names its own.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from itertools import repeat
from pathlib import Path

import numpy as np

Table = Mapping[str, float]

BIAS = "(bias)"
STORED = Path(str(files("models"))) / "artifact" / "reader.npz"
ZEROS = repeat(0.0)
_in_hand: dict[str, Table] = {}  # models being fitted or measured, in place of the stored ones


@cache
def stored(path: Path = STORED) -> Mapping[str, Table]:
    """The fitted models by name; none before the first fit."""
    if not path.is_file():
        return {}
    with np.load(path) as arrays:
        names = [key.removesuffix(" names") for key in arrays.files if key.endswith(" names")]
        return {
            name: dict(
                zip(
                    arrays[f"{name} names"].tobytes().decode().split("\n"),
                    arrays[f"{name} weights"].tolist(),
                    strict=True,
                )
            )
            for name in names
        }


def store(models: Mapping[str, Table], path: Path = STORED) -> None:
    """Keep models: by model, the features' names and their weights."""
    arrays: dict[str, np.ndarray] = {}
    for name, table in sorted(models.items()):
        rows = sorted(table.items())
        arrays[f"{name} names"] = np.frombuffer("\n".join(key for key, _ in rows).encode(), dtype=np.uint8)
        arrays[f"{name} weights"] = np.array([value for _, value in rows], dtype=np.float32)
    np.savez_compressed(path, allow_pickle=False, **arrays)
    stored.cache_clear()


@contextmanager
def using(models: Mapping[str, Table]) -> Iterator[None]:
    """Judge by these models for a while."""
    before = dict(_in_hand)
    _in_hand.update(models)
    try:
        yield
    finally:
        _in_hand.clear()
        _in_hand.update(before)


def weights(model: str) -> Table:
    """The weights of one model; empty before it was ever fitted."""
    return _in_hand[model] if model in _in_hand else stored().get(model, {})


def total(table: Table, features: Iterable[str]) -> float:
    """The sum of the features' weights, each feature counted once."""
    return sum(map(table.get, set(features), ZEROS))  # type: ignore[arg-type] - get with a default gives a float


def sigmoid(score: float) -> float:
    """The probability of a logit, safe at both ends."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities of alternatives, safe at both ends."""
    top = max(scores)
    raised = [math.exp(max(-60.0, score - top)) for score in scores]
    whole = sum(raised)
    return [each / whole for each in raised]


def score(table: Table, features: Iterable[str]) -> float:
    """The probability that weights in hand give to an item with these features."""
    return sigmoid(table.get(BIAS, 0.0) + total(table, features))


def probability(model: str, features: Iterable[str]) -> float:
    """The probability one fitted model gives to an item with these features."""
    return score(weights(model), features)


def shares(model: str, options: Iterable[Iterable[str]]) -> list[float]:
    """The probabilities one fitted model gives to alternatives of which one holds."""
    table = weights(model)
    scores = [total(table, features) for features in options]
    return softmax(scores) if scores else []


def bucket(value: float, edges: tuple[float, ...]) -> int:
    """The number of edges at or below ``value``."""
    return bisect_right(edges, value)
