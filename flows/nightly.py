"""The Prefect flows: the steps of ``steps/order.py`` as tasks, and the run report as an artifact. No rule lives here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.steps.night import Night
from flows.steps.order import run_night, run_poll
from flows.steps.report import as_markdown, summary_line


def as_task(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A step as a Prefect task: one a batch of work, never one a page; never cached, its result never kept."""
    return task(name=name, cache_policy=NO_CACHE, persist_result=False)(function)


@flow(name="poll", validate_parameters=False, persist_result=False)
def poll(night: Night) -> dict[str, Any]:
    """Ask feeds and news sitemaps for new addresses."""
    return _reported(night, run_poll)


@flow(name="nightly", validate_parameters=False, persist_result=False)
def nightly(night: Night) -> dict[str, Any]:
    """One night, from lists to the published file."""
    return _reported(night, run_night)


def _reported(night: Night, run: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    try:
        return run(night, as_task)
    finally:
        if "outcomes" in night.report:  # a run that never began has nothing to report
            create_markdown_artifact(
                as_markdown(night.report), key="run-report", description=summary_line(night.report)
            )
