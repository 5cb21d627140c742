"""What reading WARC files costs: CPU-seconds a page and memory, with one worker and with several; and news-please's own reader.

    python -m tests.benchmarks.bench_backfill make FOLDER --pages 2000 --files 8
    python -m tests.benchmarks.bench_backfill ours FOLDER [--workers 2]
    RIVAL/bin/python tests/benchmarks/newsplease_reader.py FOLDER     (in an environment of its own: pip install news-please)

CPU-seconds, not wall time, are the unit: they hold on a machine that has other work.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from flows.steps.backfill.segment import Segment, read_segment
from spiders.registry import load_registry
from spiders.warc import identity_of
from tests.flows.warcs import REGISTRY, article, write_warc


def make(folder: Path, pages: int, files: int) -> None:
    """Write the pages, a little under 6 KB each as crawled."""
    folder.mkdir(parents=True, exist_ok=True)
    each = pages // files
    filler = (
        "Los vecinos pidieron a la municipalidad cámaras, alumbrado y rondas; el general explicó el plan para la zona. "
        * 3
    )
    for number in range(files):
        captures = (article(n, extra=filler) for n in range(number * each, (number + 1) * each))
        write_warc(folder / f"made-{number:03d}.warc.gz", captures)
    (folder / "sources.toml").write_text(REGISTRY, encoding="utf-8")


def _read(segment: Segment) -> dict[str, float]:
    """One file; what this process and its reading child have cost since they were born."""
    read = read_segment(segment)
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    return {
        "pid": psutil.Process().pid,
        "documents": read.documents,
        "seconds": read.seconds,
        "cpu_seconds": sum(p.cpu_times().user + p.cpu_times().system for p in family),
        "megabytes": sum(p.memory_info().rss for p in family) / 1e6,
    }


def ours(folder: Path, workers: int) -> dict[str, float]:
    """Read all files with so many processes."""
    sources = load_registry(folder / "sources.toml").sources
    with TemporaryDirectory() as out:
        segments = [Segment(identity_of(p), p, Path(out), sources) for p in sorted(folder.glob("*.warc.gz"))]
        began = time.monotonic()
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            reads = list(pool.map(_read, segments))
        took = time.monotonic() - began
    documents = sum(r["documents"] for r in reads)
    cpu = sum(max(r["cpu_seconds"] for r in reads if r["pid"] == pid) for pid in {r["pid"] for r in reads})
    return {
        "workers": workers,
        "documents": documents,
        "wall_seconds": round(took, 1),
        "cpu_seconds": round(cpu, 1),
        "cpu_milliseconds_per_document": round(1000 * cpu / documents, 1),
        "megabytes_per_worker": round(max(r["megabytes"] for r in reads)),
    }


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["make", "ours"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    if given.what == "make":
        make(given.folder, given.pages, given.files)
    else:
        print(json.dumps(ours(given.folder, given.workers)))
        print(f"peak of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


if __name__ == "__main__":
    main()
