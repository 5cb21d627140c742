"""Questions to the published file, and the file in other forms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Format, family

app = family()
series_app = family("Counts that offices publish.")
app.add_typer(series_app, name="series")


@app.command()
def timeline(
    sector: Annotated[list[str] | None, typer.Option(help="Sector; may be repeated.")] = None,
    event: Annotated[list[str] | None, typer.Option(help="Event type; may be repeated.")] = None,
    region: Annotated[
        str | None, typer.Option(help="Department, province or district, by name or UBIGEO code.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First day, as 2025-09-01.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    by: Annotated[str | None, typer.Option(help="Count by day, week or month instead of listing.")] = None,
    form: Format = "table",
) -> None:
    """Events in order of time, listed or counted."""
    from flows.commands.ask import show_timeline

    show_timeline(sector or [], event or [], region, since, until, by, form)


@app.command()
def search(
    words: Annotated[str, typer.Argument(help='Words in any form; "a phrase" in quotes; -word leaves out.')],
    sector: Annotated[list[str] | None, typer.Option(help="Sector; may be repeated.")] = None,
    event: Annotated[list[str] | None, typer.Option(help="Event type; may be repeated.")] = None,
    region: Annotated[
        str | None, typer.Option(help="Department, province or district, by name or UBIGEO code.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First day of publication, as 2025-09-01.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Source id; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most documents to show.")] = 20,
    form: Format = "table",
) -> None:
    """Find documents by their words, the likeliest first."""
    from flows.commands.search import show_search

    show_search(words, sector or [], event or [], region, since, until, source or [], limit, form)


@app.command()
def sql(query: Annotated[str, typer.Argument(help="One question in SQL.")], form: Format = "table") -> None:
    """Ask the published file in SQL, read-only."""
    from flows.commands.ask import show_sql

    show_sql(query, form)


@app.command()
def query(
    name: Annotated[str, typer.Argument(help="A question of the cookbook; `list` shows them all.")],
    param: Annotated[list[str] | None, typer.Option(help="NAME=VALUE; may be repeated.")] = None,
    form: Format = "table",
) -> None:
    """Ask the published file a question of the cookbook."""
    from flows.commands.cookbook import show_query

    show_query(name, param or [], form)


@app.command()
def export(
    folder: Annotated[Path | None, typer.Argument(help="Where to; export/ in the home when absent.")] = None,
    form: Annotated[str, typer.Option("--format", help="parquet, csv, geojson or duckdb")] = "parquet",
    separator: Annotated[str, typer.Option(help="Of CSV: , or ; where spreadsheets write a decimal comma.")] = ",",
) -> None:
    """Write the published file in another form, dated, with dictionary, description and checksums."""
    from flows.commands.publishing import run_export

    run_export(folder, form, separator)


@series_app.command("import")
def series_import(
    file: Annotated[Path, typer.Argument(help="Police workbook or CSV, death register, or CSV in the shipped form.")],
    release: Annotated[
        str | None, typer.Option(help="Month of the release, as 2026-03; from the file otherwise.")
    ] = None,
) -> None:
    """Take in counts that an office published; a release replaces itself."""
    from flows.commands.publishing import import_series

    import_series(file, release)


@series_app.command("list")
def series_list(form: Format = "table") -> None:
    """Series of the published file, with their makers and releases."""
    from flows.commands.publishing import list_series

    list_series(form)
