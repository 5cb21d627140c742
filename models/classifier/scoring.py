"""From scores to decisions, as ``labels.json`` says: pooling of windows, mixing with keywords, calibration, thresholds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.taxonomy import Taxonomy, UnknownLabelError
from warehouse.records import Axis, Band

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LabelRule:
    """How one label is decided."""

    id: str
    axis: Axis
    threshold: float  # assigned from here on
    low: float  # from here up to the threshold: uncertain, a case for review
    keyword: float = 0.0  # weight of the keyword score, added to the logit around its mean
    linear: float = 0.0  # weight of the word-by-word score
    scale: float = 1.0  # calibration: logit * scale + shift
    shift: float = 0.0

    def band(self, probability: float) -> Band:
        """Which of the three bands a probability falls into."""
        return "yes" if probability >= self.threshold else "uncertain" if probability >= self.low else "no"


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything beside the network: the content of ``labels.json``."""

    version: str
    labels: tuple[LabelRule, ...]
    document: float = 0.0  # chance that the document carries any label; under it, labels are uncertain at most
    surest: float = 0.0  # probability that the surest label must reach; where none does, all are uncertain at most
    window: int = 320  # pieces a window, title included
    most_windows: int = 24
    notes: dict[str, str] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write the file."""
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load_rules(path: Path, taxonomy: Taxonomy) -> Rules:
    """Read ``labels.json``.

    Raises:
        UnknownLabelError: it names a label, or an order, that the taxonomy does not.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    data["labels"] = tuple(LabelRule(**row) for row in data["labels"])
    rules = Rules(**data)
    known = {entry.id: entry.axis for entry in taxonomy.entries}
    for rule in rules.labels:
        if known.get(rule.id) != rule.axis:
            raise UnknownLabelError(
                f"{path.name}: label {rule.id!r} ({rule.axis}) is not in the taxonomy; known: {', '.join(known)}"
            )
    return rules


def pool(windows: Sequence[Floats]) -> Floats:
    """Scores of a document: those of its only window, else half-way between the first window and the loudest."""
    stacked = np.stack(windows)
    return stacked[0] if len(windows) == 1 else (0.5 * stacked[0] + 0.5 * stacked.max(axis=0)).astype(np.float32)


def probabilities(logits: Floats, keywords: Floats, linear: Floats | None, rules: Rules) -> Floats:
    """Calibrated probabilities of many documents (documents, labels)."""
    keyword = np.asarray([rule.keyword for rule in rules.labels], dtype=np.float32)
    scale = np.asarray([rule.scale for rule in rules.labels], dtype=np.float32)
    shift = np.asarray([rule.shift for rule in rules.labels], dtype=np.float32)
    mixed = logits + keyword * (keywords - 0.5)
    if linear is not None:
        mixed = mixed + np.asarray([rule.linear for rule in rules.labels], dtype=np.float32) * linear
    return sigmoid((mixed * scale + shift).astype(np.float32))


def sigmoid(logits: Floats) -> Floats:
    """Scores to chances, without overflow."""
    return (1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)
