"""What lies on top of a finished network: the pointer, for the reader."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from models.train.commands.options import ARTIFACT, CORPUS, Subject


def point(
    model: Annotated[
        Path, typer.Option(help="Model folder whose network stays as it is; the pointer is put beside it.")
    ] = ARTIFACT,
    subject: Subject = CORPUS,
    *,
    held: Annotated[
        bool,
        typer.Option(help="Learn from the training split alone, tell how it does on calibration, and keep nothing."),
    ] = False,
    epochs: int = 3,
) -> None:
    """Train the pointer: which of the places a text names is a type's own."""
    from models.classifier import Classifier
    from models.classifier.folder import NETWORK, POINTER
    from models.corpus.store import read
    from models.reader.fit.pointed import pointed
    from models.train.encoder import Shape
    from models.train.pointer import Pointing, export, items_of, train

    rows, others = read("train", subject), read("calibration", subject)
    learnt, kept = pointed(rows, others) if held else pointed([*rows, *others])
    network = Classifier.load(model)
    items = items_of(learnt, network)
    shape = Shape(hidden=items[0].states[0].shape[1])
    trained = train(items, items_of(kept, network), Pointing(epochs=epochs), shape)
    if held:
        typer.echo(f"{len(items)} documents: measured, and not kept")
        return
    export(trained, shape.hidden, model / NETWORK, model / POINTER)
    typer.echo(f"{len(items)} documents: {model / POINTER}, {(model / POINTER).stat().st_size // 1024} KB")
