"""A simulated night: lists and pages of every source, reading, labels, warehouse, publish, with today's program on one machine.

Belongs here: what queues for what. Unit costs come from ``costs.toml``; machines and numbers of sources from ``cases.toml``.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tests.benchmarks.scale.clock import Clock, Process, Resource, Use, Wait

Costs = Mapping[str, float]
EVENTS = 200_000  # that a step is simulated by at most: pages go in bunches beyond
NEARLY = 0.9  # of its time or of its cores: what so much of a step goes into is what limits it


@dataclass(frozen=True, slots=True)
class Machine:
    """What a night runs on: cores, and the settings ``parallel_sources`` and ``workers``."""

    cores: int
    parallel_sources: int
    workers: int


@dataclass(frozen=True, slots=True)
class Press:
    """Pages a night of each source, and how each is asked."""

    pages: tuple[int, ...]
    lists: int  # of a source, in a night
    delay_s: float  # between two requests to a host
    answer_s: float  # how long a host takes
    told_share: float  # of the pages that tell of a happening

    @property
    def total(self) -> int:
        """Pages a night."""
        return sum(self.pages)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the night: its time by the clock, what it takes of the cores, and what it waits for most."""

    name: str
    wall_s: float
    core_s: float
    limit: str


def press_of(sources: int, pages: float, lists: int, delay_s: float, answer_s: float, told_share: float) -> Press:
    """Sources of unlike size: few large ones and many small, exponentially distributed around the mean."""
    sizes = [-pages * math.log((n + 0.5) / sources) for n in range(sources)]
    scale = pages * sources / sum(sizes)
    return Press(tuple(max(1, round(size * scale)) for size in sizes), lists, delay_s, answer_s, told_share)


def simulate(press: Press, machine: Machine, costs: Costs, held: int) -> list[Step]:
    """The steps of a night over a warehouse that holds so many documents before."""
    new, bunch = press.total, max(1, press.total * 2 // EVENTS)
    return [
        ask_lists(press, press.lists, machine, costs),
        _sources("crawl", press.pages, press, machine, costs, costs["fetch_s"], bunch),
        _lanes("read", new, machine, machine.workers, costs["read_s"], costs["reader_start_s"], bunch),
        _lanes("understand", new, machine, 1, costs["understand_s"], costs["model_start_s"], bunch),
        _alone("load", costs["load_start_s"] + costs["load_s"] * new),
        _alone("link", link_s(round(new * press.told_share), costs)),
        _alone("check", costs["check_s"]),
        _alone("publish", costs["publish_start_s"] + costs["publish_held_s"] * (held + new)),
        _alone("index", costs["index_start_s"] + costs["index_s"] * new + costs["index_held_s"] * held),
    ]


def link_s(tellings: int, costs: Costs) -> float:
    """Tellings of one day are held against each other: the worst that linking can take."""
    return costs["link_start_s"] + costs["link_pair_s"] * tellings**2


def ask_lists(press: Press, lists: int, machine: Machine, costs: Costs) -> Step:
    """So many lists of every source: a night's, or a poll's."""
    return _sources("lists", [lists] * len(press.pages), press, machine, costs, costs["list_s"], bunch=1)


def _sources(
    name: str, counts: Iterable[int], press: Press, machine: Machine, costs: Costs, each_s: float, bunch: int
) -> Step:
    """A child a source, so many at a time, each asking its host no faster than is polite."""
    clock, cores = Clock(), Resource(machine.cores)
    waiting = deque(counts)
    longest = max(waiting, default=0)

    def slot() -> Process:
        while waiting:
            left = waiting.popleft()
            yield Use(cores, costs["child_s"])
            while left:
                asked = min(bunch, left)
                began = clock.now
                yield Use(cores, asked * each_s)
                yield Wait(max(0.0, asked * max(press.delay_s, press.answer_s) - (clock.now - began)))
                left -= asked

    wall = costs["nursery_s"] + _run(clock, slot, machine.parallel_sources)
    alone = costs["nursery_s"] + costs["child_s"] + longest * max(press.delay_s, press.answer_s, each_s)
    if cores.used_s > NEARLY * wall * machine.cores:
        limit = "cores"
    else:
        limit = "politeness to the largest source" if alone > NEARLY * wall else "sources side by side"
    return Step(name, wall, costs["nursery_s"] + cores.used_s, limit)


def _lanes(name: str, pages: int, machine: Machine, lanes: int, each_s: float, start_s: float, bunch: int) -> Step:
    """Processes that take pages from one queue."""
    clock, cores = Clock(), Resource(machine.cores)
    left = pages

    def lane() -> Process:
        nonlocal left
        yield Use(cores, start_s)
        while left:
            taken = min(bunch, left)
            left -= taken
            yield Use(cores, taken * each_s)

    wall = _run(clock, lane, lanes)
    return Step(name, wall, cores.used_s, "one process" if lanes == 1 else "cores")


def _alone(name: str, seconds: float) -> Step:
    """One process that writes."""
    return Step(name, seconds, seconds, "one writer")


def _run(clock: Clock, process: Callable[[], Process], count: int) -> float:
    for _ in range(count):
        clock.start(process())
    return clock.run()
