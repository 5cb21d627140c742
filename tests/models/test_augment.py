"""Documents told in other ways for training: what is lost does not teach, what is added does."""

from __future__ import annotations

import numpy as np
import pytest

from models.train.augment import Chances, Pools, plain, pools, vary
from models.train.examples import Example, Run

NEVER = Chances(crop=0, shuffle=0, no_title=0, distractor=0, joined=0, swap=0, masked=0, english=0)
MURDER, STRIKE, CLOSURE = range(3)
SIZE = 400


def run(first: int, label: int | None = None, length: int = 12) -> Run:
    """Pieces that can be told apart, all of them a label's evidence or none."""
    bits = np.full(length, 0 if label is None else 1 << label, dtype=np.int64)
    return Run(np.arange(first, first + length, dtype=np.int64), bits, np.zeros(length, dtype=np.int64), 0)


def document(first: int, *sentences: int | None, labels: tuple[int, ...]) -> Example:
    """One sentence each, evidence of a label or of nothing."""
    runs = tuple(run(first + 20 * at, label) for at, label in enumerate(sentences))
    targets = np.asarray([rank in labels for rank in range(3)], dtype=np.float32)
    return Example(run(first + 900), runs, targets, np.zeros(3, dtype=np.bool_))


def pool_of(*others: Example) -> Pools:
    return pools(others, np.arange(5000, dtype=np.int64), 2, 3, 4)


def test_nothing_changed_is_the_document() -> None:
    one = document(1000, MURDER, None, labels=(MURDER,))
    kept, told = plain(one, pool_of(one), SIZE), vary(one, pool_of(one), SIZE, NEVER, np.random.default_rng(0))
    assert np.array_equal(kept.ids, told.ids)
    assert np.array_equal(kept.weights, told.weights)


@pytest.mark.parametrize("seed", range(12))
def test_the_news_of_another_is_told_behind(seed: int) -> None:
    one = document(1000, MURDER, None, None, None, None, None, None, labels=(MURDER,))
    other = document(3000, None, STRIKE, None, None, None, None, CLOSURE, labels=(STRIKE, CLOSURE))
    chances = Chances(crop=0, shuffle=0, no_title=0, distractor=0, joined=1, swap=0, masked=0, english=0)
    told = vary(one, pool_of(other), SIZE, chances, np.random.default_rng(seed))
    assert 1000 in told.ids  # the document's own beginning comes first
    assert told.ids.tolist().index(1000) < told.ids.tolist().index(3000)
    assert told.targets.tolist() == [1, 1, 1]
    assert told.weights[MURDER] == told.weights[STRIKE] == 1
    assert told.weights[CLOSURE] == 0  # its evidence stands beyond what was taken: nothing is known of it


@pytest.mark.parametrize("seed", range(12))
def test_a_crop_that_lost_the_evidence_teaches_nothing(seed: int) -> None:
    one = document(1000, MURDER, *[None] * 8, STRIKE, labels=(MURDER, STRIKE))
    chances = Chances(crop=1, shuffle=0, no_title=0, distractor=0, joined=0, swap=0, masked=0, english=0)
    told = vary(one, pool_of(one), SIZE, chances, np.random.default_rng(seed))
    for label, first in ((MURDER, 1000), (STRIKE, 1180)):
        assert bool(told.weights[label]) == (first in told.ids)
