"""How fast the warehouse loads, publishes and answers: ``python -m tests.benchmarks.bench_warehouse [DOCUMENTS] [--keep DIR]``.

Ten mentions a document. Events are joined by the made-up truth, not by linking (``bench_link`` measures that). Rivals hold the
same rows and answer the same questions in the same run. A million documents take half an hour in all: ``--step`` runs one step
at a time on what the earlier ones left in DIR; the figures of all of them are printed together.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks import steps
from tests.benchmarks import warehouse_rivals as rivals
from tests.benchmarks.steps import Figures, percentile
from tests.benchmarks.warehouse_data import DAYS, LAST_DAY, SECTORS, SOURCES, TYPES, generate
from warehouse.query import open_published

ROUNDS = 100
SLOW_ROUNDS = 10  # of pandas, which takes its time
WEEKLY = "SELECT week, event_type, event_count, killed, documents_read, sources_healthy FROM timeline_weekly WHERE sector = ? AND department = ? ORDER BY 1, 2"
TIMELINE = f"SELECT {rivals.EVENT_COLUMNS}, types, sectors FROM timeline WHERE ubigeo = ? AND date BETWEEN ? AND ? ORDER BY date"
PANEL = "SELECT week, sum(event_count) FROM timeline_panel() WHERE sector = 'transport' GROUP BY 1"
JOINED = Path(__file__).with_name("joined.sql")


def make(folder: Path, documents: int) -> None:
    """Write the batches; nothing of it is measured."""
    generate(folder / "batches", documents)


def load(folder: Path, documents: int) -> Figures:
    """Load every batch into an empty warehouse; only loading is timed."""
    from flows.steps.keeping import district_rows
    from warehouse.load import BatchFiles, load_batch, replace_districts, replace_labels, replace_sources
    from warehouse.store import open_warehouse

    (folder / "warehouse.duckdb").unlink(missing_ok=True)
    with open_warehouse(folder / "warehouse.duckdb") as con:
        replace_districts(con, district_rows())
        sources = [f"medio{n}" for n in range(SOURCES)]
        replace_sources(con, [(s, s.title(), None, "national_news", None, "es", None) for s in sources])
        labels = [("sector", s, n, s, s) for n, s in enumerate(SECTORS)]
        replace_labels(con, labels + [("event", t, n, t, t) for n, t in enumerate(TYPES)])
        start = time.perf_counter()
        for batch in sorted((folder / "batches").iterdir()):
            load_batch(con, batch.name, BatchFiles.of(batch))
        con.execute("CHECKPOINT")
        seconds = time.perf_counter() - start
    return {"seconds": seconds, "rate": documents / seconds}


def join(folder: Path, _documents: int) -> None:
    """Join events by the made-up truth."""
    from warehouse.store import open_warehouse

    with open_warehouse(folder / "warehouse.duckdb") as con:
        con.execute(JOINED.read_text().replace("$links", f"'{folder}/batches/*/links-*.parquet'"))
        con.execute("CHECKPOINT")


def check(folder: Path, _documents: int) -> Figures:
    """Prove the rules."""
    from warehouse.check import run_checks
    from warehouse.store import open_warehouse

    with open_warehouse(folder / "warehouse.duckdb") as con:
        start = time.perf_counter()
        broken = [r.name for r in run_checks(con, "r") if r.blocks]
        seconds = time.perf_counter() - start
    if broken:
        raise SystemExit(f"the made-up data break {broken}")
    return {"seconds": seconds}


def publish(folder: Path, _documents: int) -> Figures:
    """Publish."""
    from warehouse.publish import publish as publish_file
    from warehouse.store import open_warehouse

    with open_warehouse(folder / "warehouse.duckdb") as con:
        start = time.perf_counter()
        done = publish_file(con, folder / "chasqui.duckdb")
        return {"seconds": time.perf_counter() - start, "events": done.events, "bytes": done.file_bytes}


def timed(question: Callable[[Any], int], asked: list[Any]) -> tuple[float, int]:
    """p95 in milliseconds, and the rows answered in all; the first question is asked once before."""
    times, rows = [], 0
    question(asked[0])
    for one in asked:
        start = time.perf_counter()
        rows += question(one)
        times.append((time.perf_counter() - start) * 1000)
    return percentile(times), rows


def asked_of(folder: Path, rounds: int) -> tuple[list[Any], list[Any]]:
    """Sectors with departments, districts with quarters; as often asked as they are told of."""
    chance = random.Random(11)
    with open_published(folder / "chasqui.duckdb") as con:
        places = con.execute("SELECT department, ubigeo FROM events USING SAMPLE 400 ROWS (reservoir, 3)").fetchall()
    weekly, quarters = [], []
    for _ in range(rounds):
        department, ubigeo = chance.choice(places)
        first = LAST_DAY - timedelta(days=chance.randrange(91, DAYS))
        weekly.append((chance.choice(SECTORS), department))
        quarters.append((ubigeo, first.isoformat(), date.isoformat(first + timedelta(days=91))))
    return weekly, quarters


def ask(folder: Path, _documents: int) -> Figures:
    """The published file's two questions, and the panel."""
    with open_published(folder / "chasqui.duckdb") as con:
        found = _asked(
            folder,
            lambda one: con.execute(WEEKLY, one).to_arrow_table().num_rows,
            lambda one: con.execute(TIMELINE, one).to_arrow_table().num_rows,
            ROUNDS,
        )
        found["panel"], _ = timed(lambda _: len(con.execute(PANEL).fetchall()), [None] * 3)
    return found


def ask_sqlite(folder: Path, _documents: int) -> Figures:
    """SQLite, filled and asked."""
    start = time.perf_counter()
    rivals.fill_sqlite(folder / "chasqui.duckdb", folder / "rival.sqlite")
    filled = time.perf_counter() - start
    return {"filled": filled} | _asked(folder, *rivals.sqlite_questions(folder / "rival.sqlite"), ROUNDS)


def ask_pandas(folder: Path, _documents: int) -> Figures:
    """Pandas over Parquet."""
    start = time.perf_counter()
    rivals.write_parquet(folder / "chasqui.duckdb", folder)
    filled = time.perf_counter() - start
    return {"filled": filled} | _asked(folder, *rivals.pandas_questions(folder), SLOW_ROUNDS)


def _asked(folder: Path, weekly: rivals.Question, timeline: rivals.Question, rounds: int) -> Figures:
    pairs, quarters = asked_of(folder, rounds)
    weekly_ms, weekly_rows = timed(weekly, pairs)
    timeline_ms, timeline_rows = timed(timeline, quarters)
    return {"weekly": weekly_ms, "weekly_rows": weekly_rows, "timeline": timeline_ms, "timeline_rows": timeline_rows}


def show(figures: dict[str, Figures]) -> None:
    """All figures known, as a table."""
    if found := figures.get("load"):
        print(
            f"load            {found['rate']:10,.0f} documents/s  ({found['seconds']:.1f} s, peak {found['peak_gb']:.2f} GB)"
        )
    if found := figures.get("check"):
        print(f"checks          {found['seconds']:10.1f} s  (peak {found['peak_gb']:.2f} GB)")
    if found := figures.get("publish"):
        print(
            f"publish         {found['seconds']:10.1f} s  ({found['events']:,.0f} events, {found['bytes'] / 1e6:,.0f} MB, peak {found['peak_gb']:.2f} GB)"
        )
    print(f"{'':16}{'weekly p95':>14}{'timeline p95':>14}{'filled in':>12}{'peak':>10}")
    for name, step in (("chasqui", "ask"), ("SQLite", "sqlite"), ("pandas", "pandas")):
        if found := figures.get(step):
            filled = f"{found['filled']:.0f} s" if "filled" in found else ""
            print(
                f"{name:<16}{found['weekly']:11.1f} ms{found['timeline']:11.1f} ms{filled:>12}{found['peak_gb']:7.2f} GB"
                f"  ({found['weekly_rows']:,.0f} and {found['timeline_rows']:,.0f} rows)"
            )
    if found := figures.get("ask"):
        print(f"timeline_panel  {found['panel']:10.0f} ms")


STEPS = {
    "make": make, "load": load, "join": join, "check": check, "publish": publish, "ask": ask, "sqlite": ask_sqlite, "pandas": ask_pandas,
}  # fmt: skip

if __name__ == "__main__":
    steps.main(__doc__, "warehouse", STEPS, show)
