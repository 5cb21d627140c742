"""No word goes to Prefect's makers: telemetry is off before Prefect is imported, and in the server that a run starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from flows.server import QUIET, prefect_server

ROOT = Path(__file__).parents[2]
CI = ("CI", "GITHUB_ACTIONS", "BUILD_ID")  # where Prefect keeps quiet by itself
OFF = ("DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED")
# Says what stands in the environment when Prefect is first imported, and goes no further.
WATCHED = """
import os, sys
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "prefect":
            print(os.environ.get("DO_NOT_TRACK"), os.environ.get("PREFECT_SERVER_ANALYTICS_ENABLED"), flush=True)
            os._exit(0)
sys.meta_path.insert(0, Watch())
from flows.main import main
sys.argv = ["chasqui", *sys.argv[1:]]
main()
"""


def untold() -> dict[str, str]:
    """An environment that says nothing of telemetry."""
    return {name: value for name, value in os.environ.items() if name not in {*OFF, *CI}}


@pytest.mark.parametrize("command", [["worker", "tcp://127.0.0.1:1"], ["nightly"], ["serve"]])
def test_telemetry_is_off_before_prefect_is_imported(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("")
    own = {"CHASQUI_HOME": str(tmp_path / "home"), "CHASQUI_SOURCES": str(tmp_path / "sources.toml")}
    here = {
        "PREFECT_API_URL": "http://127.0.0.1:1/api",
        "PYTHONPATH": str(ROOT),
    }  # a server that is not asked for anything
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *command],
        cwd=tmp_path, env={**untold(), **own, **here}, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1:] == ["1 false"], done.stderr[-2000:]


def test_an_operator_who_wants_it_otherwise_is_heeded(tmp_path: Path) -> None:
    script = "from flows.server import be_quiet; be_quiet(); import os; print(os.environ['DO_NOT_TRACK'])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env={**untold(), "DO_NOT_TRACK": "0"}, capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.strip() == "0"


@pytest.mark.server
@pytest.mark.timeout(300)
def test_the_server_of_a_run_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*OFF, *CI, "PREFECT_API_URL"):
        monkeypatch.setenv(name, "")  # put back in the end, whatever the server's start sets
        monkeypatch.delenv(name)
    with prefect_server(tmp_path / "prefect", timeout_s=240) as url:
        (server,) = [p for p in psutil.Process().children() if "prefect" in p.cmdline()]
        assert {name: server.environ().get(name) for name in OFF} == {name: QUIET[name] for name in OFF}
        with urllib.request.urlopen(f"{url}/admin/settings", timeout=30) as answer:
            assert json.load(answer)["server"]["analytics_enabled"] is False
