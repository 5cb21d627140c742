"""``chasqui export`` and ``chasqui series``: the published file in other forms, and official counts into the warehouse."""

from __future__ import annotations

from pathlib import Path

from dashboards.terminal import print_answer
from flows.commands.ask import FORMATS, console, one_of, print_plain
from flows.settings import Home, load_settings
from warehouse.exporting import FORMS, export
from warehouse.official import import_file, summary
from warehouse.query import Answer, open_published
from warehouse.store import open_warehouse

SEPARATORS = (",", ";")


def run_export(into: Path | None, form: str, separator: str) -> None:
    """Export the published file and say where it lies."""
    one_of("format", form, FORMS)
    one_of("separator", separator, SEPARATORS)
    home = Home(load_settings().home)
    done = export(home.published, into or home.root / "export", form, separator)  # type: ignore[arg-type] - checked against FORMS
    print(
        f"{done.folder}: {done.files} files, {done.file_bytes / 1e6:.1f} MB, with README.md, DICTIONARY.md, datapackage.json, SHA256SUMS"
    )


def import_series(file: Path, release: str | None) -> None:
    """Take in a file of official counts and say what came of it."""
    home = Home(load_settings().home)
    with open_warehouse(home.warehouse) as con:
        done = import_file(con, file, release)
    print(
        f"{done.values} values of {', '.join(done.series)}, release {', '.join(done.releases)}, up to {done.last_period}"
    )
    if done.refused:
        worst = sorted(done.refused.items(), key=lambda item: -item[1])[:5]
        named = ", ".join(f"{name!r} ({count} rows)" for name, count in worst)
        print(f"{sum(done.refused.values())} rows name no place of Peru and count for the wider place only: {named}")
    print("They are published with the next night; against_official sets them beside our own.")


def list_series(form: str) -> None:
    """Series of the published file."""
    one_of("format", form, FORMATS)
    with open_published(Home(load_settings().home).published) as con:
        answer: Answer = summary(con)
    if not print_plain(answer, form):
        print_answer(console(), answer)
