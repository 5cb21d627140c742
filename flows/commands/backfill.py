"""``chasqui backfill`` and ``chasqui worker``: years of archives into the warehouse, on as many processes as there are."""

from __future__ import annotations

from flows.failures import UsageError
from flows.progress import PlainReporter, RichReporter, make_reporter
from flows.server import prefect_server
from flows.settings import Home, Settings, load_settings
from flows.steps.backfill.plan import find_files, missing, segment_of
from flows.steps.backfill.run import Work
from flows.steps.night import Night, new_night
from flows.steps.report import summary_line


def backfill_warc(patterns: list[str], workers: str | None, *, again: bool) -> int:
    """Read WARC files into the warehouse; returns the exit code."""
    settings, reporter, night = _begin()
    files = find_files(patterns)
    segments = list(missing((segment_of(night, path) for path in files), again=again))
    file_bytes = sum(s.path.stat().st_size for s in segments)
    reporter.line(f"{len(files)} files, {len(files) - len(segments)} read before; {file_bytes / 1e6:.1f} MB to read")
    return _run(settings, night, Work(iter(segments), len(segments), file_bytes), workers)


def _begin() -> tuple[Settings, PlainReporter | RichReporter, Night]:
    settings = load_settings()
    reporter = make_reporter(settings.log_format)
    return settings, reporter, new_night(settings, reporter, "backfill")


def _run(settings: Settings, night: Night, work: Work, workers: str | None) -> int:
    """The flow, against a Prefect server that is there or one started for it."""
    where = workers or settings.scheduler or str(settings.workers)
    if where == "0":
        raise UsageError("--workers 0: at least one is needed")
    at_once = 2 * int(where) if where.isdigit() else settings.segments_at_once
    with prefect_server(Home(settings.home).prefect, settings.prefect_timeout_s):
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
