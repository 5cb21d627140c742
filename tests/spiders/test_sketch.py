"""Sketches are kept for years: their values never change."""

from __future__ import annotations

import numpy as np
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from spiders.extract.sketch import SEED, SHINGLE_WORDS, SIZE, minhash


@given(st.lists(st.sampled_from("chofer cupo año ñandú 12 el la y banda calle".split()), max_size=60))
def test_the_values_are_those_of_the_public_scheme(words: list[str]) -> None:
    runs = {" ".join(words[n : n + SHINGLE_WORDS]).encode() for n in range(len(words) - SHINGLE_WORDS + 1)}
    public = MinHash(num_perm=SIZE, seed=SEED, scheme="affine32")
    public.update_batch(runs)
    assert minhash(" ".join(words)) == (public.hashvalues.astype("<u4").tobytes() if runs else b"")


def test_likeness_of_sketches_is_that_of_texts() -> None:
    one = [f"palabra{n}" for n in range(400)]
    other = [*one[:300], *(f"otra{n}" for n in range(100))]
    first, second = (np.frombuffer(minhash(" ".join(words)), "<u4") for words in (one, other))
    assert abs((first == second).mean() - 296 / 496) < 0.15
