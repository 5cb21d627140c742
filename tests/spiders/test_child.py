"""The parent's side of a crawling child."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from spiders.crawl.child import kill_leftovers, run_job
from spiders.crawl.job import Request
from tests.spiders.loopback import Answer, job, lines, serve


def test_a_child_is_stopped_when_its_parent_stops(tmp_path: Path) -> None:
    stop = threading.Event()
    with serve(
        {"/nota-1": Answer("x" * 1000, drip_s=0.2), "/robots.txt": Answer("User-agent: *\nDisallow:\n")}
    ) as site:
        work = job(tmp_path, site.base, Request(url=f"{site.base}/nota-1", way="article"), timeout_s=2)

        def tick() -> None:
            if "/nota-1" in site.paths:
                stop.set()

        started = time.monotonic()
        ended = run_job(work, tick, stop)
    assert (ended.reason, ended.is_clean) == ("stopped", False)
    assert time.monotonic() - started < 60
    assert not work.log.with_suffix(".pid").exists()
    assert not list((tmp_path / "archive").glob("**/*.gz")) or lines(work, "exchange")


def test_no_child_is_started_once_its_parent_stops(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    assert run_job(job(tmp_path, "https://uno.pe"), stop=stop).reason == "stopped"
    assert not list(tmp_path.iterdir())


def test_a_pid_file_with_anything_else_in_it_is_removed(tmp_path: Path) -> None:
    for name, content in (("a", b"abc"), ("b", b""), ("c", b"\xff\xfe"), ("d", b"-1"), ("e", b"999999999")):
        (tmp_path / f"{name}.pid").write_bytes(content)
    assert kill_leftovers(tmp_path) == []
    assert not list(tmp_path.iterdir())
