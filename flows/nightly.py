"""The Prefect flows: they put the steps in order, and hold no rule of their own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.steps.collect import POLLED, clean_up, crawl, discover
from flows.steps.health import source_nights
from flows.steps.keeping import as_report, check_all, link_all, load_all, publish_all, warehouse_of
from flows.steps.night import Night, only_one
from flows.steps.reading import read_all, understand_all
from flows.steps.report import as_markdown, finish_report, summary_line

ALL_WAYS = frozenset({"feed", "sitemap", "listing", "gazette"})


def step(name: str, function: Any) -> Any:
    """A step as a Prefect task: one a batch of work, never one a page, and never cached."""
    return task(function, name=name, cache_policy=NO_CACHE, persist_result=False)


@flow(name="poll", validate_parameters=False, persist_result=False)
def poll(night: Night) -> dict[str, Any]:
    """Ask feeds and news sitemaps for new addresses; no page is fetched."""
    with only_one(night.home, "poll"):
        with night.ops() as ops:
            ops.start_run(night.run_id, "poll")
        night.report["cleaned"] = step("clean up", clean_up)(night)
        found = step("poll", discover)(night, POLLED)
        night.report["new_urls"] = found.new_urls
        return _close(night, "done")


@flow(name="nightly", validate_parameters=False, persist_result=False)
def nightly(night: Night) -> dict[str, Any]:
    """One night, from lists to the published file."""
    with only_one(night.home, "nightly"), only_one(night.home, "poll"):
        with night.ops() as ops:
            ops.start_run(night.run_id, "nightly")
        try:
            _run_steps(night)
        except BaseException as error:
            night.report["error"] = f"{type(error).__name__}: {error}"
            _close(night, "failed")
            raise
        return _close(night, "done")


def _run_steps(night: Night) -> None:
    say = night.reporter.line
    night.report["cleaned"] = step("clean up", clean_up)(night)
    found = step("poll", discover)(night, ALL_WAYS)
    say(f"lists: {found.requests} asked, {found.found} addresses named, {found.new_urls} new")
    pages = step("crawl", crawl)(night)
    say(f"pages: {pages.requests} asked")
    read = step("extract", read_all)(night)
    say("read: " + (", ".join(f"{count} {name}" for name, count in sorted(read.items())) or "nothing"))
    understood, model = step("understand", understand_all)(night)
    say(f"understood: {understood} documents by {model}")
    night.report |= {"new_documents": understood, "model": model}
    with warehouse_of(night) as con:
        loaded = step("load", load_all)(night, con, model)
        linked = step("link", link_all)(night, con)
        say(
            f"loaded: {loaded} batches; {linked.tellings} tellings into {linked.new_events} new events, {linked.joined} joined"
        )
        night.report["linked"] = asdict(linked)
        checks = step("check", check_all)(night, con)
        night.report["checks"] = as_report(checks)
        published, counts = step("publish", publish_all)(night, con)
        night.report["kept"] = asdict(counts)
        say(
            f"published: {published.events} events, {published.documents} documents, {published.file_bytes / 1e6:.1f} MB"
        )


def _close(night: Night, state: str) -> dict[str, Any]:
    finish_report(night)
    with night.ops() as ops:
        night.report["sources"] = list(source_nights(night, ops))
        ops.end_run(night.run_id, state, night.report)
    create_markdown_artifact(as_markdown(night.report), key="run-report", description=summary_line(night.report))
    return night.report
