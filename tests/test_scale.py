"""The plan past these machines: the clock it is simulated by, what it must say of plain cases, and the page that shows it."""

from __future__ import annotations

import pytest

from tests.benchmarks.scale import archives, night, table
from tests.benchmarks.scale.clock import Clock, Process, Resource, Use, Wait
from tests.benchmarks.scale.night import Machine, Press

COSTS = table.load_figures()["costs"]


def test_the_clock_gives_out_what_there_is_in_turn() -> None:
    clock, cores = Clock(), Resource(2)
    ended: dict[str, float] = {}

    def process(name: str) -> Process:
        yield Use(cores, 3)
        yield Wait(1)
        ended[name] = clock.now

    for name in "abc":
        clock.start(process(name))
    assert clock.run() == 7
    assert ended == {"a": 4, "b": 4, "c": 7}
    assert cores.used_s == 9


def test_politeness_to_one_source_makes_the_crawl() -> None:
    press = Press((100, 1, 1), lists=1, delay_s=2, answer_s=0.5, told_share=0)
    crawl = next(s for s in night.simulate(press, Machine(2, 2, 2), COSTS, held=0) if s.name == "crawl")
    assert 200 <= crawl.wall_s < 205
    assert crawl.limit == "politeness to the largest source"
    many = Press((50,) * 64, lists=1, delay_s=2, answer_s=0.5, told_share=0)
    crawl = next(s for s in night.simulate(many, Machine(2, 16, 2), COSTS, held=0) if s.name == "crawl")
    assert crawl.limit == "sources side by side"
    hurried = Press((50,) * 64, lists=1, delay_s=0, answer_s=0, told_share=0)
    crawl = next(s for s in night.simulate(hurried, Machine(2, 16, 2), COSTS, held=0) if s.name == "crawl")
    assert crawl.limit == "cores"


def test_bunches_of_pages_change_little(monkeypatch: pytest.MonkeyPatch) -> None:
    press, machine = night.press_of(40, 50, 2, 2.0, 0.5, 0.05), Machine(2, 4, 2)
    fine = night.simulate(press, machine, COSTS, held=0)
    monkeypatch.setattr(night, "EVENTS", press.total // 5)
    for coarse, exact in zip(night.simulate(press, machine, COSTS, held=0), fine, strict=True):
        assert coarse.wall_s == pytest.approx(exact.wall_s, rel=0.1), exact.name
        assert coarse.core_s == pytest.approx(exact.core_s), exact.name


@pytest.mark.parametrize(("network_mb_s", "kept", "limit"), [(50, 0, "network"), (0, 0, "cores"), (0, 3_000_000, "one writer")])  # fmt: skip
def test_an_archive_waits_for_what_is_scarce(network_mb_s: float, kept: int, limit: str) -> None:
    archive = archives.Archive(files=40, megabytes=1000, kept=kept)
    costs = {**COSTS, "load_s": 0.1} if kept else COSTS
    assert archives.simulate(archive, 4, 8, network_mb_s, costs).limit == limit


def test_the_page_shows_what_the_simulation_says() -> None:
    assert table.as_written() == table.render(), "run python -m tests.benchmarks.scale.table --write"
