"""The parent's side of a crawling child."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from spiders.crawl.child import Ended, kill_leftovers, run_job
from spiders.crawl.job import Request
from spiders.crawl.nursery import LOST, Nursery
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
        with Nursery() as nursery:
            ended = run_job(work, nursery, tick, stop)
    assert (ended.reason, ended.is_clean) == ("stopped", False)
    assert time.monotonic() - started < 60
    assert not work.log.with_suffix(".pid").exists()
    assert not list((tmp_path / "archive").glob("**/*.gz")) or lines(work, "exchange")


def test_no_child_is_started_once_its_parent_stops(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with Nursery() as nursery:
        assert run_job(job(tmp_path, "https://uno.pe"), nursery, stop=stop).reason == "stopped"
    assert not list(tmp_path.iterdir())


def test_children_have_one_origin_and_groups_errors_and_ends_of_their_own(tmp_path: Path) -> None:
    groups: set[int] = set()
    with (
        serve({"/nota-1": Answer("x"), "/robots.txt": Answer("User-agent: *\nDisallow:\n")}) as site,
        Nursery() as nursery,
        ThreadPoolExecutor(3) as pool,
    ):

        def run(name: str) -> Ended:
            work = job(tmp_path / name, site.base, Request(url=f"{site.base}/nota-1", way="article"))
            return run_job(work, nursery, lambda: groups.update(groups_of(tmp_path)))

        assert [ended.is_clean for ended in pool.map(run, "abc")] == [True, True, True]
        broken = nursery.start(tmp_path / "no such job", tmp_path / "errors")
        assert broken.wait(20)
        assert broken.returncode == 1
    assert "FileNotFoundError" in (tmp_path / "errors").read_text()
    assert os.getpgid(0) not in groups
    assert site.paths.count("/nota-1") == 3


def groups_of(folder: Path) -> set[int]:
    """Process groups of the children at work."""
    found = set()
    for path in folder.glob("*/logs/*.pid"):
        with contextlib.suppress(OSError, ValueError):  # it ends at this moment
            found.add(os.getpgid(int(path.read_text())))
    return found


def test_a_nursery_that_dies_takes_its_children_along_and_is_replaced(tmp_path: Path) -> None:
    with serve({"/nota-1": Answer("x" * 1000, drip_s=0.2), "/robots.txt": Answer("")}) as site, Nursery() as nursery:
        slow = job(tmp_path / "a", site.base, Request(url=f"{site.base}/nota-1", way="article"), timeout_s=30)

        def tick() -> None:
            if "/nota-1" in site.paths and nursery._running is not None:
                nursery._running._process.kill()

        ended = run_job(slow, nursery, tick)
        assert (ended.reason, ended.returncode) == ("died", LOST)
        quick = job(tmp_path / "b", site.base, Request(url=f"{site.base}/nota-2", way="article"))
        assert run_job(quick, nursery).is_clean


def test_a_pid_file_with_anything_else_in_it_is_removed(tmp_path: Path) -> None:
    for name, content in (("a", b"abc"), ("b", b""), ("c", b"\xff\xfe"), ("d", b"-1"), ("e", b"999999999")):
        (tmp_path / f"{name}.pid").write_bytes(content)
    assert kill_leftovers(tmp_path) == []
    assert not list(tmp_path.iterdir())
