"""The registry of sources."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import Format, family

app = family()
sources_app = family("The registry of sources.")
app.add_typer(sources_app, name="sources")


@sources_app.command("list")
def sources_list(form: Format = "table") -> None:
    """All sources of the registry."""
    from flows.commands.sources import list_sources

    list_sources(form)


@sources_app.command("show")
def sources_show(source_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """One source: its entry, what its lists last answered, its pages."""
    from flows.commands.sources import show_source

    show_source(source_id)


@sources_app.command("check")
def sources_check(ids: Annotated[list[str] | None, typer.Argument(metavar="[ID …]")] = None) -> None:
    """Ask sources and say what works now: robots.txt, every list, the newest item, one page read."""
    from flows.commands.sources import check_sources

    raise typer.Exit(check_sources(ids or []))


@sources_app.command("add")
def sources_add(url: Annotated[str, typer.Argument(metavar="URL")]) -> None:
    """Find a site's feeds and sitemaps, read two of its pages, print a registry entry to paste."""
    from flows.commands.sources import add_source

    add_source(url)
