"""The export: one edition of the published file, written whole to a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboards.site.pages import print_language
from dashboards.site.printer import Printer
from dashboards.site.read import LANGUAGES, read_edition
from dashboards.site.shelf import shelf

ASSETS = Path(__file__).parent / "assets"
WEEKS = 26


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    path: Path
    events: int
    files: int
    bytes: int


def export_site(con: duckdb.DuckDBPyConnection, target: Path, weeks: int = WEEKS, permalink_base: str = "") -> Exported:
    """Write the site; what stood there before is replaced at the end, and stays when anything goes wrong.

    Args:
        con: the published file.
        target: the folder.
        weeks: how many weeks of events it holds.
        permalink_base: what an event's id follows where the world finds the site; none when empty.

    Raises:
        SiteError: the folder holds something else, or an id is no file name.
        QueryError: the published file holds no night yet.
    """
    edition = read_edition(con, weeks)
    with shelf(target) as place:
        for name, content in _assets():
            place.write(f"assets/{name}", content)
        for code in LANGUAGES:
            print_language(Printer(code, edition, place, permalink_base))
    return Exported(target, len(edition.told), place.files, place.bytes)


def _assets() -> Iterator[tuple[str, bytes]]:
    for path in sorted(ASSETS.rglob("*")):
        if path.is_file():
            yield path.relative_to(ASSETS).as_posix().lower(), path.read_bytes()
