"""The reader's floor over the corpus test split, labels given. A floor is lowered only with a reason in the changelog."""

from __future__ import annotations

import pytest

from models.corpus import store
from models.reader.evaluate import measure

RIGHT = {
    "department": 0.95, "province": 0.91, "district": 0.75, "date": 0.80, "killed": 0.83, "wounded": 0.55, "amount_pen": 0.84, "norm": 0.94,
}  # fmt: skip
MASKED, KEPT = 0.94, 0.92


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
    assert figures.masked["name"].value >= MASKED
    assert min(figures.masked[kind].value for kind in ("phone", "plate", "account")) >= 0.97
    assert figures.kept.value >= KEPT
