"""``chasqui backfill`` and ``chasqui worker``: the past into the warehouse, on as many processes as there are."""

from __future__ import annotations

from flows.failures import UsageError
from flows.progress import make_reporter
from flows.server import prefect_server
from flows.settings import Home, load_settings
from flows.steps.backfill.ccnews import list_files, months_of
from flows.steps.backfill.plan import find_files, forget, missing, segments_of, weigh
from flows.steps.backfill.run import Work
from flows.steps.backfill.segment import Segment
from flows.steps.night import Night, new_night
from flows.steps.report import summary_line


def backfill(patterns: list[str], months: list[str], workers: str | None, *, again: bool, dry_run: bool) -> int:
    """Read WARC files of this machine, or months of CC-NEWS straight from their server; returns the exit code.

    Raises:
        UsageError: not one of the two.
    """
    if bool(patterns) == bool(months):
        raise UsageError("say what to read: --warc FILE or --cc-news MONTH")
    settings = load_settings()
    night = new_night(settings, make_reporter(settings.log_format), "backfill")
    files = find_files(patterns) if patterns else list_files(settings, months_of(months))
    segments = segments_of(night, files)
    wanted = missing(segments, again=again)
    return _read(night, wanted, len(segments), weigh(wanted), workers, dry_run=dry_run)


def _read(
    night: Night, wanted: list[Segment], planned: int, sizes: list[int | None], workers: str | None, *, dry_run: bool
) -> int:
    """Say what is to be read, and read it unless that is all that was asked for."""
    where = workers or night.settings.scheduler or str(night.settings.workers)
    if where == "0":
        raise UsageError("--workers 0: at least one is needed")
    print(plan_line(night, planned, sizes), flush=True)
    if dry_run:
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

    from flows.backfill import ONE_THREAD, WORKING

    async def work() -> None:
        async with Nanny(scheduler, nthreads=1, memory_limit=memory, env=ONE_THREAD) as nanny:
            print(f"reading for {scheduler} as {nanny.worker_address}", flush=True)
            await nanny.finished()

    dask_config.set(WORKING)
    asyncio.run(work())
