"""Healthy, quiet and broken over nights: by the lists, by the newest item, by how long nothing new was named."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from flows.steps.health import judge_health
from spiders.registry import Source, Way

NOW = datetime(2026, 11, 15, 7, tzinfo=UTC)
READ = {"last_state": "read", "last_items": 20, "last_reason": None}
BROKEN = {"last_state": "error", "last_items": 0, "last_reason": "http_503"}


def source(**more: Any) -> Source:
    return Source(id="uno", name="Uno", kind="ngo", ways=(Way(kind="listing", url="https://uno.pe/"),), **more)


def days(*ago: int) -> list[date]:
    return [NOW.date() - timedelta(days=n) for n in ago]


def hours(ago: int) -> str:
    return (NOW - timedelta(hours=ago)).isoformat()


@pytest.mark.parametrize(
    ("ways", "newest", "new_on", "pattern", "expected"),
    [
        ([], None, [], {}, ("broken", "no_list_came")),
        ([BROKEN, BROKEN], None, [], {}, ("broken", "http_503")),
        ([BROKEN, READ], None, [], {}, ("healthy", "1_of_2_ways_failed")),
        ([READ], None, [], {"minimum_items": 30}, ("quiet", "listed_20_of_30")),
        ([READ], hours(30), [], {"newest_item_hours": 24}, ("quiet", "newest_item_30_hours_old")),
        ([READ], hours(20), days(1, 0), {"newest_item_hours": 24}, ("healthy", None)),
        # an undated listing that names the same as ever, by the source's own rule and by its pattern so far
        ([READ], None, days(9, 8, 4), {"newest_item_hours": 72}, ("quiet", "nothing_new_for_4_days")),
        ([READ], None, days(40, 38, 36, 33, 31, 24), {}, ("quiet", "nothing_new_for_24_days")),
        ([READ], None, days(40, 38, 36, 33, 21, 20), {}, ("healthy", None)),  # it has paused twelve days before
        ([READ], None, days(40, 38, 24), {}, ("healthy", None)),  # too little known to tell a pattern
    ],
)
def test_health(
    ways: list[dict[str, Any]],
    newest: str | None,
    new_on: list[date],
    pattern: dict[str, Any],
    expected: tuple[str, str | None],
) -> None:
    assert judge_health(source(**pattern), ways, newest, NOW, new_on) == expected
