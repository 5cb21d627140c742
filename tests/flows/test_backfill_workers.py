"""A backfill on several processes and machines: the same tables as in one process, whoever dies on the way."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import Client, Worker

from flows.server import QUIET
from flows.settings import Settings, load_settings
from tests.e2e.helpers import TABLES, environment
from tests.flows import machines
from tests.flows.test_backfill import backfill
from tests.flows.warcs import REGISTRY, article, write_warc
from tests.postgres import create_database, postgres
from tests.postgres import why_not as why_no_postgres
from warehouse.lake import Lake
from warehouse.store import open_warehouse

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]
FILES, PAGES = 8, 25
ROOT = Path(__file__).parents[2]
CHASQUI = [sys.executable, "-m", "flows.main"]
Tables = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def warcs(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Files that name some addresses twice; gives their pattern."""
    folder = tmp_path_factory.mktemp("warcs")
    for number in range(FILES):
        first = number * (PAGES - 2)
        write_warc(folder / f"{number}.warc.gz", (article(n) for n in range(first, first + PAGES)))
    (folder / "sources.toml").write_text(REGISTRY, encoding="utf-8")
    return f"{folder}/*.warc.gz"


@pytest.fixture(scope="module")
def expected(warcs: str, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """What one process makes of them."""
    settings = settings_for(warcs, tmp_path_factory.mktemp("alone"))
    backfill(settings, *sorted(Path(warcs).parent.glob("*.warc.gz")))
    tables = tables_of(settings.home / "warehouse.duckdb")
    assert len(tables["documents"]) == FILES * (PAGES - 2) + 2
    assert tables["events"]
    return tables


def settings_for(warcs: str, home: Path, **more: Any) -> Settings:
    return load_settings(home=home, sources=Path(warcs).parent / "sources.toml", **more)


def tables_of(where: Path | Lake) -> Tables:
    with open_warehouse(where) as con:
        return {name: con.execute(f"{sql} ORDER BY ALL").fetchall() for name, sql in TABLES.items()}


@contextmanager
def running(command: list[str], settings: Settings, log: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of ours, with all it started ended at the end."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=ROOT, env={**environment(settings), **QUIET, **more}, stdout=out, stderr=out, start_new_session=True)  # fmt: skip
    try:
        yield process
    finally:
        for family in [psutil.Process(process.pid)] if process.poll() is None else []:
            for member in [*family.children(recursive=True), family]:
                with suppress(psutil.NoSuchProcess):
                    member.kill()
        process.wait(60)


def wait_for(is_so: Callable[[], Any], what: str, log: Path, seconds: float = 240) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := is_so():
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come to be:\n{log.read_text(errors='replace')[-4000:]}")


def dask_workers(of: int) -> list[psutil.Process]:
    """Worker processes of a local cluster: spawned by the main process, and busy enough to have a reading process."""
    return [p for p in psutil.Process(of).children() if is_spawned(p) and any(map(is_spawned, p.children()))]


def is_spawned(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:  # a zombie, or gone
        return False


def test_workers_killed_with_files_in_their_hands_change_no_result(
    warcs: str, expected: Tables, tmp_path: Path
) -> None:
    settings, log = settings_for(warcs, tmp_path / "home"), tmp_path / "log"
    with running([*CHASQUI, "backfill", "--warc", warcs, "--workers", "2"], settings, log) as run:
        killed: set[int] = set()
        for _ in range(2):
            readings = wait_for(lambda: list((settings.home / "backfill").glob(".*")), "a reading under way", log)
            victim = wait_for(
                lambda: [p for p in dask_workers(run.pid) if p.pid not in killed], "a worker at work", log
            )[0]
            assert readings
            victim.send_signal(signal.SIGKILL)
            killed.add(victim.pid)
        assert run.wait(600) == 0, log.read_text()
    assert len(killed) == 2
    assert tables_of(settings.home / "warehouse.duckdb") == expected
    assert not list((settings.home / "backfill").glob("*/*.parquet"))


def free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def executed(dask_worker: Worker) -> int:
    return dask_worker.state.executed_count


executed.__module__ = "__main__"  # so that it travels to workers whole: they cannot import a test


@pytest.mark.skipif(why_no_postgres() is not None, reason=str(why_no_postgres()))
def test_two_machines_and_a_lake_give_the_same_tables(warcs: str, expected: Tables, tmp_path: Path) -> None:
    if why := machines.why_not():
        pytest.skip(why)
    log = tmp_path / "log"
    with machines.machines(2) as (here, others), postgres(here) as parameters:
        url = f"ducklake:postgres:{create_database(parameters, 'lake')}"
        settings = settings_for(warcs, tmp_path / "home", warehouse_url=url)
        scheduler, prefect = (f"{here}:{free_port(here)}" for _ in range(2))
        more = {"PREFECT_API_URL": f"http://{prefect}/api", "PREFECT_HOME": str(tmp_path / "prefect")}
        serve = ["-m", "prefect", "server", "start", "--host", here, "--port", prefect.partition(":")[2]]
        dask = [
            "-m",
            "distributed.cli.dask_scheduler",
            "--host",
            here,
            "--port",
            scheduler.partition(":")[2],
            "--no-dashboard",
        ]
        work = [*CHASQUI, "worker", f"tcp://{scheduler}"]
        with (
            running([sys.executable, *serve], settings, log, **more),
            running([sys.executable, *dask], settings, log, **more),
            running([*others[0].enter, *work], settings, log, **more),
            running([*others[1].enter, *work], settings, log, **more),
        ):
            for other in others:
                wait_for(
                    lambda at=other.address: f"as tcp://{at}:" in log.read_text(errors="replace"),
                    f"a worker at {other.address}",
                    log,
                )
            wait_for(lambda: is_up(f"http://{prefect}/api/health"), "the Prefect server", log)
            command = [*CHASQUI, "backfill", "--warc", warcs, "--workers", f"tcp://{scheduler}"]
            with running(command, settings, log, **more) as run:
                assert run.wait(600) == 0, log.read_text()
            with Client(f"tcp://{scheduler}") as client:
                files: Any = client.run(executed)
        assert {address.split(":")[1].strip("/") for address in files} == {other.address for other in others}
        assert min(files.values()) > 0  # both had some
        assert tables_of(Lake(url, settings.home / "lake")) == expected
    assert not (settings.home / "warehouse.duckdb").exists()
