"""WARC files of made-up pages for backfill's benchmark, as a crawler would have written them.

Two kinds: the newsroom's own pages over and over under other addresses, with menus, related headlines and all, and their true
text beside them; and the documents of the labelled corpus, no two alike, where events are counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from models.corpus import store
from tests.benchmarks.article_pages import BenchmarkPage, load_pages
from tests.flows.warcs import REGISTRY, Capture, write_warc
from tests.newsroom import Newsroom

SOURCE = """
[[source]]
id = "{id}"
name = "{id}"
kind = "{kind}"
language = "{language}"
home = "{home}"
ways = [{{ kind = "feed", url = "{home}/rss" }}]
"""


@dataclass(frozen=True, slots=True)
class MadePages:
    """A folder of WARC files with the registry of their hosts; ``truth`` is the true text by address, where it is known."""

    folder: Path

    @property
    def files(self) -> list[Path]:
        """In order."""
        return sorted(self.folder.glob("*.warc.gz"))

    @property
    def registry(self) -> Path:
        """Of the pages' hosts."""
        return self.folder / "sources.toml"

    def truth(self) -> dict[str, str]:
        """True text by address."""
        return json.loads((self.folder / "truth.json").read_text(encoding="utf-8"))


def make_newsroom_pages(folder: Path, pages: int, files: int) -> MadePages:
    """So many pages of the newsroom in so many files, each address once; those made before when the folder is there."""
    if folder.exists():
        return MadePages(folder)
    folder.mkdir(parents=True)
    with Newsroom() as newsroom:
        originals = load_pages(newsroom, folder / "newsroom.toml")
        homes = {site.card.id: site.base for site in newsroom.sites.values()}
    sources = {page.source.id: page.source for page in originals}.values()
    entries = (
        SOURCE.format(id=s.id, kind=s.kind, language=s.language, home=homes[s.id]) for s in sources
    )  # without the form of addresses: these have a part before it
    (folder / "sources.toml").write_text("".join(entries), encoding="utf-8")
    truth: dict[str, str] = {}
    each = pages // files
    for number in range(files):
        captures = _captures(originals, range(number * each, (number + 1) * each), truth)
        write_warc(folder / f"made-{number:03d}.warc.gz", captures)
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    return MadePages(folder)


def _captures(originals: Sequence[BenchmarkPage], numbers: range, truth: dict[str, str]) -> Iterator[Capture]:
    for number in numbers:
        page = originals[number % len(originals)]
        path = urlsplit(page.url).path
        placed = f"/c{number // len(originals)}{path}"
        url = page.url.replace(path, placed)
        truth[url] = page.true_text
        yield Capture(
            url, page.html.replace(path.encode(), placed.encode()), headers=[("Content-Type", page.content_type)]
        )


def make_corpus_pages(folder: Path, pages: int, files: int) -> MadePages:
    """So many documents of the labelled corpus in so many files, on two outlets in turn."""
    folder.mkdir(parents=True)
    rows = store.read()[:pages]
    for number in range(files):
        captures = (_capture_of(n, rows[n]) for n in range(number, len(rows), files))
        write_warc(folder / f"made-{number:03d}.warc.gz", captures)
    (folder / "sources.toml").write_text(REGISTRY, encoding="utf-8")
    return MadePages(folder)


def _capture_of(number: int, row: Mapping[str, Any]) -> Capture:
    said = {"@type": "NewsArticle", "headline": row["title"]}
    if row["published"]:
        said["datePublished"] = f"{row['published']}T10:00:00-05:00"
    title = escape(row["title"])
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in row["text"].split("\n") if part.strip())
    page = (
        f"<html><head><title>{title}</title><script type='application/ld+json'>{json.dumps(said)}</script></head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )
    return Capture(f"https://{('uno', 'dos')[number % 2]}.example.pe/noticias/caso-{number}", page.encode())
