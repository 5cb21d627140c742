"""``chasqui sources show|check|add`` and ``chasqui add`` against the newsroom."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.commands.add import NotReadableError, add_report
from flows.commands.sources import add_source, check_sources, show_source
from flows.progress import PlainReporter
from flows.settings import load_settings
from flows.steps.night import new_night
from flows.steps.reading import read_all
from spiders.fetch import FetchError
from spiders.propose import NothingFoundError, address_pattern
from spiders.registry import Source
from tests.newsroom import Newsroom
from tests.newsroom.pdf import make_pdf

pytestmark = [pytest.mark.e2e]


@pytest.fixture(scope="module")
def served() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def newsroom(served: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    (tmp_path / "sources.toml").write_text(served.registry_toml(), encoding="utf-8")
    values = {
        "HOME": tmp_path / "home",
        "SOURCES": tmp_path / "sources.toml",
        "CONTACT": "tests",
        "TODAY": "2026-11-13",
    }
    for name, value in {**values, "DELAY_S": 0, "ALLOW_LOOPBACK": "true", "REQUEST_TIMEOUT_S": 10}.items():
        monkeypatch.setenv(f"CHASQUI_{name}", str(value))
    yield served
    served.clear_faults()


def test_every_family_is_well_when_nothing_is_wrong(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_sources([]) == 0
    said = capsys.readouterr().out
    assert said.count("all is well") == len(newsroom.sites)
    assert "fail" not in said
    assert newsroom.stray_requests() == []


def test_what_does_not_work_is_said_and_only_that(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    newsroom.set_fault("wayra:/feed/", "broken_xml")
    newsroom.set_fault("radio-sonda:/robots.txt", "503")
    newsroom.set_fault("congreso:*/lista-con-filtro", "soft_error")
    assert check_sources(["wayra", "radio-sonda", "congreso", "el-cotidiano"]) == 1
    said = capsys.readouterr().out
    assert "broken_xml at" in said
    assert "robots.txt answers HTTP 503" in said
    assert "broken_json at" in said
    assert said.splitlines()[-1].startswith("not well: wayra, radio-sonda, congreso")


def test_a_source_is_shown_with_what_is_known_of_it(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    show_source("gaceta")
    said = capsys.readouterr().out
    assert "verified_on        never" in said
    assert "owner              Estado peruano" in said
    assert "never asked from here" in said


@pytest.mark.parametrize("site", ["la-brujula", "el-cotidiano", "wayra", "lima-sentinel", "agencia-tahua"])
def test_an_entry_for_a_new_site_can_be_pasted_and_works(
    newsroom: Newsroom, site: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    add_source(newsroom.url(site))
    printed = capsys.readouterr().out
    (entry,) = tomllib.loads(printed)["source"]
    source = Source.model_validate(entry)
    assert source.language == newsroom.sites[site].card.language
    pages = [newsroom.url_of(p) for p in newsroom.sites[site].listed()]
    assert sum(source.is_article(url) for url in pages) >= 0.9 * len(pages)
    assert not source.is_article(newsroom.url(site))
    (tmp_path / "sources.toml").write_text(printed, encoding="utf-8")
    assert check_sources([source.id]) == 0


def test_a_site_without_lists_gives_no_entry(newsroom: Newsroom) -> None:
    with pytest.raises(NothingFoundError):
        add_source(newsroom.url("congreso"))


def test_a_report_that_came_by_mail_is_read_once(
    newsroom: Newsroom, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = max((p for p in newsroom.press.pages if p.kind == "report"), key=lambda p: len(p.text))
    path = tmp_path / "informe anual.pdf"
    path.write_bytes(make_pdf(report, "Observatorio", monthly=False))
    for _ in range(2):
        add_report(str(path), "observatorio-cupos")
    first, second = capsys.readouterr().out.splitlines()
    assert "parts; the next night takes it in" in first
    assert "known already" in second
    assert read_all(new_night(load_settings(), PlainReporter(), "nightly")) == {"new": 1}
    scan = tmp_path / "vacio.pdf"
    scan.write_bytes(b"%PDF-1.4\n")
    with pytest.raises(NotReadableError, match="broken_pdf"):
        add_report(str(scan), "observatorio-cupos")


def test_a_page_of_another_host_is_not_taken_in_under_a_source(newsroom: Newsroom) -> None:
    page = next(p for p in newsroom.press.of("wayra") if p.kind == "article" and p.robots is None)
    before = len(newsroom.requests())
    with pytest.raises(FetchError, match="off the registry"):
        add_report(newsroom.url_of(page), "la-brujula")
    assert len(newsroom.requests()) == before


def test_addresses_without_a_form_in_common_give_no_pattern() -> None:
    assert address_pattern([f"https://uno.pe/{'/'.join(['x'] * n)}" for n in range(1, 9)]) is None
