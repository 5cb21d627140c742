"""One document told in other ways: cropped, reordered, without its title, with other names, with a stranger's paragraph,
with the news of another.

Everything happens on word pieces, so that evidence stays where it belongs. A crop that lost a label's evidence does not
teach that label at all: its weight is nought. Every choice comes from the generator passed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models.train.examples import NAME, PLACE, WORDS, Array, Example, Run

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chances:
    """How often each change is made."""

    crop: float = 0.25
    shuffle: float = 0.15
    no_title: float = 0.12
    distractor: float = 0.15
    joined: float = 0.12
    swap: float = 0.5
    masked: float = 0.05
    english: float = 0.06


@dataclass(frozen=True, slots=True)
class Pools:
    """What is swapped in."""

    names: list[Array]
    places: list[Array]
    strangers: list[Run]  # sentences of documents without any label
    others: Sequence[Example]  # documents whose news may be told after another's
    english: Array  # id of each piece in the other language, or its own
    cls: int
    sep: int
    mask: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What the model sees of a document in one epoch."""

    ids: Array
    bits: Array
    targets: Floats
    weights: Floats


def pools(found: Sequence[Example], english: Array, cls: int, sep: int, mask: int) -> Pools:
    """Names, places and harmless sentences of the training documents."""
    taken: dict[int, list[Array]] = {NAME: [], PLACE: []}
    for example in found:
        for run in (example.title, *example.sentences):
            for start, end, kind in _stretches(run.kinds):
                if kind in taken:
                    taken[kind].append(run.ids[start:end])
    strangers = [run for example in found if not example.targets.any() for run in example.sentences]
    return Pools(taken[NAME], taken[PLACE], strangers, found, english, cls, sep, mask)


def plain(example: Example, pool: Pools, size: int) -> Sample:
    """The document as it is."""
    return _assemble(example.title, example.sentences, example.targets, np.ones_like(example.targets), pool, size)


def vary(example: Example, pool: Pools, size: int, chances: Chances, random: np.random.Generator) -> Sample:
    """The document with some of the changes."""
    title, runs, targets = example.title, list(example.sentences), example.targets
    weights = np.where(example.hard, np.float32(1.6), np.float32(1.0)).astype(np.float32)
    if random.random() < chances.crop and len(runs) > 3:
        first = int(random.integers(0, len(runs) - 2))
        last = int(random.integers(first + 2, len(runs) + 1))
        runs = runs[first:last]
        if sum(len(run.ids) for run in runs) >= 40:
            kept = int(np.bitwise_or.reduce(np.concatenate([title.bits, *(run.bits for run in runs)])))
            lost = np.asarray([not kept >> rank & 1 for rank in range(len(weights))])
            weights = np.where(lost & (example.targets > 0), np.float32(0), weights)
        else:
            runs = list(example.sentences)
    elif random.random() < chances.shuffle:
        order = random.permutation(sorted({run.paragraph for run in runs}))
        runs = [run for paragraph in order for run in runs if run.paragraph == paragraph]
    if random.random() < chances.no_title:
        gone = ~_has(example.sentences, len(weights)) & _has((title,), len(weights))
        weights = np.where(gone, np.float32(0), weights)
        title = Run(title.ids[:0], title.bits[:0], title.kinds[:0], -1)
    if pool.strangers and random.random() < chances.distractor:
        start = int(random.integers(0, len(pool.strangers)))
        strangers = [
            Run(run.ids, run.bits >> WORDS << WORDS, run.kinds, -1)
            for run in pool.strangers[start : start + int(random.integers(1, 4))]
        ]
        runs = [*runs, *strangers] if random.random() < 0.7 else [*runs[:2], *strangers, *runs[2:]]
    if random.random() < chances.joined:
        runs, targets, weights = _joined(title, runs, targets, weights.astype(np.float32), pool, random)
    if random.random() < chances.swap:
        title, *runs = (_swapped(run, pool, random) for run in (title, *runs))
    sample = _assemble(title, runs, targets, weights.astype(np.float32), pool, size)
    ids = sample.ids
    if random.random() < chances.english:
        ids = np.where(random.random(len(ids)) < 0.8, pool.english[ids], ids)
    ids = np.where((random.random(len(ids)) < chances.masked) & (ids > 4), pool.mask, ids)
    return Sample(ids, sample.bits, sample.targets, sample.weights)


def _joined(
    title: Run, runs: list[Run], targets: Floats, weights: Floats, pool: Pools, random: np.random.Generator
) -> tuple[list[Run], Floats, Floats]:
    """The first sentences of two documents, one after the other, as a round-up has them.

    A label holds whose evidence is left in either; of one that has lost its evidence nothing is known.
    """
    other = pool.others[int(random.integers(0, len(pool.others)))]
    first = runs[: int(random.integers(3, 7))]
    second = other.sentences[: int(random.integers(2, 6))]
    kept = _has((title, *first), len(weights)) & (targets > 0) | _has(second, len(weights)) & (other.targets > 0)
    targets = np.maximum(targets, other.targets)
    return [*first, *second], targets, np.where((targets > 0) & ~kept, np.float32(0), weights).astype(np.float32)


def _has(runs: Sequence[Run], labels: int) -> npt.NDArray[np.bool_]:
    bits = 0
    for run in runs:
        bits |= int(np.bitwise_or.reduce(run.bits)) if len(run.bits) else 0
    return np.asarray([bool(bits >> rank & 1) for rank in range(labels)])


def _assemble(title: Run, runs: Sequence[Run], targets: Floats, weights: Floats, pool: Pools, size: int) -> Sample:
    ids = np.concatenate([[pool.cls], title.ids, [pool.sep], *(run.ids for run in runs)])[: size - 1]
    bits = np.concatenate([[0], title.bits, [0], *(run.bits for run in runs)])[: size - 1]
    return Sample(np.append(ids, pool.sep), np.append(bits, 0), targets, weights)


def _swapped(run: Run, pool: Pools, random: np.random.Generator) -> Run:
    ids: list[Array] = []
    bits: list[Array] = []
    kinds: list[Array] = []
    for start, end, kind in _stretches(run.kinds):
        source = pool.names if kind == NAME else pool.places if kind == PLACE else []
        part = run.ids[start:end]
        if source and random.random() < 0.6:
            part = source[int(random.integers(0, len(source)))]
        ids.append(part)
        bits.append(np.full(len(part), run.bits[start]) if kind else run.bits[start:end])
        kinds.append(np.full(len(part), kind))
    empty = np.zeros(0, dtype=np.int64)
    return Run(
        np.concatenate([empty, *ids]), np.concatenate([empty, *bits]), np.concatenate([empty, *kinds]), run.paragraph
    )


def _stretches(kinds: Array) -> list[tuple[int, int, int]]:
    if not len(kinds):
        return []
    edges = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), len(kinds)]
    return [(start, end, int(kinds[start])) for start, end in pairwise(edges)]
