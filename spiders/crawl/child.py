"""The parent's side: start a child on a job, watch it, stop it for good."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from spiders.crawl.job import Job, read_log
from spiders.crawl.nursery import LOST, Child, Nursery, NurseryError

GRACE_S = 30.0  # a delayed slot must drain before the child can close its files
HARD_STOP_S = 60.0  # beyond the job's own time-out
TICK_S = 0.1


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended. ``reason`` is Scrapy's own word, or what its parent did to it."""

    source_id: str
    returncode: int
    reason: str
    exchanges: int

    @property
    def is_clean(self) -> bool:
        """Whether the job was carried out to its end."""
        return self.returncode == 0 and self.reason == "finished"


def run_job(
    job: Job, nursery: Nursery, tick: Callable[[], None] = lambda: None, stop: threading.Event | None = None
) -> Ended:
    """Run one job in a child process of its own group and wait for it.

    Args:
        job: what to do; its log is appended to.
        nursery: where the child comes from.
        tick: called a few times a second while the child works.
        stop: once set, the child is stopped (or not started) and its end says ``stopped``.
    """
    if stop is not None and stop.is_set():
        return Ended(job.source.id, 0, "stopped", 0)
    job.log.parent.mkdir(parents=True, exist_ok=True)
    spec = job.log.with_suffix(".job.json")
    spec.write_text(job.model_dump_json(), encoding="utf-8")
    try:
        child = nursery.start(spec, job.log.with_suffix(".stderr"))
    except NurseryError:
        return Ended(job.source.id, LOST, "not_started", 0)
    pid_file = job.log.with_suffix(".pid")
    pid_file.write_text(str(child.pid), encoding="ascii")
    stopped = ""
    deadline = time.monotonic() + job.politeness.job_timeout_s + HARD_STOP_S
    try:
        while not child.wait(TICK_S):
            tick()
            if stop is not None and stop.is_set():
                stopped = "stopped"
            elif time.monotonic() > deadline:
                stopped = "hard_stop"
            if stopped:
                stop_child(child)
                break
    except BaseException:  # Ctrl-C and cancellation too: no child outlives its parent's interest
        stop_child(child)
        raise
    finally:
        pid_file.unlink(missing_ok=True)
    lines = list(read_log(job.log))
    closed = [line["reason"] for line in lines if line["kind"] == "closed"]
    exchanges = sum(line["kind"] == "exchange" for line in lines)
    return Ended(job.source.id, child.returncode or 0, stopped or (closed[-1] if closed else "died"), exchanges)


def stop_child(child: Child) -> None:
    """SIGINT, time to drain, then SIGKILL to the whole group."""
    child.interrupt()
    if not child.wait(GRACE_S):
        child.kill()
        child.wait(GRACE_S)


def kill_leftovers(folder: Path) -> list[int]:
    """Kill children of a run whose parent died; returns their pids.

    A pid reused by another program is left alone; a pid file without a number in it is removed.
    """
    killed = []
    for pid_file in folder.glob("**/*.pid"):
        written = pid_file.read_bytes().strip()
        pid = int(written) if re.fullmatch(rb"[1-9][0-9]{0,9}", written) else 0
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            command = ""
        if pid and "spiders.crawl" in command:
            with suppress(ProcessLookupError):  # it ended by itself meanwhile
                os.killpg(pid, signal.SIGKILL)
                killed.append(pid)
        pid_file.unlink(missing_ok=True)
    return killed
