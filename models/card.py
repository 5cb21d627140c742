"""The card of a retrained model: how each label reads, beside the model it was to take the place of.

Not here: the card of the shipped model, which is compared with its rivals too (``models.train.compare``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from models import taxonomy
from models.classifier.scoring import load_rules
from models.promotion import Verdict


def model_card(verdict: Verdict, folder: Path, facts: Mapping[str, str]) -> str:
    """Markdown.

    Args:
        verdict: both models' figures on the frozen test split.
        folder: of the new model.
        facts: what else is to be said of it, by what it is called.
    """
    tree = taxonomy.load()
    rules = load_rules(folder / "labels.json", tree)
    core = {entry.id for entry in tree.entries if entry.core}
    said = {"Made": datetime.now(UTC).date().isoformat(), **facts, **rules.notes}
    rows = [
        f"| {name}{' *' if name in core else ''} | {new.positives} | {new.precision:.2f} | {new.recall:.2f} | {new.f1:.3f} "
        f"| {verdict.before.labels[name].f1:.3f} |"
        for name, new in verdict.after.labels.items()
    ]
    return "\n".join(
        [
            f"# {rules.version}",
            "",
            *(f"- {name}: {value}" for name, value in said.items()),
            "",
            "## Frozen test split",
            "",
            "| label | n | precision | recall | F1 | F1 of the model in use |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            "\\* core label: if one of them reads worse, the model in use stays.",
            "",
            *(f"- {line}" for line in verdict.lines()),
            "",
        ]
    )
