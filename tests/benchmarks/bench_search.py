"""How fast the search index is made and asked: ``python -m tests.benchmarks.bench_search [DOCUMENTS]``.

Texts are words drawn by Zipf's law from a made-up vocabulary, so that a few words stand everywhere and most are rare; masking is
left out (it is the reader's, and measured there). Questions are one to three middling words, one in three narrowed to a quarter
and one to a sector. Beside it SQLite's FTS5 over the same texts, the ready-made way.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from warehouse.publish import publish
from warehouse.query import open_published
from warehouse.search.find import Narrowed, find
from warehouse.search.shelf import Shelf
from warehouse.search.update import update
from warehouse.store import open_warehouse
from warehouse.timeline import Filters

WORDS, TEXT_WORDS, AT_ONCE = 60_000, 160, 20_000
QUESTIONS = 300
MIDDLING = range(60, 6_000)  # ranks of words that people search for: no article, no name that stands once
SECTORS = ("transport", "bodegas", "schools")
LAST_DAY, DAYS = date(2026, 11, 15), 3 * 365
INSERT = """
INSERT INTO documents (document_id, source_id, url, canonical_url, kind, title, title_masked, text, published_on, published_precision, text_hash, minhash, is_teaser,
    fetched_at, version, model)
SELECT id, 'medio' || (number % 55), 'https://medio.pe/' || id, 'https://medio.pe/' || id, 'article', title, title, text, day, 'day', id, '', false, now(), 1, 'm' FROM made
"""
LABEL = "INSERT INTO document_labels SELECT id, 'sector', sector, 0.9, 'yes' FROM made WHERE sector IS NOT NULL"


def vocabulary() -> np.ndarray:
    """Words of two to four syllables, each once."""
    chance, found = random.Random(3), dict[str, None]()
    syllables = [c + v for c in "bcdfglmnprstv" for v in "aeiou"]
    while len(found) < WORDS:
        found["".join(chance.choices(syllables, k=chance.randint(2, 4)))] = None
    return np.array(list(found))


def made(documents: int, words: np.ndarray) -> Iterator[pa.Table]:
    """The documents, a part at a time."""
    rng = np.random.default_rng(7)
    weights = 1 / np.arange(1, len(words) + 1)
    edges = np.cumsum(weights / weights.sum())
    for first in range(0, documents, AT_ONCE):
        count = min(AT_ONCE, documents - first)
        drawn = words[np.searchsorted(edges, rng.random((count, TEXT_WORDS))).clip(0, len(words) - 1)]
        days = [LAST_DAY - timedelta(days=int(d)) for d in rng.integers(0, DAYS, count)]
        sector = [SECTORS[n] if n < len(SECTORS) else None for n in rng.integers(0, 10, count)]
        yield pa.table({
            "number": range(first, first + count), "id": [f"{n:016x}" for n in range(first, first + count)], "title": [" ".join(row[:9]) for row in drawn],
            "text": [" ".join(row) for row in drawn], "day": days, "sector": sector,
        })  # fmt: skip


def questions(words: np.ndarray) -> list[tuple[str, Narrowed]]:
    """What is asked, and what it is narrowed to."""
    chance, asked = random.Random(11), []
    for number in range(QUESTIONS):
        text = " ".join(str(words[chance.choice(MIDDLING)]) for _ in range(1 + number % 3))
        first = LAST_DAY - timedelta(days=chance.randrange(91, DAYS))
        narrowed = [Filters(), Filters(since=first, until=first + timedelta(days=91)), Filters(sectors=[SECTORS[0]])]
        asked.append((text, Narrowed(narrowed[number // 3 % 3])))
    return asked


def percentiles(ask: Callable[[int], int]) -> str:
    """Of all questions in milliseconds, and how many found something."""
    times, answered = [], 0
    for number in range(QUESTIONS):
        start = time.perf_counter()
        answered += ask(number) > 0
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return f"p50 {times[len(times) // 2]:.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms, {answered} of {QUESTIONS} with an answer"


def fill_rival(con: duckdb.DuckDBPyConnection, path: Path) -> sqlite3.Connection:
    """SQLite's own full text over the same texts, accents folded, without stems."""
    rival = sqlite3.connect(path)
    rival.execute("CREATE VIRTUAL TABLE pages USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')")
    rows = con.execute("SELECT title, text FROM documents")
    while part := rows.fetchmany(AT_ONCE):
        rival.executemany("INSERT INTO pages VALUES (?, ?)", part)
    rival.commit()
    return rival


def main(documents: int) -> None:
    """Print the figures."""
    words = vocabulary()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shelf = Shelf(folder / "search")
        with open_warehouse(folder / "warehouse.duckdb") as con:
            for part in made(documents, words):
                con.register("made", part)
                con.execute(INSERT)
                con.execute(LABEL)
            start = time.perf_counter()
            update(con, shelf, lambda title, text: (title, text))
            seconds = time.perf_counter() - start
            size = sum(p.stat().st_size for p in shelf.folder.rglob("*") if p.is_file())
            print(
                f"{documents:,} documents indexed in {seconds:.0f} s ({documents / seconds:,.0f}/s), {size / 1e6:,.0f} MB"
            )
            start = time.perf_counter()
            update(con, shelf, lambda title, text: (title, text))
            print(f"a night without news: {time.perf_counter() - start:.1f} s")
            publish(con, folder / "chasqui.duckdb")
            start = time.perf_counter()
            rival = fill_rival(con, folder / "rival.sqlite")
            rival_seconds = time.perf_counter() - start
        asked = questions(words)
        with open_published(folder / "chasqui.duckdb") as published:
            index = shelf.open()
            print(f"chasqui: {percentiles(lambda n: len(find(index, published, *asked[n]).found))}")
        match = "SELECT rowid FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT 20"
        said = percentiles(lambda n: len(rival.execute(match, (asked[n][0],)).fetchall()))
        print(f"SQLite FTS5, no filters, indexed in {rival_seconds:.0f} s: {said}")
        rival.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
