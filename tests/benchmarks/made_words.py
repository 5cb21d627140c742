"""Texts of made-up words: drawn by Zipf's law, so that a few words stand everywhere and most are rare, as in any language.

Here: words and texts. Not here: who writes them when, and what they tell (``warehouse_data``).
"""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

WORDS = 60_000
MIDDLING = range(60, 6_000)  # ranks of words that people search for: no article, no name that stands once


@cache
def vocabulary() -> tuple[str, ...]:
    """Words of two to four syllables, each once, the most frequent first."""
    chance, found = random.Random(3), dict[str, None]()
    syllables = [c + v for c in "bcdfglmnprstv" for v in "aeiou"]
    while len(found) < WORDS:
        found["".join(chance.choices(syllables, k=chance.randint(2, 4)))] = None
    return tuple(found)


def draw(rng: np.random.Generator, texts: int, length: int) -> np.ndarray:
    """Ranks of the words of some texts, a row a text."""
    edges = np.cumsum(1 / np.arange(1, WORDS + 1))
    return np.searchsorted(edges / edges[-1], rng.random((texts, length))).clip(0, WORDS - 1)


def say(ranks: np.ndarray) -> pa.Array:
    """Rows of ranks as texts."""
    texts, length = ranks.shape
    words = pa.array(vocabulary()).take(pa.array(ranks.ravel()))
    offsets = pa.array(np.arange(texts + 1, dtype=np.int32) * length)
    joined: pa.Array = pc.call_function("binary_join", [pa.ListArray.from_arrays(offsets, words), pa.scalar(" ")])
    return joined
