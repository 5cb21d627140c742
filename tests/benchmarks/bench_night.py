"""A whole night over many generated articles, beside bare Scrapy and news-please: ``python -m tests.benchmarks.bench_night``.

The newsroom serves made-up sites from a process of its own (``many_pages``); what is measured runs in processes of its own,
one after the other, over the same pages on loopback with politeness off. Ours finds the addresses by itself and includes
robots.txt, archive, accounting and the start of a child a source; Scrapy is given the addresses and only downloads; news-please
is given them too, on as many sites as ``--news-please`` says, in the Python that ``--rivals`` names, and reads what it downloads.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import psutil

from flows.progress import PlainReporter
from flows.settings import Settings
from flows.steps.collect import crawl, discover
from flows.steps.indexing import index_all
from flows.steps.keeping import check_all, link_all, load_all, publish_all, warehouse_of
from flows.steps.night import Night, new_night
from flows.steps.order import ALL_WAYS
from flows.steps.reading import read_all
from flows.steps.understanding import understand_all
from tests.benchmarks import rival_crawl
from tests.benchmarks.many_pages import DAY, served

ROLES = {"spiders.crawl": "crawling child", "multiprocessing.spawn": "reading process"}
SAMPLED_EVERY_S = 0.5


class Memory(threading.Thread):
    """Looks at this process and its children twice a second: the most megabytes of any of a role, step by step."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.step = "start"
        self.peaks: dict[str, dict[str, int]] = defaultdict(dict)
        self._is_over = threading.Event()

    def run(self) -> None:
        """Sample until told to stop."""
        own = psutil.Process()
        while not self._is_over.wait(SAMPLED_EVERY_S):
            for process in (own, *own.children(recursive=True)):
                try:
                    role, used = self._role(process, own), process.memory_info().rss >> 20
                except psutil.Error:
                    continue  # it ended meanwhile
                self.peaks[role][self.step] = max(self.peaks[role].get(self.step, 0), used)

    def stop(self) -> None:
        """No more."""
        self._is_over.set()
        self.join()

    @staticmethod
    def _role(process: psutil.Process, own: psutil.Process) -> str:
        if process.pid == own.pid:
            return "main process"
        command = " ".join(process.cmdline())
        return next((role for mark, role in ROLES.items() if mark in command), "other child")


def run_own(settings: Settings, *, is_whole: bool) -> dict[str, Any]:
    """One night, step by step, in this process and its children; seconds, CPU-seconds and memory of each step."""
    night = new_night(settings, PlainReporter(), "nightly")
    memory = Memory()
    memory.start()
    seconds: dict[str, float] = {}
    cpu: dict[str, float] = {}

    def timed(name: str, function: Any, *arguments: Any) -> Any:
        memory.step, start, used = name, time.monotonic(), _cpu_s()
        result = function(*arguments)
        seconds[name], cpu[name] = round(time.monotonic() - start, 1), round(_cpu_s() - used, 1)
        return result

    with night.ops() as ops:
        ops.start_run(night.run_id, "nightly")
    found = timed("lists", discover, night, ALL_WAYS)
    timed("crawl", crawl, night)
    timed("read", read_all, night)
    documents = None
    if is_whole:
        _, model = timed("understand", understand_all, night)
        with warehouse_of(night) as con:
            timed("load", load_all, night, con, model)
            timed("link", link_all, night, con)
            timed("check", check_all, night, con)
            documents = timed("publish", publish_all, night, con)[0].documents
            timed("index", index_all, night, con)
    memory.stop()
    return account(night) | {
        "lists": found.requests,
        "documents": documents,
        "seconds": seconds,
        "cpu": cpu,
        "memory": memory.peaks,
    }


def _cpu_s() -> float:
    """Of this process and of its children that have ended: a step's children end with it."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def account(night: Night) -> dict[str, Any]:
    """Pages that came, and what became of each address found: every one has one outcome or waits."""
    outcomes: dict[str, int] = defaultdict(int)
    with night.ops() as ops:
        for row in ops.rows("outcome_counts", night.run_id):
            outcomes[row["outcome"]] += row["urls"]
        pages = sum(
            row["requests"]
            for row in ops.rows("exchange_counts", night.run_id)
            if (row["way"], row["result"]) == ("article", "200")
        )
        found = {row[0]: row[1] for row in ops.rows("frontier_counts")}
    archive = sum(file.stat().st_size for file in night.home.archive.rglob("*.gz"))
    return {"pages": pages, "outcomes": outcomes, "found": found, "archive_mb": archive >> 20}


def run_rival(python: str, tool: str, urls: list[str], folder: Path) -> dict[str, Any] | None:
    """Pages and seconds of a rival; None when that Python cannot run it."""
    asked = folder / f"{tool}.json"
    asked.write_text(json.dumps(urls), encoding="utf-8")
    done = subprocess.run([python, rival_crawl.__file__, tool, asked], capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        print(f"{tool}: {(done.stderr.strip().splitlines() or ['no answer'])[-1]}", file=sys.stderr)
        return None
    return json.loads(lines[-1])


def own_apart(folder: Path, articles: int, *, is_whole: bool) -> dict[str, Any]:
    """Our night over what is served from a folder, in a process of its own."""
    settings = Settings.model_validate(
        {"home": folder / "home", "sources": folder / "sources.toml", "contact": "benchmark", "today": DAY}
        | {"delay_s": 0, "allow_loopback": True, "pages_per_source": articles, "keep_free_gb": 0}
    )
    (folder / "settings.json").write_text(settings.model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "tests.benchmarks.bench_night", "--own", str(folder / "settings.json")]
    command += ["--whole"] if is_whole else []
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Print the rates side by side."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_night")
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--rivals", metavar="PYTHON", help="a Python that has news-please")
    parser.add_argument("--news-please", type=int, metavar="SITES", help="sites it is given; all when left out")
    parser.add_argument("--whole", action="store_true", help="labels, warehouse and publishing too")
    parser.add_argument("--own", type=Path, help=argparse.SUPPRESS)  # settings of the night, in the child that runs it
    asked = parser.parse_args()
    if asked.own:
        settings = Settings.model_validate_json(asked.own.read_text(encoding="utf-8"))
        print(json.dumps(run_own(settings, is_whole=asked.whole)))
        return
    with tempfile.TemporaryDirectory() as name, served(Path(name), asked.articles, asked.sites) as urls:
        folder = Path(name)
        print(f"{len(urls)} articles over {asked.sites} sites", flush=True)
        bare = run_rival(sys.executable, "scrapy", urls, folder)
        own = own_apart(folder, asked.articles, is_whole=asked.whole)
        given = urls[: asked.articles // asked.sites * (asked.news_please or asked.sites)]
        rival = run_rival(asked.rivals, "news-please", given, folder) if asked.rivals else None
    report(own, bare, rival)


def report(own: dict[str, Any], bare: dict[str, Any] | None, rival: dict[str, Any] | None) -> None:
    """Print the figures."""
    crawled_s = own["seconds"]["lists"] + own["seconds"]["crawl"]
    rate, read_rate = own["pages"] / crawled_s, own["pages"] / (crawled_s + own["seconds"]["read"])
    print(
        f"chasqui, crawl        {rate:7.1f} pages/s: lists, robots.txt, archive and accounting of {own['pages']} pages"
    )
    if bare and bare["pages"]:
        bare_rate = bare["pages"] / bare["seconds"]
        print(f"bare Scrapy           {bare_rate:7.1f} pages/s: downloads of {bare['pages']} pages; ours {rate / bare_rate:.2f} of it")  # fmt: skip
    print(f"chasqui, crawl + read {read_rate:7.1f} pages/s")
    if rival and rival["pages"]:
        rival_rate = rival["pages"] / rival["seconds"]
        print(f"news-please           {rival_rate:7.1f} pages/s: {rival['pages']} pages downloaded and read; our crawl {rate / rival_rate:.1f} x, with reading {read_rate / rival_rate:.1f} x")  # fmt: skip
    print(f"addresses found {own['found']}, outcomes {own['outcomes']}; {own['lists']} list requests, archive {own['archive_mb']} MB, documents published: {own['documents']}")  # fmt: skip
    print(f"seconds {own['seconds']}")
    print(f"CPU-seconds {own['cpu']}")
    for role, steps in own["memory"].items():
        print(f"peak MB, {role}: {steps}")


if __name__ == "__main__":
    main()
