"""The weekly digest step by step: groups that are due, their editions, the outbox, the post. None aware of Prefect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb

from dashboards.digest.alerts import find_alerts
from dashboards.digest.bounces import read_maildir
from dashboards.digest.content import Window, last_data_at, read_content, usual_window
from dashboards.digest.deliver import Delivered, deliver
from dashboards.digest.groups import Group, Vocabulary, load_groups
from dashboards.digest.message import from_content, to_content
from dashboards.digest.notice import notice_edition
from dashboards.digest.render import Edition, render
from dashboards.digest.smtp import SmtpMailer
from dashboards.digest.tokens import message_key
from dashboards.digest.weeks import Week
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
    """Groups whose hour has come since the week ended and who have had no digest of it."""
    return [
        g for g in groups if week.plus(1).at(g.day, g.hour) <= now and outbox.find("digest", g.id, str(week)) is None
    ]


def group_crons(groups: Sequence[Group]) -> list[str]:
    """When the groups want their mail, in Lima's time, as cron lines without repeats."""
    return sorted({f"0 {g.hour} * * {(g.day + 1) % 7}" for g in groups})


def require_fresh(run: DigestRun, now: datetime) -> datetime:
    """When the night behind the published file ended.

    Raises:
        StaleError: longer ago than the settings allow.
    """
    with open_published(run.home.published) as con:
        data_at = last_data_at(con)
    limit = timedelta(hours=run.settings.digest_stale_hours)
    if data_at is None or now - data_at > limit:
        said = f"{data_at.astimezone(LIMA):%Y-%m-%d %H:%M} Lima time" if data_at else "never"
        raise StaleError(
            f"digests of {run.week} held back: the last good night ended {said}, "
            f"more than {run.settings.digest_stale_hours:g} hours ago"
        )
    return data_at


def make_edition(
    con: duckdb.DuckDBPyConnection, group: Group, week: Week, since: datetime | None
) -> tuple[Edition, datetime]:
    """A group's edition and the end of the night it tells of. ``since``: up to when the last one could tell."""
    usual = usual_window(group, week)
    content = read_content(con, group, week, Window(since or usual.since, usual.until))
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


def post_pending(outbox: Outbox, post: Post, groups: Sequence[Group]) -> Delivered:
    """Send whatever waits, of this week or left over."""
    names = {g.id: g.name for g in groups}
    with SmtpMailer(post.server) as mailer:
        return deliver(outbox, mailer, post.sender, post.pace, group_name=lambda i: names.get(i, i))


def send_digests(run: DigestRun, post: Post, now: datetime) -> dict[str, Any]:
    """Refuse on stale data, queue, send; the report says what came of it.

    Raises:
        StaleError: after the operator has been told.
    """
    with outbox_of(run.home) as outbox:
        outbox.settle()
        run.report["returned"] = read_returns(run, outbox, post)
        try:
            require_fresh(run, now)
        except StaleError as error:
            tell_operator(run, outbox, post, str(error))
            raise
        run.report["queued"] = queue_digests(run, outbox, post.sender.secret)
        done = post_pending(outbox, post, run.groups)
        run.report["done"] = dict(done.counts)
        run.report["pending"] = done.pending
        run.report["groups"] = outbox.counts("digest", str(run.week))
        run.report["refusals"] = outbox.refusals("digest", str(run.week))
    return run.report


def read_returns(run: DigestRun, outbox: Outbox, post: Post) -> dict[str, int]:
    """Take in what came back since the last time."""
    folder = run.settings.bounce_maildir
    return dict(read_maildir(folder, outbox, post.sender)) if folder is not None else {}


def send_alerts(run: DigestRun, post: Post, now: datetime) -> dict[str, Any]:
    """Mail the groups that want alerts what is out of the ordinary today: at most one a day, each reason once.

    Raises:
        StaleError: the data are too old to be alarmed by.
    """
    require_fresh(run, now)
    today = run.settings.today or now.astimezone(LIMA).date()
    with outbox_of(run.home) as outbox:
        outbox.settle()
        told = {g.id: _queue_alert(run, outbox, post.sender.secret, g, today) for g in run.groups if g.has_alerts}
        done = post_pending(outbox, post, run.groups)
    run.report |= {"alerts": {g: n for g, n in told.items() if n}, "done": dict(done.counts), "pending": done.pending}
    return run.report


def _queue_alert(run: DigestRun, outbox: Outbox, secret: str, group: Group, today: date) -> int:
    """Queue a group's alert of the day, if there is reason for one; returns the number of reasons."""
    if outbox.find("alert", group.id, f"{today}") is not None:
        return 0
    with open_published(run.home.published) as con:
        content = read_content(con, group, Week.of(today))
        known = outbox.told(group.id)
        alerts = [a for a in find_alerts(con, content, today) if a.key not in known]
    if not alerts:
        return 0
    stored = StoredEdition(
        edition_id=f"alert/{today}/{group.id}",
        kind="alert",
        group_id=group.id,
        period=f"{today}",
        made_at=datetime.now(UTC).replace(microsecond=0),
        data_at=content.data_at,
        content=to_content(render(content, [a.text for a in alerts])),
    )
    copies = [(message_key(secret, "alert", group.id, f"{today}", r), r) for r in group.recipients()]
    outbox.queue(stored, copies)
    outbox.tell(group.id, [a.key for a in alerts], f"{today}")
    return len(alerts)


def tell_operator(run: DigestRun, outbox: Outbox, post: Post, text: str) -> None:
    """One mail a day about what is wrong."""
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
        content=to_content(notice_edition("Chasqui: digests held back", text)),
    )
    outbox.queue(stored, [(message_key(post.sender.secret, "notice", OPERATOR, day, address), address)])
    post_pending(outbox, post, run.groups)


def stored_edition(outbox: Outbox, kind: Kind, group_id: str, period: str) -> Edition | None:
    """The edition that was queued, if any."""
    found = outbox.find(kind, group_id, period)
    return from_content(found.content) if found else None
