"""``chasqui warehouse backup | restore | verify``: what is whole, and how it comes back when it is not."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from flows.failures import UsageError
from flows.progress import make_reporter
from flows.settings import Home, Settings, load_settings
from flows.steps.night import new_night, only_one
from flows.steps.rebuild import run_rebuild, settle_mail
from spiders.archive import ArchiveError, read_record
from warehouse.backup import make_backup, put_back, read_backup
from warehouse.forgetting import write_anew
from warehouse.integrity import duckdb_damage, journal_damage, sqlite_damage
from warehouse.memory import forget_again, recall
from warehouse.ops import Ops
from warehouse.search.shelf import Shelf
from warehouse.store import open_warehouse

REMEDIES = {
    "warehouse.duckdb": "chasqui warehouse restore",
    "chasqui.duckdb": "the next night publishes it anew",
    "ops.sqlite": "chasqui warehouse restore BACKUP",
    "search": "the next night makes it anew",
    "archive": "take the file from where the archive is copied to",
    "journal": "take the file from a backup",
}


def backup(file: Path | None) -> None:
    """Write a backup and say what is in it."""
    settings = load_settings()
    _needs_file(settings)
    home = Home(settings.home)
    if not home.root.is_dir():
        raise UsageError(f"nothing is in {home.root} yet")
    file = file or home.root / "backups" / f"chasqui-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"
    with only_one(home, "nightly"):
        manifest = make_backup(home.root, file)
    size = sum(p.size for p in manifest.parts)
    print(f"{file}: {len(manifest.parts)} files, {size / 1e6:.1f} MB; copy {home.archive} as well, it only grows")


def restore(file: Path | None) -> None:
    """Put a backup back, or without one make the warehouse anew from archive and journal."""
    settings = load_settings()
    _needs_file(settings)
    if file is None:
        night = new_night(settings, make_reporter(settings.log_format), "rebuild")
        report = run_rebuild(night)
        print(
            f"made anew: {report['kept']['documents']} documents, {report['kept']['events']} events, {report['lost_events']} told by no page any more"
        )
        print(f"set aside: {report['set_aside'] or 'nothing'}")
        return
    night = new_night(settings, make_reporter(settings.log_format), "restore")
    with only_one(night.home, "nightly"), tempfile.TemporaryDirectory(dir=night.home.root, prefix=".restore-") as name:
        manifest = read_backup(file, Path(name))  # every part is checked before anything is touched
        aside = put_back(Path(name), night.home.root)
        with open_warehouse(night.home.warehouse) as con:
            recalled = recall(con, night.home.journal)
            with night.ops() as ops:
                forgotten = forget_again(con, ops)
        if forgotten:
            write_anew(night.home.warehouse)
        mail = settle_mail(night)
    print(f"restored as of {manifest.made_at}; set aside: {', '.join(aside) or 'nothing'}")
    print(
        f"from the journal since: {recalled.changes} changes, {recalled.reviews} reviews, {mail} of mail; {forgotten} pages forgotten again"
    )
    print("pages archived since then are read by `chasqui backfill --warc`; the next night publishes")


def verify() -> int:
    """Print each file's state; 1 when something is damaged or missing."""
    home = Home(load_settings().home)
    damaged = 0
    for name, check in _checks(home):
        problem = check()
        damaged += problem is not None
        kind = name.split("/")[0]
        print(f"{name}: {'whole' if problem is None else f'{problem} -> {REMEDIES[kind]}'}")
    return int(damaged > 0)


def _needs_file(settings: Settings) -> None:
    if settings.warehouse_url:
        raise UsageError("the warehouse is a lake: back up its PostgreSQL and its files with their own tools")


def _checks(home: Home) -> Iterator[tuple[str, Callable[[], str | None]]]:
    yield "warehouse.duckdb", lambda: duckdb_damage(home.warehouse)
    yield "chasqui.duckdb", lambda: duckdb_damage(home.published)
    yield "ops.sqlite", lambda: sqlite_damage(home.ops)
    for path in sorted(home.journal.glob("*.jsonl")):
        yield f"journal/{path.name}", lambda path=path: journal_damage(path)
    yield "archive", lambda: _archive_damage(home)
    yield "search", lambda: Shelf(home.search).damage()


def _archive_damage(home: Home) -> str | None:
    """Pages that the frontier knows and the archive cannot give back, by their digests."""
    if sqlite_damage(home.ops) is not None:
        return None
    with Ops(home.ops) as ops:
        rows = ops.rows("archived_pages")
    bad = []
    for row in rows:
        try:
            read_record(home.archive, row["warc_file"], row["warc_offset"], row["digest"])
        except ArchiveError:
            bad.append(row["warc_file"])
    return f"{len(bad)} of {len(rows)} pages cannot be read, in {', '.join(sorted(set(bad))[:3])}" if bad else None
