"""The outbox emptied: each pending copy handed over once, tried again with growing pauses, never faster than allowed.

A copy is noted as sent after the server's 250. Killed between the two, the next run sends it again: the same bytes under
the same Message-ID, by which mailboxes know it. Nothing else makes a second one.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from dashboards.digest.message import Sender, compose, from_content
from dashboards.digest.render import Edition
from dashboards.digest.smtp import Mailer, Reply
from warehouse.outbox import Bounce, Copy, Outbox, StoredEdition

ENHANCED = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")
OLDEST = timedelta(days=3)  # after that a weekly is no news


@dataclass(frozen=True, slots=True)
class Pace:
    """How hard the server is pressed."""

    per_minute: float = 120  # 0: as fast as it takes
    first_pause_s: float = 60  # doubled with each failure of the same copy
    longest_pause_s: float = 1800
    patience_s: float = 3600  # then what is still pending is left to the next run

    def pause(self, attempts: int) -> timedelta:
        """How long a copy rests after so many failures before."""
        return timedelta(seconds=min(self.first_pause_s * 2**attempts, self.longest_pause_s))


@dataclass(slots=True)
class Delivered:
    """What a run did."""

    counts: Counter[str] = field(default_factory=Counter)
    pending: bool = False


def deliver(
    outbox: Outbox,
    mailer: Mailer,
    sender: Sender,
    pace: Pace,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> Delivered:
    """Send what is due until nothing is pending or patience is out."""
    done = Delivered()
    done.counts["expired"] += outbox.expire(OLDEST)
    deadline = time.monotonic() + pace.patience_s
    next_slot = time.monotonic()
    edition_of = lru_cache(maxsize=1)(lambda edition_id: _opened(outbox, edition_id))  # copies come edition by edition
    while True:
        for copy in outbox.due(datetime.now(UTC)):
            if pace.per_minute:
                sleep(max(0.0, next_slot - time.monotonic()))
                next_slot = max(next_slot, time.monotonic()) + 60 / pace.per_minute
            stored, edition = edition_of(copy.edition_id)
            done.counts[_one(outbox, mailer, sender, pace, copy, stored, edition)] += 1
            if time.monotonic() > deadline:
                break
        due = outbox.next_due()
        if due is None:
            return done
        pause = (due - datetime.now(UTC)).total_seconds()
        if time.monotonic() + max(pause, 0) > deadline:
            done.pending = True
            return done
        if pause > 0:
            sleep(pause)


def _opened(outbox: Outbox, edition_id: str) -> tuple[StoredEdition, Edition]:
    stored = outbox.edition(edition_id)
    return stored, from_content(stored.content)


def _one(
    outbox: Outbox,
    mailer: Mailer,
    sender: Sender,
    pace: Pace,
    copy: Copy,
    stored: StoredEdition,
    edition: Edition,
) -> str:
    if outbox.is_suppressed(copy.recipient, stored.group_id):
        outbox.end(copy, stored, "suppressed", None)
        return "suppressed"
    message = compose(
        edition,
        sender,
        group_id=stored.group_id,
        recipient=copy.recipient,
        key=copy.message_key,
        made_at=stored.made_at,
    )
    reply = mailer.send(sender.return_path(copy.message_key), copy.recipient, message.as_bytes())
    if reply.verdict == "later":
        outbox.postpone(copy, datetime.now(UTC) + pace.pause(copy.attempts), str(reply))
        return "postponed"
    outbox.end(copy, stored, reply.verdict, str(reply))
    if reply.verdict == "refused":
        outbox.record_bounce(_bounce(copy, reply))
    return reply.verdict


def _bounce(copy: Copy, reply: Reply) -> Bounce:
    status = ENHANCED.search(reply.text)
    code = status[0] if status and status[0].startswith("5") else "5.0.0"
    return Bounce(f"smtp:{copy.message_key}", copy.message_key, datetime.now(UTC), code, str(reply))
