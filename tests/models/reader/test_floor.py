"""The reader's floor over the corpus test split, labels given. A floor is lowered only with a reason in the changelog."""

from __future__ import annotations

import pytest

from models.corpus import store
from models.reader.evaluate import measure

RIGHT = {
    "department": 0.96, "province": 0.93, "district": 0.84, "date": 0.855, "killed": 0.89, "wounded": 0.685, "amount_pen": 0.955, "norm": 0.975,
}  # fmt: skip
# How often a field may be filled where the truth has none.
FILLED = {
    "department": 0.12, "province": 0.15, "district": 0.305, "date": 0.14, "killed": 0.02, "wounded": 0.06, "amount_pen": 0.025, "norm": 0.01,
}  # fmt: skip
MASKED, KEPT = 0.975, 0.96


def test_floor() -> None:
    rows = store.read("test")
    if not rows:
        pytest.skip("the corpus has no test split yet")
    figures = measure(rows)
    assert figures.recall.value >= 0.95
    assert figures.predicted <= 1.25 * figures.recall.total
    low = {
        name: round(figures.right[name].value, 3) for name, floor in RIGHT.items() if figures.right[name].value < floor
    }
    assert low == {}
    guessed = {
        name: round(figures.filled[name].value, 3) for name, most in FILLED.items() if figures.filled[name].value > most
    }
    assert guessed == {}
    assert figures.masked["name"].value >= MASKED
    assert min(figures.masked[kind].value for kind in ("phone", "plate", "account")) >= 0.97
    assert figures.kept.value >= KEPT
