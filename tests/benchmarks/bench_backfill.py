"""What reading WARC files costs, and what it keeps: ``python -m tests.benchmarks.bench_backfill [MEASURE …]``.

    workers   CPU-seconds a document and memory a worker, with one worker and with two (reading, labels, mentions, Parquet)
    rival     reading only, in one process, beside news-please's own WARC reader and the true texts
    passing   compressed megabytes a CPU-second where no page is of a registered host

    python -m tests.benchmarks.bench_backfill workers --pages 10000 --pages-of-one 5000
    python -m tests.benchmarks.bench_backfill rival --pages 2000 --rival RIVAL/bin/python     (there: pip install news-please)
    python -m tests.benchmarks.bench_backfill passing --pages 1000

CPU-seconds, not wall time, are the unit: they hold on a machine that has other work. That a killed worker changes no result is
a test (tests/flows/test_backfill_workers.py).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from flows.steps.backfill.segment import Segment, read_segment
from flows.steps.reading import documents_of
from spiders.extract import Page
from spiders.registry import load_registry
from spiders.warc import Tally, identity_of, iter_answers
from tests.benchmarks.backfill_pages import MadePages, make_newsroom_pages
from tests.benchmarks.shingles import score

FILES = 20
MOST_CPU, MOST_MB = 1.15, 1500  # what two workers may cost


def measure_workers(folder: Path, pages: int, pages_of_one: int) -> None:
    """One worker on some of the files, two on all: on half of them a worker's start weighs the same in both."""
    made = make_newsroom_pages(folder / "pages", pages, FILES)
    some = made.files[: max(1, round(FILES * pages_of_one / pages))]
    one, two = work(made, some, 1), work(made, made.files, 2)
    print(
        f"CPU-seconds a document with two workers: {two.cpu_a_document / one.cpu_a_document:.2f} x those with one (at most "
        f"{MOST_CPU}); memory a worker {max(one.megabytes, two.megabytes):.0f} MB (at most {MOST_MB})"
    )


@dataclass(frozen=True, slots=True)
class Worked:
    """What reading files has cost."""

    documents: int
    cpu_seconds: float
    wall_seconds: float
    megabytes: float  # of the worker that took most

    @property
    def cpu_a_document(self) -> float:
        """Start of the workers included."""
        return self.cpu_seconds / self.documents


def work(made: MadePages, files: list[Path], workers: int) -> Worked:
    """Have so many workers read files; prints what it cost."""
    sources = load_registry(made.registry).sources
    with TemporaryDirectory() as out:
        segments = [Segment(identity_of(p), p, Path(out), sources) for p in files]
        began = time.monotonic()
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            costs = list(pool.map(_cost, segments))
        took = time.monotonic() - began
    last = {cost.worker: cost for cost in costs}  # costs of a worker only grow
    documents = sum(cost.documents for cost in costs)
    megabytes = max(cost.megabytes for cost in last.values())
    worked = Worked(documents, sum(cost.cpu_seconds for cost in last.values()), took, megabytes)
    print(
        f"{workers} workers: {documents} documents of {len(files)} files, {1000 * worked.cpu_a_document:.1f} ms CPU a document, "
        f"{documents / took:.1f} documents/s, {megabytes:.0f} MB a worker at most",
        flush=True,
    )
    return worked


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a worker process and the reading process beside it have cost since they were born."""

    worker: int
    documents: int
    cpu_seconds: float
    megabytes: float  # their peaks together


def _cost(segment: Segment) -> _Cost:
    read = read_segment(segment)
    this = psutil.Process()
    family = [this, *this.children(recursive=True)]
    cpu = sum(p.cpu_times().user + p.cpu_times().system for p in family)
    return _Cost(this.pid, read.documents, cpu, sum(_peak(p.pid) for p in family))


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1e3 for line in status.splitlines() if line.startswith("VmHWM"))


def measure_rival(folder: Path, pages: int, rival: Path) -> None:
    """Ours, then news-please's, on the same files, one process each."""
    made = make_newsroom_pages(folder / "pages", pages, FILES)
    truth = made.truth()
    found, cpu, took = _read_only(made)
    ours = _say("chasqui", truth, found, cpu, took)
    texts = folder / "texts.json"
    reader = Path(__file__).with_name("newsplease_reader.py")
    done = subprocess.run([rival, reader, made.folder, texts], check=True, capture_output=True, text=True)
    said = json.loads(done.stdout.splitlines()[-1])
    theirs = _say("news-please", truth, json.loads(texts.read_text()), said["cpu_seconds"], said["wall_seconds"])
    print(f"documents a CPU-second: {ours / theirs:.1f} x news-please's")


def _read_only(made: MadePages) -> tuple[dict[str, str], float, float]:
    sources = {host: s for s in load_registry(made.registry).sources for host in s.registered_hosts}
    found: dict[str, str] = {}
    cpu, began = time.process_time(), time.monotonic()
    for path in made.files:
        with path.open("rb") as stream:
            for answer in iter_answers(stream, path.name, lambda _url: True, Tally()):
                source = sources[answer.url.split("/")[2]]
                page = Page(answer.url, answer.body, answer.content_type, source=source)
                found[answer.url] = "\n\n".join(d.text for d in documents_of(page).documents)
    return found, time.process_time() - cpu, time.monotonic() - began


def _say(name: str, truth: dict[str, str], found: dict[str, str], cpu: float, took: float) -> float:
    s = score((true, found.get(url, "")) for url, true in truth.items())
    documents = sum(bool(text) for text in found.values())
    print(
        f"{name}: {documents} documents of {len(truth)} pages, {documents / took:.1f} documents/s, "
        f"{documents / cpu:.1f} a CPU-second; F1 {s.f1:.3f}, precision {s.precision:.3f}, recall {s.recall:.3f}",
        flush=True,
    )
    return documents / cpu


def measure_passing(folder: Path, pages: int) -> None:
    """What it costs to find that a file holds nothing of ours."""
    made = make_newsroom_pages(folder / "pages", pages, FILES)
    megabytes = sum(path.stat().st_size for path in made.files) / 1e6
    tally, cpu = Tally(), time.process_time()
    for path in made.files:
        with path.open("rb") as stream:
            for _ in iter_answers(stream, path.name, lambda _url: False, tally):
                raise AssertionError("a page of nobody's was taken")
    cpu = time.process_time() - cpu
    print(
        f"{tally.elsewhere} pages of other hosts passed over: {megabytes:.1f} MB, {megabytes / cpu:.0f} MB a CPU-second"
    )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measure", nargs="+", choices=["workers", "rival", "passing"])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--pages-of-one", type=int, default=1000, help="pages that one worker reads alone")
    parser.add_argument(
        "--folder", type=Path, help="where pages are made, and found the next time; thrown away when absent"
    )
    parser.add_argument("--rival", type=Path, help="a Python that has news-please")
    given = parser.parse_args()
    if "rival" in given.measure and given.rival is None:
        parser.error("rival: --rival is needed")
    for measure in given.measure:
        with TemporaryDirectory() as name:
            folder = given.folder or Path(name)
            if measure == "workers":
                measure_workers(folder, given.pages, given.pages_of_one)
            elif measure == "passing":
                measure_passing(folder, given.pages)
            else:
                measure_rival(folder, given.pages, given.rival)


if __name__ == "__main__":
    main()
