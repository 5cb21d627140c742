"""Mail on its way: editions, the copies of each, who wants none, what came back.

Belongs here: what must outlive a crash and a restore so that nobody misses a message or gets two. Not here: what a
message says or how it travels (``dashboards/digest``). Every method is one transaction.

Two files of the journal hold what a restore of ``ops.sqlite`` must not lose. ``mail.jsonl`` has a line for each copy that
came to an end: ``at, what (sent | refused), message_key, kind, group, period, recipient, reply``.
``suppressions.jsonl`` has one for each change: ``at, what (suppressed | resumed), address, group, reason``. A line is
written before the database is told, and ``settle`` takes in what the database does not know, so either file alone is enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from warehouse import journal
from warehouse.ops import Ops
from warehouse.sqlfiles import statements

SQL = statements("outbox")
EVERY_GROUP = "*"
HARD = "5.1."  # RFC 3463: the address itself is bad
FAILURES = 3  # messages refused for good on other grounds (full, blocked) before an address is given up

Kind = Literal["digest", "alert", "notice"]
Ending = Literal["sent", "refused", "suppressed", "expired"]
Reason = Literal["unsubscribed", "bounced", "operator"]


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """What every copy of one mail says."""

    edition_id: str
    kind: str
    group_id: str
    period: str
    made_at: datetime
    data_at: datetime | None
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy that waits to be sent."""

    message_key: str
    edition_id: str
    recipient: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Bounce:
    """A failure to deliver; ``bounce_id`` names the report that told it."""

    bounce_id: str
    message_key: str
    received_at: datetime
    status: str
    diagnostic: str | None


class Outbox:
    """The mail of one home."""

    def __init__(self, ops: Ops, journal_folder: Path) -> None:
        self._ops = ops
        self._sent = journal_folder / "mail.jsonl"
        self._suppressions = journal_folder / "suppressions.jsonl"

    # ---------------------------------------------------------------- queueing

    def find(self, kind: Kind, group_id: str, period: str) -> StoredEdition | None:
        """The edition of a group and period, if it was ever queued."""
        return _edition(self._rows("find_edition", kind, group_id, period))

    def edition(self, edition_id: str) -> StoredEdition:
        """An edition by its id."""
        found = _edition(self._rows("edition", edition_id))
        assert found is not None, edition_id
        return found

    def last_data_at(self, group_id: str, before_period: str) -> datetime | None:
        """Up to when the group's last digest before a period could tell."""
        return _instant(self._rows("last_data_at", group_id, before_period)[0][0])

    def queue(self, edition: StoredEdition, copies: Iterable[tuple[str, str]]) -> StoredEdition:
        """Put (message key, recipient) into the outbox; returns the edition they get: the first one queued stands."""
        values = {
            "edition_id": edition.edition_id,
            "kind": edition.kind,
            "group_id": edition.group_id,
            "period": edition.period,
            "made_at": edition.made_at.isoformat(),
            "data_at": edition.data_at.isoformat() if edition.data_at else None,
            "content": json.dumps(edition.content, ensure_ascii=False),
        }
        with self._ops.transaction() as db:
            db.execute(SQL["insert_edition"], values)
            standing = db.execute(SQL["find_edition"], (edition.kind, edition.group_id, edition.period)).fetchone()[0]
            for key, recipient in copies:
                row = {"message_key": key, "edition_id": standing, "recipient": recipient, "now": _now()}
                db.execute(SQL["queue"], row)
        return self.edition(standing)

    def settle(self) -> int:
        """Take in what the journal knows and the database does not; returns how many lines were news."""
        known = {s[:2] for s in self.suppressed()}
        news = 0
        with self._ops.transaction() as db:
            for line in journal.read(self._sent):
                values = {k: line[k] for k in ("message_key", "reply")} | {"state": line["what"], "now": line["at"]}
                news += db.execute(SQL["end_message"], values).rowcount
            standing: dict[tuple[str, str], dict[str, Any]] = {}
            for line in journal.read(self._suppressions):
                standing[line["address"], line["group"]] = line
            for (address, group_id), line in standing.items():
                values = {"address": address, "group_id": group_id, "reason": line["reason"], "since": line["at"]}
                is_wanted = line["what"] == "suppressed"
                if is_wanted != ((address, group_id) in known):
                    news += db.execute(SQL["suppress" if is_wanted else "unsuppress"], values).rowcount
        return news

    # --------------------------------------------------------------- delivering

    def due(self, now: datetime, limit: int = 100) -> list[Copy]:
        """Copies to be tried now, edition by edition."""
        return [Copy(**dict(row)) for row in self._rows("due", now.isoformat(), limit)]

    def next_due(self) -> datetime | None:
        """When the next pending copy may be tried; None: none is pending."""
        return _instant(self._rows("next_due")[0][0])

    def end(self, copy: Copy, edition: StoredEdition, what: Ending, reply: str | None) -> None:
        """Note that a copy came to its end. The journal first: what the database calls sent, a restore knows of."""
        at = _now()
        if what in {"sent", "refused"}:
            line = {
                "at": at,
                "what": what,
                "message_key": copy.message_key,
                "kind": edition.kind,
                "group": edition.group_id,
                "period": edition.period,
                "recipient": copy.recipient,
                "reply": reply,
            }
            journal.append(self._sent, line)
        with self._ops.transaction() as db:
            db.execute(SQL["end_message"], {"state": what, "now": at, "reply": reply, "message_key": copy.message_key})

    def postpone(self, copy: Copy, until: datetime, reply: str) -> None:
        """Try a copy again later."""
        with self._ops.transaction() as db:
            db.execute(SQL["postpone"], {"next": until.isoformat(), "reply": reply, "message_key": copy.message_key})

    def expire(self, older_than: timedelta) -> int:
        """Give up what has been waiting for so long that it is no news any more."""
        with self._ops.transaction() as db:
            oldest = (datetime.now(UTC) - older_than).isoformat()
            return db.execute(SQL["expire"], {"now": _now(), "oldest": oldest}).rowcount

    def counts(self, kind: Kind, period: str) -> dict[str, dict[str, int]]:
        """Copies by group and state."""
        found: dict[str, dict[str, int]] = {}
        for group_id, state, number in self._rows("counts", kind, period):
            found.setdefault(group_id, {})[state] = number
        return found

    def refusals(self, kind: Kind, period: str) -> list[tuple[str, str, str, str | None]]:
        """(group, recipient, state, reply) of copies that were refused or given up."""
        return [(r[0], r[1], r[2], r[3]) for r in self._rows("refusals", kind, period)]

    # ------------------------------------------------------------- suppressions

    def is_suppressed(self, address: str, group_id: str) -> bool:
        """Whether an address is to get no mail of a group."""
        return bool(self._rows("is_suppressed", {"address": address.lower(), "group_id": group_id}))

    def suppress(self, address: str, group_id: str, reason: Reason) -> bool:
        """Send no more mail of a group (``*``: of any) to an address; False when that was so already."""
        folded = address.lower()
        if self.is_suppressed(folded, group_id):
            return False
        at = _now()
        line = {"at": at, "what": "suppressed", "address": folded, "group": group_id, "reason": reason}
        journal.append(self._suppressions, line)
        with self._ops.transaction() as db:
            db.execute(SQL["suppress"], {"address": folded, "group_id": group_id, "reason": reason, "since": at})
        return True

    def resume(self, address: str, group_id: str) -> None:
        """Undo a suppression of exactly this address and group."""
        folded = address.lower()
        journal.append(
            self._suppressions, {"at": _now(), "what": "resumed", "address": folded, "group": group_id, "reason": None}
        )
        with self._ops.transaction() as db:
            db.execute(SQL["unsuppress"], {"address": folded, "group_id": group_id})

    def suppressed(self) -> list[tuple[str, str, str, str]]:
        """(address, group, reason, since) of all."""
        return [tuple(row) for row in self._rows("suppressed")]

    # ------------------------------------------------------------------ bounces

    def record_bounce(self, bounce: Bounce) -> bool:
        """Note a failure; a bad address, or one that failed too often, is suppressed. False: no copy of ours, or known."""
        rows = self._rows("message", bounce.message_key)
        if not rows:
            return False
        recipient = rows[0][0]
        values = {
            "bounce_id": bounce.bounce_id,
            "message_key": bounce.message_key,
            "recipient": recipient,
            "received_at": bounce.received_at.isoformat(),
            "status": bounce.status,
            "diagnostic": bounce.diagnostic,
        }
        with self._ops.transaction() as db:
            is_news = db.execute(SQL["insert_bounce"], values).rowcount == 1
        failures = self._rows("permanent_bounces", recipient)[0][0]
        if bounce.status.startswith(HARD) or failures >= FAILURES:
            self.suppress(recipient, EVERY_GROUP, "bounced")
        return is_news

    # ------------------------------------------------------------------- alerts

    def told(self, group_id: str) -> set[str]:
        """Reasons for an alert that a group knows already."""
        return {row[0] for row in self._rows("told", group_id)}

    def tell(self, group_id: str, alert_keys: Iterable[str], day: str) -> None:
        """Note that a group has been told."""
        with self._ops.transaction() as db:
            db.executemany(SQL["tell"], [(group_id, key, day) for key in alert_keys])

    def _rows(self, name: str, *parameters: object) -> list[Any]:
        with self._ops.transaction() as db:
            values = parameters[0] if len(parameters) == 1 and isinstance(parameters[0], dict) else parameters
            return db.execute(SQL[name], values).fetchall()  # type: ignore[arg-type] - named or in order


def _edition(rows: list[Any]) -> StoredEdition | None:
    if not rows:
        return None
    row = dict(rows[0])
    return StoredEdition(
        **row
        | {
            "made_at": datetime.fromisoformat(row["made_at"]),
            "data_at": _instant(row["data_at"]),
            "content": json.loads(row["content"]),
        }
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _now() -> str:
    return datetime.now(UTC).isoformat()
