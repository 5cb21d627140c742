"""Several steps in their order: everything from plain text, or once more on a corpus that has grown."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from pathlib import Path
from typing import Annotated

import typer

from models.train.commands.labels import calibrate, export, finetune, rival
from models.train.commands.language import embeddings, mlm, tokenizer
from models.train.commands.options import ARTIFACT, CORPUS, General, Out, Subject, Version, Work

FURTHER_RATE = 2.5e-4  # half of what heads that know nothing begin with


def retrain(
    work: Work,
    reviews: Annotated[Path, typer.Option(help="Judged documents to learn from besides the corpus (JSON lines).")],
    out: Out,
    version: Version,
    subject: Subject = CORPUS,
    epochs: int = 10,
    start: Annotated[
        Path | None,
        typer.Option(help="Model folder to go on from; without one, what was pre-trained is fine-tuned anew."),
    ] = None,
) -> None:
    """Learn from a corpus that has grown; one cut off goes on, over the same texts from the same start."""
    from models.classifier.folder import NETWORK, version_of
    from models.corpus import store
    from models.train.grown import GROWN, grow

    work.mkdir(parents=True, exist_ok=True)
    with (work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # its caller may be gone, and another have come
        except BlockingIOError:
            raise typer.BadParameter(f"another training works in {work}") from None
        grown = grow(subject, reviews, work / GROWN)
        begun = b"" if start is None else (start / NETWORK).read_bytes()
        learnt = store.digest(store.read(folder=grown)).encode()
        name = f"retrain-{hashlib.sha256(learnt + begun).hexdigest()[:12]}"
        for former in work.glob("retrain-*"):
            if former.name != name:  # it learnt from other texts, or from another start
                shutil.rmtree(former)
        if start is None:
            finetune(work, grown, name=name, epochs=epochs)
        else:
            finetune(work, grown, start, name, epochs, FURTHER_RATE)
        export(work, name, out)
        rival(out, grown)
        calibrate(out, version, grown, begun_from="" if start is None else version_of(start))
        shutil.rmtree(work / name)
        shutil.rmtree(grown)


def everything(
    general: General,
    work: Work,
    version: Version,
    subject: Subject = CORPUS,
    out: Out = ARTIFACT,
    steps: int = 9_000,
) -> None:
    """All steps in their order; what an earlier run left in the work folder is not made again."""
    if not (work / "general.npy").exists():
        tokenizer(general, work, subject)
    if not (work / "embeddings-256.npy").exists():
        embeddings(work, subject)
    mlm(work, subject, steps=steps)
    finetune(work, subject)
    export(work, out=out)
    rival(out, subject)
    calibrate(out, version, subject)
