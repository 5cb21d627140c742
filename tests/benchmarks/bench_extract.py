"""Extraction on our own Spanish benchmark, side by side: ``python -m tests.benchmarks.bench_extract [--rivals PYTHON]``.

Every HTML page of the newsroom with its known text; F1 over runs of four words, and documents a CPU-second of one process: five
rounds in which all tools take turns, after one that is not measured, and their median. Ours gives title, date, byline, language,
hash and sketch as well. Then what a document costs when one and when two processes read (``reading_cost``). Rivals that cannot
live in our environment run in another: a Python that has readability-lxml and newspaper4k.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Self

from flows.steps.readers import limit_memory
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
        subprocess.run([sys.executable, "-m", "tests.benchmarks.reading_cost", str(folder)], check=True)


if __name__ == "__main__":
    main()
