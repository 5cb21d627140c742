"""A whole night over many generated articles, beside bare Scrapy and news-please: ``python -m tests.benchmarks.bench_night``.

The newsroom serves made-up sites from this process; everything that is measured runs in processes of its own, one after the
other, over the same pages on loopback with politeness off. Ours includes robots.txt, archive, accounting and the start of a
child a source; Scrapy is given the addresses and only downloads; news-please is given them too and reads what it downloads
(``NewsPlease.from_urls``), on as many pages as ``--news-please`` says, in the Python that ``--rivals`` names.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from flows.progress import PlainReporter
from flows.settings import Settings
from flows.steps.collect import crawl, discover
from flows.steps.keeping import check_all, link_all, load_all, publish_all, warehouse_of
from flows.steps.night import new_night
from flows.steps.order import ALL_WAYS
from flows.steps.reading import read_all
from flows.steps.understanding import understand_all
from tests.newsroom import Newsroom
from tests.newsroom.crowd import crowded_day
from tests.newsroom.data import Card, Press

DAY = date(2026, 11, 14)
BARE = """
import json, sys, time
import scrapy
from scrapy.crawler import CrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"
    count, first = 0, 0.0
    async def start(self):
        Bare.first = time.monotonic()
        for url in json.load(open(sys.argv[1])):
            yield scrapy.Request(url, dont_filter=True)
    def parse(self, response):
        Bare.count += response.status == 200
    def closed(self, reason):
        print(json.dumps({"pages": Bare.count, "seconds": time.monotonic() - Bare.first}))

process = CrawlerProcess({"LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "COOKIES_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "RETRY_ENABLED": False, "REDIRECT_ENABLED": False, "DOWNLOAD_DELAY": 0})
process.crawl(Bare)
process.start()
"""
NEWS_PLEASE = """
import json, logging, sys, time
from newsplease import NewsPlease

logging.disable(logging.CRITICAL)
urls = json.load(open(sys.argv[1]))
start = time.monotonic()
found = NewsPlease.from_urls(urls)
print(json.dumps({"pages": sum(bool(a) for a in found.values()), "seconds": time.monotonic() - start}))
"""


def make_press(articles: int, sites: int) -> Press:
    """So many sites with as many articles each, all of one day."""
    cards = tuple(
        Card(id=f"diario-{n:02d}", family="arc", name=f"Diario {n}", owner=f"Editora {n}", kind="national_news")
        for n in range(sites)
    )
    pages = tuple(page for card in cards for page in crowded_day(card.id, DAY, articles // sites))
    return Press(cards, pages, ())


def run_own(settings: Settings) -> dict[str, Any]:
    """One night, step by step, in this process and its children; seconds of each step and peak memory."""
    night = new_night(settings, PlainReporter(), "nightly")
    seconds: dict[str, float] = {}

    def timed(name: str, function: Any, *arguments: Any) -> Any:
        start = time.monotonic()
        result = function(*arguments)
        seconds[name] = round(time.monotonic() - start, 1)
        return result

    with night.ops() as ops:
        ops.start_run(night.run_id, "nightly")
    timed("lists", discover, night, ALL_WAYS)
    pages = timed("crawl", crawl, night)
    crawled = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    read = timed("read", read_all, night)
    _, model = timed("understand", understand_all, night)
    with warehouse_of(night) as con:
        timed("load", load_all, night, con, model)
        timed("link", link_all, night, con)
        timed("check", check_all, night, con)
        published, _ = timed("publish", publish_all, night, con)
    return {
        "pages": pages.requests,
        "read": read,
        "documents": published.documents,
        "seconds": seconds,
        "crawler_mb": crawled // 1024,
        "children_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "main_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def run_script(python: str, script: str, urls: list[str], folder: Path) -> dict[str, Any] | None:
    """What a rival's script prints; None when that Python cannot run it."""
    (folder / "urls.json").write_text(json.dumps(urls), encoding="utf-8")
    command = [python, "-c", script, str(folder / "urls.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        print((done.stderr.strip().splitlines() or ["no answer"])[-1], file=sys.stderr)
        return None
    return json.loads(lines[-1])


def main() -> None:
    """Print the rates side by side."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_night")
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--rivals", metavar="PYTHON", help="a Python that has news-please")
    parser.add_argument("--news-please", type=int, default=300, help="pages it is given")
    parser.add_argument("--own", type=Path, help=argparse.SUPPRESS)  # settings of the night, in the child that runs it
    asked = parser.parse_args()
    if asked.own:
        print(json.dumps(run_own(Settings.model_validate_json(asked.own.read_text(encoding="utf-8")))))
        return
    with (
        tempfile.TemporaryDirectory() as name,
        Newsroom(DAY, press=make_press(asked.articles, asked.sites)) as newsroom,
    ):
        folder = Path(name)
        urls = [newsroom.url_of(page) for page in newsroom.press.pages]
        (folder / "sources.toml").write_text(newsroom.registry_toml(), encoding="utf-8")
        settings = Settings.model_validate(
            {"home": folder / "home", "sources": folder / "sources.toml", "contact": "benchmark", "today": DAY}
            | {"delay_s": 0, "allow_loopback": True, "pages_per_source": asked.articles, "keep_free_gb": 0}
        )
        (folder / "settings.json").write_text(settings.model_dump_json(), encoding="utf-8")
        print(f"{len(urls)} articles over {asked.sites} sites")
        bare = run_script(sys.executable, BARE, urls, folder)
        command = [sys.executable, "-m", "tests.benchmarks.bench_night", "--own", str(folder / "settings.json")]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        own = json.loads(done.stdout.splitlines()[-1])
        rival = run_script(asked.rivals, NEWS_PLEASE, urls[: asked.news_please], folder) if asked.rivals else None
    bare_rate = bare["pages"] / bare["seconds"] if bare else 0.0
    crawl_s = own["seconds"]["lists"] + own["seconds"]["crawl"]
    print(f"bare Scrapy     {bare_rate:7.1f} pages/s")
    print(f"chasqui         {own['pages'] / crawl_s:7.1f} pages/s, lists, robots.txt, archive and accounting included "
          f"({own['pages'] / crawl_s / bare_rate:.2f} of bare Scrapy; without the lists {own['pages'] / own['seconds']['crawl'] / bare_rate:.2f})")  # fmt: skip
    if rival and rival["pages"]:
        rate = rival["pages"] / rival["seconds"]
        to_read = own["pages"] / (crawl_s + own["seconds"]["read"])
        print(
            f"news-please     {rate:7.1f} pages/s, read too ({rival['pages']} pages); ours with reading {to_read:.1f}, {to_read / rate:.1f} x"
        )
    print(f"read {own['read']}, {own['documents']} documents published; seconds {own['seconds']}")
    print(
        f"peak memory: crawler {own['crawler_mb']} MB, any child {own['children_mb']} MB, main process {own['main_mb']} MB"
    )


if __name__ == "__main__":
    main()
