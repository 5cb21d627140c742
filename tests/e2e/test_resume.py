"""A night cut off anywhere is finished by the next one, with the same rows as if nothing had happened."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.progress import PlainReporter
from flows.settings import Home
from flows.steps.night import BusyError, new_night, only_one
from flows.steps.order import run_night
from tests.e2e.helpers import environment, rows_of, settings_for
from tests.e2e.killed import PLACES
from tests.newsroom import Newsroom

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
SITES = ("correo-norteno", "observatorio-cupos")


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(sites=SITES) as served:
        yield served


@pytest.fixture(scope="module")
def undisturbed(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    settings = settings_for(newsroom, tmp_path_factory.mktemp("undisturbed"))
    run_night(new_night(settings, PlainReporter(), "nightly"))
    rows = rows_of(Home(settings.home))
    assert len(rows["documents"]) >= 20
    assert len(rows["events"]) >= 5
    return rows


@pytest.mark.parametrize("place", PLACES)
def test_killed_at(
    place: str, newsroom: Newsroom, undisturbed: dict[str, list[tuple[Any, ...]]], tmp_path: Path
) -> None:
    settings = settings_for(newsroom, tmp_path)
    command = [sys.executable, "-m", "tests.e2e.killed", place]
    done = subprocess.run(command, cwd=ROOT, env=environment(settings), capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]
    report = run_night(new_night(settings, PlainReporter(), "nightly"))
    assert rows_of(Home(settings.home)) == undisturbed
    assert report["cleaned"]["runs_resumed"] == 1
    assert list((settings.home / "batches").iterdir()) == []
    assert not list(settings.home.glob(".chasqui.duckdb.new"))


def test_two_nights_at_once_are_refused_and_a_dead_ones_lock_is_free(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").make()
    with only_one(home, "nightly"), pytest.raises(BusyError, match="another nightly"), only_one(home, "nightly"):
        pass
    code = (
        "import os, signal, sys; from pathlib import Path; from flows.settings import Home; from flows.steps.night import only_one\n"
        "with only_one(Home(Path(sys.argv[1])), 'nightly'): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(home.root)], cwd=ROOT, check=False)
    with only_one(home, "nightly"):
        pass
