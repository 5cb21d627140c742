"""``chasqui reprocess``: the archive read again, for a better extractor or model."""

from __future__ import annotations

from datetime import date

from flows.failures import UsageError
from flows.progress import make_reporter
from flows.settings import load_settings
from flows.steps.again import run_again
from flows.steps.night import new_night


def reprocess(since: str, source_id: str | None) -> None:
    """Read again what was fetched since a day and say what changed."""
    try:
        day = date.fromisoformat(since)
    except ValueError as error:
        raise UsageError(f"--since must be a day such as 2026-09-01, got {since!r}") from error
    settings = load_settings()
    night = new_night(settings, make_reporter(settings.log_format), "reprocess")
    if source_id is not None:
        night.registry.get(source_id)
    report = run_again(night, day, source_id)
    pages = report["read_again"]
    told = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(pages.items())) or "none"
    print(
        f"pages read again: {told}; {report['documents']} documents by {report['model']}, {report['linked']['new_events']} new events"
    )
