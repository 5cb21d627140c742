"""Whether a night costs the same however much is there: ``python -m tests.benchmarks.bench_growth [DOCUMENTS …] [--keep DIR]``.

Three nights of 5,000 documents of the last days, fifty of them read before, are loaded into a copy of the warehouse of each size
that ``bench_warehouse`` and ``bench_search`` left in DIR (made where it is missing), journalled, and taken in by the search index.
Median seconds and CPU-seconds, beside what a notebook does: pandas reading one Parquet file of all mentions and writing it anew. Which event a
mention belongs to is the made-up truth; what linking costs depends on what texts say (``bench_link``).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tests.benchmarks import bench_search, bench_warehouse, steps
from tests.benchmarks.steps import Figures
from tests.benchmarks.warehouse_data import Press
from warehouse.load import BatchFiles, load_batch
from warehouse.memory import remember
from warehouse.search.shelf import Shelf
from warehouse.search.update import update
from warehouse.store import open_warehouse

NIGHT, AGAIN, NIGHTS = 5_000, 50, 3
SIZES = (10_000, 100_000, 1_000_000)
JOINED = Path(__file__).with_name("joined_night.sql")
PARTS = ("loading", "journal", "index")


def prepare(folder: Path, size: int) -> None:
    """The warehouse of a size with its index, unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "warehouse.duckdb").exists():
        for name in ("make", "load", "join"):
            steps.apart(bench_warehouse.STEPS[name], folder, size)
    if Shelf(folder / "search").current is None:
        steps.apart(bench_search.index, folder, size)


def nights(folder: Path, size: int) -> Figures:
    """Median seconds of each part of a night."""
    grown = folder / "grown"
    shutil.rmtree(grown, ignore_errors=True)
    shutil.copytree(folder / "search", grown / "search")
    shutil.copy(folder / "warehouse.duckdb", grown)
    press, shelf = Press(), Shelf(grown / "search")
    taken: dict[str, list[tuple[float, float]]] = {part: [] for part in PARTS}

    def timed(part: str, work: Callable[[], object]) -> None:
        start, used = time.perf_counter(), time.process_time()
        work()
        taken[part].append((time.perf_counter() - start, time.process_time() - used))

    with open_warehouse(grown / "warehouse.duckdb") as con:
        for night in range(NIGHTS):
            made = grown / f"night-{night}"
            # The last documents of the night before, or of the past, are read once more.
            press.write(made, 10_000 + night, size + night * NIGHT - (night + 1) * AGAIN, NIGHT, size * 2, lately=True)
            timed("loading", partial(load_batch, con, made.name, BatchFiles.of(made)))
            con.execute(JOINED.read_text().replace("$night", f"'{made}'"))
            timed("journal", partial(remember, con, grown / "journal"))
            timed("index", partial(update, con, shelf, lambda title, text: (title, text)))
    by_kind = {part: list(zip(*times, strict=True)) for part, times in taken.items()}
    return {
        f"{part}{kind}": statistics.median(times[n])
        for part, times in by_kind.items()
        for n, kind in enumerate(("", "_cpu"))
    }


def notebook(folder: Path, _size: int) -> Figures:
    """Seconds to add a night to one Parquet file of all mentions."""
    whole = folder / "grown" / "mentions.parquet"
    parts = [pq.read_table(p) for p in sorted((folder / "batches").glob("*/mentions.parquet"))]
    pq.write_table(pa.concat_tables(parts), whole)
    del parts
    start = time.perf_counter()
    night = pd.read_parquet(folder / "grown" / "night-0" / "mentions.parquet")
    both = pd.concat([pd.read_parquet(whole), night]).drop_duplicates("mention_id", keep="last")
    both.to_parquet(whole)
    return {"notebook": time.perf_counter() - start}


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--keep", type=Path, metavar="DIR", help="Work in DIR/DOCUMENTS, and leave everything there.")
    parser.add_argument("--rival", action="store_true", help="The notebook too; it needs memory for all mentions.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for size in options.documents:
            folder = Path(options.keep or temporary) / str(size)
            prepare(folder, size)
            found = steps.apart(nights, folder, size)
            said = ", ".join(f"{part} {found[part]:.2f} s ({found[f'{part}_cpu']:.2f} CPU-s)" for part in PARTS)
            rival = f"; notebook {steps.apart(notebook, folder, size)['notebook']:.1f} s" if options.rival else ""
            print(f"into {size:>9,}: {NIGHT:,} documents, {said} (peak {found['peak_gb']:.2f} GB){rival}", flush=True)
            shutil.rmtree(folder / "grown")


if __name__ == "__main__":
    main()
