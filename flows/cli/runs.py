"""Runs: a night, its parts, the past read again, the clock, and whether all is well."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import Format, family

app = family()


@app.command()
def demo(
    *,
    keep: Annotated[bool, typer.Option("--keep", help="Go on from the last demo instead of starting anew.")] = False,
) -> None:
    """One night over a small made-up press on loopback, kept under ./demo."""
    from flows.demo import run_demo

    run_demo(fresh=not keep)


@app.command()
def poll() -> None:
    """Ask feeds and news sitemaps for new addresses; fetch no page."""
    from flows.run import run_flow

    run_flow("poll")


@app.command()
def nightly() -> None:
    """One night: lists, pages, reading, labels, events, publish."""
    from flows.run import run_flow

    run_flow("nightly")


@app.command()
def serve() -> None:
    """Poll, run the night and send the digests by the clock, until stopped."""
    from flows.serve import serve_schedules

    serve_schedules()


@app.command()
def status(
    run: Annotated[str | None, typer.Argument(help="A run's id, for its whole report.")] = None, form: Format = "table"
) -> None:
    """How the last runs ended; exit code 1 when the last night did not end well."""
    from flows.commands.status import show_status

    raise typer.Exit(show_status(run, form))


@app.command()
def doctor() -> None:
    """Check the installation and say what to do about what is wrong."""
    from flows.doctor import run_doctor

    raise typer.Exit(run_doctor())


@app.command()
def reprocess(
    since: Annotated[str, typer.Option(help="First day of fetching, as 2026-09-01.")],
    source: Annotated[str | None, typer.Option(help="Of this source only.")] = None,
) -> None:
    """Read the archive again with today's extractor and model, without a request."""
    from flows.commands.reprocess import reprocess as run

    run(since, source)


@app.command()
def backfill(
    warc: Annotated[list[str] | None, typer.Option(help="WARC file or pattern; may be repeated.")] = None,
    cc_news: Annotated[
        list[str] | None, typer.Option(help="A month of CC-NEWS, as 2025-10, read from its server; may be repeated.")
    ] = None,
    workers: Annotated[
        str | None, typer.Option(help="Processes, or the address of a Dask scheduler; as set when absent.")
    ] = None,
    *,
    bills: Annotated[bool, typer.Option("--bills", help="The bill lists of Congress.")] = False,
    gazette: Annotated[
        bool, typer.Option("--gazette", help="The days of the official gazette, with their norms.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(help="Of these two: from a year or day on, as 2021 or 2024-06-01.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Of the gazette: up to a day; today when absent.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also what was read before.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be read.")] = False,
) -> None:
    """Read the past into the warehouse: archives, or official lists by the night's own ways; goes on where it was cut off."""
    from flows.commands.backfill import Asked
    from flows.commands.backfill import backfill as run

    asked = Asked(
        warc=tuple(warc or ()),
        cc_news=tuple(cc_news or ()),
        bills=bills,
        gazette=gazette,
        since=since,
        until=until,
        workers=workers,
        again=again,
        dry_run=dry_run,
    )
    raise typer.Exit(run(asked))


@app.command()
def worker(
    scheduler: Annotated[str, typer.Argument(help="Address of a Dask scheduler, as tcp://host:8786.")],
    memory: Annotated[str, typer.Option(help="Most memory; a worker that takes more is started anew.")] = "1500MB",
) -> None:
    """Read WARC files for a backfill that runs elsewhere, until stopped."""
    from flows.commands.backfill import run_worker

    run_worker(scheduler, memory)
