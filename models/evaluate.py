"""How good the classifier is on labelled documents, beside its rivals: ``chasqui evaluate``.

Figures follow the project's scoring: macro-F1 over labels with at least three positives, the core labels' mean, documents
without any label left clean. Intervals come from resampling the documents. Not here: the reading of happenings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models import taxonomy
from models.classifier import Classifier
from models.rivals import TfidfRival, keyword_rules
from models.taxonomy import Taxonomy

Bools = npt.NDArray[np.bool_]
FEWEST = 3  # positives a label needs to count in a macro figure
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """One label's figures."""

    positives: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Figures:
    """One system's figures on one set of documents."""

    labels: dict[str, LabelFigures]
    sectors: float
    events: float
    core: float
    clean: float | None  # None: the set has no document without labels
    intervals: dict[str, tuple[float, float]]  # 95 %


def read_labelled(path: Path) -> list[dict[str, Any]]:
    """JSON lines with title, text, sectors and events."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def truth_of(rows: Sequence[Mapping[str, Any]], tree: Taxonomy) -> Bools:
    """The labels as a matrix (documents, labels).

    Raises:
        UnknownLabelError: a row carries a label that the taxonomy does not.
    """
    for row in rows:
        for label in (*row["sectors"], *row["events"]):
            tree.axis_of(label)
    return np.asarray(
        [[name in row["sectors"] or name in row["events"] for name in tree.names] for row in rows], dtype=np.bool_
    ).reshape(len(rows), len(tree.names))


def figures(truth: Bools, guess: Bools, tree: Taxonomy, resamples: int = RESAMPLES) -> Figures:
    """All figures of one system."""
    per = {}
    for column, name in enumerate(tree.names):
        right, said, real = (
            int(x) for x in ((truth & guess)[:, column].sum(), guess[:, column].sum(), truth[:, column].sum())
        )
        per[name] = LabelFigures(
            real,
            right / said if said else 0.0,
            right / real if real else 0.0,
            2 * right / (said + real) if said + real else 0.0,
        )
    point = _summary(truth, guess, tree)
    random = np.random.default_rng(0)
    drawn = [
        _summary(truth[pick], guess[pick], tree)
        for pick in (random.integers(0, len(truth), len(truth)) for _ in range(resamples))
    ]
    intervals = {
        key: (
            float(np.nanpercentile([each[key] for each in drawn], 2.5)),
            float(np.nanpercentile([each[key] for each in drawn], 97.5)),
        )
        for key in point
        if drawn and not np.isnan(point[key])
    }
    return Figures(
        per,
        point["sectors"],
        point["events"],
        point["core"],
        None if np.isnan(point["clean"]) else point["clean"],
        intervals,
    )


def _summary(truth: Bools, guess: Bools, tree: Taxonomy) -> dict[str, float]:
    f1 = 2 * (truth & guess).sum(0) / np.maximum(truth.sum(0) + guess.sum(0), 1)
    counted = truth.sum(0) >= FEWEST
    first = np.arange(len(tree.names)) < len(tree.sectors)
    core = np.asarray([entry.core for entry in tree.entries])
    empty = ~truth.any(1)

    def mean(values: npt.ArrayLike) -> float:
        array = np.asarray(values, dtype=np.float64)
        return float(array.mean()) if array.size else float("nan")

    return {
        "sectors": mean(f1[counted & first]),
        "events": mean(f1[counted & ~first]),
        "core": mean(f1[core]),
        "clean": mean(~guess[empty].any(1)),
    }


def evaluate(
    rows: Sequence[Mapping[str, Any]], classifier: Classifier, rival: Path | None = None, resamples: int = RESAMPLES
) -> dict[str, Figures]:
    """The shipped model, keyword rules and, where its file is there, TF-IDF + logistic regression + keyword hits."""
    tree = taxonomy.load()
    truth = truth_of(rows, tree)
    pairs = [(str(row["title"]), str(row["text"])) for row in rows]
    found = classifier.predict(pairs)
    guess = np.asarray(
        [[name in each.sectors or name in each.events for name in tree.names] for each in found], dtype=np.bool_
    )
    systems = {"model": figures(truth, guess, tree, resamples)}
    if rival is not None and rival.is_file():
        systems["tfidf+lr+keywords"] = figures(truth, TfidfRival(rival, tree).predict(pairs), tree, resamples)
    systems["keyword rules"] = figures(truth, keyword_rules(pairs, tree), tree, resamples)
    return systems


def table(systems: Mapping[str, Figures]) -> str:
    """Plain text: a line a label with precision, recall and F1 of the model beside the rivals' F1, then the summary."""
    first = next(iter(systems.values()))
    lines = [f"{'label':20s}{'n':>5s}{'P':>7s}{'R':>7s}" + "".join(f"{name[:18]:>19s}" for name in systems)]
    for label, own in first.labels.items():
        lines.append(
            f"{label:20s}{own.positives:5d}{own.precision:7.2f}{own.recall:7.2f}"
            + "".join(f"{each.labels[label].f1:19.2f}" for each in systems.values())
        )
    for key, title in (
        ("sectors", "sectors macro-F1"),
        ("events", "events macro-F1"),
        ("core", "core eight, mean F1"),
        ("clean", "no label, left clean"),
    ):
        cells = [_cell(getattr(each, key), each.intervals.get(key)) for each in systems.values()]
        lines.append(f"{title:39s}" + "".join(f"{cell:>19s}" for cell in cells))
    return "\n".join(lines)


def _cell(value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None or np.isnan(value):
        return "-"
    return f"{value:.3f}" + (f" [{interval[0]:.2f} {interval[1]:.2f}]" if interval else "")
