"""Alerts as they are mailed: to groups that ask for them, at most one a day, each reason once, never from stale data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboards.digest.deliver import Pace
from flows.mail import Post
from flows.settings import load_settings
from flows.steps.alerts import send_alerts
from flows.steps.digest import DigestRun, StaleError, last_week
from tests.dashboards.made import MONDAY, Told, group, publish_events
from tests.dashboards.post_office import SENDER, PostOffice, post_office
from warehouse.records import LIMA

TUESDAY = MONDAY + timedelta(days=1)
MURDER = Told("murder", ("murder",), killed=1)
ARSON = Told("arson", ("arson",), ubigeo="130101")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


def at(day: Any, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LIMA).astimezone(UTC)


def publish(home: Path, *events: Told, night: datetime) -> None:
    path = home / "chasqui.duckdb"
    path.unlink(missing_ok=True)
    path.with_name("writer.duckdb").unlink(missing_ok=True)
    publish_events(path, events, reading_weeks=30, nights=(night,))


def alarm(home: Path, office: PostOffice, now: datetime, **settings: object) -> dict[str, int]:
    """A round for two groups of the same readers' interest, of which one wants alerts."""
    for name in ("quiere", "calla"):
        (home / f"{name}.txt").write_text(f"uno@{name}.example\ndos@{name}.example\n")
    wanting = group(id="quiere", has_alerts=True, recipients_file=home / "quiere.txt")
    silent = replace(wanting, id="calla", has_alerts=False, recipients_file=home / "calla.txt")
    today = now.astimezone(LIMA).date()
    run = DigestRun(load_settings(home=home, today=today, **settings), [wanting, silent], last_week(today))
    post = Post(SENDER, office.server, Pace(per_minute=0, patience_s=5))
    return send_alerts(run, post, now)["alerts"]


def test_a_group_that_wants_alerts_gets_one_a_day_and_each_reason_once(tmp_path: Path, office: PostOffice) -> None:
    publish(tmp_path, MURDER, night=at(TUESDAY, 3))
    assert alarm(tmp_path, office, at(TUESDAY, 8)) == {"quiere": 1}
    publish(tmp_path, MURDER, ARSON, night=at(TUESDAY, 9))  # read again in the day: it waits for tomorrow
    assert alarm(tmp_path, office, at(TUESDAY, 10)) == {}
    assert alarm(tmp_path, office, at(TUESDAY + timedelta(days=1), 8)) == {"quiere": 1}
    assert [(m.recipient, m.message["Subject"]) for m in office.taken] == [
        (who, f"Transportistas: {what} no constaba ninguno en 90 días.")
        for what in ("Asesinato en Comas:", "Incendio provocado en Trujillo:")
        for who in ("dos@quiere.example", "uno@quiere.example")
    ]
    assert all(m.message["List-Unsubscribe-Post"] for m in office.taken)


def test_stale_data_alarm_nobody_but_the_operator(tmp_path: Path, office: PostOffice) -> None:
    publish(tmp_path, MURDER, night=at(MONDAY, 1))
    for hour in (8, 9):
        with pytest.raises(StaleError, match="alerts held back: the last good night ended 2026-10-19 01:00"):
            alarm(tmp_path, office, at(TUESDAY, hour), operator_address="op@example.org")
    assert [m.recipient for m in office.taken] == ["op@example.org"]


def test_a_file_that_has_no_group_with_alerts_needs_no_fresh_data(tmp_path: Path, office: PostOffice) -> None:
    """Off by default: a quiet round must not fail over a night that is late."""
    publish(tmp_path, MURDER, night=at(MONDAY, 1))
    settings = load_settings(home=tmp_path, today=TUESDAY)
    run = DigestRun(settings, [group()], last_week(TUESDAY))
    assert send_alerts(run, Post(SENDER, office.server, Pace()), at(TUESDAY, 8))["alerts"] == {}
    assert office.taken == []
