"""Texts and pages: read, labelled, masked, linked; taken in or taken out for good."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Lines, family

app = family()


@app.command()
def extract(
    pages: Annotated[list[str], typer.Argument(help="Files or URLs.", metavar="FILE|URL …")],
) -> None:
    """Read pages into Documents, one JSON line each."""
    from flows.commands.extract import extract_pages

    raise typer.Exit(extract_pages(pages))


@app.command()
def classify(file: Lines = None) -> None:
    """Label texts and read what happened: JSON lines in, JSON lines out, in the same order."""
    from flows.commands.understand import classify_file

    raise typer.Exit(classify_file(None if file is None or str(file) == "-" else file))


@app.command()
def norms(file: Lines = None) -> None:
    """Norms of texts: kind, number, issuer, days, territory. JSON lines in and out."""
    _read("norms", file)


@app.command()
def figures(file: Lines = None) -> None:
    """Statistics that texts claim: metric, value, period, place. JSON lines in and out."""
    _read("figures", file)


@app.command()
def mask(file: Lines = None) -> None:
    """Mask private persons' names, phones, plates and accounts. JSON lines in and out."""
    _read("mask", file)


@app.command()
def link(file: Lines = None) -> None:
    """Events of mentions: documents with their mentions as JSON lines in, one line a mention out."""
    from flows.commands.link import link_file

    raise typer.Exit(link_file(None if file is None or str(file) == "-" else file))


def _read(kind: str, file: Path | None) -> None:
    from flows.commands.understand import read_file

    raise typer.Exit(read_file(kind, None if file is None or str(file) == "-" else file))


@app.command("add")
def add(
    report: Annotated[str, typer.Argument(help="A PDF, page or text file, or its address.", metavar="FILE|URL")],
    source: Annotated[str, typer.Option("--source", help="Id of the source it comes from.")],
) -> None:
    """Take in a report that arrived by mail, or a page that no list names."""
    from flows.commands.add import add_report

    add_report(report, source)


@app.command()
def forget(
    wanted: Annotated[
        str, typer.Argument(metavar="URL|ID|NAME", help="An address, a document's id, or a person's name.")
    ],
) -> None:
    """Take a page, or every page that says a name, out of archive, warehouse, published file, search, journal and logs for good."""
    from flows.commands.forget import forget_pages

    raise typer.Exit(forget_pages(wanted))
