"""The Prefect flow ``backfill``: WARC files read as tasks, on this machine's processes or on whatever a Dask scheduler has.

Belongs here: how work reaches workers. No rule about files or pages lives here.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from dask import config as dask_config
from distributed.scheduler import KilledWorker
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect_dask.task_runners import DaskTaskRunner

from flows.steps.backfill.run import LostError, Reading, Work, run_backfill
from flows.steps.backfill.segment import Segment, SegmentRead, read_segment
from flows.steps.night import Night
from flows.steps.readers import ReadersDiedError
from flows.steps.report import as_markdown, summary_line
from spiders.transfer import NotThereError, TransferError
from spiders.warc import NotWarcError

# The reading beside a worker (steps/backfill/segment.py) is a child process, which a daemon may not have.
WORKING = {"distributed.worker.daemon": False, "distributed.worker.multiprocessing-method": "spawn"}
WORKER_MEMORY = "1500MB"  # a worker that takes more is started anew, its file read again
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_NUM_THREADS": "1"}
RETRY_DELAYS_S = [10.0, 60.0]


def workers_of(text: str) -> TaskRunner[Any]:
    """Where files are read: in this process (``1``), in so many processes of this machine, or on a scheduler's workers."""
    dask_config.set(WORKING)
    if not text.isdigit():
        return DaskTaskRunner(address=text)
    if int(text) == 1:
        return ThreadPoolTaskRunner(max_workers=1)
    cluster = {
        "n_workers": int(text),
        "threads_per_worker": 1,
        "processes": True,
        "memory_limit": WORKER_MEMORY,
        "dashboard_address": None,
        "host": "127.0.0.1",
        "env": ONE_THREAD,
    }
    return DaskTaskRunner(cluster_kwargs=cluster)


def is_worth_a_retry(_task: Any, _run: Any, state: Any) -> bool:
    """Whether a file may be read the next time: one that is no WARC file, or that is not there, never will be."""
    try:
        state.result()
    except (NotWarcError, NotThereError):
        return False
    except (OSError, TransferError, ReadersDiedError):
        return True
    except Exception:  # noqa: BLE001 - whatever else it was, it would be the same again
        return False
    return False


@task(
    name="read WARC file",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=len(RETRY_DELAYS_S),
    retry_delay_seconds=RETRY_DELAYS_S,
    retry_condition_fn=is_worth_a_retry,
)
def read_file(segment: Segment) -> SegmentRead:
    """Read one file, on whichever worker has it."""
    return read_segment(segment)


@dataclass(frozen=True, slots=True)
class _Handed:
    """A file that a worker has."""

    name: str
    future: Any

    def result(self) -> SegmentRead:
        """What came of it."""
        try:
            return self.future.result()
        except KilledWorker as error:
            raise LostError(f"{self.name}: every worker that had it died") from error


def hand_out(segment: Segment) -> Reading:
    """A file to whichever worker is free."""
    return _Handed(segment.file.name, read_file.submit(segment))


@dataclass(frozen=True, slots=True)
class _Given:
    """What a run works on. It stays in this process: a flow's parameters travel to every worker, secrets and all."""

    night: Night
    work: Work
    at_once: int


_GIVEN: ContextVar[_Given] = ContextVar("_GIVEN")


def start_backfill(night: Night, work: Work, workers: str, at_once: int) -> dict[str, Any]:
    """Run the flow on the workers named; returns the run's report."""
    token = _GIVEN.set(_Given(night, work, at_once))
    try:
        return backfill.with_options(task_runner=workers_of(workers))()
    finally:
        _GIVEN.reset(token)


@flow(name="backfill", validate_parameters=False, persist_result=False)
def backfill() -> Any:
    """Read WARC files into the warehouse."""
    return _run_given()


def _run_given() -> dict[str, Any]:
    night, work, at_once = (getattr(_GIVEN.get(), name) for name in _Given.__dataclass_fields__)
    try:
        return run_backfill(night, work, hand_out, at_once)
    finally:
        if "outcomes" in night.report:
            create_markdown_artifact(
                as_markdown(night.report), key="run-report", description=summary_line(night.report)
            )
