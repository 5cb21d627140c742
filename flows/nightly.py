"""The Prefect flows: the steps of ``steps/order.py`` as tasks, and the run report as an artifact. No rule lives here.

A flow that is not given a ``Night`` (a scheduled one) opens its own from the settings in force.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import duckdb
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed
from prefect.task_engine import TaskRunTimeoutError

from flows.progress import make_reporter
from flows.settings import load_settings
from flows.steps.night import BusyError, Night
from flows.steps.order import begin, run_night, run_poll
from flows.steps.report import as_markdown, summary_line

HOUR_S = 3600
# Far above what a step takes on a small server: a limit ends what hangs, it does not hurry what works.
STEP_TIMEOUTS_S = {
    "clean up": HOUR_S / 4,
    "poll": HOUR_S,
    "crawl": 8 * HOUR_S,
    "extract": 4 * HOUR_S,
    "understand": 8 * HOUR_S,
    "load": HOUR_S,
    "link": 2 * HOUR_S,
    "review": HOUR_S,
    "check": HOUR_S,
    "publish": HOUR_S,
    "index": 4 * HOUR_S,
    "site": HOUR_S,
    "export reviews": 24 * HOUR_S,  # it waits for a night
    "train": 22 * HOUR_S,
    "judge": HOUR_S,
}
POLL_TIMEOUT_S = 2 * HOUR_S
NIGHT_TIMEOUT_S = 20 * HOUR_S  # over before the next one begins
RETRY_DELAYS_S = [15.0, 60.0, 240.0]
_OPENED: ContextVar[Night | None] = ContextVar("_OPENED", default=None)
PASSING = (ConnectionError, TimeoutError, sqlite3.OperationalError, duckdb.IOException)


def is_passing(_task: Any, _run: Any, state: Any) -> bool:
    """Whether a step failed for something that may be over in a minute: a lock, a connection. Not a full disk, not a bug.

    Nor a step that overran its time: it would again, and the end of a whole night's time reaches it in the same form.
    """
    try:
        state.result()
    except TaskRunTimeoutError:
        return False
    except PASSING:
        return True
    except Exception:  # noqa: BLE001 - whatever else it was, it would be the same again
        return False
    return False


def as_task(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A step as a Prefect task: one a batch of work, never one a page; never cached, its result never kept."""
    return task(
        name=name,
        cache_policy=NO_CACHE,
        persist_result=False,
        timeout_seconds=STEP_TIMEOUTS_S[name],
        retries=len(RETRY_DELAYS_S),
        retry_delay_seconds=RETRY_DELAYS_S,
        retry_condition_fn=is_passing,
    )(function)


@flow(name="poll", validate_parameters=False, persist_result=False, timeout_seconds=POLL_TIMEOUT_S)
def poll() -> Any:
    """Ask feeds and news sitemaps for new addresses."""
    return run_in_flow("poll", run_poll)


@flow(name="nightly", validate_parameters=False, persist_result=False, timeout_seconds=NIGHT_TIMEOUT_S)
def nightly() -> Any:
    """One night, from lists to the published file."""
    return run_in_flow("nightly", run_night)


def run_opened(flow_: Callable[[], Any], night: Night) -> Any:
    """Run a flow on a run that is open already. It stays in this process: the server keeps a flow's parameters, secrets and all."""
    token = _OPENED.set(night)
    try:
        return flow_()
    finally:
        _OPENED.reset(token)


def run_in_flow(kind: str, run: Callable[..., dict[str, Any]]) -> Any:
    """The run that somebody opened, or a new one by the settings in force."""
    if (night := _OPENED.get()) is not None:
        return _reported(night, run)
    settings = load_settings()
    reporter = make_reporter(settings.log_format)
    try:
        return _reported(begin(settings, reporter, kind), run)
    except BusyError as error:  # the one at work does what this one would have done
        return Completed(name="Skipped", message=str(error))


def _reported(night: Night, run: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    try:
        return run(night, as_task)
    finally:
        if "outcomes" in night.report:  # a run that never began has nothing to report
            create_markdown_artifact(
                as_markdown(night.report), key="run-report", description=summary_line(night.report)
            )
