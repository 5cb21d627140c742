"""The Prefect flows of the mail: ``weekly_digest`` at the groups' hours, ``mail_round`` for all that comes between. No rule lives here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed

from flows.mail import Post, post_of
from flows.settings import Home, Settings, load_settings
from flows.steps.alerts import send_alerts
from flows.steps.digest import DigestRun, due_groups, group_crons, groups_of, last_week, outbox_of, send_digests
from flows.steps.night import BusyError, only_one
from warehouse.records import LIMA

TIMEOUT_S = 6 * 3600
Send = Callable[[DigestRun, Post, datetime], dict[str, Any]]


@flow(name="weekly_digest", validate_parameters=False, persist_result=False, timeout_seconds=TIMEOUT_S)
def weekly_digest() -> Any:
    """Send the last week's digest to the groups that are due; go on with what an earlier run left."""
    return _run(send_digests)


@flow(name="mail_round", validate_parameters=False, persist_result=False, timeout_seconds=TIMEOUT_S)
def mail_round() -> Any:
    """Read what came back, try again what waits, make up for a digest that was missed, send the day's alerts."""
    return _run(_digests_and_alerts)


def _digests_and_alerts(run: DigestRun, post: Post, now: datetime) -> dict[str, Any]:
    send_digests(run, post, now)
    everyone = DigestRun(run.settings, groups_of(run.settings), run.week)
    run.report["alerts"] = send_alerts(everyone, post, now)["alerts"]
    return run.report


def _run(send: Send) -> Any:
    settings = load_settings()
    now = datetime.now(UTC)
    groups = groups_of(settings)
    week = last_week(settings.today or now.astimezone(LIMA).date())
    home = Home(settings.home).make()
    try:
        with only_one(home, "digest"):
            with outbox_of(home) as outbox:
                due = due_groups(outbox, groups, week, now)
            run = DigestRun(settings, due, week)
            try:
                return send(run, post_of(settings), now)
            finally:
                create_markdown_artifact(as_markdown(run), key="digest-report", description=f"mail of {week}")
    except BusyError as error:  # the one at work does what this one would have done
        return Completed(name="Skipped", message=str(error))


def as_markdown(run: DigestRun) -> str:
    """The report as the Prefect artifact shows it: numbers, no addresses."""
    lines = [f"# Digests of {run.week}", ""]
    if "groups" not in run.report:
        return "\n".join([*lines, "Nothing was sent: see the run's log."])
    lines += ["| group | state | copies |", "|---|---|---|"]
    lines += [f"| {g} | {state} | {n} |" for g, counts in run.report["groups"].items() for state, n in counts.items()]
    if run.report["pending"]:
        lines += ["", "Some copies are still pending; the next run goes on with them."]
    if run.report["returned"]:
        lines += ["", "Came back: " + ", ".join(f"{n} {kind}" for kind, n in run.report["returned"].items())]
    if "unreadable" in run.report:
        lines += ["", "The mailbox of bounces could not be read: `chasqui doctor` says why."]
    if run.report.get("alerts"):
        lines += [
            "",
            "Alerts, with the number of reasons: " + ", ".join(f"{g} {n}" for g, n in run.report["alerts"].items()),
        ]
    return "\n".join(lines)


def digest_crons(settings: Settings) -> list[str]:
    """When the weekly flow is to run: at the setting's time, and at the groups' own."""
    return sorted({settings.digest_cron, *group_crons(groups_of(settings))})
