"""When a group is due, when the flow runs, and what stands in the way of sending."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboards.weeks import Week, WeekError
from flows.mail import mail_problems, mail_warnings
from flows.settings import load_settings
from flows.steps.digest import due_groups, group_crons, last_week, make_edition
from tests.dashboards.made import MONDAY, NIGHT, Told, group, publish_events
from warehouse.ops import Ops
from warehouse.outbox import Outbox, StoredEdition
from warehouse.query import open_published

WEEK = Week(MONDAY)
SEVEN_IN_LIMA = datetime(2026, 10, 26, 12, tzinfo=UTC)
GOOD = {
    "smtp_host": "mail.example.org",
    "mail_from": "chasqui@example.org",
    "mail_secret": "0123456789abcdef0123456789abcdef",
}


def test_a_group_is_due_at_its_hour_once(tmp_path: Path) -> None:
    monday = group(id="lunes")
    tuesday = replace(group(id="martes"), day=1, hour=18)
    with Ops(tmp_path / "ops.sqlite") as ops:
        outbox = Outbox(ops, tmp_path / "journal")

        def due(at: datetime) -> list[str]:
            return [g.id for g in due_groups(outbox, [monday, tuesday], WEEK, at)]

        assert due(SEVEN_IN_LIMA - timedelta(minutes=1)) == []
        assert due(SEVEN_IN_LIMA) == ["lunes"]
        outbox.queue(StoredEdition("e", "digest", "lunes", str(WEEK), SEVEN_IN_LIMA, None, {}), [])
        assert due(SEVEN_IN_LIMA + timedelta(hours=1)) == []
        assert due(SEVEN_IN_LIMA + timedelta(days=4)) == ["martes"]  # nothing served on Tuesday: it is made up for
    assert group_crons([monday, tuesday, replace(monday, day=6)]) == ["0 18 * * 2", "0 7 * * 0", "0 7 * * 1"]


@pytest.mark.parametrize("held_back", [timedelta(), timedelta(days=2)])
def test_what_is_read_before_an_edition_is_made_is_told_in_it_and_not_again(
    tmp_path: Path, held_back: timedelta
) -> None:
    """An event of the week first reported after it, and one of the week before read on the edition's own last night."""
    first, before = datetime(2026, 9, 1, tzinfo=UTC), MONDAY - timedelta(weeks=1)
    made = NIGHT + held_back
    events = [
        Told("e1", title="Contado el lunes siguiente", reported=WEEK.plus(1).monday, said_at=NIGHT),
        Told("e2", title="Leído la última noche", day=before, week=before, reported=before, said_at=made),
    ]
    told, since = [], None
    for week, night in ((WEEK, made), (WEEK.plus(1), NIGHT + timedelta(weeks=1))):
        path = publish_events(tmp_path / str(week) / "p.duckdb", events, nights=(first, night))
        with open_published(path) as con:
            edition, since = make_edition(con, group(), week, since)
        told.append([e.id for e in events if e.title in edition.text])
    assert told == [["e1", "e2"], []]


def test_weeks_have_the_calendars_names() -> None:
    assert str(WEEK) == "2026-W43"
    assert Week.parse("2026-W43") == WEEK
    assert last_week(MONDAY) == WEEK.plus(-1)
    assert str(Week.parse("2026-W53").plus(1)) == "2027-W01"
    for bad in ("2025-W53", "2026-W00", "2026-43", "43", "2026-W4³"):
        with pytest.raises(WeekError):
            Week.parse(bad)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"smtp_host": ""}, "smtp_host"),
        ({"mail_from": "Chasqui <a@b.pe>"}, "mail_from"),
        ({"mail_secret": "short"}, "32 random characters"),
        ({"smtp_tls": "none"}, "for a server on this machine"),
        ({"bounce_address": "x"}, "bounce_address 'x'"),
        ({"bounce_mailbox": "imap://a@b.pe"}, "bounce_mailbox: imap://…"),
    ],
)
def test_what_would_stop_the_mail_is_said_first(changed: dict[str, str], said: str) -> None:
    assert mail_problems(load_settings(**GOOD)) == []
    problems = mail_problems(load_settings(**GOOD | changed))
    assert len(problems) == 1
    assert said in problems[0]


def test_one_click_needs_https() -> None:
    assert any("one-click unsubscription is off" in w for w in mail_warnings(load_settings(**GOOD)))
    assert any("not https" in w for w in mail_warnings(load_settings(**GOOD, public_url="http://x.pe")))
    assert not any("one-click" in w for w in mail_warnings(load_settings(**GOOD, public_url="https://x.pe")))


def test_secrets_do_not_show() -> None:
    settings = load_settings(**GOOD, smtp_password="hunter2")
    assert "hunter2" not in repr(settings)
    assert GOOD["mail_secret"] not in repr(settings)
