"""A step or a night that takes longer than it may is ended while it waits, noted as failed, and leaves no child behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from flows.settings import Home
from tests.e2e.helpers import environment, settings_for
from tests.newsroom import Newsroom
from warehouse.ops import Ops

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]
ROOT = Path(__file__).parents[2]
# A night whose limits are seconds, and that says in the end in what state Prefect's server keeps its run.
HURRIED = """
import sys
from flows.main import main
from flows.server import prefect_server
from flows.settings import Home, load_settings
with prefect_server(Home(load_settings().home).prefect, 240):
    from flows import nightly
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort
    nightly.STEP_TIMEOUTS_S["poll"] = float(sys.argv[1])
    nightly.nightly = nightly.nightly.with_options(timeout_seconds=float(sys.argv[2]))
    sys.argv = ["chasqui", "nightly"]
    try:
        main()
    finally:
        with get_client(sync_client=True) as client:
            print("states:", *{run.state.type.value for run in client.read_flow_runs(limit=9, sort=FlowRunSort.ID_DESC)}, flush=True)
"""


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(sites=("correo-norteno",)) as served:
        yield served


@pytest.mark.parametrize(("step_s", "night_s"), [(30, 3600), (3600, 60)])
def test_what_overruns_its_time_is_ended(newsroom: Newsroom, tmp_path: Path, step_s: float, night_s: float) -> None:
    settings = settings_for(newsroom, tmp_path, delay_s=300)  # between two requests: nothing ends by itself
    with (tmp_path / "said").open("w+") as said:
        night = subprocess.Popen(
            [sys.executable, "-c", HURRIED, str(step_s), str(night_s)],
            cwd=tmp_path,
            env={**environment(settings), "PYTHONPATH": str(ROOT)},
            stdout=said,
            stderr=said,
        )
        children: set[psutil.Process] = set()
        while night.poll() is None:
            children |= {p for p in _family(night.pid) if "spiders.crawl" in " ".join(_command(p))}
            time.sleep(0.2)
        said.seek(0)
        text = said.read()
    assert night.returncode == 1, text[-3000:]
    assert children, "the crawl had begun"
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not alive
    assert "states: FAILED" in text, text[-3000:]
    assert "exceeded timeout" in text, text[-3000:]
    with Ops(Home(settings.home).ops) as ops:
        (run,) = ops.rows("last_runs")
    assert (run["kind"], run["state"]) == ("nightly", "failed")


def _family(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
