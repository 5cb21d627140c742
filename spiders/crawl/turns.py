"""Whose turn it is at a host: requests to it keep their distance, whichever child makes them.

Sources share hosts, and a poll, a night and a walk through the past may be at work at once, while a child knows of its own
requests only. So each host has a file that every child reads and writes under a lock, for a moment: when it was asked last,
and from when it may be asked again. Here: booking turns, and Scrapy's download handler that does. Not here: how long the
pause between two is (``guards``, and Scrapy's own throttle).
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import time

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.crawl.job import Job
from spiders.urls import host_of

FARTHEST_S = 1800.0  # no queue is as long: a turn that lies farther ahead was booked before the clock was set back


@dataclass(frozen=True, slots=True)
class _Said:
    """What a host's file says, in seconds of the machine's clock, which outlives a reboot."""

    last: float = 0.0  # the last turn booked; it may lie ahead
    free: float = 0.0  # from when another may be


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns at all hosts: a file each, in a folder that all children share."""

    folder: Path

    def take(self, host: str, pause_s: float) -> float:
        """Book the next turn at a host, so long after the last and before the next one; returns the seconds to wait for it."""
        with self._opened(host) as file:
            now = time()
            said = _read(file, now)
            turn = max(now, said.free, said.last + pause_s)
            _write(file, _Said(turn, turn + pause_s))
        return turn - now

    def rest(self, host: str, pause_s: float) -> None:
        """Note that a host asked to be left alone so long, from now on."""
        with self._opened(host) as file:
            now = time()
            said = _read(file, now)
            _write(file, _Said(said.last, max(said.free, now + pause_s)))

    @contextmanager
    def _opened(self, host: str) -> Iterator[int]:
        """A host's file, nobody else's meanwhile; the kernel frees the lock when a child dies."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self.folder / host, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)


def _read(file: int, now: float) -> _Said:
    try:
        last, free = map(float, os.pread(file, 100, 0).split())
    except ValueError:  # it is new, or a power cut tore it
        return _Said()
    return _Said(last, free) if max(last, free) < now + FARTHEST_S else _Said()


def _write(file: int, said: _Said) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, f"{said.last:.3f} {said.free:.3f}\n".encode(), 0)


class InTurn(HTTP11DownloadHandler):
    """Scrapy's HTTP, each request at its host's turn: the last wait before it goes out, whatever made it."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        job: Job = crawler.settings["CHASQUI_JOB"]
        self._turns = Turns(job.hosts)
        self._crawler = crawler

    async def download_request(self, request: Request) -> Response:
        """Wait for the host's turn, then ask. Without any pause (the newsroom's, on loopback) there are no turns."""
        engine = self._crawler.engine
        assert engine is not None
        slot = engine.downloader.slots[request.meta["download_slot"]]
        if slot.delay:
            await asyncio.sleep(self._turns.take(host_of(request.url), slot.delay))
        return await super().download_request(request)
