from __future__ import annotations

import gzip
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.message import Message
from http.client import IncompleteRead
from pathlib import Path

import pytest

from spiders.discover import read_listing
from spiders.discover.bills import request_of
from spiders.extract import Page as Archived
from spiders.extract import extract
from spiders.registry import Registry, load_registry
from tests.newsroom import LAST_DAY, Newsroom, load_press
from tests.newsroom.crowd import crowded_day
from tests.newsroom.data import LIMA, Norm, Page
from tests.newsroom.mishaps import FAULTS
from tests.newsroom.server import NewsroomBrokenError

TIMEOUT_S = 10


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def get(url: str, data: object = None, **headers: str) -> tuple[int, Message, bytes]:
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(url, body, {k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=TIMEOUT_S) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def ask(url: str) -> tuple[int, Message, bytes]:
    """As `get`; the bills service is asked by POST, with the address's query for its body."""
    if "/lista-con-filtro?" not in url:
        return get(url)
    address, body = request_of(url)
    return get(address, json.loads(body))


@pytest.fixture(scope="module")
def served() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def newsroom(served: Newsroom) -> Iterator[Newsroom]:
    served.forget_requests()
    yield served
    served.clear_faults()
    served.set_today(LAST_DAY)


@pytest.fixture
def registry(newsroom: Newsroom, tmp_path: Path) -> Registry:
    path = tmp_path / "sources.toml"
    path.write_text(newsroom.registry_toml(), encoding="utf-8")
    return load_registry(path)


def all_found(registry: Registry, site: str) -> list[str]:
    """What the ways into a site name, followed to the end."""
    source = registry.get(site)
    found: list[str] = []
    days = [date(2026, 9, 7) + timedelta(days=n) for n in range(70)]
    todo = [
        (way.kind, way.url.replace("{day}", f"{day:%Y%m%d}"))
        for way in source.ways
        for day in (days if "{day}" in way.url else days[:1])
    ]
    while todo:
        kind, url = todo.pop()
        status, headers, body = ask(url)
        assert status == 200, url
        listing = read_listing(kind, body, url, source, dict(headers))
        found += [item.url for item in listing.items]
        todo += [(kind, more) for more in listing.more]
    return found


def test_the_ways_lead_to_every_page(newsroom: Newsroom, registry: Registry) -> None:
    for source in registry.enabled():
        found = set(all_found(registry, source.id))
        mirrors = newsroom.web.mirrors[source.id]
        for page in newsroom.sites[source.id].listed():
            url = newsroom.url_of(page)
            path = url.removeprefix(newsroom.url(source.id, ""))
            assert found & {url, *(mirror + path for mirror in mirrors)}, url
            assert source.is_article(url), url


def test_every_page_can_be_read_as_what_it_is(newsroom: Newsroom, registry: Registry) -> None:
    for page in newsroom.press.pages:
        source = registry.get(page.site)
        if not source.enabled or page.kind == "static" or page.version_of or page.gone_on:
            continue
        url = newsroom.url_of(page)
        status, headers, body = ask(url)
        assert status == 200, url
        documents = extract(Archived(url, body, headers["Content-Type"], source=source))
        text = " ".join(d.text for d in documents)
        assert documents[0].published_at is not None
        assert documents[0].published_at.astimezone(LIMA).strftime("%Y-%m") == page.first_at.strftime("%Y-%m")
        versions = [p for p in newsroom.press.pages if p.address_slug == page.slug and p.site == page.site]
        starts = [[" ".join(paragraph.split()[:5]) for paragraph in v.paragraphs] for v in versions]
        assert any(sum(start in text for start in some) * 2 >= len(some) for some in starts), url


def test_pages_come_and_go_with_the_day(newsroom: Newsroom) -> None:
    page = next(p for p in newsroom.press.of("el-cotidiano") if p.gone_on is None and p.version_of is None)
    newsroom.set_today(page.first_at - timedelta(minutes=1))
    assert get(newsroom.url_of(page))[0] == 404
    newsroom.set_today(page.first_at)
    assert get(newsroom.url_of(page))[0] == 200


def test_a_changed_page_keeps_its_address_and_a_deleted_one_ends() -> None:
    def page(slug: str, text: str, **fields: object) -> Page:
        given = {"site": "wayra", "origin": slug, "slug": slug, "title": text, "text": text * 2, "published": at}
        return Page.model_validate(given | fields)

    at = datetime(2026, 10, 5, 8, tzinfo=LIMA)
    press = load_press().only(["wayra"])
    pages = (
        page("nota", "Primera forma de la nota. ", gone_on=date(2026, 10, 9)),
        page("nota-2", "Segunda forma de la nota. ", version_of="nota", updated=at + timedelta(hours=4)),
    )
    with Newsroom(at, press=press.with_pages(pages)) as newsroom:
        url = newsroom.url("wayra", "/nota/")
        _, first, body = get(url)
        assert "Primera" in body.decode()
        newsroom.set_today(date(2026, 10, 5))
        status, second, body = get(url, If_None_Match=first["ETag"])
        assert status == 200
        assert "Segunda" in body.decode()
        assert second["Last-Modified"] != first["Last-Modified"]
        newsroom.set_today(date(2026, 10, 9))
        assert get(url)[0] == 404


def test_a_feed_holds_fifteen_of_a_crowded_day() -> None:
    day = date(2026, 10, 7)
    press = load_press().only(["radio-sonda"]).with_pages(crowded_day("radio-sonda", day, 120))
    noon = datetime(2026, 10, 7, 12, tzinfo=LIMA)
    with Newsroom(noon, press=press) as newsroom:
        feed = get(newsroom.url("radio-sonda", "/rss.xml"))[2].decode()
        newsroom.set_today(noon + timedelta(hours=3))
        later = get(newsroom.url("radio-sonda", "/rss.xml"))[2].decode()
    assert feed.count("<item>") == later.count("<item>") == 15
    assert "nota-20261007-0060<" in feed
    assert "nota-20261007-0060<" not in later
    assert "nota-20261007-0075<" in later


def test_validators_and_compression(newsroom: Newsroom) -> None:
    url = newsroom.url("la-brujula", "/arc/outboundfeeds/rss/")
    _, headers, body = get(url)
    assert get(url, If_None_Match=headers["ETag"])[0] == 304
    assert get(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    _, packed, small = get(url, Accept_Encoding="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(small) == body
    assert [(s.status, s.conditional) for s in newsroom.requests("la-brujula")][1:3] == [(304, True), (304, True)]


def test_robots_names_the_pages_that_lie_in_a_forbidden_place(newsroom: Newsroom) -> None:
    robots = get(newsroom.url("la-brujula", "/robots.txt"))[2].decode()
    page = next(p for p in newsroom.press.of("la-brujula") if p.robots)
    assert f"Disallow: /{page.section}/{page.slug}-noticia/" in robots
    newsroom.set_today(page.first_at)
    assert newsroom.url_of(page) in get(newsroom.url("la-brujula", "/arc/outboundfeeds/rss/"))[2].decode()
    assert "Crawl-delay: 1" in get(newsroom.url("radio-sonda", "/robots.txt"))[2].decode()


def test_a_long_day_of_the_gazette_has_further_pages() -> None:
    press = load_press().only(["gaceta"])
    norms = [
        Page(
            site="gaceta", origin=str(n), slug=f"2600{n:03d}-1", title=f"Norma {n}", kind="norm",
            text="Artículo Único.- Designar a un funcionario.", published=datetime(2026, 10, 7, tzinfo=LIMA),
            norm=Norm(number=f"RESOLUCIÓN N° {n}", summary=f"Designan a un funcionario {n}"),
        )
        for n in range(45)
    ]  # fmt: skip
    with Newsroom(press=press.with_pages(norms)) as newsroom:
        url = newsroom.url("gaceta", "/?fechaIni=20261007&fechaFin=20261007&tipoPublicacion=NL&ci=ONLY&start={}")
        counts = [get(url.format(start))[2].decode().count('class="card"') for start in (0, 20, 40)]
    assert counts == [20, 20, 5]


def test_bills_come_by_series_and_page(newsroom: Newsroom) -> None:
    url = newsroom.url("congreso", "/spley-portal-service/proyecto-ley/lista-con-filtro")
    status, _, body = get(url, {"codTipoParl": "D"})
    assert status == 400
    assert json.loads(body)["errors"][0]["field"] == "perParId"
    rows = json.loads(get(url, {"perParId": 2026, "codTipoParl": "D", "pageSize": 1, "rowStart": 0})[2])["data"]
    assert [r["codTipoParl"] for r in rows["proyectos"]] == ["D"]
    without = json.loads(get(url, {"perParId": 2026})[2])["data"]["proyectos"]
    assert {r["codTipoParl"] for r in without} == {"C"}


def test_the_portal_s_search(newsroom: Newsroom) -> None:
    query = "?contenido[]=normas&institucion[]=pcm&orden=recientes&sheet=1"
    results = json.loads(get(newsroom.url("portal-estado", "/busquedas.json" + query))[2])["data"]["attributes"][
        "results"
    ]
    assert results[0]["publication"].count(" de ") == 2
    path = results[0]["url"].partition('href="')[2].partition('"')[0]
    assert get(newsroom.url("portal-estado", path))[0] == 200


@pytest.mark.parametrize("name", sorted(FAULTS), ids="fault-{}".format)
def test_each_fault_happens_where_it_is_set_and_nowhere_else(newsroom: Newsroom, name: str) -> None:
    path = "/arc/outboundfeeds/rss/"
    url, other = newsroom.url("la-brujula", path), newsroom.url("correo-norteno", path)
    _, usual, whole = get(url)
    newsroom.set_fault(f"la-brujula:{path}", name, times=1)
    if name == "cut":
        with pytest.raises(IncompleteRead):
            get(url)
    elif name in {"slow", "endless"}:
        with urllib.request.urlopen(url, timeout=TIMEOUT_S) as answer:
            start = answer.read(20 if name == "slow" else 2_000_000)
        assert start[:5] == whole[:5]
    else:
        status, headers, body = get(url)
        assert (status, headers["Content-Type"], body) != (200, usual["Content-Type"], whole)
    assert [s.fault for s in newsroom.requests("la-brujula")] == [None, name]
    assert get(other)[0] == 200
    assert get(url)[2] == whole
    assert newsroom.stray_requests() == []


@pytest.mark.parametrize(("name", "host"), [("foreign_item", "decoy"), ("loopback_item", "admin")])
@pytest.mark.parametrize(
    ("site", "path"),
    [
        ("la-brujula", "/arc/outboundfeeds/rss/"),
        ("correo-norteno", "/arc/outboundfeeds/rss/"),
        ("el-cotidiano", "/sitemap/noticias.xml"),
        ("lima-sentinel", "/archive"),
    ],
)
def test_a_list_can_name_a_stranger_in_its_own_form(
    newsroom: Newsroom, registry: Registry, name: str, host: str, site: str, path: str
) -> None:
    kind = "sitemap" if path.endswith("xml") else "listing" if path == "/archive" else "feed"
    url = newsroom.url(site, path)
    newsroom.set_fault(path, name)
    _, headers, body = get(url)
    first = read_listing(kind, body, url, registry.get(site), dict(headers)).items[0].url
    assert first.startswith(newsroom.url(host))
    assert registry.get(site).is_article(first)


def test_the_ports_are_given_back() -> None:
    with Newsroom(sites=["wayra"]) as newsroom:
        url = newsroom.url("wayra", "/feed/")
        assert get(url)[0] == 200
    with pytest.raises(urllib.error.URLError):
        get(url)


def test_a_mistake_of_the_newsroom_is_not_taken_for_a_site_s() -> None:
    newsroom = Newsroom(sites=["wayra"])

    def ask() -> None:
        with newsroom:
            newsroom.sites["wayra"].card = None  # type: ignore[assignment]
            get(newsroom.url("wayra"))

    with pytest.raises(NewsroomBrokenError):
        ask()


def test_while_it_is_down_nobody_answers_and_afterwards_all_stand_where_they_stood() -> None:
    with Newsroom(sites=["radio-sonda"]) as newsroom:
        url = newsroom.url("radio-sonda", "/robots.txt")
        with newsroom.down(), pytest.raises(OSError, match="refused"):
            urllib.request.urlopen(url, timeout=5)
        with urllib.request.urlopen(url, timeout=5) as answer:
            assert answer.status == 200
