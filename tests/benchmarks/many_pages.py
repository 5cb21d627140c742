"""Made-up sites with many articles, served by a process of their own: ``python -m tests.benchmarks.many_pages FOLDER``.

Every answer is made once, before anybody asks, and sent as it is from then on: what is measured is who asks, not who serves.
Leaves ``sources.toml`` and ``urls.json`` in the folder, prints ``ready``, and serves until its standard input is closed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.types import Message, Receive, Scope, Send

from tests.newsroom import Newsroom
from tests.newsroom.crowd import crowded_day
from tests.newsroom.data import Card, Family, Page, Press, load_press

DAY = date(2026, 11, 14)
LISTED = 400  # articles of a site that its listing pages can name; one with more has a sitemap
PARAGRAPHS = 8


class Printed(Newsroom):
    """A newsroom that keeps its answers."""

    def __init__(self, press: Press) -> None:
        super().__init__(DAY, press=press)
        self._printed: dict[tuple[int, str, bytes, bool], list[Message]] = {}

    def print_all(self, urls: list[str]) -> None:
        """Make the answers of these addresses, packed and not."""
        asyncio.run(self._print_all(urls))

    async def _print_all(self, urls: list[str]) -> None:
        for url in urls:
            for headers in ([], [(b"accept-encoding", b"gzip")]):
                parts = urlsplit(url)
                scope: MutableMapping[str, Any] = {
                    "type": "http", "method": "GET", "scheme": "http", "path": parts.path, "raw_path": parts.path.encode(),
                    "query_string": b"", "headers": headers, "server": (parts.hostname, parts.port), "root_path": "",
                }  # fmt: skip
                await self._answer(scope, _nothing, _nowhere)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if scope["method"] != "GET" or b"if-none-match" in headers or b"if-modified-since" in headers:
            await super()._answer(scope, receive, send)
            return
        is_packed = b"gzip" in headers.get(b"accept-encoding", b"")
        key = (scope["server"][1], scope["path"], scope["query_string"], is_packed)
        if key not in self._printed:
            sent: list[Message] = []

            async def keep(message: Message) -> None:
                sent.append(message)

            await super()._answer(scope, receive, keep)
            self._printed[key] = sent
        for message in self._printed[key]:
            await send(message)


async def _nothing() -> Message:
    return {"type": "http.request", "body": b""}


async def _nowhere(message: Message) -> None:
    del message


def make_press(articles: int, sites: int) -> Press:
    """So many sites with as many articles each, all of one day."""
    each = articles // sites
    family: Family = "arc" if each <= LISTED else "dated"
    cards = tuple(
        Card(id=f"diario-{n:02d}", family=family, name=f"Diario {n}", owner=f"Editora {n}", kind="national_news")
        for n in range(sites)
    )
    return Press(cards, tuple(page for card in cards for page in _articles(card.id, each)), ())


def _articles(site: str, count: int) -> Iterator[Page]:
    """Articles that read as such: paragraphs of the newsroom's own, drawn by lot."""
    chance = random.Random(site)
    own = [paragraph for page in load_press().pages if page.kind == "article" for paragraph in page.paragraphs]
    for page in crowded_day(site, DAY, count):
        yield page.model_copy(update={"text": "\n\n".join(chance.sample(own, PARAGRAPHS))})


@contextmanager
def served(folder: Path, articles: int, sites: int) -> Iterator[list[str]]:
    """The addresses of the articles, served by another process for as long as the context lasts."""
    command = [sys.executable, "-m", "tests.benchmarks.many_pages", str(folder), f"--articles={articles}", f"--sites={sites}"]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        if server.stdout.readline().strip() != "ready":
            raise RuntimeError("the newsroom did not start")
        try:
            yield json.loads((folder / "urls.json").read_text(encoding="utf-8"))
        finally:
            server.stdin.close()


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.many_pages")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--sites", type=int, default=20)
    asked = parser.parse_args()
    with Printed(make_press(asked.articles, asked.sites)) as newsroom:
        urls = [newsroom.url_of(page) for page in newsroom.press.pages]
        newsroom.print_all(urls)
        (asked.folder / "urls.json").write_text(json.dumps(urls), encoding="utf-8")
        (asked.folder / "sources.toml").write_text(newsroom.registry_toml(), encoding="utf-8")
        print("ready", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
