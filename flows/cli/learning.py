"""The model: measured, trained, promoted; its corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import family

app = family()
corpus_app = family("The labelled corpus.")
app.add_typer(corpus_app, name="corpus")


@app.command()
def evaluate(
    file: Annotated[
        Path | None, typer.Argument(help="Labelled JSON lines; the corpus's test split when absent.")
    ] = None,
) -> None:
    """Per-label figures of the model beside its rivals."""
    from flows.commands.learn import show_evaluation

    show_evaluation(file)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def train(context: typer.Context) -> None:
    """Train the classifier (needs torch: models/train/requirements.txt); arguments go to `python -m models.train`."""
    from flows.commands.learn import run_training

    raise typer.Exit(run_training(context.args))


@app.command()
def promote(
    folder: Annotated[Path, typer.Argument(help="Folder of the new model.")],
    against: Annotated[
        Path | None, typer.Option(help="Labelled JSON lines; the corpus's test split when absent.")
    ] = None,
) -> None:
    """Put a new model in the old one's place, if no core label reads worse."""
    from flows.commands.learn import promote_model

    raise typer.Exit(promote_model(folder, against))


@app.command()
def retrain() -> None:
    """Train anew from corpus and judged documents (settings train_*); promote the model if no core label reads worse."""
    from flows.commands.learn import retrain_model

    raise typer.Exit(retrain_model())


@corpus_app.command("import", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def corpus_import(context: typer.Context) -> None:
    """Turn authors' drafts into corpus lines."""
    from flows.commands.learn import run_corpus

    raise typer.Exit(run_corpus("import", context.args))


@corpus_app.command("check", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def corpus_check(context: typer.Context) -> None:
    """Check spans, labels, lengths, duplicates and balance of the corpus."""
    from flows.commands.learn import run_corpus

    raise typer.Exit(run_corpus("check", context.args))
