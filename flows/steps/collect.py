"""poll and crawl: children are sent out, what they wrote is taken in."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from flows.progress import Bar
from flows.steps.disk import DiskLowError, let_go, require_room
from flows.steps.night import Night, judge_url
from spiders.crawl.child import Ended, kill_leftovers, run_job
from spiders.crawl.job import Job, Phase, Request, read_log
from spiders.crawl.nursery import Nursery
from spiders.registry import Source, Way
from warehouse.ingest import Ingested
from warehouse.ops import Ops, Pending

LOG_DAYS = 14  # children's logs are kept so long; what they say is in the fetch log for good
WATCH_S = 0.5  # between two looks at the children
POLLED = frozenset({"feed", "sitemap"})


def clean_up(night: Night) -> dict[str, int]:
    """Kill children that a dead run of this kind left, take in what they had written, close runs that never ended.

    Only runs of the same kind: the lock says that none of them is alive, which it does not say of the other kind.
    """
    killed = taken = resumed = 0
    known = {s.id: s for s in night.registry.sources}
    with night.ops() as ops:
        for row in ops.rows("unfinished_runs", night.kind):
            if row["run_id"] == night.run_id:
                continue
            folder = night.home.logs / row["run_id"]
            killed += len(kill_leftovers(folder))
            for log in sorted(folder.glob("*.jsonl")):
                source = known.get(log.stem.partition(".")[0])
                if source is not None:
                    taken += _ingest(ops, log, row["run_id"], source).requests
            ops.end_run(row["run_id"], "resumed")
            resumed += 1
        oldest = (datetime.now(UTC) - timedelta(days=LOG_DAYS)).isoformat()
        for row in ops.rows("ended_runs", oldest):
            shutil.rmtree(night.home.logs / row["run_id"], ignore_errors=True)
    night.report["let_go"] = let_go(night)
    return {"children_killed": killed, "requests_taken_in": taken, "runs_resumed": resumed}


def way_requests(source: Source, kinds: Iterable[str], today: date, look_back_days: int, ops: Ops) -> list[Request]:
    """What to ask of a source's lists. A gazette address with ``{day}`` is asked once for each day looked back."""
    requests = []
    for way in source.ways:
        if way.kind not in kinds or way.doubtful or not ops.is_due(way.url, today, way.every_days):
            continue
        known = ops.item_digests(source.id) if way.kind == "bills" else {}
        days = [today - timedelta(days=n) for n in range(look_back_days)] if "{day}" in way.url else [today]
        requests += [list_request(ops, source, way, day_address(way, day), known) for day in days]
    return requests


def day_address(way: Way, day: date) -> str:
    """A list's address for a day."""
    return way.url.replace("{day}", f"{day:%Y%m%d}")


def list_request(ops: Ops, source: Source, way: Way, url: str, known: Mapping[str, str]) -> Request:
    """One list to ask for, known from now on by its address; ``known`` are digests of items it may bring again."""
    ops.register_ways([(url, source.id, way.kind)])
    etag, last_modified = ops.validators(url)
    return Request(url=url, way=way.kind, etag=etag, last_modified=last_modified, pages=way.pages, known=dict(known))


def page_requests(pending: Iterable[Pending]) -> list[Request]:
    """Pages of the frontier to ask for."""
    return [Request(url=p.url, way="article", etag=p.etag, last_modified=p.last_modified) for p in pending]


def discover(night: Night, kinds: Iterable[str]) -> Ingested:
    """Ask every enabled source's lists of these kinds; new addresses enter the frontier."""
    with night.ops() as ops:
        asked = [
            (s, way_requests(s, set(kinds), night.settings.day(), night.settings.look_back_days, ops))
            for s in night.registry.enabled()
        ]
    return ask(night, "discover", asked)


def crawl(night: Night) -> Ingested:
    """Ask for the pages that wait in the frontier, source by source."""
    with night.ops() as ops:
        asked = [
            (s, page_requests(ops.pending(s.id, night.settings.pages_per_source))) for s in night.registry.enabled()
        ]
    return ask(night, "fetch", asked)


def ask(night: Night, phase: Phase, asked: Iterable[tuple[Source, Sequence[Request]]], turn: str = "") -> Ingested:
    """Send a child out for each source of which something is asked, and take in what they bring.

    Args:
        night: the run.
        phase: lists or pages.
        asked: what of which source.
        turn: tells apart the children's logs of a run that asks more than once.
    """
    text = "asking lists" if phase == "discover" else "fetching pages"
    folder = night.home.logs / night.run_id
    jobs = [
        Job(
            run_id=night.run_id,
            phase=phase,
            source=source,
            requests=tuple(requests),
            politeness=night.politeness,
            archive=night.home.archive,
            hosts=night.home.hosts,
            log=folder / f"{source.id}.{phase}{turn}.jsonl",
        )
        for source, requests in asked
        if requests
    ]
    return _run_jobs(night, text, jobs)


def _run_jobs(night: Night, text: str, jobs: list[Job]) -> Ingested:
    """Run jobs side by side; each is taken in as it ends, so that one that hangs holds up nobody's pages."""
    total = Ingested()
    stop = threading.Event()
    require_room(night)
    with (
        night.reporter.bar(text, sum(len(j.requests) for j in jobs)) as bar,
        night.ops() as ops,
        Nursery() as nursery,
        ThreadPoolExecutor(night.settings.parallel_sources) as pool,
    ):
        running = {pool.submit(run_job, job, nursery, _Follower(job.log, bar, night, stop), stop): job for job in jobs}
        try:
            for future in _as_they_end(running):
                job = running[future]
                ended = future.result()
                total.add(_ingest(ops, job.log, job.run_id, job.source))
                if not ended.is_clean:
                    night.report.setdefault("crashes", []).append(_crash(ended))
                    night.reporter.line(f"{ended.source_id}: the crawl ended early ({ended.reason})")
        except BaseException:  # Ctrl-C too: the children are told to end before anybody waits for them
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return total


def _as_they_end(running: Iterable[Future[Ended]]) -> Iterator[Future[Ended]]:
    """In the order they end. A limit of time reaches this thread between two waits only, so none is long."""
    left = set(running)
    while left:
        ended, left = wait(left, timeout=WATCH_S, return_when=FIRST_COMPLETED)
        yield from ended


class _Follower:
    """Advances a bar by the exchanges a child logs, reading only what is new; ends the crawl when the disk runs low."""

    def __init__(self, log: Path, bar: Bar, night: Night, stop: threading.Event) -> None:
        self._log, self._bar, self._at = log, bar, 0
        self._night, self._stop = night, stop

    def __call__(self) -> None:
        try:
            require_room(self._night)
        except DiskLowError as error:
            self._night.report["disk_low"] = str(error)
            self._stop.set()
        try:
            with self._log.open("rb") as lines:
                lines.seek(self._at)
                fresh = lines.read()
        except OSError:
            return
        self._at += len(fresh)
        self._bar.advance(fresh.count(b'{"kind": "exchange"'))


def _crash(ended: Ended) -> dict[str, str | int]:
    return {"source": ended.source_id, "reason": ended.reason, "returncode": ended.returncode}


def _ingest(ops: Ops, log: Path, run_id: str, source: Source) -> Ingested:
    return ops.ingest(
        log, run_id, source.id, list(read_log(log)), partial(judge_url, source, forgotten=ops.forgotten())
    )
