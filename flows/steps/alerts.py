"""Mail on what is out of the ordinary, to the groups that ask for it: at most one a day, each reason once.

Not here: what is out of the ordinary (``dashboards.digest.alerts``), the weekly mail and the outbox's way out (``digest``).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from dashboards.digest.alerts import find_alerts
from dashboards.digest.content import Window, read_content, usual_window
from dashboards.digest.groups import Group
from dashboards.digest.message import to_content
from dashboards.digest.render import render
from dashboards.digest.tokens import message_key
from dashboards.weeks import Week
from flows.mail import Post
from flows.steps.digest import DigestRun, outbox_of, post_pending, require_fresh, telling_operator
from warehouse.outbox import Outbox, StoredEdition
from warehouse.query import open_published
from warehouse.records import LIMA


def send_alerts(run: DigestRun, post: Post, now: datetime) -> dict[str, Any]:
    """Queue today's alerts and send what waits; the report counts the reasons by group.

    Raises:
        StaleError: the data are too old to be alarmed by; the operator has been told.
    """
    wanting = [g for g in run.groups if g.has_alerts]
    today = run.settings.today or now.astimezone(LIMA).date()
    with outbox_of(run.home) as outbox:
        outbox.settle()
        if wanting:
            with telling_operator(run, outbox, post):
                require_fresh(run, now, "alerts")
        told = {g.id: _queue_alert(run, outbox, post.sender.secret, g, today) for g in wanting}
        done = post_pending(outbox, post)
    run.report |= {"alerts": {g: n for g, n in told.items() if n}, "done": dict(done.counts), "pending": done.pending}
    return run.report


def _queue_alert(run: DigestRun, outbox: Outbox, secret: str, group: Group, today: date) -> int:
    """Queue a group's alert of the day, if there is reason for one; returns the number of reasons."""
    day = today.isoformat()
    if outbox.find("alert", group.id, day) is not None:
        return 0
    recipients = group.recipients()
    with open_published(run.home.published) as con:
        week = Week.of(today)  # not over: what is announced is held against today, not against the week's mail
        window = Window(usual_window(group, week).since, datetime.combine(today, time.max, LIMA))
        content = read_content(con, group, week, window)
        known = outbox.told(group.id)
        alerts = [a for a in find_alerts(con, content, today) if a.key not in known]
    if not alerts:
        return 0
    stored = StoredEdition(
        edition_id=f"alert/{day}/{group.id}",
        kind="alert",
        group_id=group.id,
        period=day,
        made_at=datetime.now(UTC).replace(microsecond=0),
        data_at=content.data_at,
        content=to_content(render(content, [a.text for a in alerts])),
    )
    outbox.queue(stored, [(message_key(secret, "alert", group.id, day, r), r) for r in recipients])
    outbox.tell(group.id, [a.key for a in alerts], day)
    return len(alerts)
