"""``chasqui serve``: polls, nights and digests by the clock, against the configured Prefect server or one of its own.

Whether a run may start is decided by the locks of ``steps/night.py``, which the kernel frees with their process, not by
counters on a server that a power cut would leave standing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flows.progress import make_reporter
from flows.server import prefect_server
from flows.settings import Home, Settings, load_settings
from flows.steps.night import only_one
from warehouse.ops import Ops

ZONE = "America/Lima"
SIDE_BY_SIDE = 3  # a night that takes hours must not keep the polls waiting
TOO_LATE = timedelta(minutes=10)  # a run that waited longer was missed, not delayed


def serve_schedules(settings: Settings | None = None) -> None:
    """Run until stopped. A night that was cut off, or missed while the machine was off, is begun at once."""
    settings = settings or load_settings()
    home = Home(settings.home).make()
    reporter = make_reporter(settings.log_format)
    with only_one(home, "serve"), prefect_server(home.prefect, settings.prefect_timeout_s) as url:
        from prefect import serve

        from flows.stale import drop_missed, mark_crashed

        served = deployments(settings)
        for deployment in served:
            deployment.apply()
        names = {d.name for d in served}
        crashed = mark_crashed(names)
        missed = drop_missed(names, datetime.now(UTC) - TOO_LATE)
        reporter.line(f"serving {', '.join(sorted(names))} at {url}; {crashed} cut off, {missed} missed")
        if night_is_due(home, datetime.now(UTC)):
            from prefect.deployments import run_deployment

            run_deployment("nightly/nightly", timeout=0)
            reporter.line("the last night was cut off or missed: one begins now")
        serve(*served, pause_on_shutdown=False, print_starting_message=False, limit=SIDE_BY_SIDE)


def deployments(settings: Settings) -> list[Any]:
    """The flows with their schedules. Named by module, so that they are found from any folder."""
    from prefect.flows import EntrypointType  # pyright: ignore[reportPrivateImportUsage] - where `to_deployment` takes it from
    from prefect.schedules import Cron

    from flows import nightly as flows
    from flows.retrain import retrain
    from flows.weekly import digest_crons, mail_round, weekly_digest

    schedules: list[tuple[Any, list[str]]] = [
        (flows.poll, [settings.poll_cron]),
        (flows.nightly, [settings.nightly_cron]),
    ]
    if settings.groups.exists():
        schedules += [(weekly_digest, digest_crons(settings)), (mail_round, [settings.mail_cron])]
    if settings.train_python is not None:
        schedules.append((retrain, [settings.retrain_cron]))
    return [
        flow.to_deployment(
            name=flow.name,
            schedules=[Cron(cron, timezone=ZONE) for cron in crons],
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for flow, crons in schedules
    ]


def night_is_due(home: Home, now: datetime) -> bool:
    """Whether a night was begun and never ended, or none has ended well for more than a day."""
    if not home.ops.exists():
        return False
    with Ops(home.ops) as ops:
        if ops.rows("unfinished_runs", "nightly"):
            return True
        last = ops.last_good_night()
    return last is not None and now - last > timedelta(hours=26)
