"""`chasqui serve` on its own Prefect server: the clock fires, a cancelled night leaves no child, a power cut needs no hand."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import psutil
import pytest

from flows.server import ADDRESS_FILE
from flows.settings import Home, Settings
from tests.e2e.helpers import environment, settings_for
from tests.newsroom import Newsroom
from warehouse.ops import Ops

pytestmark = [pytest.mark.server, pytest.mark.timeout(900)]
ROOT = Path(__file__).parents[2]
NIGHT = "nightly/nightly"


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(sites=("correo-norteno", "observatorio-cupos")) as served:
        yield served


class Served:
    """A running `chasqui serve` and all that it started."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.home = Home(settings.home)
        with (folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows.main", "serve"],
                cwd=folder,
                env={**environment(settings), "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

    @property
    def api(self) -> str:
        return (self.home.prefect / ADDRESS_FILE).read_text()

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def power_cut(self) -> None:
        for process in [*self.family(), psutil.Process(self.process.pid)]:
            process.kill()
        self.process.wait()


def ask(api: str, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
    data = None if method == "GET" else json.dumps(body or {}).encode()
    request = urllib.request.Request(
        f"{api}{path}", data=data, headers={"Content-Type": "application/json"}, method=method
    )
    for tries_left in reversed(range(10)):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except HTTPError as error:  # Prefect's server says so while its SQLite file is busy; its own clients ask again
            if error.code != 503 or not tries_left:
                raise
            time.sleep(0.5)
    raise AssertionError("unreachable")


def until(true: Callable[[], Any], seconds: float, what: str) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if found := true():
                return found
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail(f"{what}: not within {seconds} s")


def runs(home: Home, kind: str, state: str) -> list[str]:
    if not home.ops.exists():
        return []
    with Ops(home.ops) as ops:
        return [r["run_id"] for r in ops.rows("last_runs") if (r["kind"], r["state"]) == (kind, state)]


def begin_night(api: str) -> str:
    deployment = ask(api, f"/deployments/name/{NIGHT}", method="GET")
    return ask(api, f"/deployments/{deployment['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})["id"]


def crawling(home: Home) -> bool:
    return any(home.logs.glob("*-nightly-*/*.pid"))


def test_the_clock_fires_and_neither_cancellation_nor_a_power_cut_needs_a_hand(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    settings = settings_for(newsroom, tmp_path, poll_cron="* * * * *", delay_s=0.4)
    served = Served(settings, tmp_path)
    home = served.home
    try:
        until(lambda: runs(home, "poll", "done"), 240, "a scheduled poll")

        cancelled = begin_night(served.api)
        until(lambda: crawling(home), 120, "the night's first crawling child")
        ask(served.api, f"/flow_runs/{cancelled}/set_state", {"state": {"type": "CANCELLING"}})
        until(
            lambda: ask(served.api, f"/flow_runs/{cancelled}", method="GET")["state_type"] == "CANCELLED",
            90,
            "the cancellation",
        )
        until(lambda: not [p for p in served.family() if "spiders.crawl" in " ".join(p.cmdline())], 60, "no child left")

        cut_off = begin_night(served.api)
        until(lambda: crawling(home), 120, "the second night's first crawling child")
        served.power_cut()

        served = Served(settings, tmp_path)
        until(lambda: runs(home, "nightly", "done"), 300, "the night that was cut off, finished")
        assert ask(served.api, f"/flow_runs/{cut_off}", method="GET")["state_type"] == "CRASHED"
        assert runs(home, "nightly", "running") == []
        assert (home.root / "metrics.nightly.prom").read_text().count('chasqui_run_good{kind="nightly"} 1') == 1

        family = served.family()
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(90) == 0
        _, alive = psutil.wait_procs(family, timeout=20)
        assert not alive
    finally:
        if served.process.poll() is None:
            served.power_cut()
