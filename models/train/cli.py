"""The training program: its sub-commands in the order of the way. What they do is in ``commands``."""

from __future__ import annotations

import logging

import typer

from models.train.commands import compare, labels, language, pointer, whole

app = typer.Typer(help="Train the classifier, step by step.", no_args_is_help=True)
STEPS = (
    language.tokenizer,
    language.embeddings,
    language.mlm,
    language.borrow,
    labels.finetune,
    labels.blend,
    labels.export,
    labels.calibrate,
    labels.rival,
    pointer.point,
    whole.retrain,
    compare.compare,
)


@app.callback()
def configure() -> None:
    """Plain log lines on standard error."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")


for step in STEPS:
    app.command()(step)
app.command("all")(whole.everything)
