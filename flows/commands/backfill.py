"""``chasqui backfill`` and ``chasqui worker``: the past into the warehouse, on as many processes as there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from flows.failures import UsageError
from flows.progress import make_reporter
from flows.server import be_quiet, prefect_server
from flows.settings import Home, load_settings
from flows.steps.backfill.ccnews import list_files, months_of
from flows.steps.backfill.lists import bill_lists, gazette_days
from flows.steps.backfill.plan import find_files, forget, missing, segments_of, weigh
from flows.steps.backfill.run import Work
from flows.steps.backfill.walk import walk_bills, walk_gazette
from flows.steps.night import Night, new_night
from flows.steps.report import summary_line

YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for: exactly one of ``warc``, ``cc_news``, ``bills`` and ``gazette``."""

    warc: tuple[str, ...] = ()
    cc_news: tuple[str, ...] = ()
    bills: bool = False
    gazette: bool = False
    since: str | None = None
    until: str | None = None
    workers: str | None = None
    again: bool = False
    dry_run: bool = False


def backfill(asked: Asked) -> int:
    """Read the past into the warehouse; returns the exit code.

    Raises:
        UsageError: not one thing is asked for, or with what does not go with it.
    """
    if sum(map(bool, (asked.warc, asked.cc_news, asked.bills, asked.gazette))) != 1:
        raise UsageError("say what to read: --warc FILE, --cc-news MONTH, --bills or --gazette")
    if asked.bills or asked.gazette:
        return _walk(asked)
    if asked.since or asked.until:
        raise UsageError("--since and --until go with --bills and --gazette")
    return _read(asked)


def _begin(kind: str) -> Night:
    settings = load_settings()
    return new_night(settings, make_reporter(settings.log_format), kind)


def _walk(asked: Asked) -> int:
    """Official lists, in this process: politeness, not work, sets the pace."""
    if asked.since is None:
        raise UsageError("--since is needed: a year or a day")
    if asked.workers or (asked.bills and asked.until):
        raise UsageError("--workers goes with archives, --until with --gazette")
    night = _begin("bills" if asked.bills else "gazette")
    today = night.settings.day()
    since = day_of(asked.since, "--since")
    until = min(day_of(asked.until, "--until"), today) if asked.until else today
    if since > until:
        raise UsageError(f"--since {asked.since} is later than {until}")
    if asked.dry_run:
        return _tell_lists(night, asked, since, until)
    if asked.bills:
        report = walk_bills(night, since, again=asked.again)
    else:
        report = walk_gazette(night, since, until, again=asked.again)
    walked = report.get("walked", {})
    print(f"{walked.get('lists', 0)} lists asked, {walked.get('pages', 0)} pages; {summary_line(report)}")
    return 0


def day_of(text: str, option: str) -> date:
    """A day, or a year's first.

    Raises:
        UsageError: it is neither.
    """
    try:
        return date.fromisoformat(f"{text}-01-01" if YEAR.fullmatch(text) else text)
    except ValueError as error:
        raise UsageError(f"{option} must be a year or a day such as 2024-06-01, got {text!r}") from error


def _tell_lists(night: Night, asked: Asked, since: date, until: date) -> int:
    if asked.bills:
        for first in bill_lists(night, since):
            print(f"to ask for, page by page: {first.way.url}")
        return 0
    with night.ops() as ops:
        days, behind = gazette_days(night, ops, since, until, again=asked.again)
    print(f"{len(days)} day lists to ask for, {behind} read before")
    return 0


def _read(asked: Asked) -> int:
    """Say which files are to be read, and read them unless that is all that was asked for."""
    night = _begin("backfill")
    where = asked.workers or night.settings.scheduler or str(night.settings.workers)
    if where == "0":
        raise UsageError("--workers 0: at least one is needed")
    files = find_files(asked.warc) if asked.warc else list_files(night.settings, months_of(asked.cc_news))
    segments = segments_of(night, files)
    wanted = missing(segments, again=asked.again)
    sizes = weigh(wanted)
    print(plan_line(night, len(segments), sizes), flush=True)
    if asked.dry_run:
        for segment in wanted:
            print(f"to read: {segment.file.name}")
        return 0
    forget(wanted)
    known = [size for size in sizes if size is not None]
    file_bytes = sum(known) if len(known) == len(sizes) else None
    return _run(night, Work(iter(wanted), len(wanted), file_bytes), where)


def plan_line(night: Night, planned: int, sizes: list[int | None]) -> str:
    """Files, what they weigh as far as it is known, and whose pages are taken."""
    sources = night.registry.sources
    hosts = {host.removeprefix("www.") for source in sources for host in source.registered_hosts}
    known = [size for size in sizes if size is not None]
    weight = f"{sum(known) / 1e6:.1f} MB to read"
    if unknown := len(sizes) - len(known):
        weight += f", and {unknown} files of unknown size"
    return (
        f"{planned} files, {planned - len(sizes)} read before; {weight}; "
        f"pages of {len(hosts)} hosts of {len(sources)} sources are taken"
    )


def _run(night: Night, work: Work, where: str) -> int:
    """The flow, against a Prefect server that is there or one started for it."""
    at_once = 2 * int(where) if where.isdigit() else night.settings.segments_at_once
    with prefect_server(Home(night.settings.home).prefect, night.settings.prefect_timeout_s):
        from flows.backfill import start_backfill

        report = start_backfill(night, work, where, at_once)
    pages = ", ".join(f"{n} {name}" for name, n in sorted(report["pages"].items())) or "no page"
    print(f"{len(report['files'])} files read: {pages}; {summary_line(report)}")
    for failed in report["failed_files"]:
        print(f"not read: {failed['file']}: {failed['reason']}")
    return 1 if report["failed_files"] else 0


def run_worker(scheduler: str, memory: str) -> None:
    """Read for a Dask scheduler until stopped."""
    import asyncio

    from dask import config as dask_config
    from distributed import Nanny

    be_quiet()
    from flows.backfill import ONE_THREAD, WORKING

    async def work() -> None:
        async with Nanny(scheduler, nthreads=1, memory_limit=memory, env=ONE_THREAD) as nanny:
            print(f"reading for {scheduler} as {nanny.worker_address}", flush=True)
            await nanny.finished()

    dask_config.set(WORKING)
    asyncio.run(work())
