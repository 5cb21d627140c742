"""Taking in what a crawling child logged: exchanges, addresses found, lists read. Into the frontier, a line once.

Here: what a logged line changes. Not here: the tables and their other uses (``ops``), the log's form (``spiders.crawl``).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from warehouse.records import Outcome
from warehouse.sqlfiles import statements

SQL = statements("ops")
NIGHTS_TO_TRY = 3  # a page that fails so many nights is given up
WINDOWS = frozenset({"feed", "gobpe"})  # lists that show the newest items and lose the others
REMEMBERED_ITEMS = 1000  # addresses of a list's last reading kept to see whether its window turned over
# Named errors of a request -> the outcome of its page. Anything not named is a network error.
ERROR_OUTCOME = {
    "robots_disallowed": Outcome.ROBOTS_DISALLOWED,
    "off_registry": Outcome.OFF_REGISTRY,
    "private_address": Outcome.OFF_REGISTRY,
    "too_large": Outcome.TOO_LARGE,
    "timeout": Outcome.TOO_SLOW,
}
FINAL = frozenset({Outcome.ROBOTS_DISALLOWED, Outcome.TOO_LARGE, Outcome.GONE, Outcome.UNCHANGED})
# The page itself was never asked for: no attempt of its own.
NOT_ASKED = ("asked_to_wait", "robots_")
GONE_STATUS = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Judged:
    """What is thought of an address: its page's canonical URL, the form to ask for, and why not to ask, if so."""

    canonical: str | None  # None: no web address at all
    ask: str
    refusal: Outcome | None = None
    reason: str | None = None
    is_forgotten: bool = False  # nothing may be kept of it, not even its address


Judge = Callable[[str], Judged]


@dataclass(slots=True)
class Ingested:
    """What the taking in of children's logs changed."""

    requests: int = 0
    found: int = 0
    new_urls: int = 0
    delivered: int = 0  # pages that came within the list that names them
    gaps: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)

    def add(self, part: Ingested) -> None:
        """Add another's numbers to these."""
        self.requests += part.requests
        self.found += part.found
        self.new_urls += part.new_urls
        self.delivered += part.delivered
        self.gaps += part.gaps
        for name, count in part.outcomes.items():
            self.outcomes[name] = self.outcomes.get(name, 0) + count


class Intake:
    """Takes in the lines of one source's child within the caller's transaction."""

    def __init__(self, db: sqlite3.Connection, run_id: str, source_id: str, judge: Judge) -> None:
        self._db, self._run_id, self._source_id, self._judge = db, run_id, source_id, judge
        self._listed: dict[str, list[str]] = {}  # way -> canonical URLs it named, in order
        self.done = Ingested()

    def take(self, line: dict[str, Any]) -> None:
        """Take in one line."""
        match line["kind"]:
            case "exchange":
                self._exchange(line)
            case "found":
                self._found(line)
            case "item":
                self._item(line)
            case "way":
                self._way(line)

    def _exchange(self, line: dict[str, Any]) -> None:
        values = {**line, "run_id": self._run_id, "source_id": self._source_id}
        self._db.execute(SQL["insert_exchange"], values)
        self.done.requests += 1
        url = self._judge(line["url"]).canonical
        if line["way"] != "article" or url is None:
            return
        values["canonical_url"] = url
        if line["status"] == 200 and line["error"] is None:
            self._db.execute(SQL["page_fetched"], values)
            return
        outcome, reason = outcome_of(line["status"], line["error"])
        was_asked = not reason.startswith(NOT_ASKED) or outcome is Outcome.ROBOTS_DISALLOWED
        row = self._db.execute(SQL["attempts"], (url,)).fetchone()
        is_over = outcome in FINAL or (was_asked and (row[0] if row else 0) + 1 >= NIGHTS_TO_TRY)
        values |= {
            "state": "done" if is_over else "pending",
            "attempt": int(was_asked),
            "outcome": outcome,
            "reason": reason,
        }
        self._db.execute(SQL["page_ended"], values)
        self.count(url, outcome, reason)

    def _found(self, line: dict[str, Any]) -> None:
        self.done.found += 1
        judged = self._judge(line["url"])
        if judged.is_forgotten:
            return
        if judged.canonical is None or judged.refusal is not None:
            self._refuse(line["url"], judged)
            return
        url = judged.canonical
        self._listed.setdefault(line["way_url"], []).append(url)
        known = self._db.execute(SQL["find_url"], (url,)).fetchone()
        values = {**line, "canonical_url": url, "url": judged.ask, "source_id": self._source_id, "now": _now()}
        if known is None:
            self._db.execute(SQL["insert_found"], values)
            self.done.new_urls += 1
            return
        if line["updated_at"] and known["updated_at"] and line["updated_at"] > known["updated_at"]:
            self._db.execute(SQL["revisit"], values)
        self._db.execute(SQL["complete_found"], values)

    def _item(self, line: dict[str, Any]) -> None:
        """An address whose content came with the list that names it: found, and fetched by the same answer."""
        self._found(line)
        judged = self._judge(line["url"])
        if judged.canonical is not None and judged.refusal is None and not judged.is_forgotten:
            fetched = {**line, "run_id": self._run_id, "final_url": judged.ask, "etag": None, "last_modified": None}
            self._db.execute(SQL["page_fetched"], {**fetched, "canonical_url": judged.canonical})
            self.done.delivered += 1

    def _refuse(self, url: str, judged: Judged) -> None:
        """Count an address that is not asked for, once. It never takes the page's own place in the frontier."""
        outcome, reason = judged.refusal or Outcome.NOT_ARTICLE, judged.reason or "bad_address"
        values = (self._source_id, url, outcome, reason, self._run_id)
        if self._db.execute(SQL["insert_refused"], values).rowcount:
            self.count(judged.canonical or url, outcome, reason)

    def _way(self, line: dict[str, Any]) -> None:
        before = self._db.execute(SQL["way_before"], (line["url"],)).fetchone()
        listed = self._listed.get(line["url"], [])
        now = _now()
        newest = min(line["newest"], now) if line.get("newest") else None  # a date ahead of the clock says nothing
        if line["state"] == "read" and before is not None and self._turned_over(before, line, listed):
            gap = {
                "way_url": line["url"],
                "source_id": self._source_id,
                "run_id": self._run_id,
                "noticed_at": now,
                "newest_known": before["newest_item_at"] or None,
                "oldest_seen": line.get("oldest"),
            }
            self._db.execute(SQL["insert_gap"], gap)
            self.done.gaps += 1
        values = {
            "url": line["url"],
            "state": line["state"],
            "reason": line.get("reason") or ", ".join(line.get("warnings") or []) or None,
            "items": line["items"],
            "newest": newest,
            "now": now,
            "run_id": self._run_id,
            "etag": line.get("etag"),
            "last_modified": line.get("last_modified"),
            "listed": json.dumps(listed[:REMEMBERED_ITEMS]) if listed else None,
        }
        self._db.execute(SQL["way_read"], values)

    @staticmethod
    def _turned_over(before: sqlite3.Row, line: dict[str, Any], listed: list[str]) -> bool:
        """Whether a window shows nothing of what it showed last time, and nothing as old as the newest known."""
        shown = set(json.loads(before["last_listed"] or "[]"))
        if before["kind"] not in WINDOWS or not shown or not listed or shown.intersection(listed):
            return False
        oldest, newest = line.get("oldest"), before["newest_item_at"]
        return not oldest or not newest or oldest > newest

    def count(self, url: str, outcome: Outcome, reason: str | None) -> None:
        """Note what became of an address in this run."""
        values = {"run_id": self._run_id, "canonical_url": url, "source_id": self._source_id}
        self._db.execute(SQL["insert_outcome"], {**values, "outcome": outcome, "reason": reason})
        self.done.outcomes[outcome] = self.done.outcomes.get(outcome, 0) + 1


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
