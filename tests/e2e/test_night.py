"""Whole nights over the newsroom, by the plain steps: what is asked, what becomes of it, what a second night does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.progress import PlainReporter
from flows.settings import Home
from flows.steps.night import new_night
from flows.steps.order import run_night, run_poll
from flows.steps.report import as_markdown, summary_line
from tests.e2e.helpers import TODAY, settings_for
from tests.newsroom import Newsroom
from warehouse.ops import Ops
from warehouse.query import ask, open_published
from warehouse.store import open_warehouse

pytestmark = [pytest.mark.e2e]


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    folder = tmp_path_factory.mktemp("night")
    with Newsroom(today=TODAY) as newsroom:
        settings = settings_for(newsroom, folder)
        report = run_night(new_night(settings, PlainReporter(), "nightly"))
        requests = list(newsroom.requests())
        yield SimpleNamespace(
            newsroom=newsroom, settings=settings, report=report, requests=requests, home=Home(settings.home)
        )


def test_every_address_ends_in_one_outcome_and_sums_agree(first_night: SimpleNamespace) -> None:
    with Ops(first_night.home.ops) as ops:
        outcomes = ops.rows("outcome_counts", first_night.report["run_id"])
        counts = dict(tuple(row) for row in ops.rows("frontier_counts"))
        (refused,) = ops._db.execute("SELECT count(*) FROM refused").fetchone()
    assert sum(row["urls"] for row in outcomes) == counts["done"] + refused
    assert counts.get("fetched", 0) == counts.get("pending", 0) == 0
    asked_for = sum(r["urls"] for r in outcomes if r["reason"] not in {"off_registry", "url_pattern", "bad_address"})
    # A bill's page is a row of its list: it came, and nobody asked for it alone.
    assert asked_for == first_night.report["requests"]["pages"] + first_night.report["delivered"]
    assert first_night.report["delivered"] >= 10
    assert first_night.report["outcomes"]["new"] >= 40


def test_each_page_is_fetched_once(first_night: SimpleNamespace) -> None:
    with Ops(first_night.home.ops) as ops:
        pages = [
            r[0] for r in ops._db.execute("SELECT url FROM exchanges WHERE way = 'article' AND status IS NOT NULL")
        ]
    assert max(Counter(pages).values()) == 1
    seen = Counter((r.host, r.path) for r in first_night.requests)
    assert all(seen[(url.split("/")[2], "/" + url.split("/", 3)[3])] == 1 for url in pages)


def test_robots_are_obeyed_and_nobody_else_is_asked(first_night: SimpleNamespace) -> None:
    registered = {
        host
        for source in new_night(first_night.settings, PlainReporter(), "nightly").registry.sources
        for host in source.registered_hosts
    }
    assert {r.host for r in first_night.requests} <= registered
    assert first_night.report["outcomes"].get("robots_disallowed", 0) >= 1


def test_every_document_is_dated_to_the_day_it_bears(first_night: SimpleNamespace) -> None:
    true_days = {}
    for page in first_night.newsroom.press.pages:
        if page.published is not None:
            true_days.setdefault(page.title, set()).add(page.published.date())
    with open_warehouse(first_night.home.warehouse) as con:
        rows = con.execute("SELECT title, published_on, kind FROM documents").fetchall()
    wrong = [
        (title, day)
        for title, day, kind in rows
        if title in true_days and kind == "article" and day not in true_days[title]
    ]
    assert wrong == []
    assert sum(title in true_days for title, _, _ in rows) >= 40


def test_a_second_night_over_the_unchanged_press_asks_for_no_page(first_night: SimpleNamespace) -> None:
    report = run_night(new_night(first_night.settings, PlainReporter(), "nightly"))
    assert report["requests"].get("pages", 0) == 0
    assert report["new_documents"] == 0
    assert report["kept"] == first_night.report["kept"]
    assert summary_line(report).startswith("nothing new")


def test_an_analysts_open_connection_survives_the_next_night(first_night: SimpleNamespace) -> None:
    with open_published(first_night.home.published) as analyst:
        before = ask(analyst, "SELECT count(*) FROM events").rows
        run_night(new_night(first_night.settings, PlainReporter(), "nightly"))
        assert ask(analyst, "SELECT count(*) FROM events").rows == before


def test_poll_fetches_no_page(first_night: SimpleNamespace) -> None:
    before = len(first_night.newsroom.requests())
    report = run_poll(new_night(first_night.settings, PlainReporter(), "poll"))
    assert "pages" not in report["requests"]
    assert len(first_night.newsroom.requests()) > before


def test_the_report_can_be_read_and_kept(first_night: SimpleNamespace) -> None:
    text = as_markdown(first_night.report)
    assert "What became of the addresses" in text
    assert "Words the vocabulary has to spell: " in text
    assert "| transport | " in text
    drift = first_night.report["drift"]["labels"]
    assert {x["week"] for x in drift} == {"2026-11-02"}
    assert 0 < first_night.report["spelled_share"] < 0.1
    assert json.loads(json.dumps(first_night.report, default=str))["run_id"] == first_night.report["run_id"]


def test_nothing_private_lies_open_even_if_the_home_is_opened(first_night: SimpleNamespace) -> None:
    root = first_night.home.root
    assert root.stat().st_mode & 0o077 == 0

    def others_reach(path: Path) -> bool:
        between = [p for p in path.parents if p.is_relative_to(root) and p != root]
        return bool(path.stat().st_mode & 0o044) and all(p.stat().st_mode & 0o011 for p in between)

    open_files = {path.name for path in root.rglob("*") if path.is_file() and others_reach(path)}
    assert open_files <= {"chasqui.duckdb", "metrics.nightly.prom", "metrics.poll.prom"}
    kept = [p for p in root.rglob("*") if p.suffix in {".gz", ".sqlite"} or p.name == "warehouse.duckdb"]
    assert len(kept) > 5
    assert [p for p in kept if p.stat().st_mode & 0o077] == []
