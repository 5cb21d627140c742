"""Extraction on our own Spanish benchmark, side by side: ``python -m tests.benchmarks.bench_extract [--rivals PYTHON]``.

Every HTML page of the newsroom with its known text; F1 over runs of four words, documents a CPU-second of one process (best of
three rounds), and what a document costs with two workers. Ours gives title, date, byline, language, hash and sketch as well.
Rivals that cannot live in our environment run in another: a Python that has readability-lxml and newspaper4k.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from spiders.extract import NotArticle, Page, Unreadable, extract
from tests.benchmarks import rival_extract
from tests.benchmarks.article_pages import BenchmarkPage, load_pages
from tests.benchmarks.shingles import score
from tests.newsroom import Newsroom

IN_OURS = ("trafilatura", "trafilatura fast", "trafilatura + metadata")
ROUNDS = rival_extract.ROUNDS
REPEATS = 3  # of the pages, for the workers' measure


def read(page: Page) -> str:
    """Text of a page as the line reads it."""
    try:
        return "\n\n".join(document.text for document in extract(page))
    except (NotArticle, Unreadable):
        return ""


def as_page(page: BenchmarkPage) -> Page:
    """The page as it comes out of the archive."""
    return Page(page.url, page.html, page.content_type, source=page.source)


def cpu_of(pages: list[Page]) -> float:
    """CPU seconds of reading pages in this process, the libraries' own start left out."""
    read(pages[0])
    start = time.process_time()
    for page in pages:
        read(page)
    return time.process_time() - start


def cpu_a_document(pages: list[Page], workers: int) -> float:
    """CPU seconds a document over processes at work at the same time, each with its own share."""
    shares = [pages[n::workers] for n in range(workers)]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return sum(pool.map(cpu_of, shares, chunksize=1)) / len(pages)


def run_rival(tool: str, python: str, folder: Path) -> tuple[dict[str, str], float] | None:
    """(texts by file, CPU seconds) of a rival; None when that Python lacks it."""
    command = [python, rival_extract.__file__, tool, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{tool}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    answer = json.loads(done.stdout)
    return answer["texts"], answer["cpu_s"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_extract")
    parser.add_argument("--rivals", metavar="PYTHON", help="a Python that has readability-lxml and newspaper4k")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Newsroom() as newsroom:
            pages = load_pages(newsroom, folder / "sources.toml")
        names = [f"{n:04d}.html" for n in range(len(pages))]
        for file, page in zip(names, pages, strict=True):
            (folder / file).write_bytes(page.html)
        (folder / "urls.json").write_text(json.dumps({f: p.url for f, p in zip(names, pages, strict=True)}))
        true = [page.true_text for page in pages]
        families = len({page.family for page in pages})
        print(
            f"{len(pages)} pages of {families} families, {sum(len(p.html) for p in pages) / len(pages) / 1e3:.1f} kB each"
        )
        print(f"{'':<24}{'F1':>7}{'precision':>11}{'recall':>8}{'docs/s':>8}")
        own = [as_page(page) for page in pages]
        _row("chasqui", list(zip(true, map(read, own), strict=True)), min(cpu_of(own) for _ in range(ROUNDS)))
        for tool in rival_extract.TOOLS:
            python = sys.executable if tool in IN_OURS else asked.rivals
            found = run_rival(tool, python, folder) if python else None
            if found is not None:
                _row(tool, [(t, found[0][f]) for t, f in zip(true, names, strict=True)], found[1])
        one, two = (min(cpu_a_document(own * REPEATS, n) for _ in range(2)) for n in (1, 2))
        print(f"one worker {one * 1e3:.2f} ms a document, two {two * 1e3:.2f} ms: {two / one:.2f} x")


def _row(name: str, pairs: list[tuple[str, str]], cpu_s: float) -> None:
    s = score(pairs)
    print(f"{name:<24}{s.f1:>7.4f}{s.precision:>11.3f}{s.recall:>8.3f}{len(pairs) / cpu_s:>8.0f}", flush=True)


if __name__ == "__main__":
    main()
