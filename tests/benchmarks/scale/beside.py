"""The simulation beside real runs on this machine: ``python -m tests.benchmarks.scale.beside [night] [backfill]``.

A night over made-up sites on loopback, without politeness, and a backfill of made WARC files by two workers. CPU-seconds are what
is held against each other: those of the clock are worth something only where nothing else runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.backfill_pages import make_newsroom_pages
from tests.benchmarks.bench_backfill import FILES, work
from tests.benchmarks.bench_night import own_apart
from tests.benchmarks.many_pages import served
from tests.benchmarks.scale import archives, night
from tests.benchmarks.scale.night import Costs, Machine, Press
from tests.benchmarks.scale.table import load_figures

HERE = Machine(cores=2, parallel_sources=2, workers=2)  # the settings' defaults


def night_beside(costs: Costs, articles: int, sites: int) -> None:
    """Step by step."""
    with TemporaryDirectory() as name, served(Path(name), articles, sites):
        own = own_apart(Path(name), articles, is_whole=True)
    press = Press((articles // sites,) * sites, lists=own["lists"] // sites, delay_s=0, answer_s=0, told_share=1)
    steps = night.simulate(press, HERE, costs, held=0)
    print(f"a night of {articles} pages over {sites} sites")
    _show({step.name: (step.core_s, own["cpu"][step.name]) for step in steps})
    print(
        f"by the clock: predicted {sum(s.wall_s for s in steps):.0f} s, measured {sum(own['seconds'].values()):.0f} s"
    )


def backfill_beside(costs: Costs, pages: int) -> None:
    """Reading by two workers; what they read is not loaded."""
    with TemporaryDirectory() as name:
        made = make_newsroom_pages(Path(name) / "pages", pages, FILES)
        megabytes = sum(path.stat().st_size for path in made.files) / 1e6
        worked = work(made, made.files, HERE.workers)
    archive = archives.Archive(FILES, megabytes / FILES, pages // FILES)
    step = archives.simulate(archive, HERE.cores, HERE.workers, 0, {**costs, "load_s": 0})
    print(f"a backfill of {pages} pages by {HERE.workers} workers")
    _show({"read": (step.core_s, worked.cpu_seconds)})
    print(f"by the clock: predicted {step.wall_s:.0f} s, measured {worked.wall_seconds:.0f} s")


def _show(pairs: Mapping[str, tuple[float, float]]) -> None:
    print(f"{'CPU-seconds':<12}{'predicted':>10}{'measured':>10}{'ratio':>7}")
    total = tuple(sum(pair[n] for pair in pairs.values()) for n in (0, 1))
    for name, (predicted, measured) in {**pairs, "all": total}.items():
        print(f"{name:<12}{predicted:>10.1f}{measured:>10.1f}{predicted / max(measured, 0.1):>7.2f}", flush=True)


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="*", metavar="RUN", help="night, backfill; both when none is named")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--sites", type=int, default=20)
    given = parser.parse_args()
    costs = load_figures()["costs"]
    if not given.runs or "night" in given.runs:
        night_beside(costs, given.pages, given.sites)
    if not given.runs or "backfill" in given.runs:
        backfill_beside(costs, given.pages)


if __name__ == "__main__":
    main()
