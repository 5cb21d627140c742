"""Operational state in SQLite: the frontier, validators, the fetch log, outcomes, gaps, runs.

Belongs here: what has been asked for, when, and what came of it. Not here: what pages say (the warehouse), or asking
(the spiders). Every method is one transaction.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

from warehouse.ingest import NIGHTS_TO_TRY, Ingested, Intake, Judge
from warehouse.records import LIMA, Outcome
from warehouse.sqlfiles import migrations, statements

SQL = statements("ops")
ARCHIVE_LOST = "archive: "  # how the reason begins of a page whose archived copy cannot be read
KEPT = frozenset({Outcome.NEW, Outcome.CHANGED})


class NewerStoreError(Exception):
    """The file was made by a newer program."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A page waiting to be asked for."""

    canonical_url: str
    url: str
    etag: str | None
    last_modified: str | None


class Ops:
    """One connection to ``ops.sqlite``."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        try:
            self._db.execute("PRAGMA synchronous = FULL")
            self._prepare(path)
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self, path: Path) -> None:
        """Bring the file to this program's schema. Of several that open it at once, one does; the others wait and find it done."""
        steps = migrations("ops")
        newest = steps[-1][0]
        if (version := self._ask("user_version")) > newest:
            raise NewerStoreError(f"{path} was made by a newer chasqui (schema {version}, this one knows {newest})")
        if version < newest or self._ask("journal_mode") != "wal":
            with _alone_in(path.parent):
                self._db.execute("PRAGMA journal_mode = WAL")  # for this SQLite does not wait until others are done
                version = self._ask("user_version")
                for number, script in steps:
                    if number > version:
                        self._db.executescript(f"BEGIN;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")

    def _ask(self, pragma: str) -> Any:
        return self._db.execute(f"PRAGMA {pragma}").fetchone()[0]

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def rows(self, name: str, *parameters: object) -> list[sqlite3.Row]:
        """Rows of a named statement that reads."""
        return self._db.execute(SQL[name], parameters).fetchall()

    # ------------------------------------------------------------------ runs

    def start_run(self, run_id: str, kind: str) -> None:
        """Note that a run began."""
        with self.transaction() as db:
            db.execute(SQL["start_run"], (run_id, kind, _now()))

    def end_run(self, run_id: str, state: str, report: dict[str, Any] | None = None) -> None:
        """Note how a run ended: done, failed or resumed (by a later one)."""
        with self.transaction() as db:
            db.execute(SQL["end_run"], (state, _now(), json.dumps(report, ensure_ascii=False), run_id))

    def last_good_night(self) -> datetime | None:
        """When the last night that published ended; one that ended ahead of the clock, before it was set right, says nothing."""
        row = self._db.execute(SQL["last_good_night"], (_now(),)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    # -------------------------------------------------------------- forgotten

    def forgotten(self) -> frozenset[str]:
        """Ids of the pages that are never asked for again."""
        return frozenset(row["document_id"] for row in self.rows("forgotten"))

    def write_anew(self) -> None:
        """Write the file anew, without what its freed pages still hold."""
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # -------------------------------------------------------------- frontier

    def register_ways(self, ways: Iterable[tuple[str, str, str]]) -> None:
        """Make the (url, source id, kind) of the registry's ways known."""
        with self.transaction() as db:
            db.executemany(SQL["upsert_way"], [{"url": u, "source_id": s, "kind": k} for u, s, k in ways])

    def validators(self, way_url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of a way's last good answer."""
        row = self._db.execute(SQL["validators"], (way_url,)).fetchone()
        return (row[0], row[1]) if row else (None, None)

    def is_due(self, way_url: str, today: date, every_days: int) -> bool:
        """Whether a list that is asked every so many days is to be asked on a day."""
        row = self._db.execute(SQL["way_last_read"], (way_url,)).fetchone()
        if every_days == 1 or row is None or row[0] is None:
            return True
        age = (today - datetime.fromisoformat(row[0]).astimezone(LIMA).date()).days
        return not 0 <= age < every_days  # a clock that was set back makes it due

    def item_digests(self, source_id: str) -> dict[str, str]:
        """Digests of a source's archived pages by the address to ask for."""
        return {row["url"]: row["digest"] for row in self.rows("item_digests", source_id)}

    def pending(self, source_id: str, limit: int) -> list[Pending]:
        """Pages of a source to ask for, newest first."""
        return [Pending(**dict(row)) for row in self.rows("pending", source_id, limit)]

    def ingest(
        self,
        path: Path,
        run_id: str,
        source_id: str,
        lines: Sequence[dict[str, Any]],
        judge: Judge,
    ) -> Ingested:
        """Take in the lines of a child's log that have not been taken in yet.

        Args:
            path: the log, by whose name its progress is kept.
            run_id: the run that wrote it.
            source_id: whose log it is.
            lines: all its whole lines so far.
            judge: what is thought of an address.
        """
        with self.transaction() as db:
            row = db.execute(SQL["log_lines"], (str(path),)).fetchone()
            intake = Intake(db, run_id, source_id, judge)
            for line in lines[row[0] if row else 0 :]:
                intake.take(line)
            db.execute(SQL["save_log"], (str(path), len(lines)))
        return intake.done

    def record_reading(
        self, results: Iterable[tuple[str, str, str, Outcome, str | None, list[str] | None, str | None]]
    ) -> dict[str, int]:
        """Note what became of fetched pages: (canonical URL, run, source, outcome, reason, document ids, text hash).

        A page that the archive has lost (reason ``archive: …``) is asked for again.
        """
        counts: dict[str, int] = {}
        with self.transaction() as db:
            for url, run_id, source_id, outcome, reason, ids, text_hash in results:
                values = {
                    "canonical_url": url,
                    "run_id": run_id,
                    "source_id": source_id,
                    "outcome": outcome,
                    "reason": reason,
                    "document_ids": json.dumps(ids) if ids else None,
                    "text_hash": text_hash,
                }
                db.execute(SQL["page_read"], values)
                if reason is not None and reason.startswith(ARCHIVE_LOST):
                    db.execute(SQL["page_lost"], {"canonical_url": url, "nights": NIGHTS_TO_TRY})
                db.execute(SQL["insert_outcome"], values)
                counts[outcome] = counts.get(outcome, 0) + 1
        return counts

    def record_captures(self, run_id: str, pages: Iterable[Mapping[str, Any]]) -> dict[str, int]:
        """Note what became of pages that came from elsewhere, each a frontier row's columns; those kept become known pages."""
        counts: dict[str, int] = {}
        with self.transaction() as db:
            for page in pages:
                ids = json.dumps(page["document_ids"]) if page["document_ids"] else None
                values = {**page, "run_id": run_id, "now": _now(), "document_ids": ids}
                if page["outcome"] in KEPT:
                    db.execute(SQL["keep_capture"], values)
                db.execute(SQL["insert_outcome"], values)
                counts[page["outcome"]] = counts.get(page["outcome"], 0) + 1
        return counts

    def record_again(self, read: Iterable[tuple[str, Outcome, list[str], str]]) -> None:
        """Note what archived pages gave when they were read again: (canonical URL, outcome, document ids, text hash)."""
        with self.transaction() as db:
            db.executemany(SQL["page_read_again"], [(o, json.dumps(ids), h, url) for url, o, ids, h in read])

    def forget_segment(self, warc_file: str) -> bool:
        """Note that a file of the archive goes; False when pages in it still wait to be read."""
        with self.transaction() as db:
            if db.execute(SQL["waits_in_segment"], (warc_file,)).fetchone()[0]:
                return False
            db.execute(SQL["forget_segment"], (warc_file,))
        return True


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Nobody else meanwhile; the kernel frees the lock when the process dies, and nothing is left behind."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _now() -> str:
    return datetime.now(UTC).isoformat()
