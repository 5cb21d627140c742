"""A mail to the operator when something needs a hand: what, since when, what to do; at most one a day for the same cause.

Its words are fixed ones (``flows/failures.py``), names of rules and sources, and times: an error's own text may hold a secret or
a private person's name and stays out. That nobody could be told is said in the log and never fails a run.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from dashboards.digest.message import compose
from dashboards.digest.notice import notice_edition
from dashboards.digest.smtp import SmtpMailer
from dashboards.digest.tokens import message_key
from flows.failures import Remedy, remedy_for
from flows.mail import Post, mail_problems, post_of
from flows.settings import Home, Settings
from flows.steps.night import Night, Say
from warehouse.ops import Ops
from warehouse.outbox import Outbox
from warehouse.records import LIMA

OPERATOR = "operator"
ROW = 3  # polls that fail one after the other before anybody is woken: one may meet a network that is away for a minute
PATIENCE_S = 15.0  # a mail server that hangs must not hold a run up
CUT_OFF = Remedy(
    "cut_off",
    "the last one ended without a word: its process was killed, or the machine went off",
    "nothing, if the machine was switched off: this run finishes what was left. Else see whether memory ran out (dmesg)",
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is to be told. ``since``: the end of the last good run, or the start of the first bad one."""

    kind: str  # of run
    remedy: Remedy
    since: datetime | None = None
    names: tuple[str, ...] = ()  # of rules, labels or sources
    run_id: str | None = None

    @property
    def subject(self) -> str:
        """One line."""
        return f"Chasqui: {self.kind}: {self.remedy.what}"

    @property
    def text(self) -> str:
        """All of it, in one short paragraph."""
        named = f" ({', '.join(self.names)})" if self.names else ""
        since = f" Since {self.since.astimezone(LIMA):%Y-%m-%d %H:%M}, Lima's time." if self.since else ""
        run = f" The whole report: chasqui status {self.run_id}" if self.run_id else ""
        return f"{self.kind}: {self.remedy.what}{named}.{since} What to do: {self.remedy.todo}.{run}"


def tell_failure(night: Night) -> None:
    """Tell of a run that has just failed: a poll when it is not the first in a row, anything else at once."""
    remedy = remedy_for(night.report["failure"])
    try:
        with night.ops() as ops:
            since, row = _streak(ops, night.kind)
    except sqlite3.Error:  # what broke the run may have broken this as well
        since, row = night.started_at, 1
    if night.kind == "poll" and row < ROW:
        return
    names = tuple(night.report.get("concerns", ()))
    raise_alarm(night.settings, Alarm(night.kind, remedy, since, names, night.run_id), night.reporter.line)


def tell_cut_off(night: Night) -> None:
    """Tell of runs of this kind that were found dead at this one's start; of polls when there are several in a row."""
    with night.ops() as ops:
        since, row = _streak(ops, night.kind)
    if night.kind != "poll" or row >= ROW:
        raise_alarm(night.settings, Alarm(night.kind, CUT_OFF, since), night.reporter.line)


def raise_alarm(settings: Settings, alarm: Alarm, say: Say) -> None:
    """Send the mail, unless mail is not set up or the operator knows: one try, never an exception."""
    address = settings.operator_address
    if not settings.smtp_host or not address:
        return
    problems = mail_problems(settings)
    if problems:
        say(f"the operator could not be told: {'; '.join(problems)}")
        return
    day = f"{datetime.now(LIMA):%Y-%m-%d}"
    key = f"{day} {alarm.kind} {alarm.remedy.cause}"
    try:
        with Ops(Home(settings.home).ops) as ops:
            outbox = Outbox(ops, Home(settings.home).journal)
            if key not in outbox.told(OPERATOR) and _send(post_of(settings), address, alarm, key, say):
                outbox.tell(OPERATOR, [key], day)
    except (
        sqlite3.Error,
        OSError,
    ):  # no room left to note it: a night says it again, a poll would every twenty minutes
        if alarm.kind != "poll":
            _send(post_of(settings), address, alarm, key, say)


def _send(post: Post, address: str, alarm: Alarm, period: str, say: Say) -> bool:
    key = message_key(post.sender.secret, "notice", OPERATOR, period, address)
    message = compose(
        notice_edition(alarm.subject, alarm.text),
        post.sender,
        group_id=OPERATOR,
        recipient=address,
        key=key,
        made_at=datetime.now(UTC).replace(microsecond=0),
    )
    with SmtpMailer(replace(post.server, timeout_s=PATIENCE_S)) as mailer:
        reply = mailer.send(post.sender.return_path(key), address, message.as_bytes())
    say(
        "the operator was told"
        if reply.verdict == "sent"
        else f"the operator could not be told: {reply.code or 'no answer'}"
    )
    return reply.verdict == "sent"


def _streak(ops: Ops, kind: str) -> tuple[datetime | None, int]:
    """Since when no run of a kind has ended well, and how many have not."""
    bad: list[Any] = []
    for run in ops.rows("runs_of_kind", kind):
        if run["state"] == "done":
            return datetime.fromisoformat(run["finished_at"]), len(bad)
        if run["state"] != "running":
            bad.append(run)
    return (datetime.fromisoformat(bad[-1]["started_at"]) if bad else None), len(bad)
