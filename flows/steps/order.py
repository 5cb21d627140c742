"""The order of a run's steps. ``wrap`` makes each a task of whatever runs it; plain functions by default."""

from __future__ import annotations

from typing import Any

from flows.steps import evening
from flows.steps.collect import POLLED, clean_up, crawl, discover
from flows.steps.health import source_nights
from flows.steps.keeping import load_all, warehouse_of
from flows.steps.night import Night, Wrap, only_one, plain
from flows.steps.reading import read_all
from flows.steps.report import finish_report
from flows.steps.tell import tell
from flows.steps.understanding import understand_all

ALL_WAYS = frozenset({"feed", "sitemap", "listing", "gazette", "gazette_today", "bills", "gobpe"})
LONGEST_POLL_S = 900.0


def run_poll(night: Night, wrap: Wrap = plain) -> dict[str, Any]:
    """Ask feeds and news sitemaps for new addresses; no page is fetched."""
    with only_one(night.home, "poll"):
        with night.ops() as ops:
            ops.start_run(night.run_id, "poll")
        night.report["cleaned"] = wrap("clean up", clean_up)(night)
        found = wrap("poll", discover)(night, POLLED)
        night.report["new_urls"] = found.new_urls
        return close_run(night, "done")


def run_night(night: Night, wrap: Wrap = plain) -> dict[str, Any]:
    """One night, from lists to the published file."""
    with only_one(night.home, "nightly"):
        with night.ops() as ops:
            ops.start_run(night.run_id, "nightly")
        try:
            _run_steps(night, wrap)
        except BaseException as error:
            night.report["error"] = f"{type(error).__name__}: {error}"
            close_run(night, "failed")
            raise
        return close_run(night, "done")


def _run_steps(night: Night, wrap: Wrap) -> None:
    say = night.reporter.line
    night.report["cleaned"] = wrap("clean up", clean_up)(night)
    with only_one(night.home, "poll", wait_s=LONGEST_POLL_S):  # the small hours' poll may be at work on the same lists
        found = wrap("poll", discover)(night, ALL_WAYS)
    say(f"lists: {found.requests} asked, {found.found} addresses named, {found.new_urls} new")
    night.report["delivered"] = found.delivered
    pages = wrap("crawl", crawl)(night)
    say(f"pages: {pages.requests} asked")
    read = wrap("extract", read_all)(night)
    say("read: " + (", ".join(f"{count} {name}" for name, count in sorted(read.items())) or "nothing"))
    understood, model = wrap("understand", understand_all)(night)
    say(f"understood: {understood} documents by {model}")
    night.report |= {"new_documents": understood, "model": model}
    with warehouse_of(night) as con:
        loaded = wrap("load", load_all)(night, con, model)
        say(f"loaded: {loaded} batches")
        evening.join(night, con, wrap)
        evening.show(night, con, wrap)


def close_run(night: Night, state: str) -> dict[str, Any]:
    """Complete the report and note how the run ended."""
    finish_report(night)
    with night.ops() as ops:
        if night.kind == "nightly":
            night.report["sources"] = list(source_nights(night, ops))
        ops.end_run(night.run_id, state, night.report)
    tell(night, state)
    return night.report
