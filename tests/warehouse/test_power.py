"""A power cut or a full disk costs a night at most; a reader never notices a publish."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.killing import PAGES, run
from warehouse.integrity import duckdb_damage
from warehouse.query import QueryError, ask, open_published
from warehouse.store import open_warehouse

ROOT = Path(__file__).parents[2]
TABLES = ("documents", "mentions", "events", "event_mentions", "event_changes", "event_redirects")
SAID = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM mentions), (SELECT count(DISTINCT mention_id) FROM event_mentions), (SELECT count(*) FROM timeline), (SELECT count(*) FROM events)"
READER = """
import sys, time
from pathlib import Path
from tests.warehouse.test_power import read_in_a_loop
read_in_a_loop(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with open_warehouse(path) as con:
        return {t: con.execute(f"SELECT * EXCLUDE (title) FROM {t} ORDER BY ALL" if t == "events" else f"FROM {t} ORDER BY ALL").fetchall() for t in TABLES}  # fmt: skip


def command(home: Path, night: int, *room: str) -> list[str]:
    return [sys.executable, "-m", "tests.warehouse.killing", str(home), str(night), *room]


def cut_off(home: Path, night: int, chance: random.Random, longest_s: float) -> bool:
    """Begin a night and kill it after a random while; whether it was killed before its end."""
    process = subprocess.Popen(command(home, night), cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()  # it has begun: starting Python is no part of a night
    time.sleep(chance.uniform(0, longest_s))
    os.kill(process.pid, signal.SIGKILL)
    process.stdout.close()
    return process.wait() == -signal.SIGKILL


def holds_together(published: Path) -> tuple[int, ...]:
    """Counts of the published file, all of one night."""
    with open_published(published) as con:
        documents, mentions, linked, timeline, events = ask(con, SAID).rows[0]
    assert documents == mentions == linked
    assert documents % PAGES == 0
    assert timeline == events > 0
    return documents, mentions, linked, timeline, events


def timed(home: Path, night: int) -> float:
    """The seconds of a night that is left to end."""
    start = time.perf_counter()
    run(home, night)
    return time.perf_counter() - start


def survive_kills(home: Path, kills: int) -> int:
    """Nights that are killed and then run again, held against nights left alone; how many were killed before their end."""
    chance = random.Random(17)
    run(home, 0)
    whole_night = timed(home, 1)
    hit, night = 0, 2
    for number in range(kills):
        before = holds_together(home / "chasqui.duckdb")
        hit += cut_off(home, night, chance, whole_night * 1.1)
        assert duckdb_damage(home / "warehouse.duckdb") is None
        assert duckdb_damage(home / "chasqui.duckdb") is None
        assert holds_together(home / "chasqui.duckdb")[0] - before[0] in {0, PAGES}
        if number % 5 == 4 or kills < 5:
            # The next run completes; the machine may be faster or slower by now, and what was cut off late has less left to do.
            whole_night = max(timed(home, night), 0.8 * whole_night)
            assert holds_together(home / "chasqui.duckdb")[0] == (night + 1) * PAGES
            night += 1
    run(home, night)
    alone = home.with_name("alone")
    for number in range(night + 1):
        run(alone, number)
    assert rows(home / "warehouse.duckdb") == rows(alone / "warehouse.duckdb")
    return hit


def read_in_a_loop(published: Path, stop: Path) -> None:
    """Open, ask and close until told to stop; the last line is how often, any error ends it."""
    times, last = 0, 0
    print("begun", flush=True)
    while not stop.exists():
        documents = holds_together(published)[0]
        assert documents >= last, "an older file after a newer one"
        times, last = times + 1, documents
    print(times)


def publish_beside_a_reader(home: Path, publishes: int) -> int:
    """How often a reader looped through some publishes."""
    run(home, 0)
    stop = home / "stop"
    reader = [sys.executable, "-c", READER, str(home / "chasqui.duckdb"), str(stop)]
    process = subprocess.Popen(reader, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()  # it has begun: starting Python takes longer than a publish
    with open_published(home / "chasqui.duckdb") as held:  # one who keeps the first file open all the time
        for night in range(1, publishes + 1):
            run(home, night)
            assert ask(held, SAID).rows[0][0] == PAGES
    stop.touch()
    out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error.decode()[-2000:]
    return int(out)


def test_a_night_that_is_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    survive_kills(tmp_path / "home", kills=3)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_fifty_kills_at_random_moments_change_nothing(tmp_path: Path) -> None:
    assert survive_kills(tmp_path / "home", kills=50) >= 30


@pytest.mark.parametrize("room", [20_000, 300_000, 2_000_000])
def test_a_full_disk_leaves_the_last_file_and_the_next_run_completes(tmp_path: Path, room: int) -> None:
    home = tmp_path / "home"
    run(home, 0)
    before = holds_together(home / "chasqui.duckdb")
    done = subprocess.run(command(home, 1, str(room)), cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()[-500:]
    assert holds_together(home / "chasqui.duckdb") == before
    run(home, 1)
    assert holds_together(home / "chasqui.duckdb")[0] == 2 * PAGES
    assert duckdb_damage(home / "warehouse.duckdb") is None


def test_a_reader_sees_whole_files_only(tmp_path: Path) -> None:
    assert publish_beside_a_reader(tmp_path / "home", publishes=2) > 0


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_reader_sees_whole_files_only_through_twenty_publishes(tmp_path: Path) -> None:
    assert publish_beside_a_reader(tmp_path / "home", publishes=20) > 20


def test_a_file_that_is_not_there_yet_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="nightly"), open_published(tmp_path / "chasqui.duckdb"):
        pass
