"""All systems side by side, each with thresholds from the calibration split by the same function, and the model card.

A row of the table is one system on one set: macro-F1 on both axes, the core labels' mean, documents left clean.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from models.classifier.classifier import Classifier
from models.classifier.keywords import Keywords
from models.classifier.linear import LinearWords
from models.classifier.scoring import LabelRule, Rules, probabilities
from models.classifier.session import Session
from models.corpus.store import PRESS
from models.evaluate import Figures, evaluate, figures, truth_of
from models.rivals import TfidfRival, keyword_rules
from models.taxonomy import Taxonomy
from models.train.calibrate import Views, calibration_error, choose

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
PARTS = (("lang", "es"), ("lang", "en"), ("build", PRESS))  # of the test split, told apart on the card
Sets = Mapping[str, Sequence[Mapping[str, Any]]]


def pairs_of(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Titles and texts."""
    return [(str(row["title"]), str(row["text"])) for row in rows]


def reader(network: Path, vocabulary: Path, tree: Taxonomy) -> Classifier:
    """A classifier around any network file, with rules that decide nothing."""
    blank = Rules("unjudged", tuple(LabelRule(entry.id, entry.axis, 0.5, 0.3) for entry in tree.entries))
    return Classifier(Session(network, 2), Tokenizer.from_file(str(vocabulary)), blank, tree)


def views_of(network: Classifier, words: LinearWords, pairs: Sequence[tuple[str, str]], tree: Taxonomy) -> Views:
    """What a network, the keywords and the word weights say of the documents."""
    logits, anything = network.scores(pairs)
    return Views(logits, anything, np.asarray(Keywords(tree).scores(pairs), dtype=np.float32), words.logits(pairs))


def judged(views: Mapping[str, Views], truth: Mapping[str, Bools], tree: Taxonomy, *, mix: bool) -> dict[str, Figures]:
    """Figures on every set, rules chosen on the one called ``calibration``."""
    labels, gates, _ = choose(views["calibration"], truth["calibration"], tree, mix=mix)
    rules = Rules("judged", tuple(labels))
    limits = np.asarray([label.threshold for label in labels], dtype=np.float32)
    found: dict[str, Figures] = {}
    for name, each in views.items():
        chances = probabilities(each.logits, each.keywords, each.linear, rules)
        passed = (each.anything >= gates.document) & (chances.max(1) >= gates.surest)
        found[name] = figures(truth[name], (chances >= limits) & passed[:, None], tree, resamples=200)
    return found


def compare(
    sets: Sets, networks: Mapping[str, tuple[Path, Path]], rival: Path, tree: Taxonomy
) -> dict[str, dict[str, Figures]]:
    """Every system on every set: networks (each with its vocabulary) alone and with keywords, then the rivals."""
    pairs = {name: pairs_of(rows) for name, rows in sets.items()}
    truth = {name: truth_of(rows, tree) for name, rows in sets.items()}
    words = LinearWords(rival)
    table: dict[str, dict[str, Figures]] = {}
    for title, (path, vocabulary) in networks.items():
        network = reader(path, vocabulary, tree)
        views = {name: views_of(network, words, each, tree) for name, each in pairs.items()}
        table[f"{title}, alone"] = judged(views, truth, tree, mix=False)
        table[f"{title} + keywords + words"] = judged(views, truth, tree, mix=True)
    stored = TfidfRival(rival, tree)
    table["TF-IDF + LR + keywords"] = {
        name: figures(truth[name], stored.predict(each), tree, resamples=200) for name, each in pairs.items()
    }
    table["keyword rules"] = {
        name: figures(truth[name], keyword_rules(each, tree), tree, resamples=200) for name, each in pairs.items()
    }
    return table


def as_markdown(table: Mapping[str, Mapping[str, Figures]]) -> str:
    """The comparison as a table: sectors / events / core / clean for each set."""
    names = list(next(iter(table.values())))
    lines = [
        "| system | " + " | ".join(f"{name}: sectors / events / core / clean" for name in names) + " |",
        "|---|" + "---|" * len(names),
    ]
    for system, row in table.items():
        cells = [
            " / ".join(
                "–" if value is None else f"{value:.3f}" for value in (each.sectors, each.events, each.core, each.clean)
            )
            for each in row.values()
        ]
        lines.append(f"| {system} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def labels_as_markdown(found: Figures) -> str:
    """Per-label figures of one set."""
    lines = ["| label | n | precision | recall | F1 |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {row.positives} | {row.precision:.2f} | {row.recall:.2f} | {row.f1:.2f} |"
        for name, row in found.labels.items()
    ]
    return "\n".join(lines)


def card(folder: Path, sets: Sets, table: str, facts: Mapping[str, str], notes: str) -> str:
    """The model card: what was measured, on what, by which commands, and what is known to fail."""
    shipped = Classifier.load(folder)
    on_test = evaluate(sets["test"], shipped)["model"]
    on_dev = evaluate(sets["dev"], shipped)["model"]
    found = shipped.predict(pairs_of(sets["test"]))
    tree_names = list(found[0].probabilities)
    chances = np.asarray([[each.probabilities[name] for name in tree_names] for each in found], dtype=np.float32)
    truth = np.asarray(
        [[name in row["sectors"] or name in row["events"] for name in tree_names] for row in sets["test"]]
    )
    uncertain = float(np.mean([bool(each.uncertain) for each in found]))
    intervals = ", ".join(
        f"{key} {getattr(on_dev, key):.3f} [{low:.2f}, {high:.2f}]" for key, (low, high) in on_dev.intervals.items()
    )
    parts = {value: [row for row in sets["test"] if row.get(key) == value] for key, value in PARTS}
    languages = [_summary(value, rows, shipped) for value, rows in parts.items()]
    return "\n".join(
        [
            f"# {shipped.version}",
            "",
            f"Made {datetime.now(UTC).date().isoformat()}. "
            + " ".join(f"{key}: {value}." for key, value in facts.items()),
            "",
            "## Test split, per label",
            "",
            labels_as_markdown(on_test),
            "",
            f"Sectors macro-F1 {on_test.sectors:.3f}, events {on_test.events:.3f}, core eight {on_test.core:.3f}, documents without a label left clean "
            f"{on_test.clean or 0:.3f}; {len(sets['test'])} documents. Expected calibration error {calibration_error(chances, truth):.3f}; "
            f"{uncertain:.0%} of the documents have a label in the uncertain band. " + " ".join(languages),
            "",
            f"Public development set ({len(sets['dev'])} documents, measured only; 95 % bootstrap intervals): {intervals}.",
            "",
            "## Beside its rivals",
            "",
            table,
            "",
            notes.strip(),
            "",
        ]
    )


def _summary(name: str, rows: Sequence[Mapping[str, Any]], shipped: Classifier) -> str:
    if not rows:
        return ""
    found = evaluate(rows, shipped, resamples=0)["model"]
    return f"`{name}` ({len(rows)}): {found.sectors:.3f} / {found.events:.3f}."


def save(table: Mapping[str, Mapping[str, Figures]], path: Path) -> None:
    """Keep the figures as data beside the weights."""
    plain = {
        system: {name: [each.sectors, each.events, each.core, each.clean] for name, each in row.items()}
        for system, row in table.items()
    }
    path.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
