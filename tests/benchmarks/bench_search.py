"""How fast the search index is made and asked: ``python -m tests.benchmarks.bench_search [DOCUMENTS] [--keep DIR]``.

Works on the warehouse and the published file that ``bench_warehouse`` left in DIR, and makes them where they are missing. Masking
is left out (it is the reader's, and measured there). Questions are one to three middling words; in turn none, a quarter or a
sector narrows them. Beside it SQLite's FTS5 over the same texts, the ready-made way, which is asked without filters.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.benchmarks import bench_warehouse, steps
from tests.benchmarks.made_words import MIDDLING, vocabulary
from tests.benchmarks.steps import Figures, percentile
from tests.benchmarks.warehouse_data import DAYS, LAST_DAY, SECTORS
from warehouse.query import open_published
from warehouse.search.find import Narrowed, find
from warehouse.search.shelf import Shelf
from warehouse.search.update import update
from warehouse.store import open_warehouse
from warehouse.timeline import Filters

AT_ONCE = 20_000
QUESTIONS = 300
KINDS = ("all", "in a quarter", "of a sector")
MATCH = "SELECT rowid FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT 20"


def prepare(folder: Path, documents: int) -> None:
    """A warehouse and its published file, unless they are there."""
    if not (folder / "chasqui.duckdb").exists():
        for name in ("make", "load", "join", "publish"):
            steps.apart(bench_warehouse.STEPS[name], folder, documents)


def index(folder: Path, documents: int) -> Figures:
    """Make the index from nothing, then bring it up to a warehouse without news."""
    shelf = Shelf(folder / "search")
    shelf.discard()
    with open_warehouse(folder / "warehouse.duckdb") as con:
        start = time.perf_counter()
        update(con, shelf, lambda title, text: (title, text))
        seconds = time.perf_counter() - start
        start = time.perf_counter()
        update(con, shelf, lambda title, text: (title, text))
        again = time.perf_counter() - start
    size = sum(p.stat().st_size for p in shelf.folder.rglob("*") if p.is_file())
    return {"seconds": seconds, "rate": documents / seconds, "again": again, "bytes": size}


def ask(folder: Path, _documents: int) -> Figures:
    """Ask the index, as the command and the dashboard do: with the published file at hand."""
    shelf, asked = Shelf(folder / "search"), questions()
    with open_published(folder / "chasqui.duckdb") as published:
        opened = shelf.open()
        return timed(lambda n: len(find(opened, published, *asked[n]).found))


def rival(folder: Path, _documents: int) -> Figures:
    """SQLite's own full text over the same texts, accents folded, without stems."""
    path, asked = folder / "fts.sqlite", questions()
    path.unlink(missing_ok=True)
    pages = sqlite3.connect(path)
    pages.execute("CREATE VIRTUAL TABLE pages USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')")
    with open_warehouse(folder / "warehouse.duckdb") as con:
        start = time.perf_counter()
        rows = con.execute("SELECT title, text FROM documents")
        while part := rows.fetchmany(AT_ONCE):
            pages.executemany("INSERT INTO pages VALUES (?, ?)", part)
        pages.commit()
        seconds = time.perf_counter() - start
    found = timed(lambda n: len(pages.execute(MATCH, (asked[n][0],)).fetchall()))
    pages.close()
    return found | {"seconds": seconds}


def questions() -> list[tuple[str, Narrowed]]:
    """What is asked, and what it is narrowed to."""
    chance, asked, words = random.Random(11), [], vocabulary()
    for number in range(QUESTIONS):
        text = " ".join(words[chance.choice(MIDDLING)] for _ in range(1 + number // len(KINDS) % 3))
        first = LAST_DAY - timedelta(days=chance.randrange(91, DAYS))
        narrowed = [Filters(), Filters(since=first, until=first + timedelta(days=91)), Filters(sectors=[SECTORS[2]])]
        asked.append((text, Narrowed(narrowed[number % len(KINDS)])))
    return asked


def timed(question: Callable[[int], int]) -> Figures:
    """Percentiles in milliseconds, of all questions and by what they are narrowed to; how many found something."""
    times, answered = [], 0
    question(0)
    for number in range(QUESTIONS):
        start = time.perf_counter()
        answered += question(number) > 0
        times.append((time.perf_counter() - start) * 1000)
    by_kind = {kind: percentile(times[n :: len(KINDS)]) for n, kind in enumerate(KINDS)}
    return {"p50": percentile(times, 0.5), "p95": percentile(times), "answered": answered} | by_kind


def show(figures: dict[str, Figures]) -> None:
    """All figures known."""
    if found := figures.get("index"):
        print(
            f"indexed in {found['seconds']:.0f} s ({found['rate']:,.0f} documents/s), {found['bytes'] / 1e6:,.0f} MB, peak {found['peak_gb']:.2f} GB"
        )
        print(f"a night without news: {found['again']:.1f} s")
    for name, step in (("chasqui", "ask"), ("SQLite FTS5", "rival")):
        if found := figures.get(step):
            said = ", ".join(f"{kind} {found[kind]:.1f} ms" for kind in KINDS)
            print(
                f"{name:<12} p50 {found['p50']:.1f} ms, p95 {found['p95']:.1f} ms (p95 {said}), {found['answered']:.0f} of {QUESTIONS} answered, peak {found['peak_gb']:.2f} GB"
            )
    if found := figures.get("rival"):
        print(f"SQLite FTS5 filled in {found['seconds']:.0f} s, asked without filters")


STEPS = {"prepare": prepare, "index": index, "ask": ask, "rival": rival}

if __name__ == "__main__":
    steps.main(__doc__, "search", STEPS, show)
