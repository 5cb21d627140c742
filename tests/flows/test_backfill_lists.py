"""The past of official lists, walked through in the newsroom: every bill and norm once, each list asked for once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

import flows.steps.backfill.walk as walking
from flows.commands.backfill import Asked
from flows.commands.backfill import backfill as backfill_as_asked
from flows.failures import UsageError
from flows.progress import PlainReporter
from flows.settings import Settings
from flows.steps.backfill.lists import OfficialList, failures
from flows.steps.backfill.walk import ListsMissingError, walk_bills, walk_gazette
from flows.steps.night import judge_url, new_night
from spiders.registry import Source, Way
from tests.e2e.helpers import settings_for
from tests.newsroom import Newsroom
from tests.newsroom.data import LIMA, load_press
from warehouse.ops import Ops
from warehouse.store import open_warehouse

pytestmark = [pytest.mark.e2e]
SINCE, UNTIL = date(2026, 10, 6), date(2026, 10, 14)
TODAY = date(2026, 11, 15)


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(today=TODAY, sites=["congreso", "gaceta"]) as served:
        yield served
        assert served.stray_requests() == []


def gazette(settings: Settings, since: date = SINCE, until: date = UNTIL, **more: Any) -> dict[str, Any]:
    return walk_gazette(new_night(settings, PlainReporter(), "gazette"), since, until, **{"again": False, **more})


def bills(settings: Settings, **more: Any) -> dict[str, Any]:
    return walk_bills(new_night(settings, PlainReporter(), "bills"), date(2021, 1, 1), **{"again": False, **more})


def kept(settings: Settings, sql: str) -> list[Any]:
    with open_warehouse(settings.home / "warehouse.duckdb") as con:
        return [row[0] for row in con.execute(sql).fetchall()]


def day_lists(newsroom: Newsroom) -> list[str]:
    return [seen.path for seen in newsroom.requests("gaceta") if seen.path.startswith("/?fechaIni=")]


@pytest.mark.slow
def test_every_norm_of_the_days_is_kept_and_no_day_asked_twice(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "STRETCH_DAYS", 5)  # two stretches
    settings = settings_for(newsroom, tmp_path)
    standing = {newsroom.url_of(p) for p in newsroom.sites["gaceta"].listed() if SINCE <= p.first_at.date() <= UNTIL}
    newsroom.set_fault("gaceta:/?fechaIni=20261013*", "503")
    with pytest.raises(ListsMissingError, match=r"1 lists did not come, the first .*20261013"):
        gazette(settings)
    newsroom.clear_faults()
    newsroom.forget_requests()
    gazette(settings)
    assert {path[11:19] for path in day_lists(newsroom)} == {"20261013"}  # the one that had not come
    assert set(kept(settings, "SELECT url FROM documents")) == standing
    numbers = kept(settings, "SELECT number FROM norms WHERE subject = 'state_of_emergency'")
    assert "DS 125-2026-PCM" in numbers
    newsroom.forget_requests()
    gazette(settings, until=date(2026, 10, 16))
    assert sorted({path[11:19] for path in day_lists(newsroom)}) == ["20261015", "20261016"]


def test_what_came_before_a_walk_was_cut_off_is_not_asked_for_again(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(newsroom, tmp_path)
    with monkeypatch.context() as broken:

        def dies(*_: object) -> None:
            raise KeyboardInterrupt

        broken.setattr(walking, "_take_in", dies)
        with pytest.raises(KeyboardInterrupt):
            gazette(settings)
    asked = {seen.path for seen in newsroom.requests("gaceta")}
    assert any(path.startswith("/dispositivo/") for path in asked)
    newsroom.forget_requests()
    gazette(settings)
    assert newsroom.requests("gaceta") == []
    assert len(kept(settings, "SELECT url FROM documents")) == sum("/dispositivo/" in path for path in asked)


@pytest.mark.slow
def test_a_day_of_several_pages_that_was_read_in_part_is_asked_for_again(tmp_path: Path) -> None:
    day = date(2026, 10, 28)
    norm = next(p for p in load_press().of("gaceta") if p.norm)
    more = [
        norm.model_copy(update={"slug": f"2590{n:03d}-1", "published": datetime.combine(day, time(0, n), LIMA), "text": f"{norm.text}\n\n{n}"})
        for n in range(30)
    ]  # fmt: skip
    press = load_press().with_pages(more)
    with Newsroom(today=TODAY, sites=["gaceta"], press=press) as newsroom:
        settings = settings_for(newsroom, tmp_path)
        newsroom.set_fault("gaceta:*start=20", "503")
        with pytest.raises(ListsMissingError):
            gazette(settings, day, day)
        newsroom.clear_faults()
        gazette(settings, day, day)
        assert len(kept(settings, "SELECT url FROM documents")) == 30 + sum(
            p.first_at.date() == day for p in load_press().of("gaceta")
        )


def test_every_bill_is_kept_page_by_page(newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_for(newsroom, tmp_path)
    listed = newsroom.sites["congreso"].listed()
    ask, rounds = walking.ask, iter([True, False])

    def ask_once(*given: Any) -> Any:
        if next(rounds):
            return ask(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(walking, "ask", ask_once)
        with pytest.raises(KeyboardInterrupt):
            bills(settings)
    first = sum(seen.method == "POST" for seen in newsroom.requests("congreso"))
    assert first == 3  # the first page of each series
    bills(settings)
    posts = sum(seen.method == "POST" for seen in newsroom.requests("congreso"))
    series = [p.bill.series for p in listed if p.bill]
    whole = sum(series.count(s) // 5 + 1 for s in "CDS")  # pages of five rows; one that is full is not the last
    assert posts == whole
    assert len(kept(settings, "SELECT bill_id FROM bills")) == len(listed)
    assert len(kept(settings, "SELECT DISTINCT bill_id FROM bill_steps")) == len(listed)
    newsroom.forget_requests()
    bills(settings)  # a walk that came to its end is walked again: states move on
    assert sum(seen.method == "POST" for seen in newsroom.requests("congreso")) == whole


def test_a_list_has_come_only_when_it_came_whole_and_now(tmp_path: Path) -> None:
    way = Way(kind="gazette", url="https://g.pe/?d={day}")
    source = Source(id="g", name="G", kind="official_gazette", ways=(way,))
    lists = [OfficialList(source, way, f"https://g.pe/?d={state}") for state in ("read", "partly", "error", "never")]
    with Ops(tmp_path / "ops.sqlite") as ops:
        ops.register_ways([(one.url, "g", "gazette") for one in lists])
        for one in lists[:3]:
            state = one.url.rpartition("=")[2]
            line = {
                "kind": "way",
                "url": one.url,
                "state": state,
                "items": 1,
                "reason": "http_503" if state == "error" else None,
            }
            ops.ingest(tmp_path / state, "r", "g", [line], lambda url: judge_url(source, url))
        why = {url.rpartition("=")[2]: reason for url, reason in failures(ops, lists, "2000-01-01").items()}
        assert why == {"partly": "read_in_part", "error": "http_503", "never": "not_asked"}
        assert failures(ops, lists[:1], "2999-01-01") == {lists[0].url: "not_asked"}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Asked(), "say what to read"),
        (Asked(bills=True, gazette=True, since="2021"), "say what to read"),
        (Asked(gazette=True), "--since is needed"),
        (Asked(gazette=True, since="last year"), "a year or a day"),
        (Asked(gazette=True, since="2026-12-01"), "later than"),
        (Asked(bills=True, since="2021", until="2022"), "--until with --gazette"),
        (Asked(warc=("a.warc.gz",), since="2021"), "go with"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: Asked, why: str
) -> None:
    settings = settings_for(newsroom, tmp_path)
    monkeypatch.setattr("flows.commands.backfill.load_settings", lambda: settings)
    with pytest.raises(UsageError, match=why):
        backfill_as_asked(asked)
    assert newsroom.requests() == []


def test_a_dry_run_asks_nobody(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_for(newsroom, tmp_path)
    monkeypatch.setattr("flows.commands.backfill.load_settings", lambda: settings)
    assert backfill_as_asked(Asked(gazette=True, since="2026-11-01", dry_run=True)) == 0
    assert backfill_as_asked(Asked(bills=True, since="2021", dry_run=True)) == 0
    assert "15 day lists to ask for, 0 read before" in capsys.readouterr().out
    assert newsroom.requests() == []
