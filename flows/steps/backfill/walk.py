"""A walk through the past of official lists: some lists, the pages they name, what these say, over and over to the walk's end.

Belongs here: order, and what a stretch is. Not here: which lists are left to ask (``lists``), or any step of it (the night's own).
What is behind is known by each list's address, so that a walk that was cut off, whatever by, goes on when it is asked for again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import count
from typing import Any

from flows.steps import evening
from flows.steps.backfill.lists import OfficialList, bill_lists, failures, gazette_days, next_bill_page
from flows.steps.backfill.run import LONGEST_NIGHT_S
from flows.steps.collect import ask, clean_up, list_request, page_requests
from flows.steps.keeping import load_waiting, warehouse_of, write_references
from flows.steps.night import Night, only_one
from flows.steps.order import watch
from flows.steps.reading import read_all
from flows.steps.understanding import understand_all
from spiders.crawl.job import Request
from spiders.registry import Source
from warehouse.ops import Ops, Pending

STRETCH_DAYS = 30  # then what was read is loaded and published: a walk of days shows what it has


class ListsMissingError(Exception):
    """Lists that did not come; all others were read."""


def walk_gazette(night: Night, since: date, until: date, *, again: bool) -> dict[str, Any]:
    """Ask for the gazette's days from the newest to the oldest, with the norms they name; returns the run's report.

    Raises:
        ListsMissingError: some days did not come.
    """
    return _walk(night, lambda: _gazette(night, since, until, again=again))


def walk_bills(night: Night, since: date, *, again: bool) -> dict[str, Any]:
    """Ask for every page of the bill lists of a day's period and later ones; returns the run's report.

    Raises:
        ListsMissingError: some lists did not come to their end.
    """
    return _walk(night, lambda: _bills(night, since, again=again))


def _walk(night: Night, steps: Callable[[], dict[str, str]]) -> dict[str, Any]:
    def run() -> None:
        night.report["cleaned"] = clean_up(night)
        failed = steps()
        if failed:
            first, why = next(iter(failed.items()))
            raise ListsMissingError(
                f"{len(failed)} lists did not come, the first {first} ({why}); the same command asks for them again"
            )

    with only_one(night.home, "backfill"):
        return watch(night, run)


def _gazette(night: Night, since: date, until: date, *, again: bool) -> dict[str, str]:
    with night.ops() as ops:
        days, behind = gazette_days(night, ops, since, until, again=again)
    night.reporter.line(f"{len(days)} day lists to ask for, {behind} read before")
    failed: dict[str, str] = {}
    sources = [s for s in night.registry.enabled() if any(way.kind == "gazette" for way in s.ways)]
    began = time.monotonic()
    for start in range(0, max(len(days), 1), STRETCH_DAYS):  # once at least: pages may wait whose lists are all behind
        turn = start // STRETCH_DAYS
        failed |= _ask_lists(night, days[start : start + STRETCH_DAYS], turn)
        _fetch_pages(night, sources, turn)
        _take_in(night, turn)
        done = min(start + STRETCH_DAYS, len(days))
        if done:
            left = (time.monotonic() - began) / done * (len(days) - done) / 60
            night.reporter.line(f"{done} of {len(days)} day lists behind, {left:.0f} min left")
    return failed


def _bills(night: Night, since: date, *, again: bool) -> dict[str, str]:
    failed: dict[str, str] = {}
    lists = bill_lists(night, since)
    with night.ops() as ops:
        last_walk = night.started_at.isoformat() if again else ops.rows("last_done", night.kind)[0]["finished_at"]
    for turn in count():
        with night.ops() as ops:
            pages = [page for first in lists if (page := next_bill_page(ops, first, last_walk))]
        if not pages:
            break
        missing = _ask_lists(night, pages, turn)
        failed |= missing
        gone = {(page.source.id, page.way.url) for page in pages if page.url in missing}
        lists = [first for first in lists if (first.source.id, first.way.url) not in gone]
    _take_in(night, 0)
    return failed


def _ask_lists(night: Night, lists: Sequence[OfficialList], turn: int) -> dict[str, str]:
    """Ask for lists; returns why some did not come. A night at work goes first: they would share the hosts' turns."""
    with only_one(night.home, "nightly", wait_s=LONGEST_NIGHT_S), night.ops() as ops:
        asked = [(source, _requests(ops, source, lists)) for source in {a.source.id: a.source for a in lists}.values()]
    found = ask(night, "discover", asked, f"-{turn:04d}")
    night.reporter.line(f"lists: {found.requests} asked, {found.found} addresses named, {found.new_urls} new")
    _count(night, lists=len(lists), named=found.found)
    with night.ops() as ops:
        return failures(ops, lists, night.started_at.isoformat())


def _requests(ops: Ops, source: Source, lists: Iterable[OfficialList]) -> list[Request]:
    known = ops.item_digests(source.id) if any(a.way.kind == "bills" for a in lists) else {}
    requests = [list_request(ops, source, a.way, a.url, known) for a in lists if a.source.id == source.id]
    return [r.model_copy(update={"pages": 1}) if r.way == "bills" else r for r in requests]


def _fetch_pages(night: Night, sources: Sequence[Source], turn: int) -> None:
    """Ask for the pages of these sources that wait in the frontier, each once."""
    asked: set[str] = set()
    for number in count():
        with night.ops() as ops:
            fresh = [(source, _fresh(ops, source, asked, night.settings.pages_per_source)) for source in sources]
        if not any(pages for _, pages in fresh):
            return
        asked |= {page.canonical_url for _, pages in fresh for page in pages}
        pages = ask(night, "fetch", [(s, page_requests(p)) for s, p in fresh], f"-{turn:04d}-{number:04d}")
        night.reporter.line(f"pages: {pages.requests} asked")
        _count(night, pages=pages.requests)


def _fresh(ops: Ops, source: Source, asked: set[str], limit: int) -> list[Pending]:
    return [p for p in ops.pending(source.id, limit + len(asked)) if p.canonical_url not in asked][:limit]


def _take_in(night: Night, turn: int) -> None:
    """Read what has come, into the warehouse and the published file."""
    with only_one(night.home, "nightly", wait_s=LONGEST_NIGHT_S):
        read = read_all(night, f"{turn:04d}-")
        understood, night.report["model"] = understand_all(night)
        with warehouse_of(night) as con:
            write_references(night, con)
            loaded = load_waiting(night, con)
            night.reporter.line(f"loaded: {loaded} batches of {understood} documents")
            evening.join(night, con)
            evening.show(night, con)
    night.report["new_documents"] = night.report.get("new_documents", 0) + understood
    night.report["read"] = dict(Counter(night.report.get("read", {})) + Counter(read))


def _count(night: Night, **more: int) -> None:
    night.report["walked"] = dict(Counter(night.report.get("walked", {})) + Counter(more))
