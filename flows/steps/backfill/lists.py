"""Official lists of the past, by the night's own ways: the gazette's days, the pages of Congress's bill lists; which are behind us.

Belongs here: what is left to ask, told by what the operational state knows of each list's address. Not here: asking
(``collect``), in what order and when to stop (``walk``), or what a list says (``spiders/discover``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from sqlite3 import Row

from flows.failures import UsageError
from flows.steps.collect import day_address
from flows.steps.night import Night
from spiders.discover.bills import page_address, page_rows, period_of
from spiders.registry import Source, Way, WayKind
from warehouse.ops import Ops
from warehouse.records import LIMA

GOOD = frozenset({"read", "unchanged"})
LONGEST_LIST = 100  # pages; a service that gives the same page again and again has no end
BAD_ROWS = "bad_items"


@dataclass(frozen=True, slots=True)
class OfficialList:
    """A list of a way into a source, at the address by which it is asked for and known again."""

    source: Source
    way: Way
    url: str


def ways_of(night: Night, kind: WayKind) -> list[tuple[Source, Way]]:
    """The ways of a kind that nobody doubts.

    Raises:
        UsageError: no enabled source has one.
    """
    ways = [(s, w) for s in night.registry.enabled() for w in s.ways if w.kind == kind and not w.doubtful]
    if not ways:
        raise UsageError(f"no enabled source of the registry has a way of the kind {kind!r}")
    return ways


def gazette_days(night: Night, ops: Ops, since: date, until: date, *, again: bool) -> tuple[list[OfficialList], int]:
    """Day lists from the newest day to the oldest that are left to ask, and how many are behind us.

    A list that was read on a later day than its own is behind us: nothing is added to it any more.
    """
    days = [until - timedelta(days=n) for n in range((until - since).days + 1)]
    asked, behind = [], 0
    for source, way in ways_of(night, "gazette"):
        known = _known(ops, source)
        for day in days if "{day}" in way.url else []:
            url = day_address(way, day)
            if not again and _read_after(known.get(url), day):
                behind += 1
            else:
                asked.append(OfficialList(source, way, url))
    return sorted(asked, key=lambda a: a.url, reverse=True), behind


def bill_lists(night: Night, since: date) -> list[OfficialList]:
    """First pages of the lists whose parliamentary period reaches past a day."""
    return [
        OfficialList(source, way, page_address(way.url, 0))
        for source, way in ways_of(night, "bills")
        if since.year in period_of(way.url) or since.year < period_of(way.url).start
    ]


def next_bill_page(ops: Ops, first: OfficialList, last_walk: str | None) -> OfficialList | None:
    """The page of a bill list to ask for next, beyond those read since the last walk came to its end; None: it is at its end.

    Raises:
        EndlessListError: it is longer than any list is.
    """
    known = _known(ops, first.source)
    size = page_rows(first.url)
    for number in range(LONGEST_LIST):
        url = page_address(first.url, number)
        row = known.get(url)
        if row is None or row["last_state"] not in GOOD or (last_walk and row["last_read_at"] <= last_walk):
            return OfficialList(first.source, first.way, url)
        if row["last_items"] != size and BAD_ROWS not in (row["last_reason"] or ""):
            return None  # fewer: the last page; more: the service sent everything at once
    raise EndlessListError(f"{first.url}: more than {LONGEST_LIST} pages")


class EndlessListError(Exception):
    """A list of pages that never ends."""


def failures(ops: Ops, asked: Iterable[OfficialList], since: str) -> dict[str, str]:
    """Why lists asked for since an instant did not come, by address; those that came are left out."""
    found: dict[str, str] = {}
    known: dict[str, Mapping[str, Row]] = {}
    for one in asked:
        if one.source.id not in known:
            known[one.source.id] = _known(ops, one.source)
        row = known[one.source.id].get(one.url)
        if row is not None and row["last_state"] not in {*GOOD, None}:
            found[one.url] = row["last_reason"] or "read_in_part"
        elif (
            row is None or (row["last_read_at"] or "") < since
        ):  # what it says is of another time: nobody came to ask now
            found[one.url] = "not_asked"
    return found


def _known(ops: Ops, source: Source) -> Mapping[str, Row]:
    return {row["url"]: row for row in ops.rows("ways_known", source.id)}


def _read_after(row: Row | None, day: date) -> bool:
    if row is None or row["last_state"] not in GOOD:
        return False
    return datetime.fromisoformat(row["last_read_at"]).astimezone(LIMA).date() > day
