"""The table of docs/scale.md, from the simulation: ``python -m tests.benchmarks.scale.table [--write]``.

Belongs here: which figures the table has and how they are written. Not here: how they come about.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.scale import archives, night
from tests.benchmarks.scale.night import Machine, Step, press_of

HERE = Path(__file__).parent
PAGE = Path(__file__).parents[3] / "docs" / "scale.md"
BEGIN, END = "<!-- simulated -->\n", "<!-- simulated, end -->\n"
HOUR_S, YEAR_DAYS, MONTH_DAYS = 3600.0, 365, 365 / 12
POLL_EVERY_S, DAY_S = 20 * 60.0, 24 * HOUR_S
STEPS = ("lists", "crawl", "read", "understand", "load", "link", "publish", "index")
Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One case: its name and the cells below, by row."""

    name: str
    cells: Mapping[str, str]


def load_figures() -> Figures:
    """Unit costs, assumptions and prices."""
    return tomllib.loads((HERE / "costs.toml").read_text(encoding="utf-8"))


def render() -> str:
    """The table as Markdown."""
    figures = load_figures()
    cases = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    columns = [*(_night(case, figures) for case in cases["night"]), _archive(cases["archive"], figures)]
    rows = columns[0].cells
    lines = ["| | " + " | ".join(column.name for column in columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {row} | " + " | ".join(column.cells[row] for column in columns) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _night(case: Figures, figures: Figures) -> Column:
    """A night at the end of the first year."""
    assumed, costs = figures["assumed"], figures["costs"]
    machine = Machine(case["cores"], case["parallel_sources"], case["workers"])
    press = press_of(
        case["sources"],
        assumed["pages_a_source"],
        assumed["lists_a_source"],
        figures["settings"]["delay_s"],
        assumed["answer_s"],
        assumed["told_share"],
    )
    held = press.total * YEAR_DAYS
    steps = night.simulate(press, machine, costs, held)
    poll = night.ask_lists(press, assumed["polled_lists"], machine, costs)
    wall = sum(step.wall_s for step in steps)
    core_hours = (sum(step.core_s for step in steps) + assumed["polls_a_day"] * poll.core_s) / HOUR_S
    archive_gb = held * figures["disk"]["archive_kb"] / 1e6
    kept_gb = held * _kept_kb(figures) / 1e6
    by_name = {step.name: step for step in steps}
    cells = {
        "cores, `parallel_sources`, `workers`": f"{machine.cores}, {machine.parallel_sources}, {machine.workers}",
        "pages a day": f"{press.total:,}",
        "a night": _long(wall),
        **{f"of it {name}": _long(by_name[name].wall_s) for name in STEPS},
        "a poll, every 20 minutes": _long(poll.wall_s),
        "core-hours a day, polls included": f"{core_hours:,.1f}",
        "archive, GB a year": f"{archive_gb:,.0f}",
        "warehouse, published file, search, GB a year": f"{kept_gb:,.0f}",
        "dollars a month after a year": _dollars(core_hours * MONTH_DAYS, archive_gb + kept_gb, figures),
        "first bottleneck": _bottleneck(steps, poll, wall),
    }
    return Column(case["name"], cells)


def _archive(case: Figures, figures: Figures) -> Column:
    """A year of CC-NEWS. Files are alike, so a twelfth of them is simulated."""
    assumed = figures["assumed"]
    part = archives.Archive(assumed["archive_files"] // 12, assumed["archive_file_mb"], assumed["archive_file_kept"])
    step = archives.simulate(part, case["cores"], case["workers"], assumed["network_mb_s"], figures["costs"])
    kept = assumed["archive_files"] * assumed["archive_file_kept"]
    archive_gb, kept_gb = kept * figures["disk"]["archive_kb"] / 1e6, kept * _kept_kb(figures) / 1e6
    core_hours = 12 * step.core_s / HOUR_S
    cells = {
        "cores, `parallel_sources`, `workers`": f"{case['cores']}, none, {case['workers']}",
        "pages a day": f"{kept:,} kept in all",
        "a night": f"{_long(12 * step.wall_s)} in all",
        "core-hours a day, polls included": f"{core_hours:,.0f} in all",
        "archive, GB a year": f"{archive_gb:,.0f}",
        "warehouse, published file, search, GB a year": f"{kept_gb:,.0f}",
        "dollars a month after a year": f"{_dollars(core_hours, archive_gb + kept_gb, figures)} in the month it is read",
        "first bottleneck": step.limit,
    }
    return Column(case["name"], _Empty(cells))


class _Empty(dict[str, str]):
    """Rows that say nothing of a case."""

    def __missing__(self, row: str) -> str:
        return ""


def _kept_kb(figures: Figures) -> float:
    disk = figures["disk"]
    return disk["warehouse_kb"] + disk["published_kb"] + disk["search_kb"]


def _dollars(core_hours: float, gigabytes: float, figures: Figures) -> str:
    prices = figures["prices"]
    dollars = core_hours * prices["core_hour_dollars"] + gigabytes * prices["gigabyte_month_dollars"]
    return "under 1" if dollars < 1 else f"{dollars:,.0f}"


def _bottleneck(steps: Sequence[Step], poll: Step, wall: float) -> str:
    """What gives way first: the poll that the next one overtakes, the night that the next one does, or the longest step."""
    longest = max(steps, key=lambda step: step.wall_s)
    said = f"{longest.name}: {longest.limit}"
    if wall > DAY_S:
        said += "; a night takes longer than a day"
    if poll.wall_s > POLL_EVERY_S:
        said = f"the poll ({poll.limit}), then {said}"
    return said


def _long(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 2 * HOUR_S else f"{seconds / HOUR_S:,.1f} h"


def as_written() -> str:
    """The table as docs/scale.md has it."""
    return _page()[1]


def _page() -> tuple[str, str, str]:
    """What stands before the table, the table, and what stands after it."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    table, after = rest.split(END)
    return before + BEGIN, table, END + after


def main() -> None:
    """Print it, or put it into the page."""
    table = render()
    if sys.argv[1:] == ["--write"]:
        before, _, after = _page()
        PAGE.write_text(before + table + after, encoding="utf-8")
    else:
        print(table, end="")


if __name__ == "__main__":
    main()
