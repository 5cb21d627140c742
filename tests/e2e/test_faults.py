"""Each fault of a page or a list costs that one page or list, is counted under a name, and leaves the night good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from flows.progress import PlainReporter
from flows.settings import Home
from flows.steps.night import new_night
from flows.steps.order import run_night
from spiders.urls import canonical_url
from tests.e2e.helpers import settings_for
from tests.newsroom import Newsroom
from warehouse.ops import Ops
from warehouse.query import ask, open_published

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

# fault of a page -> (outcome, reason). None: the page is read in spite of it.
PAGE_FAULTS: dict[str, tuple[str, str] | None] = {
    "503": ("http_error", "http_503"),
    "429": ("http_error", "http_429"),
    "slow": ("too_slow", "timeout"),
    "cut": ("network_error", "connection_lost"),
    "endless": ("too_large", "too_large"),
    "gzip_bomb": ("too_large", "too_large"),
    "redirect_loop": ("network_error", "redirects"),
    "redirect_away": ("off_registry", "off_registry"),
    "redirect_inside": ("off_registry", "off_registry"),
    "soft_error": ("not_article", "error_page"),
    "wrong_charset": None,
    "wrong_header": None,
}
LIST_FAULTS = {
    "radio-sonda": ("broken_xml", "broken_xml"),
    "lima-sentinel": ("entity_expansion", None),
    "wayra": ("empty_list", "empty_list"),
}
SITES = (
    "la-brujula",
    "radio-sonda",
    "lima-sentinel",
    "wayra",
    "observatorio-cupos",
    "correo-norteno",
    "congreso",
    "portal-estado",
)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    with Newsroom(sites=SITES) as newsroom:
        pages = [
            p
            for p in newsroom.press.of("la-brujula")
            if p.kind == "article" and p.robots is None and p.version_of is None
        ]
        hurt = dict(zip(PAGE_FAULTS, pages, strict=False))
        for name, page in hurt.items():
            newsroom.set_fault(f"la-brujula:{urlsplit(newsroom.url_of(page)).path}", name)
        for site, (name, _) in LIST_FAULTS.items():
            for way in ("*rss*", "*feed*"):
                newsroom.set_fault(f"{site}:{way}", name)
        newsroom.set_fault("correo-norteno:*feed*", "foreign_item")
        newsroom.set_fault("correo-norteno:*rss*", "loopback_item")
        newsroom.set_fault("observatorio-cupos:*.pdf", "looping_pdf")
        newsroom.set_fault("congreso:*/lista-con-filtro", "empty_list", times=1)
        newsroom.set_fault("portal-estado:*=noticias&*", "soft_error")
        newsroom.set_fault("portal-estado:*/normas-legales/*118-2026-pcm", "redirect_away")
        settings = settings_for(newsroom, tmp_path_factory.mktemp("faults"), request_timeout_s=6, read_timeout_s=8)
        report = run_night(new_night(settings, PlainReporter(), "nightly"))
        home = Home(settings.home)
        with Ops(home.ops) as ops:
            outcomes = {
                row["canonical_url"]: (row["outcome"], row["reason"], row["state"])
                for row in ops._db.execute("SELECT canonical_url, outcome, reason, state FROM frontier").fetchall()
            }
            ways = {row["url"]: row for row in ops._db.execute("SELECT * FROM ways").fetchall()}
        yield SimpleNamespace(newsroom=newsroom, hurt=hurt, report=report, outcomes=outcomes, ways=ways, home=home)


@pytest.mark.parametrize("name", PAGE_FAULTS)
def test_a_page_fault_costs_that_page(night: SimpleNamespace, name: str) -> None:
    outcome, reason, _ = night.outcomes[canonical_url(night.newsroom.url_of(night.hurt[name]))]
    expected = PAGE_FAULTS[name]
    if expected is None:
        assert (outcome, reason) == ("new", None)
    else:
        assert (outcome, reason) == expected


def test_a_passing_failure_waits_for_the_next_night_and_a_final_one_does_not(night: SimpleNamespace) -> None:
    states = {name: night.outcomes[canonical_url(night.newsroom.url_of(page))][2] for name, page in night.hurt.items()}
    assert {states[n] for n in ("503", "429", "slow", "cut", "redirect_loop", "redirect_away")} == {"pending"}
    assert {states[n] for n in ("endless", "gzip_bomb", "soft_error")} == {"done"}


@pytest.mark.parametrize("site", LIST_FAULTS)
def test_a_list_fault_is_named_and_the_other_ways_in_go_on(night: SimpleNamespace, site: str) -> None:
    reason = LIST_FAULTS[site][1]
    mine = [w for w in night.ways.values() if w["source_id"] == site and w["kind"] == "feed"]
    assert mine
    if reason:
        assert {(w["last_state"], w["last_reason"]) for w in mine} == {("error", reason)}


def test_a_fault_of_an_official_list_costs_one_series_or_one_search(night: SimpleNamespace) -> None:
    mine = {site: [w for w in night.ways.values() if w["source_id"] == site] for site in ("congreso", "portal-estado")}
    bills = sorted((w["last_state"], w["last_reason"] or "") for w in mine["congreso"])
    assert bills == [("error", "empty_list"), ("read", ""), ("read", "")]
    searches = sorted((w["last_state"], w["last_reason"] or "") for w in mine["portal-estado"])
    assert searches == [("error", "broken_json"), ("read", "")]
    outcomes = [o[:2] for url, o in night.outcomes.items() if "/normas-legales/" in url]
    assert outcomes.count(("off_registry", "off_registry")) == 1
    assert outcomes.count(("new", None)) == len(outcomes) - 1 > 0


def test_a_hostile_pdf_costs_itself(night: SimpleNamespace) -> None:
    pdfs = {url: o for url, o in night.outcomes.items() if url.endswith(".pdf")}
    assert pdfs
    assert {o[0] for o in pdfs.values()} <= {"too_slow", "unreadable"}


def test_the_night_is_good_and_the_rest_is_there(night: SimpleNamespace) -> None:
    broken = sum(expected is not None for expected in PAGE_FAULTS.values())
    assert night.report["outcomes"]["new"] >= 40 - broken
    assert "error" not in night.report
    with open_published(night.home.published) as reader:
        assert ask(reader, "SELECT count(*) FROM documents").rows[0][0] >= 30
        health = dict(ask(reader, "SELECT source_id, health FROM source_health").rows)
    assert health["la-brujula"] == "healthy"


def test_nobody_outside_the_registry_is_asked(night: SimpleNamespace) -> None:
    assert night.newsroom.stray_requests() == []
    assert night.report["outcomes"]["off_registry"] >= 2


def test_nothing_grew_beyond_its_limits(night: SimpleNamespace) -> None:
    archive = sum(p.stat().st_size for p in Path(night.home.archive).rglob("*.gz"))
    assert archive < 30_000_000
