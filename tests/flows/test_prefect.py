"""The flows on a real Prefect server: the run report as an artifact, a run killed and finished by the next."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.server import prefect_server
from flows.settings import Home
from tests.e2e.helpers import environment, rows_of, settings_for
from tests.newsroom import Newsroom

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]
ROOT = Path(__file__).parents[2]
SITES = ("correo-norteno", "observatorio-cupos")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with prefect_server(tmp_path_factory.mktemp("prefect"), timeout_s=240) as url:
        yield url


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(sites=SITES) as served:
        yield served


def ask(api: str, path: str) -> list[dict[str, Any]]:
    request = urllib.request.Request(f"{api}{path}", data=b"{}", headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def nightly(settings: Any, api: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "flows.main", "nightly"],
        cwd=ROOT,
        env={**environment(settings), "PREFECT_API_URL": api},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_night_killed_under_prefect_is_finished_by_the_next(api: str, newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "calm").mkdir()
    calm = settings_for(newsroom, tmp_path / "calm")
    done = nightly(calm, api)
    said, _ = done.communicate(timeout=300)
    assert done.returncode == 0, said[-3000:]
    artifacts = ask(api, "/artifacts/filter")
    assert any(a["key"] == "run-report" and "What became of the addresses" in a["data"] for a in artifacts)
    assert {r["name"] for r in ask(api, "/flows/filter")} >= {"nightly"}

    (tmp_path / "cut").mkdir()
    cut = settings_for(newsroom, tmp_path / "cut")
    dying = nightly(cut, api)
    logs = Home(cut.home).logs
    deadline = time.monotonic() + 240
    while not list(logs.glob("*/*.fetch.jsonl")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(dying.pid, signal.SIGKILL)
    dying.communicate()
    again = nightly(cut, api)
    said, _ = again.communicate(timeout=300)
    assert again.returncode == 0, said[-3000:]
    assert rows_of(Home(cut.home)) == rows_of(Home(calm.home))
