"""What a dead machine left on a Prefect server: runs that are said to run, and a queue of missed ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Crashed

PAGE = 200


def mark_crashed(deployments: set[str]) -> int:
    """Runs of these deployments that nobody runs any more; call it before any is started. Returns how many."""
    alive = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
    with get_client(sync_client=True) as client:
        runs = list(_runs(client, deployments, FlowRunFilter(state=FlowRunFilterState(type=_any_of(alive)))))
        for run in runs:
            client.set_flow_run_state(run.id, Crashed(message="its process ended without a word"), force=True)
    return len(runs)


def drop_missed(deployments: set[str], before: datetime) -> int:
    """Scheduled runs whose time has passed: a day without power must not become seventy polls in a row."""
    waiting = FlowRunFilter(
        state=FlowRunFilterState(type=_any_of([StateType.SCHEDULED])),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": before}),
    )
    with get_client(sync_client=True) as client:
        runs = list(_runs(client, deployments, waiting))
        for run in runs:
            client.set_flow_run_state(run.id, Cancelled(message="missed: nothing was serving"), force=True)
    return len(runs)


def _any_of(types: list[StateType]) -> FlowRunFilterStateType:
    return FlowRunFilterStateType(any_=types)


def _runs(client: SyncPrefectClient, deployments: set[str], chosen: FlowRunFilter) -> Iterator[FlowRun]:
    """All pages are read before anything is changed by the caller's list(): a change would shift the next page."""
    ours = DeploymentFilter(name=DeploymentFilterName(any_=sorted(deployments)))
    offset = 0
    while True:
        page = client.read_flow_runs(
            deployment_filter=ours, flow_run_filter=chosen, sort=FlowRunSort.ID_DESC, limit=PAGE, offset=offset
        )
        yield from page
        if len(page) < PAGE:
            return
        offset += PAGE
