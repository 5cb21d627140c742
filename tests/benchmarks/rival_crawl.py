"""One crawler over a list of addresses, in whatever environment has it: ``python rival_crawl.py TOOL URLS.json``.

Uses nothing of the house. Prints one JSON object: pages that came well, and seconds. Of Scrapy its start is left out; of
news-please, as of ours, the start of its processes is part of the crawl.
"""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

# Lines of news-please's own settings that are changed, and of its log.
WORKING_PATH = re.compile(r"^working_path = .*$", re.MULTILINE)
SLOTS = re.compile(r"^CONCURRENT_REQUESTS_PER_DOMAIN=\d+$", re.MULTILINE)
SCRAPED = re.compile(r"'item_scraped_count': (\d+)")


def crawl_bare(urls: list[str]) -> tuple[int, float]:
    """Scrapy tuned for speed, which downloads and keeps nothing."""
    import scrapy
    from scrapy.crawler import CrawlerProcess
    from scrapy.http import Response

    came: list[int] = []

    class Bare(scrapy.Spider):
        name = "bare"

        async def start(self) -> AsyncIterator[scrapy.Request]:
            for url in urls:
                yield scrapy.Request(url, dont_filter=True)

        def parse(self, response: Response) -> None:
            came.append(response.status)

    settings = {
        "LOG_LEVEL": "ERROR",
        "ROBOTSTXT_OBEY": False,
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "CONCURRENT_ITEMS": 1,
        "DOWNLOAD_DELAY": 0,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "RETRY_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "REFERER_ENABLED": False,
    }
    process = CrawlerProcess(settings)
    process.crawl(Bare)
    start = time.monotonic()
    process.start()
    return came.count(200), time.monotonic() - start


def crawl_news_please(urls: list[str]) -> tuple[int, float]:
    """news-please's own crawl: a process a site, five at a time; it reads what it downloads and keeps both as files."""
    import newsplease  # pyright: ignore[reportMissingImports] - a rival, in its own environment

    shipped = (Path(newsplease.__path__[0]) / "config" / "config.cfg").read_text(encoding="utf-8")
    sites: dict[str, list[str]] = {}
    for url in urls:
        sites.setdefault(urlsplit(url).netloc, []).append(url)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = WORKING_PATH.sub(f"working_path = {folder / 'kept'}/", shipped)
        (folder / "config.cfg").write_text(SLOTS.sub("CONCURRENT_REQUESTS_PER_DOMAIN=16", config), encoding="utf-8")
        listed = {"base_urls": [{"crawler": "Download", "url": pages} for pages in sites.values()]}
        (folder / "sitelist.hjson").write_text(json.dumps(listed), encoding="utf-8")
        command = [Path(sys.executable).with_name("news-please"), "-c", folder]
        start = time.monotonic()
        with (folder / "log").open("wb") as log:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True)
        seconds = time.monotonic() - start
        said = (folder / "log").read_text(encoding="utf-8", errors="replace")
    return sum(map(int, SCRAPED.findall(said))), seconds


TOOLS = {"scrapy": crawl_bare, "news-please": crawl_news_please}

if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    pages, seconds = TOOLS[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
    print(json.dumps({"pages": pages, "seconds": seconds}))
