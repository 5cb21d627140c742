"""A backfill's order: plan, read wherever there are workers, take in, load, link, check, publish.

Belongs here: what comes after what, how much work is out at once, what is told on the way. Not here: how work reaches a
worker (``submit`` is given), or any rule about pages.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from flows.steps import evening
from flows.steps.backfill.keep import keep_segment
from flows.steps.backfill.plan import clean_up
from flows.steps.backfill.segment import Segment, SegmentRead
from flows.steps.disk import DiskLowError, require_room
from flows.steps.keeping import load_waiting, warehouse_of, write_references
from flows.steps.night import Night, only_one
from flows.steps.order import close_run
from spiders.transfer import TransferError
from spiders.warc import NotWarcError

LONGEST_NIGHT_S = 20 * 3600.0
ROUND_FILES = 200  # then what was read is loaded and published: a backfill of weeks shows what it has


class LostError(Exception):
    """A file that no worker lived to finish."""


class Reading(Protocol):
    """Work handed out."""

    def result(self) -> SegmentRead:
        """Wait for it."""
        ...


Submit = Callable[[Segment], Reading]


@dataclass(frozen=True, slots=True)
class Work:
    """The files of a backfill. ``files`` and ``file_bytes`` are what is planned, for the time left; None: not known."""

    segments: Iterator[Segment]
    files: int
    file_bytes: int | None = None


@dataclass(slots=True)
class _Progress:
    """How far the reading is, and how fast it goes."""

    work: Work
    began: float = field(default_factory=time.monotonic)
    files: int = 0
    file_bytes: int = 0
    pages: int = 0

    def add(self, read: SegmentRead) -> str:
        """One file more; a line that says where the reading stands."""
        self.files += 1
        self.file_bytes += read.file_bytes
        self.pages += read.considered
        took = max(time.monotonic() - self.began, 1e-3)
        share = self.file_bytes / self.work.file_bytes if self.work.file_bytes else self.files / self.work.files
        left = took / share - took if share else 0.0
        rate = f"{self.file_bytes / 1e6 / took:.1f} MB/s, {self.pages / took:.1f} pages/s"
        return f"{self.files} of {self.work.files} files read, {self.pages} pages, {rate}, {_span(left)} left"


def run_backfill(night: Night, work: Work, submit: Submit, at_once: int) -> dict[str, Any]:
    """Read files into the warehouse and publish.

    Args:
        night: the run.
        work: its files; those read before are not among them.
        submit: hands a file to a worker.
        at_once: how many files are out at the same time.
    """
    with only_one(night.home, "backfill"):
        with night.ops() as ops:
            ops.start_run(night.run_id, "backfill")
        night.report |= {"cleaned": clean_up(night.home.backfill), "files": [], "failed_files": []}
        totals: Counter[str] = Counter()
        try:
            for some in _rounds(night, work, submit, at_once):
                _keep(night, some, totals)
        except BaseException as error:
            night.report["error"] = f"{type(error).__name__}: {error}"
            close_run(night, "failed")
            raise
        night.report["pages"] = dict(totals)
        return close_run(night, "failed" if night.report["failed_files"] else "done")


def _rounds(night: Night, work: Work, submit: Submit, at_once: int) -> Iterator[list[Segment]]:
    """Files that have been read, in the plan's order, so many at a time; at least one round, so that leftovers are kept."""
    progress = _Progress(work)
    out: deque[tuple[Segment, Reading]] = deque()
    read: list[Segment] = []
    stop: DiskLowError | None = None
    for segment in work.segments:
        try:
            require_room(night)
        except DiskLowError as error:  # what is out comes back and is kept; the rest waits for another run
            stop = error
            break
        out.append((segment, submit(segment)))
        if len(out) >= at_once:
            read += _collect(night, progress, *out.popleft())
        if len(read) >= ROUND_FILES:
            yield read
            read = []
    while out:
        read += _collect(night, progress, *out.popleft())
    yield read
    if stop is not None:
        raise stop


def _collect(night: Night, progress: _Progress, segment: Segment, reading: Reading) -> list[Segment]:
    try:
        read = reading.result()
    except (NotWarcError, LostError, TransferError, OSError) as error:  # the file's own fault: the others go on
        night.report["failed_files"].append({"file": segment.file.name, "reason": str(error)})
        night.reporter.line(f"{segment.file.name}: not read: {error}")
        return []
    night.report["files"].append(asdict(read))
    if read.is_cut:
        night.reporter.line(f"{read.name}: cut off or damaged; what stands before that place was read")
    night.reporter.line(progress.add(read))
    return [segment]


def _keep(night: Night, read: list[Segment], totals: Counter[str]) -> None:
    """Take readings in and publish; a night at work is waited for, since there is one writer."""
    with only_one(night.home, "nightly", wait_s=LONGEST_NIGHT_S):
        for segment in read:
            totals.update(keep_segment(night, segment.place))
        with warehouse_of(night) as con:
            write_references(night, con)
            loaded = load_waiting(night, con)
            night.reporter.line(f"loaded: {loaded} batches")
            evening.join(night, con)
            evening.show(night, con)
    night.report["new_documents"] = night.report.get("new_documents", 0) + totals["new"] + totals["changed"]


def _span(seconds: float) -> str:
    minutes, hours = round(seconds / 60), round(seconds / 3600)
    return f"{seconds:.0f} s" if seconds < 100 else f"{minutes} min" if minutes < 100 else f"{hours} h"
