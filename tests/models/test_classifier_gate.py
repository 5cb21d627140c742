"""The shipped model does not fall under its floors, and they were measured on the corpus that is here."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models import evaluate, taxonomy
from models.corpus import check, store
from models.taxonomy import UnknownLabelError
from tests.models import eval_gate

DEV = Path(__file__).with_name("dev.jsonl")


@pytest.mark.skipif(not eval_gate.BASELINE.exists(), reason="no model has been measured on the final corpus yet")
def test_figures_hold_their_floors() -> None:
    baseline = json.loads(eval_gate.BASELINE.read_text(encoding="utf-8"))
    measured = eval_gate.measure()
    assert measured["corpus"] == baseline["corpus"], (
        "the test split changed: measure anew with tests/models/eval_gate.py"
    )
    for key, floor in baseline["floors"].items():
        assert measured["figures"][key] >= floor, f"{key} {measured['figures'][key]:.3f} is under its floor {floor}"


@pytest.mark.skipif(not (store.FOLDER / check.TEST_PIN).exists(), reason="the corpus is not there yet")
def test_the_test_split_is_the_pinned_one() -> None:
    assert check.check_pin() is None
    assert check.misplaced() == []


def test_figures_of_a_known_case() -> None:
    tree = taxonomy.load()
    truth = np.zeros((6, len(tree.names)), dtype=np.bool_)
    guess = truth.copy()
    murder, bodegas = tree.names.index("murder"), tree.names.index("bodegas")
    truth[:4, murder] = True
    guess[:3, murder] = True
    guess[5, bodegas] = True
    found = evaluate.figures(truth, guess, tree, resamples=50)
    assert found.labels["murder"].recall == 0.75
    assert found.events == pytest.approx(6 / 7)
    assert np.isnan(found.sectors)  # no sector has the three positives that a macro figure asks for
    assert found.clean == 0.5
    assert "murder" in evaluate.table({"model": found})


def test_rows_with_unknown_labels_are_refused() -> None:
    with pytest.raises(UnknownLabelError):
        evaluate.truth_of([{"sectors": ["plumbers"], "events": []}], taxonomy.load())


def test_the_public_set_is_readable() -> None:
    rows = evaluate.read_labelled(DEV)
    assert len(rows) == 82
    assert evaluate.truth_of(rows, taxonomy.load()).any(axis=1).sum() > 60
