"""``chasqui corpus``: import author drafts, check the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from models import taxonomy
from models.corpus import store
from models.corpus.check import TEST_PIN, check_pin, examine, misplaced
from models.corpus.drafts import DraftError, read_drafts

app = typer.Typer(help="The labelled corpus: import drafts, check the whole.", no_args_is_help=True)
Folder = Annotated[Path, typer.Option(help="Folder of the JSON lines.")]


@app.command("import")
def import_drafts(
    drafts: Annotated[list[Path], typer.Argument(help="Draft files (TOML).")],
    folder: Folder = store.FOLDER,
    keep: Annotated[bool, typer.Option(help="Keep the documents already there.")] = True,  # noqa: FBT002 - an option of the command line
    pin: Annotated[bool, typer.Option(help="Write the hash of the new test split: an act of its own.")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Turn drafts into corpus lines; a draft that cannot be resolved stops the import."""
    rows = {row["id"]: row for row in (store.read(folder=folder) if keep else [])}
    errors: list[str] = []
    for path in drafts:
        try:
            rows |= {row["id"]: row for row in read_drafts(path)}
        except DraftError as error:
            errors.append(str(error))
    for error in errors:
        typer.echo(error, err=True)
    if errors:
        raise typer.Exit(1)
    counts = store.write(rows.values(), folder)
    if pin:
        (folder / TEST_PIN).write_text(store.digest(store.read("test", folder)) + "\n", encoding="utf-8")
    typer.echo(", ".join(f"{name} {count}" for name, count in counts.items()))


@app.command()
def check(
    folder: Folder = store.FOLDER,
    least: Annotated[int, typer.Option(help="Positives and hard negatives that each label needs.")] = 120,
    allowed: Annotated[
        int, typer.Option(help="Findings that are tolerated: a shrinking number, kept in the changelog.")
    ] = 0,
) -> None:
    """Print counts and findings; fails when there are more findings than allowed."""
    tree = taxonomy.load()
    report = examine(store.read(folder=folder), tree, least)
    findings = [*report.findings, *misplaced(folder), *([pin] if (pin := check_pin(folder)) else [])]
    typer.echo(
        f"{report.documents} documents, {report.clean} without a label, {dict(report.languages)}, {dict(report.by_split)}"
    )
    typer.echo(f"distinct trigrams {report.trigram_ratio:.3f}, hash {report.digest[:16]}")
    for name in tree.names:
        typer.echo(f"  {name:20s} {report.positives[name]:4d} positives {report.hard[name]:4d} hard negatives")
    for finding in findings:
        typer.echo(finding, err=True)
    if len(findings) > allowed:
        raise typer.Exit(1)
