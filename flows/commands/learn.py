"""``chasqui evaluate``, ``train`` and ``corpus``: the learning side of the models room."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from flows.failures import UsageError
from flows.settings import load_settings

RIVAL = Path(__file__).parents[2] / "models" / "artifact" / "rival.npz"


def show_evaluation(path: Path | None) -> None:
    """Print the table of figures for a labelled file, or for the corpus's test split."""
    from models.classifier import Classifier
    from models.corpus import store
    from models.evaluate import evaluate, read_labelled, table

    rows = read_labelled(path) if path else store.read("test")
    model = load_settings().model
    classifier = Classifier.load(Path(model) if model else None)
    print(table(evaluate(rows, classifier, RIVAL)))


def run_training(arguments: Sequence[str]) -> int:
    """Hand the arguments to the training program, in a process of its own: torch stays out of this one."""
    if importlib.util.find_spec("torch") is None:
        raise UsageError(
            "training needs torch, which the run-time install leaves out: see models/train/requirements.txt"
        )
    command = [sys.executable, "-m", "models.train", *(arguments or ["--help"])]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own module


def promote_model(new: Path, against: Path | None) -> int:
    """Judge a new model folder beside the one in use, on the frozen test split; put it in place when no core label falls.

    Returns:
        0 when it took over, 1 when the old one stays.
    """
    from models import taxonomy
    from models.classifier.folder import is_model, put_in_place
    from models.corpus import store
    from models.evaluate import read_labelled
    from models.promotion import judge

    in_use = load_settings().model
    if not in_use or not is_model(Path(in_use)):
        raise UsageError("setting model must name a folder of yours: the shipped model is never overwritten")
    rows = read_labelled(against) if against else store.read("test")
    verdict = judge(Path(in_use), new, rows, taxonomy.load())
    print("\n".join(verdict.lines()))
    if verdict.is_promoted:
        put_in_place(new, Path(in_use))
    return 0 if verdict.is_promoted else 1


def retrain_model() -> int:
    """Train anew, judge, put in place; 0 when the new model took over, 1 when the old one stays."""
    from flows.run import run_flow

    return 0 if run_flow("retrain")["verdict"] == "promoted" else 1


def run_corpus(name: str, arguments: Sequence[str]) -> int:
    """Run a command of the corpus tools."""
    from models.corpus.cli import app

    return int(app([name, *arguments], standalone_mode=False) or 0)
