"""Operational state in SQLite: the frontier, validators, the fetch log, outcomes, gaps, runs.

Belongs here: what has been asked for, when, and what came of it. Not here: what pages say (the warehouse), or asking
(the spiders). Every method is one transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from warehouse.records import Outcome
from warehouse.sqlfiles import migrations, statements

SQL = statements("ops")
NIGHTS_TO_TRY = 3  # a page that fails so many nights is given up
# Named errors of a request -> the outcome of its page. Anything not named is a network error.
ERROR_OUTCOME = {
    "robots_disallowed": Outcome.ROBOTS_DISALLOWED,
    "off_registry": Outcome.OFF_REGISTRY,
    "private_address": Outcome.OFF_REGISTRY,
    "too_large": Outcome.TOO_LARGE,
    "timeout": Outcome.TOO_SLOW,
}
FINAL_ERRORS = frozenset({Outcome.ROBOTS_DISALLOWED, Outcome.OFF_REGISTRY, Outcome.TOO_LARGE})
GONE_STATUS = frozenset({404, 410})


# URL -> canonical URL, and outcome with reason when the page is not to be asked for
Judge = Callable[[str], tuple[str | None, Outcome | None, str | None]]


class NewerStoreError(Exception):
    """The file was made by a newer program."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A page waiting to be asked for."""

    canonical_url: str
    url: str
    etag: str | None
    last_modified: str | None


@dataclass(slots=True)
class Ingested:
    """What the taking in of children's logs changed."""

    requests: int = 0
    found: int = 0
    new_urls: int = 0
    gaps: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)


class Ops:
    """One connection to ``ops.sqlite``."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._migrate(path)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _migrate(self, path: Path) -> None:
        steps = migrations("ops")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > steps[-1][0]:
            raise NewerStoreError(
                f"{path} was made by a newer chasqui (schema {version}, this one knows {steps[-1][0]})"
            )
        for number, script in steps:
            if number > version:
                self._db.executescript(f"BEGIN;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
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
        with self._transaction() as db:
            db.execute(SQL["start_run"], (run_id, kind, _now()))

    def end_run(self, run_id: str, state: str, report: dict[str, Any] | None = None) -> None:
        """Note how a run ended: done, failed or resumed (by a later one)."""
        with self._transaction() as db:
            db.execute(SQL["end_run"], (state, _now(), json.dumps(report, ensure_ascii=False), run_id))

    def last_good_night(self) -> datetime | None:
        """When the last night that published ended."""
        row = self._db.execute(SQL["last_good_night"]).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    # -------------------------------------------------------------- frontier

    def register_ways(self, ways: Iterable[tuple[str, str, str]]) -> None:
        """Make the (url, source id, kind) of the registry's ways known."""
        with self._transaction() as db:
            db.executemany(SQL["upsert_way"], [{"url": u, "source_id": s, "kind": k} for u, s, k in ways])

    def validators(self, way_url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of a way's last good answer."""
        row = self._db.execute(SQL["validators"], (way_url,)).fetchone()
        return (row[0], row[1]) if row else (None, None)

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
            judge: gives the canonical URL (None for an address that is none) and, for one not to be asked for, why.
        """
        done = Ingested()
        with self._transaction() as db:
            row = db.execute(SQL["log_lines"], (str(path),)).fetchone()
            fresh = lines[row[0] if row else 0 :]
            seen_before: dict[str, int] = {}
            for line in fresh:
                kind = line["kind"]
                if kind == "exchange":
                    self._take_exchange(db, line, run_id, source_id, judge, done)
                elif kind == "found":
                    self._take_found(db, line, run_id, source_id, judge, done, seen_before)
                elif kind == "way":
                    self._take_way(db, line, run_id, source_id, done, seen_before)
            db.execute(SQL["save_log"], (str(path), len(lines)))
        return done

    def _take_exchange(
        self,
        db: sqlite3.Connection,
        line: dict[str, Any],
        run_id: str,
        source_id: str,
        judge: Judge,
        done: Ingested,
    ) -> None:
        values = {**line, "run_id": run_id, "source_id": source_id}
        db.execute(SQL["insert_exchange"], values)
        done.requests += 1
        if line["way"] != "article":
            if line["status"] == 200:
                db.execute(SQL["way_answered"], values)
            return
        url = judge(line["url"])[0]
        if url is None:
            return
        values["canonical_url"] = url
        if line["status"] == 200 and line["error"] is None:
            db.execute(SQL["page_fetched"], values)
            return
        outcome, reason = outcome_of(line["status"], line["error"])
        attempts = (db.execute(SQL["attempts"], (url,)).fetchone() or (0,))[0] + 1
        is_over = outcome in FINAL_ERRORS or outcome in {Outcome.GONE, Outcome.UNCHANGED} or attempts >= NIGHTS_TO_TRY
        values |= {"state": "done" if is_over else "pending", "attempt": 1, "outcome": outcome, "reason": reason}
        db.execute(SQL["page_ended"], values)
        self._count(db, run_id, source_id, url, outcome, reason, done)

    def _take_found(
        self,
        db: sqlite3.Connection,
        line: dict[str, Any],
        run_id: str,
        source_id: str,
        judge: Judge,
        done: Ingested,
        seen_before: dict[str, int],
    ) -> None:
        done.found += 1
        url, refusal, reason = judge(line["url"])
        if url is None:
            return
        known = db.execute(SQL["find_url"], (url,)).fetchone()
        values = {**line, "canonical_url": url, "source_id": source_id, "now": _now()}
        if known is None:
            db.execute(SQL["insert_found"], values)
            done.new_urls += 1
            if refusal is not None:
                values |= {"state": "done", "attempt": 0, "outcome": refusal, "reason": reason, "run_id": run_id}
                db.execute(SQL["page_ended"], values)
                self._count(db, run_id, source_id, url, refusal, reason, done)
            return
        seen_before[line["way_url"]] = seen_before.get(line["way_url"], 0) + 1
        if line["updated_at"] and known["updated_at"] and line["updated_at"] > known["updated_at"]:
            db.execute(SQL["revisit"], values)
        db.execute(SQL["complete_found"], values)

    def _take_way(
        self,
        db: sqlite3.Connection,
        line: dict[str, Any],
        run_id: str,
        source_id: str,
        done: Ingested,
        seen: dict[str, int],
    ) -> None:
        before = db.execute(SQL["way_before"], (line["url"],)).fetchone()
        oldest = line.get("oldest")
        turned_over = line["state"] == "read" and not seen.get(line["url"]) and before and before["reads"]
        if turned_over and before["newest_item_at"] and oldest and oldest > before["newest_item_at"]:
            gap = {
                "way_url": line["url"],
                "source_id": source_id,
                "run_id": run_id,
                "noticed_at": _now(),
                "newest_known": before["newest_item_at"],
                "oldest_seen": oldest,
            }
            db.execute(SQL["insert_gap"], gap)
            done.gaps += 1
        db.execute(SQL["way_read"], {"reason": None, "newest": None, **line, "now": _now()})

    def record_reading(
        self, results: Iterable[tuple[str, str, str, Outcome, str | None, list[str] | None, str | None]]
    ) -> dict[str, int]:
        """Note what became of fetched pages: (canonical URL, run, source, outcome, reason, document ids, text hash)."""
        done = Ingested()
        with self._transaction() as db:
            for url, run_id, source_id, outcome, reason, ids, text_hash in results:
                values = {
                    "canonical_url": url,
                    "outcome": outcome,
                    "reason": reason,
                    "document_ids": json.dumps(ids) if ids else None,
                    "text_hash": text_hash,
                }
                db.execute(SQL["page_read"], values)
                self._count(db, run_id, source_id, url, outcome, reason, done)
        return done.outcomes

    def _count(
        self,
        db: sqlite3.Connection,
        run_id: str,
        source_id: str,
        url: str,
        outcome: Outcome,
        reason: str | None,
        done: Ingested,
    ) -> None:
        values = {"run_id": run_id, "canonical_url": url, "source_id": source_id, "outcome": outcome, "reason": reason}
        db.execute(SQL["insert_outcome"], values)
        done.outcomes[outcome] = done.outcomes.get(outcome, 0) + 1


def outcome_of(status: int | None, error: str | None) -> tuple[Outcome, str]:
    """The outcome and named reason of a request that gave no page to read."""
    if error is not None:
        return ERROR_OUTCOME.get(error, Outcome.NETWORK_ERROR), error
    if status == 304:
        return Outcome.UNCHANGED, "http_304"
    if status in GONE_STATUS:
        return Outcome.GONE, f"http_{status}"
    return Outcome.HTTP_ERROR, f"http_{status}"


def _now() -> str:
    return datetime.now(UTC).isoformat()
