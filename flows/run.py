"""Running a flow from the command line, against a Prefect server that is there or one started for it."""

from __future__ import annotations

from typing import Any

from flows.progress import make_reporter
from flows.server import prefect_server
from flows.settings import Home, Settings, load_settings
from flows.steps.night import new_night
from flows.steps.report import summary_line


def run_flow(kind: str, settings: Settings | None = None) -> dict[str, Any]:
    """Run ``poll`` or ``nightly`` once; returns the run's report."""
    settings = settings or load_settings()
    reporter = make_reporter(settings.log_format)
    night = new_night(settings, reporter, kind)
    home = Home(settings.home)
    reporter.line(f"{kind} {night.run_id} in {home.root}")
    with prefect_server(home.prefect, settings.prefect_timeout_s):
        from flows import nightly as flows

        flow = flows.nightly if kind == "nightly" else flows.poll
        report = flow(night)
    print(summary_line(report) if kind == "nightly" else f"{report['new_urls']} new addresses")
    return report
