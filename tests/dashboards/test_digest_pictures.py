"""The page in a real browser: nothing sticks out on a phone, dark is dark, one picture of each pair shows, and all can read it.

The pictures are left in ``artefacts/digest/`` for a person to look at.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, sync_playwright

from dashboards.digest.content import read_content
from dashboards.digest.render import Edition, render
from dashboards.weeks import Week
from tests.dashboards.made import MONDAY, Told, group, publish_events
from tests.dashboards.screenshots import CHROMIUM, FLAGS, SCHEMES, WIDTHS, Scheme, opened, shoot
from tests.newsroom import Newsroom
from warehouse.query import open_published

pytestmark = [
    pytest.mark.server,
    pytest.mark.timeout(300),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium"),
]
LONG_URL = "https://uno.pe/" + "una-direccion-sin-un-solo-hueco-que-cabria-en-dos-lineas-" * 4
EVENTS = [
    Told("a", ("murder", "extortion"), killed=1, wounded=2, amount=250, url=LONG_URL, title="Asesinan a chofer en Comas"),
    Told("b", ("arson",), ubigeo="130101", title="Queman una combi", evidence="El fuego empezó de madrugada."),
    Told("c", ("strike",), ubigeo=None, day=None, title="Anuncian paro", sources=("uno", "dos")),
    Told("d", ("extortion",), week=MONDAY - timedelta(weeks=1), day=MONDAY - timedelta(weeks=1), title="Cupo a colectiveros"),
    *(
        Told(f"w{w}n{n}", day=MONDAY - timedelta(weeks=w), week=MONDAY - timedelta(weeks=w), reported=MONDAY - timedelta(weeks=w))
        for w in range(2, 10)
        for n in range(w % 4)
    ),
]  # fmt: skip
GROUPS = {
    "odontologos": group(id="odontologos", name="Odontólogos del Perú", sectors=("dentists",)),
    "transporte": group(has_csv=True),
    "transport": group(id="transport", name="Transport unions", language="en"),
}


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    path = tmp_path_factory.mktemp("pictures") / "p.duckdb"
    publish_events(path, EVENTS, emergencies=[("DS 9-2026-PCM", MONDAY, date(2026, 12, 1), "130000")])
    with open_published(path) as con:
        return {name: render(read_content(con, who, Week(MONDAY))) for name, who in GROUPS.items()}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", GROUPS)
def test_a_mail_reads_well(
    browser: Browser, editions: dict[str, Edition], name: str, width: int, scheme: Scheme
) -> None:
    page = opened(browser, width, scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(editions[name].as_page())
    shoot(page, name, width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.evaluate("[...document.images].filter(i => i.offsetParent).map(i => i.className)")
    assert set(shown) == (
        {f"{scheme}-only"} if name != "odontologos" else set()
    )  # where nothing is known, nothing is drawn
    assert all(page.evaluate("[...document.images].map(i => i.naturalWidth > 0)"))
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 18, 22)"
    assert dark == (scheme == "dark")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert [v["id"] for v in found.response["violations"]] == []
    assert [u for u in asked if not u.startswith("data:")] == []
    page.close()


def test_with_images_off_the_pictures_are_words(browser: Browser, editions: dict[str, Edition]) -> None:
    page = opened(browser, WIDTHS[0], "light")
    page.set_content(editions["transporte"].html)  # "cid:" leads nowhere in a browser
    shoot(page, "transporte-without-images", WIDTHS[0], "light")
    chart, places = page.evaluate("[...document.images].filter(i => i.offsetParent).map(i => i.alt)")
    assert chart.startswith("Hechos por semana, desde el lunes: 3 ago 0, ")
    assert "Lima" in places
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[0]
    page.close()


def test_links_resolve_in_the_newsroom(tmp_path: Path) -> None:
    with Newsroom(sites=["la-brujula", "radio-sonda"]) as newsroom:
        pages = [p for p in newsroom.press.pages if p.gone_on is None][:12]
        told = [Told(f"e{n}", url=newsroom.url_of(page)) for n, page in enumerate(pages)]
        with open_published(publish_events(tmp_path / "p.duckdb", told)) as con:
            edition = render(read_content(con, GROUPS["transporte"], Week(MONDAY)))
        links = {str(a) for a in html.document_fromstring(edition.as_page()).xpath("//a/@href")} - {"#"}
        assert links == {t.url for t in told}
        for link in links:
            with urllib.request.urlopen(link, timeout=20) as answer:
                assert answer.status == 200
