"""Whether a new model may take the old one's place: only when no core label reads worse on the frozen test split.

Not here: training (``models.train``), how it takes the place (``models.classifier.folder``), nor what a changed model does to what
was published (the ledger explains that).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.classifier import Classifier
from models.evaluate import Figures, evaluate
from models.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Verdict:
    """The two models' figures, and the core labels that would read worse: (label, F1 before, F1 after)."""

    before: Figures
    after: Figures
    falls: tuple[tuple[str, float, float], ...]

    @property
    def is_promoted(self) -> bool:
        """Whether the new model may take over."""
        return not self.falls

    def lines(self) -> list[str]:
        """What a person wants to read of it."""
        rows = [
            f"{name:<10} {getattr(self.before, name):.3f} -> {getattr(self.after, name):.3f}"
            for name in ("sectors", "events", "core")
        ]
        rows += [f"{label}: F1 falls from {old:.3f} to {new:.3f}" for label, old, new in self.falls]
        return [*rows, "promoted" if self.is_promoted else "kept the old model"]


def judge(old: Path | None, new: Path, rows: Sequence[Mapping[str, Any]], tree: Taxonomy) -> Verdict:
    """Read the rows with both models.

    Args:
        old: the model in use; the shipped one when ``None``.
        new: the model that would take its place.
        rows: labelled documents that neither was trained on.
        tree: the taxonomy; its core labels decide.

    Raises:
        ModelMissingError: one of the folders is no model.
        ValueError: there is nothing to judge by.
    """
    if not rows:
        raise ValueError("no labelled documents to judge the models by")
    before, after = (evaluate(rows, Classifier.load(path), resamples=0)["model"] for path in (old, new))
    core = [entry.id for entry in tree.entries if entry.core]
    pairs = [(name, before.labels[name].f1, after.labels[name].f1) for name in core]
    return Verdict(before, after, tuple((name, a, b) for name, a, b in pairs if b < a))
