"""The learner: log-linear choice between options, by L-BFGS. Numbers only; what is chosen between stands in ``examples``.

One form serves all: a decision has items with named features, options made of items (a yes is the item itself, a no is nothing; a place
is the path from department to district), and some of the options are right. Deterministic: no random numbers, no order of rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.reader.linear import BIAS

Floats = npt.NDArray[np.float64]
Loss = Callable[[Floats], tuple[float, Floats]]

STEPS, MEMORY = 100, 8
ENOUGH = 1e-5  # relative gain of a step under which the fit is done
SMALL = 0.01  # weights below this change nothing but the size of the file


@dataclass(frozen=True, slots=True)
class Decision:
    """Items by their features, options by their items, and whether each option is right (one at least is)."""

    items: Sequence[Iterable[str]]
    options: Sequence[tuple[int, ...]]
    right: Sequence[bool]


def yes_or_no(features: Iterable[str], *, holds: bool) -> Decision:
    """A decision on one item."""
    return Decision([[*features, BIAS]], [(0,), ()], [holds, not holds])


def one_of(options: Sequence[Iterable[str]], right: Sequence[bool]) -> Decision:
    """A decision between items."""
    return Decision(options, [(at,) for at in range(len(options))], right)


def learn(decisions: Iterable[Decision], *, penalty: float, least: int = 3) -> dict[str, float]:
    """Weights by feature name; features seen fewer than ``least`` times are left out."""
    given = [d for d in decisions if any(d.right) and not all(d.right)]
    counts = Counter(name for d in given for item in d.items for name in set(item))
    names = sorted(name for name, count in counts.items() if count >= least or name == BIAS)
    if not names:
        return {}
    found = minimise(_loss(given, {name: at for at, name in enumerate(names)}, penalty), np.zeros(len(names)))
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True) if abs(value) >= SMALL}


def _loss(decisions: Sequence[Decision], ids: dict[str, int], penalty: float) -> Loss:
    """Minus the log-likelihood of the right options, with its gradient."""
    features: list[int] = []
    item_of: list[int] = []  # by feature
    members: list[int] = []
    option_of: list[int] = []  # by member
    right: list[bool] = []
    starts: list[int] = []
    item_count = 0
    for decision in decisions:
        starts.append(len(right))
        for option, holds in zip(decision.options, decision.right, strict=True):
            members += [item_count + at for at in option]
            option_of += [len(right)] * len(option)
            right.append(holds)
        for item in decision.items:
            known = [ids[name] for name in set(item) if name in ids]
            features += known
            item_of += [item_count] * len(known)
            item_count += 1
    column, row = np.array(features, dtype=np.int64), np.array(item_of, dtype=np.int64)
    member, option = np.array(members, dtype=np.int64), np.array(option_of, dtype=np.int64)
    truth, start = np.array(right, dtype=np.float64), np.array(starts, dtype=np.int64)
    sizes = np.diff(np.append(start, len(right)))
    plain = ids.get(BIAS)

    def loss(weights: Floats) -> tuple[float, Floats]:
        items = np.bincount(row, weights=weights[column], minlength=item_count)
        scores = np.bincount(option, weights=items[member], minlength=len(truth))
        raised = np.exp(scores - np.repeat(np.maximum.reduceat(scores, start), sizes))
        whole, held = np.add.reduceat(raised, start), np.add.reduceat(raised * truth, start)
        held = np.maximum(held, 1e-300)
        error = raised / np.repeat(whole, sizes) - raised * truth / np.repeat(held, sizes)
        by_item = np.bincount(member, weights=error[option], minlength=item_count)
        slope = np.bincount(column, weights=by_item[row], minlength=len(weights))
        shrink = penalty * weights
        if plain is not None:
            shrink[plain] = 0.0
        return float(np.log(whole).sum() - np.log(held).sum() + 0.5 * (shrink @ weights)), slope + shrink

    return loss


def minimise(loss: Loss, point: Floats) -> Floats:
    """Limited-memory BFGS with backtracking."""
    value, slope = loss(point)
    moves: list[tuple[Floats, Floats]] = []
    for _ in range(STEPS):
        direction = _direction(slope, moves)
        step, descent = 1.0, slope @ direction
        while True:
            there = point - step * direction
            value_there, slope_there = loss(there)
            if value_there <= value - 1e-4 * step * descent or step < 1e-6:
                break
            step /= 2
        move, change = there - point, slope_there - slope
        if move @ change > 1e-10:
            moves = [*moves, (move, change)][-MEMORY:]
        done = value - value_there < ENOUGH * max(value, 1.0)
        point, value, slope = there, value_there, slope_there
        if done:
            break
    return point


def _direction(slope: Floats, moves: Sequence[tuple[Floats, Floats]]) -> Floats:
    direction = slope.copy()
    shares: list[float] = []
    for move, change in reversed(moves):
        share = float((move @ direction) / (change @ move))
        shares.append(share)
        direction -= share * change
    if moves:
        move, change = moves[-1]
        direction *= (move @ change) / (change @ change)
    else:
        direction /= max(1.0, float(np.abs(slope).sum()))
    for (move, change), share in zip(moves, reversed(shares), strict=True):
        direction += move * (share - float((change @ direction) / (change @ move)))
    return direction
