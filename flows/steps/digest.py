"""The weekly digest step by step: groups that are due, their editions, the outbox, the post. None aware of Prefect.

Not here: mail on what is out of the ordinary (``alerts``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb

from dashboards.digest.bounces import read_mailbox
from dashboards.digest.content import Window, read_content, usual_window
from dashboards.digest.deliver import OLDEST, Delivered, deliver
from dashboards.digest.groups import Group, Vocabulary, load_groups
from dashboards.digest.mailboxes import MailboxError
from dashboards.digest.message import from_content, to_content
from dashboards.digest.notice import notice_edition
from dashboards.digest.render import Edition, render
from dashboards.digest.smtp import SmtpMailer
from dashboards.digest.tokens import message_key
from dashboards.facts import last_data_at
from dashboards.weeks import Week
from flows.mail import Post
from flows.places import region_code
from flows.settings import Home, Settings
from models.taxonomy import load as load_taxonomy
from warehouse.ops import Ops
from warehouse.outbox import Kind, Outbox, StoredEdition
from warehouse.query import open_published
from warehouse.records import LIMA

PAPER = frozenset({"new_law", "state_of_emergency", "bill"})
OPERATOR = "operator"
TICK = timedelta(microseconds=1)


class StaleError(Exception):
    """The published file is too old to be told as news."""


@dataclass(slots=True)
class DigestRun:
    """One run over some groups for one week, and what came of it."""

    settings: Settings
    groups: Sequence[Group]
    week: Week
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def home(self) -> Home:
        """Where everything is kept."""
        return Home(self.settings.home)


def groups_of(settings: Settings) -> list[Group]:
    """The groups' file, checked against labels and places."""
    taxonomy = load_taxonomy()
    deeds = [e.id for e in taxonomy.events if e.id not in PAPER]
    return load_groups(settings.groups, Vocabulary([s.id for s in taxonomy.sectors], deeds, region_code))


def last_week(today: date) -> Week:
    """The last week that is over."""
    return Week.of(today).plus(-1)


@contextmanager
def outbox_of(home: Home) -> Iterator[Outbox]:
    """The mail's state."""
    with Ops(home.ops) as ops:
        yield Outbox(ops, home.journal)


def due_groups(outbox: Outbox, groups: Sequence[Group], week: Week, now: datetime) -> list[Group]:
    """Groups whose hour has come since the week ended and who have had no digest of it; one missed for days is no news any more."""
    return [
        g
        for g in groups
        if timedelta() <= now - week.plus(1).at(g.day, g.hour) < OLDEST
        and outbox.find("digest", g.id, str(week)) is None
    ]


def group_crons(groups: Sequence[Group]) -> list[str]:
    """When the groups want their mail, in Lima's time, as cron lines without repeats."""
    return sorted({f"0 {g.hour} * * {(g.day + 1) % 7}" for g in groups})


def require_fresh(run: DigestRun, now: datetime, what: str) -> None:
    """Let nothing pass that is older than the settings allow.

    Raises:
        StaleError: says what is held back, and since when no night has ended well.
    """
    with open_published(run.home.published) as con:
        data_at = last_data_at(con)
    limit = timedelta(hours=run.settings.digest_stale_hours)
    if data_at is None or now - data_at > limit:
        said = f"{data_at.astimezone(LIMA):%Y-%m-%d %H:%M} Lima time" if data_at else "never"
        raise StaleError(
            f"{what} held back: the last good night ended {said}, "
            f"more than {run.settings.digest_stale_hours:g} hours ago"
        )


def make_edition(
    con: duckdb.DuckDBPyConnection, group: Group, week: Week, since: datetime | None
) -> tuple[Edition, datetime]:
    """A group's edition and the end of the night it tells of. ``since``: up to when the last one could tell.

    An edition tells all that its night knows, that night's last instant included, and the next one goes on from there: one made
    late, after its hour, reaches as far as its data.
    """
    usual = usual_window(group, week)
    data_at = last_data_at(con)
    until = max(usual.until, data_at + TICK) if data_at else usual.until
    content = read_content(con, group, week, Window(since + TICK if since else usual.since, until))
    return render(content), content.data_at


def queue_digests(run: DigestRun, outbox: Outbox, secret: str) -> int:
    """Every group's edition into the outbox, for each recipient once; returns how many copies wait."""
    waiting = 0
    recipients = {g.id: g.recipients() for g in run.groups}  # all of them, before anything is queued
    with open_published(run.home.published) as con:
        for group in run.groups:
            known = outbox.find("digest", group.id, str(run.week))
            if known is None:
                edition, data_at = make_edition(con, group, run.week, outbox.last_data_at(group.id, str(run.week)))
                known = StoredEdition(
                    edition_id=f"digest/{run.week}/{group.id}",
                    kind="digest",
                    group_id=group.id,
                    period=str(run.week),
                    made_at=datetime.now(UTC).replace(microsecond=0),
                    data_at=data_at,
                    content=to_content(edition),
                )
            copies = [(message_key(secret, "digest", group.id, str(run.week), r), r) for r in recipients[group.id]]
            outbox.queue(known, copies)
            waiting += len(copies)
    outbox.settle()
    return waiting


def post_pending(outbox: Outbox, post: Post) -> Delivered:
    """Send whatever waits, of this week or left over."""
    with SmtpMailer(post.server) as mailer:
        return deliver(outbox, mailer, post.sender, post.pace)


def send_digests(run: DigestRun, post: Post, now: datetime) -> dict[str, Any]:
    """Refuse to tell stale data as news, queue, send; the report says what came of it. What was queued before goes on in any case.

    Raises:
        StaleError: after the operator has been told.
    """
    with outbox_of(run.home) as outbox:
        outbox.settle()
        run.report["returned"] = read_returns(run, outbox, post)
        if any(outbox.find("digest", g.id, str(run.week)) is None for g in run.groups):
            with telling_operator(run, outbox, post):
                require_fresh(run, now, f"digests of {run.week}")
        run.report["queued"] = queue_digests(run, outbox, post.sender.secret)
        done = post_pending(outbox, post)
        run.report["done"] = dict(done.counts)
        run.report["pending"] = done.pending
        run.report["groups"] = outbox.counts("digest", str(run.week))
        run.report["refusals"] = outbox.refusals("digest", str(run.week))
    return run.report


def read_returns(run: DigestRun, outbox: Outbox, post: Post) -> dict[str, int]:
    """Take in what came back since the last time. A mailbox that cannot be read stops no mail; the report says so."""
    try:
        return dict(read_mailbox(post.mailbox, outbox, post.sender)) if post.mailbox is not None else {}
    except MailboxError as error:
        run.report["unreadable"] = str(error)
        return {}


@contextmanager
def telling_operator(run: DigestRun, outbox: Outbox, post: Post) -> Iterator[None]:
    """What holds mail back is told to the operator, once a day; what waits from before is sent with it."""
    try:
        yield
    except StaleError as error:
        _queue_notice(run, outbox, post, str(error))
        post_pending(outbox, post)
        raise


def _queue_notice(run: DigestRun, outbox: Outbox, post: Post, text: str) -> None:
    address = run.settings.operator_address
    if not address:
        return
    day = f"{datetime.now(LIMA):%Y-%m-%d}"
    stored = StoredEdition(
        edition_id=f"notice/{day}",
        kind="notice",
        group_id=OPERATOR,
        period=day,
        made_at=datetime.now(UTC).replace(microsecond=0),
        data_at=None,
        content=to_content(notice_edition("Chasqui: mail held back", text)),
    )
    outbox.queue(stored, [(message_key(post.sender.secret, "notice", OPERATOR, day, address), address)])


def stored_edition(outbox: Outbox, kind: Kind, group_id: str, period: str) -> Edition | None:
    """The edition that was queued, if any."""
    found = outbox.find(kind, group_id, period)
    return from_content(found.content) if found else None
