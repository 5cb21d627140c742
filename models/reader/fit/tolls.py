"""The learner of ``toll``: weights under which the sums come out right, and those are among the hit whom the corpus marks as such.

The gradient of a person's logit is the probability to be among the hit when the sum is known, less the one when it is not; where it is known
who was hit, also what is known less the probability.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.reader.fit.learn import SMALL, Floats, Loss, minimise
from models.reader.linear import BIAS
from models.reader.told import Person
from models.reader.toll import MOST

START = -1.5  # a person told of was rather not hit: where the search begins
NOISE = 0.02  # how often a count cannot be told from the persons
MARKED = 1.0  # how much a person who is known counts beside a sum


@dataclass(frozen=True, slots=True)
class Tally:
    """The persons of a document that are added up, the numbers that are true of it, and of each person what is known."""

    people: Sequence[Person]
    truths: frozenset[int]
    known: Sequence[bool | None]


def learn_tolls(tallies: Sequence[Tally], *, penalty: float, least: int = 3) -> dict[str, float]:
    """Weights by feature name; features seen fewer than ``least`` times are left out."""
    given = [t for t in tallies if t.people and max(t.truths, default=MOST) < MOST]
    counts = Counter(name for t in given for person in t.people for name in person.features)
    names = sorted(name for name, count in counts.items() if count >= least)
    if not names:
        return {}
    ids = {name: at for at, name in enumerate(names)}
    start = np.zeros(len(names))
    start[ids[BIAS]] = START
    found = minimise(_loss(given, ids, penalty), start)
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True) if abs(value) >= SMALL}


def _loss(given: Sequence[Tally], ids: dict[str, int], penalty: float) -> Loss:
    most = max(len(t.people) for t in given)
    value = np.zeros((len(given), most), dtype=np.int64)
    marked, hit = np.zeros((len(given), most)), np.zeros((len(given), most))
    place: list[int] = []  # by feature, where its person stands
    columns: list[int] = []
    ends = np.zeros((len(given), MOST + 1))
    for at, tally in enumerate(given):
        ends[at, sorted(tally.truths)] = 1.0
        for number, (person, is_hit) in enumerate(zip(tally.people, tally.known, strict=True)):
            value[at, number] = person.value
            marked[at, number], hit[at, number] = MARKED * (is_hit is not None), float(is_hit or False)
            known = sorted(ids[name] for name in person.features if name in ids)
            columns += known
            place += [at * most + number] * len(known)
    column, row = np.array(columns, dtype=np.int64), np.array(place, dtype=np.int64)
    numbers = np.arange(MOST + 2)
    plain = ids[BIAS]

    def moved(table: Floats, by: np.ndarray) -> Floats:
        """Every row of a table shifted by its own number; what falls off either end is nothing."""
        at = numbers[:-1] + by[:, None]
        inside = (at >= 0) & (at <= MOST)
        return np.take_along_axis(table, np.where(inside, at, 0), axis=1) * inside

    def loss(point: Floats) -> tuple[float, Floats]:
        logits = np.bincount(row, weights=point[column], minlength=len(given) * most).reshape(len(given), most)
        chance = np.where(value > 0, 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))), 0.0)
        ahead = [np.zeros((len(given), MOST + 1))]
        ahead[0][:, 0] = 1.0
        for k in range(most):
            p = chance[:, k, None]
            ahead.append((1 - p) * ahead[-1] + p * moved(ahead[-1], -value[:, k]))
        whole = (1 - NOISE) * (ahead[-1] * ends).sum(axis=1) + NOISE * 0.05
        slope = np.zeros_like(chance)
        behind = ends
        for k in reversed(range(most)):
            p = chance[:, k, None]
            shifted = moved(behind, value[:, k])
            with_it, without = (ahead[k] * shifted).sum(axis=1), (ahead[k] * behind).sum(axis=1)
            slope[:, k] = (1 - NOISE) * (with_it - without) / whole * chance[:, k] * (1 - chance[:, k])
            behind = (1 - p) * behind + p * shifted
        slope[value == 0] = 0.0
        slope += marked * (hit - chance)
        shrink = penalty * point
        shrink[plain] = 0.0
        gradient = -np.bincount(column, weights=slope.ravel()[row], minlength=len(point)) + shrink
        told = marked * np.log(np.where(hit > 0, chance, 1.0 - chance) + 1e-12)
        return float(-np.log(whole).sum() - told.sum() + 0.5 * (shrink @ point)), gradient

    return loss
