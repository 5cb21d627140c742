"""The command ``chasqui``. Heavy libraries are imported by the command that needs them, so that help comes at once.

Exit codes: 0 done, 1 failed with one clear line (a traceback only with ``--debug``), 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.failures import explain

app = typer.Typer(
    name="chasqui",
    help="Monitor of news and legislation on extortion in Peru.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: rich would take longer to import than all else together
)
sources_app = typer.Typer(help="The registry of sources.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(sources_app, name="sources")
warehouse_app = typer.Typer(help="The warehouse's homes.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(warehouse_app, name="warehouse")
review_app = typer.Typer(help="What persons say of labels and events.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(review_app, name="review")
dashboard_app = typer.Typer(help="The dashboard, in a browser.", rich_markup_mode=None)
app.add_typer(dashboard_app, name="dashboard")
corpus_app = typer.Typer(help="The labelled corpus.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(corpus_app, name="corpus")
series_app = typer.Typer(help="Counts that offices publish.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(series_app, name="series")
groups_app = typer.Typer(help="The groups that get a digest.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(groups_app, name="groups")
unsubscribe_app = typer.Typer(help="Who wants no more mail.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(unsubscribe_app, name="unsubscribe")


Lines = Annotated[Path | None, typer.Argument(help="JSON lines; standard input when absent or '-'.")]
Format = Annotated[str, typer.Option("--format", help="table, json or csv")]


@app.callback()
def _options(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a failure.")] = False,
    home: Annotated[Path | None, typer.Option(help="Where everything is kept; CHASQUI_HOME otherwise.")] = None,
) -> None:
    if debug:
        os.environ["CHASQUI_DEBUG"] = "1"
    if home is not None:
        os.environ["CHASQUI_HOME"] = str(home)


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
def backfill(
    warc: Annotated[list[str] | None, typer.Option(help="WARC file or pattern; may be repeated.")] = None,
    workers: Annotated[
        str | None, typer.Option(help="Processes, or the address of a Dask scheduler; as set when absent.")
    ] = None,
    *,
    again: Annotated[bool, typer.Option("--again", help="Also files that were read before.")] = False,
) -> None:
    """Read archives of the past into the warehouse; goes on where it was cut off."""
    from flows.commands.backfill import backfill_warc

    raise typer.Exit(backfill_warc(warc or [], workers, again=again))


@app.command()
def worker(
    scheduler: Annotated[str, typer.Argument(help="Address of a Dask scheduler, as tcp://host:8786.")],
    memory: Annotated[str, typer.Option(help="Most memory; a worker that takes more is started anew.")] = "1500MB",
) -> None:
    """Read WARC files for a backfill that runs elsewhere, until stopped."""
    from flows.commands.backfill import run_worker

    run_worker(scheduler, memory)


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
def reprocess(
    since: Annotated[str, typer.Option(help="First day of fetching, as 2026-09-01.")],
    source: Annotated[str | None, typer.Option(help="Of this source only.")] = None,
) -> None:
    """Read the archive again with today's extractor and model, without a request."""
    from flows.commands.reprocess import reprocess as run

    run(since, source)


@app.command()
def forget(
    wanted: Annotated[
        str, typer.Argument(metavar="URL|ID|NAME", help="An address, a document's id, or a person's name.")
    ],
) -> None:
    """Take a page, or every page that says a name, out of archive, warehouse, published file, search, journal and logs for good."""
    from flows.commands.forget import forget_pages

    raise typer.Exit(forget_pages(wanted))


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


ReviewedBy = Annotated[str | None, typer.Option("--by", help="Reviewer; the login name when absent.")]
ReviewNote = Annotated[str | None, typer.Option(help="Why, in your own words; kept, never published.")]


@review_app.command("list")
def review_list(limit: Annotated[int, typer.Option(min=1, help="Most to show.")] = 30, form: Format = "table") -> None:
    """What deserves a look: doubtful labels, weighty events, judgements whose page says something else now."""
    from flows.commands.review import list_queue

    list_queue(limit, form)


@review_app.command("label")
def review_label(
    document: Annotated[str, typer.Argument(help="Document id.")],
    label: Annotated[str, typer.Argument(help="Sector or event type.")],
    verdict: Annotated[str, typer.Argument(help="accept, add or remove.")],
    by: ReviewedBy = None,
    note: ReviewNote = None,
) -> None:
    """Say that a document carries a label, or does not; counts from the next night on."""
    from flows.commands.review import judge_label

    judge_label(document, label, verdict, by, note)


@review_app.command("event")
def review_event(
    event: Annotated[str, typer.Argument(help="Event id.")],
    *,
    accept: Annotated[bool, typer.Option("--accept", help="It is right as it stands.")] = False,
    retract: Annotated[bool, typer.Option("--retract", help="It did not happen, or is none of ours.")] = False,
    fields: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="As killed=2 or sectors=transport,bodegas; 'unknown' is a value."
        ),
    ] = None,
    same_as: Annotated[str | None, typer.Option(help="Another event that is the same happening.")] = None,
    split_off: Annotated[str | None, typer.Option(help="Document that tells another happening.")] = None,
    by: ReviewedBy = None,
    note: ReviewNote = None,
) -> None:
    """Accept, correct, retract, merge or split an event; counts from the next night on."""
    from flows.commands.review import judge_event

    judge_event(
        event,
        accept=accept,
        retract=retract,
        settings=fields or [],
        same_as=same_as,
        split_off=split_off,
        by=by,
        note=note,
    )


@review_app.command("export")
def review_export(
    file: Annotated[Path | None, typer.Argument(help="File to write; standard output when absent.")] = None,
) -> None:
    """Judged documents as training rows, one JSON line each; they hold full texts."""
    from flows.commands.review import export_rows

    export_rows(file)


@warehouse_app.command("backup")
def warehouse_backup(
    file: Annotated[
        Path | None, typer.Argument(help="Tar file to write; one in the home's backups when absent.")
    ] = None,
) -> None:
    """Write warehouse, operational state and journal into one file; the archive is copied by other means."""
    from flows.commands.backup import backup

    backup(file)


@warehouse_app.command("restore")
def warehouse_restore(
    file: Annotated[Path | None, typer.Argument(help="A backup; archive and journal when absent.")] = None,
) -> None:
    """Put a backup back, or make the warehouse anew from archive and journal; nothing is asked for again."""
    from flows.commands.backup import restore

    restore(file)


@warehouse_app.command("verify")
def warehouse_verify() -> None:
    """Read every file whole and say which is damaged; exit code 1 when one is."""
    from flows.commands.backup import verify

    raise typer.Exit(verify())


@app.command()
def sql(query: Annotated[str, typer.Argument(help="One question in SQL.")], form: Format = "table") -> None:
    """Ask the published file in SQL, read-only."""
    from flows.commands.ask import show_sql

    show_sql(query, form)


@app.command()
def digest(
    group: Annotated[str | None, typer.Option(help="One group; all of them otherwise.")] = None,
    week: Annotated[str | None, typer.Option(help="As 2025-W43; the last whole week otherwise.")] = None,
    *,
    send: Annotated[bool, typer.Option("--send", help="Send it to the groups' recipients, each once.")] = False,
    alerts: Annotated[bool, typer.Option("--alerts", help="Send today's alerts to groups that want them.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --send: say what would be sent, send nothing.")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Write pages to the home's digest folder and open them.")
    ] = False,
    to: Annotated[str | None, typer.Option(help="Send one copy to this address, to try.")] = None,
) -> None:
    """The week by group, as the mail tells it: on the terminal, as pages, or sent."""
    from flows.commands.digest import run_digest

    raise typer.Exit(run_digest(group, week, send=send, alerts=alerts, dry_run=dry_run, preview=preview, to=to))


@groups_app.command("check")
def groups_check() -> None:
    """Check the groups' file and count recipients."""
    from flows.commands.digest import check_groups

    raise typer.Exit(check_groups())


@unsubscribe_app.command("serve")
def unsubscribe_serve(
    host: Annotated[str, typer.Option(help="Address to listen on, behind a proxy that speaks HTTPS.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0: any free one.")] = 8025,
) -> None:
    """Listen for unsubscriptions; the one listener meant to be public."""
    from flows.commands.unsubscribe import serve_unsubscribe

    serve_unsubscribe(host, port)


@unsubscribe_app.command("add")
def unsubscribe_add(
    address: Annotated[str, typer.Argument(help="Mail address.")],
    group: Annotated[str | None, typer.Option(help="One group; all of them otherwise.")] = None,
) -> None:
    """Send no more mail to an address."""
    from flows.commands.unsubscribe import add_suppression

    add_suppression(address, group)


@unsubscribe_app.command("list")
def unsubscribe_list() -> None:
    """Who gets no mail, why and since when."""
    from flows.commands.unsubscribe import list_suppressions

    list_suppressions()


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


@app.command()
def doctor() -> None:
    """Check the installation and say what to do about what is wrong."""
    from flows.doctor import run_doctor

    raise typer.Exit(run_doctor())


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


@warehouse_app.command("move")
def warehouse_move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="File, or ducklake:postgres:… address.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The same; must not hold a warehouse yet.")],
    files: Annotated[Path | None, typer.Option(help="Folder of the lake's tables; as set when absent.")] = None,
) -> None:
    """Carry the warehouse from one home to another and prove that all of it arrived."""
    from flows.commands.warehouse import move_warehouse

    move_warehouse(source, target, files)


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


@app.command("add")
def add(
    report: Annotated[str, typer.Argument(help="A PDF, page or text file, or its address.", metavar="FILE|URL")],
    source: Annotated[str, typer.Option("--source", help="Id of the source it comes from.")],
) -> None:
    """Take in a report that arrived by mail, or a page that no list names."""
    from flows.commands.add import add_report

    add_report(report, source)


@dashboard_app.callback(invoke_without_command=True)
def dashboard(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on; this machine alone otherwise.")] = None,
    port: Annotated[int | None, typer.Option(help="Its port.")] = None,
) -> None:
    """Serve the dashboard until stopped."""
    if context.invoked_subcommand is not None:
        return
    from flows.commands.dashboard import serve_dashboard

    serve_dashboard(host, port)


@dashboard_app.command("export")
def dashboard_export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the site goes; a former one is replaced.")],
    weeks: Annotated[int, typer.Option(min=1, max=520, help="Weeks of events, the last one known included.")] = 26,
) -> None:
    """Write the static edition: a site that any web host can serve."""
    from flows.commands.site import export

    export(folder, weeks)


@dashboard_app.command("secret")
def dashboard_secret() -> None:
    """Hash a reviewer's secret for the settings."""
    from flows.commands.dashboard import print_secret

    print_secret()


def main() -> None:
    """Entry of the command; turns every failure into one line and an exit code."""
    try:
        app(standalone_mode=True)
    except SystemExit:
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        print("chasqui: interrupted", file=sys.stderr)
        sys.exit(1)
    except Exception as error:  # whatever went wrong, a person gets one line; --debug shows all of it
        if os.environ.get("CHASQUI_DEBUG"):
            raise
        code, line = explain(error)
        print(f"chasqui: {line}", file=sys.stderr)
        sys.exit(code)


if __name__ == "__main__":
    main()
