"""The order of a run's steps. ``wrap`` makes each a task of whatever runs it; plain functions by default."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flows.failures import cause_of
from flows.settings import Settings
from flows.steps import evening
from flows.steps.alarm import tell_cut_off, tell_failure
from flows.steps.collect import POLLED, clean_up, crawl, discover
from flows.steps.drift import drift_of
from flows.steps.health import source_nights
from flows.steps.keeping import load_all, warehouse_of
from flows.steps.night import Night, Reporter, Wrap, new_night, night_without_sources, only_one, plain
from flows.steps.reading import read_all
from flows.steps.report import finish_report
from flows.steps.tell import tell
from flows.steps.understanding import understand_all

ALL_WAYS = frozenset({"feed", "sitemap", "listing", "gazette", "gazette_today", "bills", "gobpe"})
LONGEST_POLL_S = 900.0


def begin(settings: Settings, reporter: Reporter, kind: str) -> Night:
    """A run by the clock. One that cannot even begin, its registry being broken say, is noted and told like any other."""
    try:
        return new_night(settings, reporter, kind)
    except Exception as error:  # whatever it is, it is noted and goes on its way
        night = night_without_sources(settings, reporter, kind)
        with suppress(OSError, sqlite3.Error), night.ops() as ops:
            ops.start_run(night.run_id, kind)
        _note_failure(night, error)
        raise


def run_poll(night: Night, wrap: Wrap = plain) -> dict[str, Any]:
    """Ask feeds and news sitemaps for new addresses; no page is fetched."""
    with only_one(night.home, "poll"):
        return watch(night, lambda: _poll(night, wrap))


def run_night(night: Night, wrap: Wrap = plain) -> dict[str, Any]:
    """One night, from lists to the published file."""
    with only_one(night.home, "nightly"):
        return watch(night, lambda: _run_steps(night, wrap))


def watch(night: Night, run: Callable[[], None]) -> dict[str, Any]:
    """Note that a run begins and how it ends; the operator is told of one that fails."""
    with night.ops() as ops:
        ops.start_run(night.run_id, night.kind)
    try:
        run()
    except BaseException as error:
        _note_failure(night, error)
        raise
    return close_run(night, "done")


def _note_failure(night: Night, error: BaseException) -> None:
    night.report |= {
        "error": f"{type(error).__name__}: {error}",
        "failure": cause_of(error),
        "concerns": list(getattr(error, "concerns", ())),
    }
    with suppress(OSError, sqlite3.Error):  # the disk that ended the run may have no room for its report either
        close_run(night, "failed")
    if isinstance(error, Exception):  # who pressed Ctrl-C, or stopped the service, knows
        tell_failure(night)


def _clean_up(night: Night, wrap: Wrap) -> None:
    night.report["cleaned"] = wrap("clean up", clean_up)(night)
    if night.report["cleaned"]["runs_resumed"]:
        tell_cut_off(night)


def _poll(night: Night, wrap: Wrap) -> None:
    _clean_up(night, wrap)
    night.report["new_urls"] = wrap("poll", discover)(night, POLLED).new_urls


def _run_steps(night: Night, wrap: Wrap) -> None:
    say = night.reporter.line
    _clean_up(night, wrap)
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
    night.report["drift"] = drift_of(night)


def close_run(night: Night, state: str) -> dict[str, Any]:
    """Complete the report and note how the run ended."""
    finish_report(night)
    with night.ops() as ops:
        if night.kind == "nightly":
            night.report["sources"] = list(source_nights(night, ops))
        ops.end_run(night.run_id, state, night.report)
    tell(night, state)
    return night.report
