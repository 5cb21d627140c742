"""Running a flow from the command line, against a Prefect server that is there or one started for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flows.progress import make_reporter
from flows.server import prefect_server
from flows.settings import Home, Settings, load_settings
from flows.steps.night import new_night
from flows.steps.report import summary_line


def run_flow(kind: str, settings: Settings | None = None) -> dict[str, Any]:
    """Run ``poll``, ``nightly`` or ``retrain`` once; returns the run's report."""
    settings = settings or load_settings()
    reporter = make_reporter(settings.log_format)
    night = new_night(settings, reporter, kind)
    home = Home(settings.home)
    reporter.line(f"{kind} {night.run_id} in {home.root}")
    with prefect_server(home.prefect, settings.prefect_timeout_s):
        from flows.nightly import run_opened

        report = run_opened(_flow(kind), night)
    print(summary_line(report))
    return report


def _flow(kind: str) -> Callable[[], dict[str, Any]]:
    """A flow by name; Prefect is imported when one is wanted."""
    if kind == "retrain":
        from flows.retrain import retrain

        return retrain
    from flows import nightly as flows

    return flows.nightly if kind == "nightly" else flows.poll
