"""How fast the warehouse loads, publishes and answers: ``python -m tests.benchmarks.bench_warehouse [DOCUMENTS] [--keep DIR]``.

Ten mentions a document. Every phase runs in a process of its own, whose peak memory is its own. Events are joined by the made-up
truth, not by linking (``bench_link`` measures that). The rivals answer the same questions in the same run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks import warehouse_rivals as rivals
from tests.benchmarks.warehouse_data import DAYS, LAST_DAY, SECTORS, SOURCES, TYPES, generate
from warehouse.query import open_published

ROUNDS = 40
SLOW_ROUNDS = 5  # of pandas, which takes its time
EVENTS = """
INSERT INTO events BY NAME
SELECT l.event_id, min(m.type) AS primary_type, 'happened' AS status, any_value(m.date) AS date, 'day' AS date_precision, min(d.published_on) AS first_reported_on,
    max(d.published_on) AS last_reported_on, date_trunc('week', any_value(m.date))::DATE AS week, 'date' AS week_basis, any_value(m.ubigeo) AS ubigeo,
    any_value(m.department) AS department, any_value(m.province) AS province, any_value(m.district) AS district, 'district' AS place_precision,
    max(m.killed) AS killed, NULL AS wounded, NULL AS amount_pen, NULL AS norm, count(DISTINCT d.source_id) AS source_count,
    count(DISTINCT d.document_id) AS document_count, min(d.title_masked) AS title, min(m.evidence_masked) AS evidence, false AS is_disputed
FROM event_mentions l JOIN mentions m USING (mention_id) JOIN documents d USING (document_id) GROUP BY l.event_id
"""
TYPES_OF = "INSERT INTO event_types SELECT DISTINCT event_id, type FROM event_mentions JOIN mentions USING (mention_id)"
SECTORS_OF = "INSERT INTO event_sectors SELECT DISTINCT event_id, sector FROM event_mentions JOIN mention_sectors USING (mention_id)"
WEEKLY = "SELECT week, event_type, event_count, killed, documents_read, sources_healthy FROM timeline_weekly WHERE sector = ? AND department = ? ORDER BY 1, 2"
TIMELINE = f"SELECT {rivals.EVENT_COLUMNS}, types, sectors FROM timeline WHERE ubigeo = ? AND date BETWEEN ? AND ? ORDER BY date"
PANEL = "SELECT week, sum(event_count) FROM timeline_panel() WHERE sector = 'transport' GROUP BY 1"


def load(folder: Path) -> dict[str, float]:
    """Load every batch; only loading is timed."""
    from flows.steps.keeping import district_rows
    from warehouse.load import BatchFiles, load_batch, replace_districts, replace_labels, replace_sources
    from warehouse.store import open_warehouse

    with open_warehouse(folder / "warehouse.duckdb") as con:
        replace_districts(con, district_rows())
        replace_sources(
            con, [(f"medio{n}", f"Medio {n}", None, "national_news", None, "es", None) for n in range(SOURCES)]
        )
        replace_labels(
            con,
            [("sector", s, n, s, s) for n, s in enumerate(SECTORS)]
            + [("event", t, n, t, t) for n, t in enumerate(TYPES)],
        )
        start = time.perf_counter()
        for batch in sorted((folder / "batches").iterdir()):
            load_batch(con, batch.name, BatchFiles.of(batch))
        con.execute("CHECKPOINT")
        return {"seconds": time.perf_counter() - start}


def publish(folder: Path) -> dict[str, float]:
    """Join events by the made-up truth, then check and publish; both timed apart."""
    from warehouse.check import run_checks
    from warehouse.publish import publish as publish_file
    from warehouse.store import open_warehouse

    with open_warehouse(folder / "warehouse.duckdb") as con:
        con.execute(
            f"INSERT INTO event_mentions SELECT event_id, mention_id FROM read_parquet('{folder}/batches/*/links-*.parquet')"
        )
        for statement in (EVENTS, TYPES_OF, SECTORS_OF):
            con.execute(statement)
        start = time.perf_counter()
        broken = [r.name for r in run_checks(con, "r") if r.blocks]
        checked = time.perf_counter()
        done = publish_file(con, folder / "chasqui.duckdb")
        if broken:
            raise SystemExit(f"the made-up data break {broken}")
        return {
            "checks": checked - start,
            "seconds": time.perf_counter() - checked,
            "events": done.events,
            "bytes": done.file_bytes,
        }


def percentile(times: list[float], share: float = 0.95) -> float:
    """Of measured milliseconds."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def timed(question: Callable[[Any], int], asked: list[Any]) -> tuple[float, int]:
    """p95 in milliseconds, and the rows answered in all."""
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


def ask(folder: Path) -> dict[str, float]:
    """The published file's two questions, and the panel once."""
    weekly, quarters = asked_of(folder, ROUNDS)
    with open_published(folder / "chasqui.duckdb") as con:
        weekly_ms, weekly_rows = timed(lambda one: len(con.execute(WEEKLY, one).fetchall()), weekly)
        timeline_ms, timeline_rows = timed(lambda one: len(con.execute(TIMELINE, one).fetchall()), quarters)
        panel_ms, _ = timed(lambda _: len(con.execute(PANEL).fetchall()), [None] * 3)
    return {
        "weekly": weekly_ms,
        "weekly_rows": weekly_rows,
        "timeline": timeline_ms,
        "timeline_rows": timeline_rows,
        "panel": panel_ms,
    }


def ask_sqlite(folder: Path) -> dict[str, float]:
    """SQLite, filled and asked."""
    start = time.perf_counter()
    rivals.fill_sqlite(folder / "chasqui.duckdb", folder / "rival.sqlite")
    filled = time.perf_counter() - start
    return {"seconds": filled} | _rival(folder, *rivals.sqlite_questions(folder / "rival.sqlite"), ROUNDS)


def ask_pandas(folder: Path) -> dict[str, float]:
    """Pandas over Parquet."""
    start = time.perf_counter()
    rivals.write_parquet(folder / "chasqui.duckdb", folder)
    written = time.perf_counter() - start
    return {"seconds": written} | _rival(folder, *rivals.pandas_questions(folder), SLOW_ROUNDS)


def _rival(folder: Path, weekly: rivals.Question, timeline: rivals.Question, rounds: int) -> dict[str, float]:
    pairs, quarters = asked_of(folder, rounds)
    weekly_ms, weekly_rows = timed(weekly, pairs)
    timeline_ms, timeline_rows = timed(timeline, quarters)
    return {"weekly": weekly_ms, "weekly_rows": weekly_rows, "timeline": timeline_ms, "timeline_rows": timeline_rows}


def _phase(function: Callable[..., Any], arguments: tuple[Any, ...], results: Any) -> None:
    found = function(*arguments) or {}
    results.put(found | {"peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2})


def apart(function: Callable[..., Any], *arguments: Any) -> dict[str, float]:
    """Run a phase in a process of its own."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_phase, args=(function, arguments, results))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{function.__name__} ended with {process.exitcode}")
    return results.get()


def run(folder: Path, documents: int) -> None:
    """All phases, each printed as it ends."""
    print(f"{documents:,} documents, {documents * 10:,} mentions", flush=True)
    if not (folder / "batches").exists():
        apart(generate, folder / "batches", documents)
    loaded = apart(load, folder)
    print(
        f"load            {documents / loaded['seconds']:12,.0f} documents/s  ({loaded['seconds']:.1f} s, peak {loaded['peak_gb']:.2f} GB)",
        flush=True,
    )
    done = apart(publish, folder)
    print(f"checks          {done['checks']:12.1f} s", flush=True)
    print(
        f"publish         {done['seconds']:12.1f} s  ({done['events']:,.0f} events, {done['bytes'] / 1e6:,.0f} MB, peak {done['peak_gb']:.2f} GB)",
        flush=True,
    )
    print(f"{'':16}{'weekly p95':>14}{'timeline p95':>14}{'fill':>10}{'peak':>10}")
    for name, function in (("chasqui", ask), ("SQLite", ask_sqlite), ("pandas", ask_pandas)):
        found = apart(function, folder)
        filled = f"{found['seconds']:.1f} s" if "seconds" in found else ""
        print(
            f"{name:<16}{found['weekly']:11.1f} ms{found['timeline']:11.1f} ms{filled:>10}{found['peak_gb']:7.2f} GB",
            flush=True,
        )
        if "panel" in found:
            print(f"  timeline_panel {found['panel']:.0f} ms")


def main() -> None:
    """Entry of the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="Work here, keep what is made, and use the batches that are there.")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        for name in ("warehouse.duckdb", "chasqui.duckdb", "rival.sqlite"):
            (options.keep / name).unlink(missing_ok=True)
        run(options.keep, options.documents)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), options.documents)


if __name__ == "__main__":
    main()
