"""The order of a run's steps. ``wrap`` makes each a task of whatever runs it; plain functions by default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flows.steps.collect import POLLED, clean_up, crawl, discover
from flows.steps.health import source_nights
from flows.steps.indexing import index_all
from flows.steps.keeping import as_report, check_all, link_all, load_all, publish_all, take_reviews, warehouse_of
from flows.steps.night import Night, only_one
from flows.steps.reading import read_all
from flows.steps.report import finish_report
from flows.steps.site import export_site_of
from flows.steps.tell import tell
from flows.steps.understanding import understand_all

ALL_WAYS = frozenset({"feed", "sitemap", "listing", "gazette", "gazette_today", "bills", "gobpe"})
LONGEST_POLL_S = 900.0
Wrap = Callable[[str, Callable[..., Any]], Callable[..., Any]]


def plain(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The step itself."""
    del name
    return function


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
        linked = wrap("link", link_all)(night, con)
        say(
            f"loaded: {loaded} batches; {linked.tellings} tellings: {linked.new_events} new events, {linked.joined} joined"
        )
        night.report["linked"] = asdict(linked)
        reviews = wrap("review", take_reviews)(night, con)
        if reviews.taken or reviews.refused:
            say(f"reviews: {reviews.taken} taken in, {len(reviews.refused)} no longer of anything")
        night.report["reviews"] = asdict(reviews)
        night.report["checks"] = as_report(wrap("check", check_all)(night, con))
        published, counts = wrap("publish", publish_all)(night, con)
        night.report["kept"] = asdict(counts)
        say(
            f"published: {published.events} events, {published.documents} documents, {published.file_bytes / 1e6:.1f} MB"
        )
        indexed = wrap("index", index_all)(night, con)
        say(f"search: {indexed.added} documents indexed" if indexed else f"search: {night.report['search_error']}")
    if night.settings.site_dir is not None:
        exported = wrap("site", export_site_of)(night)
        say(f"site: {exported.files} files" if exported else f"site: {night.report['site_error']}")


def close_run(night: Night, state: str) -> dict[str, Any]:
    """Complete the report and note how the run ended."""
    finish_report(night)
    with night.ops() as ops:
        if night.kind == "nightly":
            night.report["sources"] = list(source_nights(night, ops))
        ops.end_run(night.run_id, state, night.report)
    tell(night, state)
    return night.report
