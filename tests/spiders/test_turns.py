"""No host is asked sooner than its pause allows, however many ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

import spiders.crawl.turns
from spiders.crawl.child import run_job
from spiders.crawl.job import Job, Request
from spiders.crawl.nursery import Nursery
from spiders.crawl.turns import FARTHEST_S, Turns
from tests.spiders.loopback import Answer, job, serve

PAUSE_S = 0.4
LATE_S = 0.2  # a first request takes longer from its turn to the server than one on an open connection


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands until it is set."""
    now = [1.7e9]
    monkeypatch.setattr(spiders.crawl.turns, "time", lambda: now[0])
    return now


def test_children_that_share_a_host_ask_it_one_after_the_other(tmp_path: Path) -> None:
    with (
        serve(
            {f"/nota-{n}": Answer("x") for n in range(4)} | {"/robots.txt": Answer("User-agent: *\nDisallow:\n")}
        ) as site,
        Nursery() as nursery,
        ThreadPoolExecutor(2) as pool,
    ):

        def work(name: str, *numbers: int) -> Job:
            pages = [Request(url=f"{site.base}/nota-{n}", way="article") for n in numbers]
            one = job(tmp_path / name, site.base, *pages, delay_s=PAUSE_S)
            return one.model_copy(update={"hosts": tmp_path / "hosts"})

        ended = pool.map(lambda one: run_job(one, nursery), [work("a", 0, 1), work("b", 2, 3)])
        assert all(one.is_clean for one in ended)
    assert sorted(site.paths) == [*(f"/nota-{n}" for n in range(4)), "/robots.txt", "/robots.txt"]
    asked = sorted(at for at, _ in site.asked)
    assert min(later - earlier for earlier, later in pairwise(asked)) > PAUSE_S - LATE_S


def test_each_turn_keeps_the_longer_pause_of_those_beside_it(tmp_path: Path, clock: list[float]) -> None:
    turns = Turns(tmp_path)
    assert [turns.take("uno.pe", pause) for pause in (2, 30, 2, 2)] == [0, 30, 60, 62]
    assert turns.take("dos.pe", 2) == 0
    clock[0] += 100
    assert turns.take("uno.pe", 2) == 0


def test_a_host_that_asked_for_a_pause_is_left_alone_by_all(tmp_path: Path, clock: list[float]) -> None:
    Turns(tmp_path).rest("uno.pe", 60)
    clock[0] += 10
    Turns(tmp_path).rest("uno.pe", 5)
    assert Turns(tmp_path).take("uno.pe", 2) == 50


def test_a_torn_file_and_a_clock_set_back_hold_nobody_up(tmp_path: Path, clock: list[float]) -> None:
    turns = Turns(tmp_path)
    turns.take("uno.pe", 2)
    clock[0] -= FARTHEST_S
    assert turns.take("uno.pe", 2) == 0
    (tmp_path / "uno.pe").write_text("1700000000.0")
    assert turns.take("uno.pe", 2) == 0
