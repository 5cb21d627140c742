"""Prefect's server on PostgreSQL: a night's flow runs against it, and what it tells stands in that database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flows.server import prefect_server
from flows.settings import Home
from tests.e2e.helpers import environment, rows_of, settings_for
from tests.newsroom import Newsroom
from tests.postgres import BINARIES, create_database, postgres, why_not

pytestmark = [pytest.mark.server, pytest.mark.timeout(600), pytest.mark.skipif(bool(why_not()), reason=why_not() or "")]
ROOT = Path(__file__).parents[2]


def asked(parameters: str, sql: str) -> list[str]:
    command = [str(BINARIES[-1] / "psql"), "--no-psqlrc", "-At", "-c", sql, parameters]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def test_a_night_runs_on_a_server_that_keeps_its_state_in_postgresql(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Newsroom(sites=("correo-norteno", "observatorio-cupos")) as newsroom, postgres() as cluster:
        database = create_database(cluster, "prefect")
        given = dict(p.split("=") for p in cluster.split())
        url = f"postgresql+asyncpg://{given['user']}@{given['host']}:{given['port']}/prefect"
        monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", url)
        with prefect_server(tmp_path / "prefect", timeout_s=240) as api:
            settings = settings_for(newsroom, tmp_path)
            done = subprocess.run(
                [sys.executable, "-m", "flows.main", "nightly"],
                cwd=ROOT,
                env={**environment(settings), "PREFECT_API_URL": api},
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
        assert done.returncode == 0, done.stderr[-3000:]
        assert len(rows_of(Home(settings.home))["documents"]) >= 20
        assert asked(database, "SELECT state_type FROM flow_run") == ["COMPLETED"]
        assert int(asked(database, "SELECT count(*) FROM task_run WHERE state_type = 'COMPLETED'")[0]) >= 9
        assert asked(database, "SELECT count(*) FROM artifact WHERE key = 'run-report'") == ["1"]
    assert not list((tmp_path / "prefect").glob("*.db")), "nothing was kept in a file beside it"
