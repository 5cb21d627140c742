"""A soak's course: days one after the other, each with its night, and what strikes it. Nothing is judged here."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flows.settings import Home, Settings
from tests.dashboards.post_office import PostOffice
from tests.e2e.helpers import environment
from tests.newsroom import Newsroom
from tests.soak.plan import Plan, noon, tail_of

ROOT = Path(__file__).parents[2]
FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
AHEAD = "+200d"  # of the clock in the night it jumps
LEFT_ON_THE_DISK = 1_000_000  # bytes, in the night it is full
CUT_OFF = 4_000  # bytes of an archive's tail
POLL_EVERY = 4  # days


class Worker:
    """The long-lived process."""

    def __init__(self, settings: Settings, log: Path) -> None:
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.soak.worker"],
                cwd=ROOT,
                env=environment(settings) | {"CHASQUI_KEEP_FREE_GB": "0"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=out,
                text=True,
            )

    def run(self, kind: str, day: date) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"kind": kind, "day": day.isoformat()}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the worker died"
        return json.loads(line)

    def stop(self) -> None:
        self._process.communicate(timeout=60)  # closes both ends


def struck(settings: Settings, day: date, place: str, sites: int, **environ: str) -> int:
    """A night in a process of its own that dies at a place; how it ended."""
    today = settings.model_copy(update={"today": day})
    command = [sys.executable, "-m", "tests.soak.struck", place, str(sites)]
    done = subprocess.run(command, cwd=ROOT, env=environment(today) | environ, capture_output=True, check=False)
    if done.returncode not in {0, -signal.SIGKILL}:
        print(done.stderr.decode()[-2000:])
    return done.returncode


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system of its own in memory; it needs root."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def used(disk: Path) -> int:
    found = os.statvfs(disk)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


def cut_tail(archive: Path) -> None:
    tail = tail_of(archive)
    with tail.open("r+b") as file:
        file.truncate(max(tail.stat().st_size - CUT_OFF, 100))


@dataclass
class Soak:
    """What a soak has at hand, and what each of its runs said."""

    plan: Plan
    settings: Settings
    disk: Path
    disk_bytes: int
    newsroom: Newsroom
    office: PostOffice
    worker: Worker
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def home(self) -> Home:
        """Where everything is kept."""
        return Home(self.settings.home)

    def run(self, log: Path) -> None:
        """All days, and what the last one left over; figures go to the log as they come."""
        faults = self.plan.faults()
        for number, day in enumerate(self.plan.days):
            if number % POLL_EVERY == 1:
                self.newsroom.set_today(noon(day))
                self._note(day, self.worker.run("poll", day))
            self.newsroom.set_today(day)
            self._night(day, faults.get(day))
            log.write_text("".join(json.dumps(row) + "\n" for row in self.rows), encoding="utf-8")
        self._note(self.plan.days[-1], self.worker.run("nightly", self.plan.days[-1]))

    def _night(self, day: date, fault: str | None) -> None:
        if fault is None:
            self._note(day, self.worker.run("nightly", day))
        elif fault.startswith("killed"):
            self._struck(day, fault, fault.rpartition(" ")[2])
        elif fault == "corrupt WARC tail":
            self._struck(day, fault, "reading")
            cut_tail(self.home.archive)
        elif fault == "clock jump" and FAKETIME:
            self._struck(day, fault, "nowhere", LD_PRELOAD=str(FAKETIME), FAKETIME=AHEAD)
        else:
            with self._weather(fault):
                self._note(day, self.worker.run("nightly", day), fault)
                if fault == "mail server down":
                    self._note(day, self.worker.run("digest", day), fault)
        if day.weekday() == 0 or fault == "mail server down":
            self._note(day, self.worker.run("digest", day))

    @contextmanager
    def _weather(self, fault: str) -> Iterator[None]:
        """Something around the night is wrong."""
        with ExitStack() as over:
            if fault == "newsroom down":
                over.enter_context(self.newsroom.down())
            elif fault == "disk full":
                resize(self.disk, used(self.disk) + LEFT_ON_THE_DISK)
                over.callback(resize, self.disk, self.disk_bytes)
            elif fault == "mail server down":
                calm, self.office.on_rcpt = self.office.on_rcpt, lambda _: None
                over.callback(setattr, self.office, "on_rcpt", calm)
            yield

    def _struck(self, day: date, fault: str, place: str, **environ: str) -> None:
        code = struck(self.settings, day, place, self.plan.sites, **environ)
        self._note(day, {"kind": "nightly", "state": f"code {code}"}, fault)

    def _note(self, day: date, said: dict[str, Any], fault: str | None = None) -> None:
        self.rows.append({"day": day.isoformat(), "fault": fault, **said})


def figures(soak: Soak) -> Iterator[str]:
    """A line a run."""
    yield f"{soak.plan}; clock by {FAKETIME or 'nothing: libfaketime is not installed'}"
    yield "day         run      state     s  documents  events  rss MB  files  threads  warehouse kB/doc  published kB/doc"
    for r in soak.rows:
        line = f"{r['day']}  {r['kind']:<8} {r['state']:<8} {r.get('seconds', 0):5.0f}"
        if "documents" in r:
            n = max(r["documents"], 1)
            line += (
                f"  {r['documents']:9d}  {r['events']:6d}  {r['rss'] / 1e6:6.0f}  {r['files']:5d}  {r['threads']:7d}"
                f"  {r['warehouse'] / n / 1e3:16.2f}  {r['published'] / n / 1e3:16.2f}"
            )
        yield f"{line}  {r['fault'] or ''} {r.get('error', '')[:160]}"
