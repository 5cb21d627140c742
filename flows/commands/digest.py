"""``chasqui digest`` and ``chasqui groups check``: looking at digests, sending them, or one to try."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from dashboards.digest.groups import DAYS, Group, GroupsError
from dashboards.digest.message import compose
from dashboards.digest.render import UNSUBSCRIBE, Edition
from dashboards.digest.smtp import SmtpMailer
from dashboards.digest.tokens import message_key
from dashboards.weeks import Week, WeekError
from flows.failures import UsageError
from flows.mail import post_of
from flows.settings import Settings, load_settings
from flows.steps.alerts import send_alerts
from flows.steps.digest import (
    DigestRun,
    groups_of,
    last_week,
    make_edition,
    outbox_of,
    send_digests,
    stored_edition,
)
from flows.steps.night import only_one
from warehouse.query import open_published


def run_digest(
    group: str | None, week: str | None, *, send: bool, alerts: bool, dry_run: bool, preview: bool, to: str | None
) -> int:
    """Show, write or send digests; returns the exit code."""
    if dry_run and not send:
        raise UsageError("--dry-run goes with --send: it says what would be sent")
    if sum((send, alerts, preview, to is not None)) > 1:
        raise UsageError("--send, --alerts, --preview and --to are different things; give one")
    settings = load_settings()
    run = DigestRun(settings, _chosen(groups_of(settings), group), _week(week, settings))
    if to is not None:
        return _send_trial(run, to)
    if alerts:
        return _send_alerts(run)
    if send:
        return _say_plan(run) if dry_run else _send(run)
    if preview:
        for path in _write(run):
            print(path)
            if sys.stdout.isatty():  # a person looks on
                webbrowser.open(path.as_uri())
    else:
        editions = _editions(run)
        print("\n\n".join(f"{e.subject}\n\n{e.text.replace(UNSUBSCRIBE, '…')}" for _, e in editions), end="")
    return 0


def check_groups() -> int:
    """Say what the groups' file holds, recipients counted and not shown; 1 when some group has none."""
    settings = load_settings()
    groups = groups_of(settings)
    failed = 0
    for g in groups:
        try:
            count = len(g.recipients())
        except GroupsError as error:
            print(f"fail  {error}")
            failed = 1
            continue
        what = ", ".join(g.sectors) or "all sectors"
        where = ", ".join(g.region_names) or "all Peru"
        state = "ok" if count else "warn"
        print(
            f"{state:<5} {g.id}: {count} recipients, {g.language}, {what}, {where}, {DAYS[g.day]} {g.hour:02}:00 Lima"
        )
    print(f"{len(groups)} groups in {settings.groups}")
    return failed


def _chosen(groups: Sequence[Group], wanted: str | None) -> list[Group]:
    chosen = [g for g in groups if wanted in {None, g.id}]
    if not chosen:
        raise UsageError(f"--group must be one of {', '.join(g.id for g in groups)}, got {wanted!r}")
    return chosen


def _week(name: str | None, settings: Settings) -> Week:
    try:
        return last_week(settings.day()) if name is None else Week.parse(name)
    except WeekError as error:
        raise UsageError(f"--week: {error}") from error


def _editions(run: DigestRun) -> list[tuple[Group, Edition]]:
    """Each group's edition: the one that was queued, else made now."""
    with outbox_of(run.home) as outbox, open_published(run.home.published) as con:
        found = []
        for group in run.groups:
            edition = stored_edition(outbox, "digest", group.id, str(run.week))
            if edition is None:
                edition, _ = make_edition(con, group, run.week, outbox.last_data_at(group.id, str(run.week)))
            found.append((group, edition))
        return found


def write_digests(settings: Settings) -> list[Path]:
    """The last whole week's digests of all groups as pages; returns where they are."""
    return _write(DigestRun(settings, groups_of(settings), last_week(settings.day())))


def _write(run: DigestRun) -> list[Path]:
    """Each edition as page, plain text, chat text and table in the home's ``digest`` folder; returns the pages."""
    folder = run.home.digests / str(run.week)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pages = []
    for group, edition in _editions(run):
        page = folder / f"{group.id}.html"
        page.write_text(edition.as_page(), encoding="utf-8")
        text = edition.text.replace(UNSUBSCRIBE, "…")
        page.with_suffix(".txt").write_text(f"{edition.subject}\n\n{text}", encoding="utf-8")
        page.with_suffix(".chat.txt").write_text(f"{edition.chat}\n", encoding="utf-8")
        if edition.table is not None:
            (folder / edition.table[0]).write_bytes(edition.table[1])
        pages.append(page)
    return pages


def _say_plan(run: DigestRun) -> int:
    post_of(run.settings)  # what would stop a sending stops its rehearsal
    with outbox_of(run.home) as outbox:
        for group, edition in _editions(run):
            recipients = group.recipients()
            silent = sum(outbox.is_suppressed(r, group.id) for r in recipients)
            size = len(edition.html.encode()) / 1000
            print(
                f"{group.id}: {len(recipients) - silent} of {len(recipients)} recipients, {size:.0f} kB of HTML: {edition.subject}"
            )
    print("nothing was sent")
    return 0


def _send_trial(run: DigestRun, address: str) -> int:
    """One copy to one address, kept nowhere."""
    post = post_of(run.settings)
    now = datetime.now(UTC).replace(microsecond=0)
    failed = 0
    with SmtpMailer(post.server) as mailer:
        for group, edition in _editions(run):
            key = message_key(post.sender.secret, f"trial {now.isoformat()}", group.id, str(run.week), address)
            message = compose(edition, post.sender, group_id=group.id, recipient=address, key=key, made_at=now)
            reply = mailer.send(post.sender.return_path(key), address, message.as_bytes())
            print(f"{group.id} to {address}: {reply.verdict} ({reply})")
            failed |= reply.verdict != "sent"
    return int(failed)


def _send_alerts(run: DigestRun) -> int:
    post = post_of(run.settings)
    with only_one(run.home, "digest"):
        report = send_alerts(run, post, datetime.now(UTC))
    for group, reasons in report["alerts"].items():
        print(f"{group}: alert with {reasons} reasons")
    print(f"{len(report['alerts'])} alerts, {report['done'].get('sent', 0)} copies sent")
    return 1 if report["pending"] else 0


def _send(run: DigestRun) -> int:
    post = post_of(run.settings)
    with only_one(run.home, "digest"):
        report = send_digests(run, post, datetime.now(UTC))
    print(f"{report['done'].get('sent', 0)} copies sent now; of {run.week} in all:")
    for group, counts in report["groups"].items():
        print(f"{group}: " + ", ".join(f"{n} {state}" for state, n in counts.items()))
    for group, recipient, state, reply in report["refusals"]:
        print(f"{group}: {recipient} {state}: {reply}")
    if "unreadable" in report:
        print(f"bounces were not read: {report['unreadable']}")
    if report["pending"]:
        print("some are still pending: the next run goes on with them")
    return 1 if report["pending"] else 0
