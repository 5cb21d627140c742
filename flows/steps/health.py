"""Whether a source is healthy, quiet or broken, told from its ways and the night's exchanges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from flows.steps.night import Night
from spiders.registry import Source
from warehouse.ops import Ops

KNOWN_DAYS = 5  # days with something new that make a pattern
FAILED = frozenset({"http_error", "network_error", "too_slow", "too_large", "unreadable"})


def source_nights(night: Night, ops: Ops) -> Iterator[dict[str, Any]]:
    """One row for each enabled source."""
    requests: dict[str, int] = {}
    for row in ops.rows("exchange_counts", night.run_id):
        requests[row["source_id"]] = requests.get(row["source_id"], 0) + row["requests"]
    new: dict[str, int] = {}
    failed: dict[str, int] = {}
    for row in ops.rows("outcome_counts", night.run_id):
        where = new if row["outcome"] in {"new", "changed"} else failed if row["outcome"] in FAILED else None
        if where is not None:
            where[row["source_id"]] = where.get(row["source_id"], 0) + row["urls"]
    for source in night.registry.enabled():
        ways = ops.rows("ways_of", source.id, night.run_id)
        newest = max((w["newest_item_at"] for w in ways if w["newest_item_at"]), default=None)
        days = [date.fromisoformat(row["day"]) for row in ops.rows("discovery_days", source.id)]
        health, reason = judge_health(source, [dict(w) for w in ways], newest, night.started_at, days)
        yield {
            "source_id": source.id,
            "requests": requests.get(source.id, 0),
            "listed": sum(w["last_items"] for w in ways),
            "new": new.get(source.id, 0),
            "failed": failed.get(source.id, 0),
            "newest_item_at": newest,
            "health": health,
            "reason": reason,
        }


def longest_pause(days: Sequence[date], newest_item_hours: int | None) -> float:
    """Days without anything new that are still no wonder: the source's own rule, else twice its longest pause so far.

    Of fewer than `KNOWN_DAYS` days with something new no pattern is told, and no pause is too long.
    """
    if newest_item_hours is not None:
        return newest_item_hours / 24
    if len(days) < KNOWN_DAYS:
        return float("inf")
    return 2 * max((later - earlier).days for earlier, later in pairwise(days))


def judge_health(
    source: Source, ways: list[dict[str, Any]], newest: str | None, now: datetime, days: Sequence[date] = ()
) -> tuple[str, str | None]:
    """Healthy, quiet or broken, and why.

    Broken: every way in fails. Quiet: they answer, but list less than the source's pattern, nothing newer than it allows, or
    the same as ever for longer than the source has ever paused.

    Args:
        source: whose pattern counts.
        ways: its lists as they were read last.
        newest: the newest publication time they named.
        now: the night's time.
        days: days (UTC) on which its lists named something new, in order.
    """
    asked = ways
    errors = [w for w in asked if w["last_state"] == "error"]
    if not asked:
        return "broken", "no_list_came"  # nothing was asked, or the crawl died before its first answer
    if len(errors) == len(asked):
        return "broken", errors[0]["last_reason"]
    listed = sum(w["last_items"] for w in asked)
    if listed < source.minimum_items:
        return "quiet", f"listed_{listed}_of_{source.minimum_items}"
    if source.newest_item_hours and newest:
        age = now - datetime.fromisoformat(newest)
        if age > timedelta(hours=source.newest_item_hours):
            return "quiet", f"newest_item_{int(age.total_seconds() // 3600)}_hours_old"
    if days and (pause := (now.date() - days[-1]).days) > longest_pause(days, source.newest_item_hours):
        return "quiet", f"nothing_new_for_{pause}_days"
    return "healthy", f"{len(errors)}_of_{len(asked)}_ways_failed" if errors else None
