"""A simulated backfill: WARC files pulled over one network by workers, passed over or read, and kept by one writer."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.scale.clock import Clock, Process, Resource, Use
from tests.benchmarks.scale.night import NEARLY, Costs, Step


@dataclass(frozen=True, slots=True)
class Archive:
    """Files alike: their size as compressed, and how many pages of each are of registered hosts."""

    files: int
    megabytes: float
    kept: int


def simulate(archive: Archive, cores: int, workers: int, network_mb_s: float, costs: Costs) -> Step:
    """The whole of it. ``network_mb_s`` 0: the files are on this machine."""
    clock, held, line, writer = Clock(), Resource(cores), Resource(1), Resource(1)
    left = archive.files
    read_s = costs["read_s"] + costs["understand_s"]
    keep_s = costs["load_s"]  # what a file gave is of many days: linking is small beside

    def worker() -> Process:
        nonlocal left
        yield Use(held, costs["worker_start_s"])
        while left:
            left -= 1
            if network_mb_s:
                yield Use(line, archive.megabytes / network_mb_s)
            yield Use(held, archive.megabytes / costs["pass_mb_s"] + archive.kept * read_s)
            yield Use(writer, archive.kept * keep_s)

    for _ in range(workers):
        clock.start(worker())
    wall = clock.run()
    shares = {"network": line.used_s, "cores": held.used_s / cores, "one writer": writer.used_s}
    limit = max(shares, key=shares.__getitem__)
    if shares[limit] < NEARLY * wall:
        limit = "workers"
    return Step("backfill", wall, held.used_s + writer.used_s, limit)
