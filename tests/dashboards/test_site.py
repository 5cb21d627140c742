"""The static edition: what is in it, what must not be, and what it refuses."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po

from dashboards.language import TRANSLATIONS
from dashboards.site.export import export_site
from dashboards.site.shelf import Shelf, SiteError, shelf
from tests.dashboards.made import MONDAY, Told, publish_events
from tests.dashboards.messages import said
from warehouse.query import QueryError, open_published

PLANTED = "<img src=x onerror=alert(1)>\"'{{7*7}}"
EVENTS = (
    Told("e1", ("murder", "extortion"), killed=1, title=f"Matan a chofer {PLANTED}", sources=("uno", "dos")),
    Told(
        "e2", ("attack",), ("bodegas",), title="Atacan bodega Doña Peta en Comas", evidence="Fue en el jirón Los Pinos."
    ),
    Told("e3", ubigeo=None, week=MONDAY - timedelta(weeks=3), day=None, reported=MONDAY - timedelta(weeks=3)),
    Told("e4", week=MONDAY - timedelta(weeks=9), day=MONDAY - timedelta(weeks=9)),
    Told("e5", ("new_law",), (), title="Ley contra la extorsión"),
)


class Links(HTMLParser):
    """Addresses of a page, and what a strict policy would stop."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forbidden: list[str] = []
        self._in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links += [v for k, v in attrs if k in {"href", "src", "data-spec"} and v is not None]
        self.forbidden += [k for k in values if k == "style" or k.startswith("on")]
        self.forbidden += ["style"] if tag == "style" else []
        self.forbidden += ["script"] if tag == "script" and "src" not in values else []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    file = publish_events(
        folder / "chasqui.duckdb",
        EVENTS,
        emergencies=(("DS 1-2026-PCM", MONDAY, MONDAY + timedelta(weeks=9), "150110"),),
    )
    with open_published(file) as con:
        export_site(con, folder / "out", weeks=8, permalink_base="https://example.org/event/")
    return folder / "out"


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_both_languages_have_the_same_pages(site: Path) -> None:
    names = {p.relative_to(site).as_posix() for p in pages(site)}
    spanish = {n for n in names if not n.startswith("en/")}
    assert {f"en/{n}" for n in spanish} == names - spanish
    assert {"index.html", "timeline/index.html", "map/index.html", "events/index.html", "laws/index.html"} <= spanish
    assert {"sector/transport/index.html", "event/e1/index.html", f"events/{MONDAY}/index.html"} <= spanish


def test_every_link_within_the_site_leads_somewhere_and_none_is_absolute(site: Path) -> None:
    for page in pages(site):
        for link in Links(page.read_text(encoding="utf-8")).links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.netloc in {"uno.pe", "gaceta.pe"}, link
                continue
            assert not link.startswith("/"), (page, link)
            target = (page.parent / parts.path).resolve()
            assert site.resolve() in (target, *target.parents), link
            if link.startswith("#"):
                continue
            candidates = (target / "index.html", target, target.with_name(f"{target.name}.light.json"))
            assert any(c.is_file() for c in candidates), (page, link)


def test_headlines_stay_text_and_nothing_runs_inline(site: Path) -> None:
    for page in pages(site):
        text = page.read_text(encoding="utf-8")
        assert "<img" not in text
        assert not Links(text).forbidden, page
        assert "script-src 'self'; style-src 'self'" in unescape(text)
        assert "unsafe" not in text
    assert "onerror=alert(1)&gt;" in (site / "event/e1/index.html").read_text(encoding="utf-8")
    assert "{{7*7}}" in (site / "event/e1/index.html").read_text(encoding="utf-8")


def test_the_public_tier_masks_shops_and_streets_everywhere(site: Path) -> None:
    assert "[negocio]" in (site / "event/e2/index.html").read_text(encoding="utf-8")
    for path in site.rglob("*"):
        if path.is_file() and "assets" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert "Doña Peta" not in text, path
            assert "Los Pinos" not in text, path


def test_only_the_last_weeks_are_in_it(site: Path) -> None:
    assert (site / "event/e3/index.html").exists()
    assert not (site / "event/e4").exists()


def test_data_are_those_of_the_pages(site: Path) -> None:
    events = json.loads((site / "data/events.json").read_text(encoding="utf-8"))
    assert {e["event_id"] for e in events} == {"e1", "e2", "e3"}  # a law is no deed
    assert (site / "data/events.csv").read_bytes().startswith(b"\xef\xbb\xbfevent_id,")
    spec = json.loads((site / "charts/weeks.dark.json").read_text(encoding="utf-8"))
    assert "vega-lite" in spec["$schema"]
    assert "Lugar desconocido: 1 hecho" in (site / "map/index.html").read_text(encoding="utf-8")


def test_laws_and_emergencies_stand_on_their_page_and_permalinks_on_the_events(site: Path) -> None:
    laws = (site / "en/laws/index.html").read_text(encoding="utf-8")
    assert "DS 1-2026-PCM" in laws
    assert "Ley contra la extorsión" in laws
    assert "https://example.org/event/e1" in (site / "event/e1/index.html").read_text(encoding="utf-8")


def test_unknown_is_said_to_be_unknown(site: Path) -> None:
    text = (site / "event/e3/index.html").read_text(encoding="utf-8")
    assert "lugar no precisado" in text
    assert "día no precisado" in text


def test_an_id_that_is_no_file_name_is_refused_and_the_old_site_stays(tmp_path: Path) -> None:
    file = publish_events(tmp_path / "chasqui.duckdb", [Told("../../../out")])
    target = tmp_path / "site"
    with shelf(target) as place:
        place.write("index.html", "old")
    with open_published(file) as con, pytest.raises(SiteError):
        export_site(con, target)
    assert (target / "index.html").read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir() if "site" in p.name or "out" in p.name) == ["site"]


@pytest.mark.parametrize("name", ["../x.html", "/etc/x", "a/../../x", "", ".hidden", "a/.git/x", "a\\..\\x"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SiteError):
        Shelf(tmp_path).write(name, "x")


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("x", encoding="utf-8")
    (tmp_path / "link").symlink_to(theirs)
    for target in (theirs, theirs / "thesis.txt", tmp_path / "link", tmp_path / "a" / ".." / "theirs"):
        with pytest.raises(SiteError), shelf(target):
            pass
    assert (theirs / "thesis.txt").exists()


def test_a_file_without_a_night_is_no_site(tmp_path: Path) -> None:
    file = publish_events(tmp_path / "chasqui.duckdb", nights=())
    with open_published(file) as con, pytest.raises(QueryError):
        export_site(con, tmp_path / "site")


def test_the_scripts_ask_for_nothing_elsewhere() -> None:
    for path in (Path(__file__).parents[2] / "dashboards/site/assets").glob("*.*"):
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", path.read_text(encoding="utf-8")), path


def test_english_says_everything() -> None:
    with (TRANSLATIONS / "en.site.po").open("rb") as file:
        site_only = {m.id: m.string for m in read_po(file, abort_invalid=True) if m.id}
    translated = dict(site_only)
    with (TRANSLATIONS / "en.po").open("rb") as file:
        translated |= {m.id: m.string for m in read_po(file) if m.id}
    missing = (said("site") | said("charts")) - set(translated)
    assert not missing
    assert set(site_only) <= said()
