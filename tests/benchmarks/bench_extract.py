"""Extraction on our own Spanish benchmark, side by side: ``python -m tests.benchmarks.bench_extract [--rivals PYTHON]``.

Every HTML page of the newsroom with its known text; F1 over runs of four words, and documents a CPU-second of one process: five
rounds in which all tools take turns, after one that is not measured, and their median. Ours gives title, date, byline, language,
hash and sketch as well. Then what a document costs when one and when two processes read, as the night does it. Rivals that cannot
live in our environment run in another: a Python that has readability-lxml and newspaper4k.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Self

from flows.progress import PlainReporter
from flows.settings import Settings
from flows.steps.night import Night, new_night
from flows.steps.readers import limit_memory
from flows.steps.reading import read_side_by_side, readers
from spiders.archive import ArchiveWriter
from spiders.extract import NotArticle, Page, Unreadable, extract
from spiders.registry import load_registry
from tests.benchmarks import rival_extract
from tests.benchmarks.article_pages import BenchmarkPage, load_pages
from tests.benchmarks.shingles import score
from tests.newsroom import Newsroom

OWN = "chasqui"
BASIS = "trafilatura"
IN_OURS = ("trafilatura", "trafilatura fast", "trafilatura + metadata")
ROUNDS = 5
REPEATS = 12  # of the pages, for the workers' measure: a night of some two thousand


class Tool:
    """A reader at work in a process of its own, for the length of a context."""

    def __init__(self, *command: str) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        said = self._ask("")
        self.texts: dict[str, str] | None = json.loads(said) if said else None  # None: it cannot run

    def cpu_s(self) -> float:
        """CPU seconds of one more reading of all pages."""
        return float(self._ask("again\n"))

    def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line)
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def read(page: Page) -> str:
    """Text of a page as the line reads it."""
    try:
        return "\n\n".join(document.text for document in extract(page))
    except (NotArticle, Unreadable):
        return ""


def as_page(page: BenchmarkPage) -> Page:
    """The page as it comes out of the archive."""
    return Page(page.url, page.html, page.content_type, source=page.source)


def serve_own(folder: Path) -> None:
    """Ours, as ``rival_extract`` runs the others, in a process as the night makes it."""
    limit_memory()
    sources = {s.id: s for s in load_registry(folder / "sources.toml").sources}
    told = json.loads((folder / "pages.json").read_text(encoding="utf-8"))
    pages = {
        name: Page(url, (folder / name).read_bytes(), content_type, source=sources[source])
        for name, (url, content_type, source) in told.items()
    }
    print(json.dumps({name: read(page) for name, page in pages.items()}), flush=True)
    for _ in sys.stdin:
        start = time.process_time()
        for page in pages.values():
            read(page)
        print(time.process_time() - start, flush=True)


@contextmanager
def archived(pages: list[BenchmarkPage], registry: Path) -> Iterator[tuple[Night, list[dict[str, Any]]]]:
    """A night whose archive holds the pages so many times, and the rows by which they are read."""
    with tempfile.TemporaryDirectory() as home:
        values = {"home": home, "sources": registry, "contact": "benchmark"}
        night = new_night(Settings.model_validate(values), PlainReporter(), "nightly")
        writer = ArchiveWriter(night.home.archive, "all", night.run_id)
        rows: list[dict[str, Any]] = []
        for page in pages * REPEATS:
            stored = writer.write(page.url, 200, [("Content-Type", page.content_type)], page.html, datetime.now(UTC))
            where = {"warc_file": stored.file, "warc_offset": stored.offset, "digest": stored.digest}
            known = {"source_id": page.source.id, "url": page.url, "content_type": page.content_type}
            rows.append({**where, **known, "title": None, "published_at": None, "way": "listing"})
        writer.close()
        yield night, rows


def cpu_a_document(night: Night, rows: list[Any], workers: int) -> float:
    """CPU seconds a document when so many processes read, their start and the handing over included."""
    night.settings = night.settings.model_copy(update={"workers": workers})
    before = _cpu_s()
    with readers(night, len(rows)) as pool:
        results = read_side_by_side(night, pool, rows)
    assert all(result.documents for result in results)
    return (_cpu_s() - before) / len(rows)


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def commands(folder: Path, rivals: str | None) -> dict[str, list[str]]:
    """How each tool is started; those of another environment only when it is named."""
    found = {OWN: [sys.executable, "-m", "tests.benchmarks.bench_extract", "--own", str(folder)]}
    for name in rival_extract.TOOLS:
        python = sys.executable if name in IN_OURS else rivals
        if python:
            found[name] = [python, rival_extract.__file__, name, str(folder)]
    return found


def compare(pages: list[BenchmarkPage], folder: Path, rivals: str | None) -> None:
    """Print the table of all tools."""
    told = {f"{n:04d}.html": (p.url, p.content_type, p.source.id) for n, p in enumerate(pages)}
    for name, page in zip(told, pages, strict=True):
        (folder / name).write_bytes(page.html)
    (folder / "pages.json").write_text(json.dumps(told), encoding="utf-8")
    true = [page.true_text for page in pages]
    texts: dict[str, list[str]] = {}
    seconds: dict[str, list[float]] = {}
    with ExitStack() as stack:
        running: dict[str, Tool] = {}
        for name, command in commands(folder, rivals).items():
            tool = stack.enter_context(Tool(*command))
            if tool.texts is not None:
                running[name], seconds[name] = tool, []
                texts[name] = [tool.texts[file] for file in told]
        for _ in range(ROUNDS):
            for name, tool in running.items():
                seconds[name].append(tool.cpu_s())
    print(f"{'':<24}{'F1':>7}{'precision':>11}{'recall':>8}{'docs/s':>8}{'of ' + BASIS:>16}")
    for name, times in seconds.items():
        s, rate = score(zip(true, texts[name], strict=True)), len(pages) / median(times)
        share = median(b / t for b, t in zip(seconds[BASIS], times, strict=True))
        print(f"{name:<24}{s.f1:>7.4f}{s.precision:>11.3f}{s.recall:>8.3f}{rate:>8.0f}{share:>16.2f}")


def main() -> None:
    """Print the table, and what workers cost."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_extract")
    parser.add_argument("--rivals", metavar="PYTHON", help="a Python that has readability-lxml and newspaper4k")
    parser.add_argument("--own", type=Path, help=argparse.SUPPRESS)  # the child that reads as the line does
    asked = parser.parse_args()
    if asked.own:
        serve_own(asked.own)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        registry = folder / "sources.toml"
        with Newsroom() as newsroom:
            pages = load_pages(newsroom, registry)
        families = len({page.family for page in pages})
        size = sum(len(p.html) for p in pages) / len(pages) / 1e3
        print(f"{len(pages)} pages of {families} families, {size:.1f} kB each; medians of {ROUNDS} rounds in turn")
        compare(pages, folder, asked.rivals)
        with archived(pages, registry) as (night, rows):
            rounds = [(cpu_a_document(night, rows, 1), cpu_a_document(night, rows, 2)) for _ in range(ROUNDS)]
        one, two, ratio = (
            median(one for one, _ in rounds),
            median(two for _, two in rounds),
            median(two / one for one, two in rounds),
        )
        print(f"{len(rows)} pages: one reader {one * 1e3:.2f} CPU ms a document, two {two * 1e3:.2f}: {ratio:.2f} x")


if __name__ == "__main__":
    main()
