"""Whether a night costs the same however much is there: ``python -m tests.benchmarks.bench_growth [DOCUMENTS …]``.

Each size is filled with made-up documents of ten mentions; then three nights of 5,000 more are loaded and journalled, and the
search index takes them in. Median seconds of the three, beside the cost of a batch for pandas rewriting one Parquet file.
Linking has its own benchmark (``bench_link``), for it depends on what texts say.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from tests.benchmarks.warehouse_data import BATCH, Press
from warehouse.load import BatchFiles, load_batch
from warehouse.memory import remember
from warehouse.search.shelf import Shelf
from warehouse.search.update import update
from warehouse.store import open_warehouse

NIGHT = 5_000
SIZES = (10_000, 100_000)


def nights(size: int, folder: Path) -> tuple[float, float]:
    """Median seconds of loading a night with its journal, and of indexing it."""
    press, shelf = Press(), Shelf(folder / "search")
    loading, indexing = [], []
    with open_warehouse(folder / "warehouse.duckdb") as con:
        for number, first in enumerate(range(0, size, BATCH)):
            _load(con, press, folder, number, first, min(BATCH, size - first), size * 2)
        con.execute("CHECKPOINT")
        update(con, shelf, lambda title, text: (title, text))
        for night in range(3):
            made = folder / f"night-{night}"
            press.write(made, 0, size + night * NIGHT, NIGHT, size * 2)
            start = time.perf_counter()
            load_batch(con, made.name, BatchFiles.of(made))
            remember(con, folder / "journal")
            loading.append(time.perf_counter() - start)
            start = time.perf_counter()
            update(con, shelf, lambda title, text: (title, text))
            indexing.append(time.perf_counter() - start)
    return statistics.median(loading), statistics.median(indexing)


def _load(con, press: Press, folder: Path, number: int, first: int, count: int, happenings: int) -> None:
    made = folder / f"base-{number}"
    press.write(made, number, first, count, happenings)
    load_batch(con, made.name, BatchFiles.of(made))


def rewritten(folder: Path) -> float:
    """Seconds to add a night to one Parquet file of all mentions, as a notebook does."""
    whole = folder / "mentions.parquet"
    parts = [pq.read_table(p) for p in sorted(folder.glob("base-*/mentions.parquet"))]
    pd.concat([p.to_pandas() for p in parts]).to_parquet(whole)
    start = time.perf_counter()
    night = pq.read_table(folder / "night-0" / "mentions.parquet").to_pandas()
    both = pd.concat([pd.read_parquet(whole), night]).drop_duplicates("mention_id", keep="last")
    both.to_parquet(whole)
    return time.perf_counter() - start


def main(sizes: list[int]) -> None:
    """Print a line a size."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            loading, indexing = nights(size, Path(name))
            rival = rewritten(Path(name))
        print(
            f"into {size:>9,}: {NIGHT:,} documents loaded in {loading:.2f} s, indexed in {indexing:.2f} s; pandas {rival:.2f} s"
        )


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or list(SIZES))
