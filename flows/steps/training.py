"""The training: an interpreter that has torch, run as a child process. Not here: what is done with the model that comes of it.

Torch is never in the run-time install, so nothing of it is imported here.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.settings import Settings
from models.classifier.folder import FILES, NETWORK, is_model
from models.corpus import store
from models.corpus.check import check_pin

CODE = Path(__file__).parents[2]
LONGEST_S = 20 * 3600.0
GRACE_S = 10.0


class TrainingError(Exception):
    """No new model came of it; the old one stays."""


@dataclass(frozen=True, slots=True)
class Trainer:
    """What a training needs: an interpreter with torch, a folder to work in, labelled texts, the model to compete with."""

    python: Path
    work: Path
    corpus: Path
    model: Path
    epochs: int
    learns_on: bool  # from the model in use, in a scratch folder; else from what was pre-trained in ``work``


def trainer_of(settings: Settings, training: Path) -> Trainer:
    """The settings' training environment; where nothing was pre-trained, a folder in ``training`` is worked in.

    Raises:
        TrainingError: something is missing; the message says what to set.
    """
    problems = list(training_problems(settings))
    if problems:
        raise TrainingError(f"nothing can be trained: {'; '.join(problems)}")
    assert settings.train_python is not None
    corpus = settings.train_corpus or store.FOLDER
    model = Path(settings.model)
    digest = hashlib.sha256((model / NETWORK).read_bytes()).hexdigest()  # what another model began is not gone on with
    work = settings.train_work or training / f"work-{digest[:12]}"
    return Trainer(settings.train_python, work, corpus, model, settings.train_epochs, settings.train_work is None)


def training_problems(settings: Settings) -> Iterator[str]:
    """What stands in the way of a training, each as what to do."""
    if settings.train_python is None or not settings.train_python.is_file():
        yield "set train_python to a Python that has models/train/requirements.txt"
    if settings.train_work is not None and not (settings.train_work / "mlm" / "mlm.pt").is_file():
        yield "set train_work to the folder that `chasqui train` pre-trained in, or leave it unset: the model in use learns on"
    if settings.train_corpus is not None and (pin := check_pin(settings.train_corpus)):
        yield f"put the frozen test split back into train_corpus: {pin}"
    if not settings.model or not is_model(Path(settings.model)):
        yield "set model to a folder of yours, a copy of models/artifact say: the shipped model is never overwritten"


def train(trainer: Trainer, rows: Path, out: Path, version: str, log: Path) -> None:
    """Run the training to its end.

    Args:
        trainer: with what.
        rows: judged documents to learn from besides the corpus.
        out: where the model goes.
        version: its name, kept with every label it gives.
        log: takes what the training says.

    Raises:
        TrainingError: it failed, took too long, or left no whole model.
    """
    options = {
        "work": trainer.work,
        "subject": trainer.corpus,
        "reviews": rows,
        "out": out,
        "version": version,
        "epochs": trainer.epochs,
    }
    if trainer.learns_on:
        options["start"] = trainer.model
    command = [str(trainer.python), "-m", "models.train", "retrain"]
    command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
    try:
        code = _finish(command, log)
    except subprocess.TimeoutExpired as error:
        raise TrainingError(f"not done after {LONGEST_S / 3600:g} hours; see {log}") from error
    lacking = [name for name in FILES if not (out / name).is_file()]
    if code or lacking:
        said = f"ended with code {code}" if code else f"left no {', '.join(lacking)}"
        raise TrainingError(f"the training {said}; see {log}")


def _finish(command: list[str], log: Path) -> int:
    """Run a command to its end, behind everything else the machine does, and leave none of it running."""
    environment = {**os.environ, "PYTHONPATH": str(CODE), "OMP_WAIT_POLICY": "PASSIVE"}
    with log.open("ab") as out:
        child = subprocess.Popen(  # noqa: S603 - the operator's own interpreter
            ["nice", "-n", "10", *command],  # noqa: S607 - of the system
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env={k: v for k, v in environment.items() if not k.startswith("CHASQUI_")},  # it needs none of our secrets
            start_new_session=True,
        )
    try:
        return child.wait(LONGEST_S)
    except BaseException:
        os.killpg(child.pid, signal.SIGTERM)
        try:
            child.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        raise
