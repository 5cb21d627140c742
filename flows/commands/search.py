"""``chasqui search``: documents by their words, narrowed as the timeline is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from rich.console import Console
from rich.text import Text

from flows.commands.ask import FORMATS, check_filters, one_of
from flows.settings import Home, load_settings
from warehouse.query import Answer, open_published
from warehouse.search.find import Found, Narrowed, Results, find
from warehouse.search.shelf import Shelf

MOST = 1000


def show_search(
    words: str,
    sectors: Sequence[str],
    events: Sequence[str],
    region: str | None,
    since: str | None,
    until: str | None,
    sources: Sequence[str],
    limit: int,
    form: str,
) -> None:
    """Print what is found."""
    one_of("format", form, FORMATS)
    narrowed = Narrowed(check_filters(sectors, events, region, since, until), sources)
    home = Home(load_settings().home)
    with open_published(home.published) as con:
        results = find(Shelf(home.search).open(), con, words, narrowed, min(limit, MOST))
    if form == "table":
        _print(results)
    else:
        from dashboards.terminal import as_csv, as_json

        names = [f.name for f in fields(Found)]
        answer = Answer(names, [tuple(asdict(f).values()) for f in results.found], is_cut=False)
        print(as_json(answer) if form == "json" else as_csv(answer), end="\n" if form == "json" else "")


def _print(results: Results) -> None:
    console = Console(highlight=False)
    if results.is_loosened:
        console.print("no document has all of these words; these have some", style="dim")
    for found in results.found:
        told = f"  {' '.join(found.event_ids)}" if found.event_ids else ""
        console.print(Text(found.title, style="bold"))
        console.print(Text(f"{found.published_on or 'undated'}  {found.source_id}  {found.document_id}{told}", "dim"))
        snippet = Text(found.snippet)
        for start, end in found.marks:
            snippet.stylize("bold", start, end)
        console.print(snippet)
        console.print(Text(f"{found.url}\n", "dim"))
    console.print(f"{len(results.found)} documents", style="dim")
