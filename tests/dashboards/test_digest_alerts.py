"""Alerts: what is out of the ordinary, and what has not been read for long enough to be called so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dashboards.digest.alerts import find_alerts, is_outside
from dashboards.digest.content import read_content
from dashboards.weeks import Week
from tests.dashboards.made import MONDAY, Told, group, publish_events
from warehouse.query import open_published

TODAY = MONDAY + timedelta(days=1)
EVENTS = [
    Told("seen before", ("arson",), day=MONDAY - timedelta(days=40), week=MONDAY - timedelta(days=42)),
    Told("again", ("arson",)),
    Told("long ago", ("murder",), day=MONDAY - timedelta(days=120), week=MONDAY - timedelta(days=126)),
    Told("first for long", ("murder",)),
    Told("elsewhere", ("murder",), ubigeo="131201", day=MONDAY - timedelta(days=10), week=MONDAY - timedelta(days=14)),
    Told("unplaced", ("kidnapping",), ubigeo=None),
    Told("caught", ("arrest",)),
]


@pytest.mark.parametrize("reading_weeks", [30, 12])
def test_the_first_of_its_type_in_a_district_for_ninety_days(tmp_path: Path, reading_weeks: int) -> None:
    path = publish_events(tmp_path / "p.duckdb", EVENTS, reading_weeks=reading_weeks)
    with open_published(path) as con:
        found = find_alerts(con, read_content(con, group(), Week(MONDAY)), TODAY)
    # After twelve weeks of reading nobody knows what ninety days hold.
    expected = {"first/murder/first for long"} if reading_weeks == 30 else set()
    assert {a.key for a in found if a.key.startswith("first/")} == expected
    if expected:
        assert found[0].text == "Asesinato en Comas: no constaba ninguno en 90 días."


@pytest.mark.parametrize(("reading_weeks", "expected"), [(1, set()), (30, {"first/murder/m0", "week/2026-W43"})])
def test_what_a_first_night_finds_of_earlier_weeks_is_no_reading_of_them(
    tmp_path: Path, reading_weeks: int, expected: set[str]
) -> None:
    def of(ago: int, kind: str) -> Told:
        day = MONDAY - timedelta(weeks=ago)
        return Told(f"{kind}{ago}", ("bill",) if kind == "bill" else ("arson",), ("schools",), day, day, day, kind=kind)

    old = [*(of(n, "article") for n in range(1, 30)), of(260, "bill"), of(250, "article")]
    new = [Told("m0", ("murder",)), *(Told(f"a{n}", ("attack",), ubigeo=None) for n in range(5))]
    with open_published(publish_events(tmp_path / "p.duckdb", [*old, *new], reading_weeks=reading_weeks)) as con:
        content = read_content(con, group(), Week(MONDAY))
        found = find_alerts(con, content, TODAY)
    assert {a.key for a in found} == expected
    assert [w.events for w in content.weeks] == [None if reading_weeks == 1 else 0] * 11 + [6]


@pytest.mark.parametrize(
    ("before", "now", "outside"),
    [([1] * 11, 2, False), ([1] * 11, 3, False), ([1] * 11, 4, True), ([0] * 11, 3, True), ([0] * 11, 2, False), ([1, 9] * 5 + [2], 9, False)],
)  # fmt: skip
def test_the_band_is_wider_than_chance(before: list[int], now: int, outside: object) -> None:
    assert is_outside(before, now) is outside
