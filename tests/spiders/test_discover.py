from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.discover import ListingError, read_listing
from spiders.extract import Page
from spiders.registry import Source, Way

SOURCE = Source(
    id="uno",
    name="Uno",
    kind="national_news",
    home="https://uno.pe",
    ways=(Way(kind="feed", url="https://uno.pe/rss"),),
    article_pattern=r"/nota-\d+$",
)
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Uno</title>
<item><title>Paro &amp; marcha</title><link>/nota-1</link><pubDate>Sun, 25 Oct 2026 23:30:00 -0500</pubDate></item>
<item><title>Sin fecha</title><link>https://uno.pe/nota-2</link></item></channel></rss>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://uno.pe/nota-3</loc>
 <news:news><news:publication_date>2026-10-26T08:00:00-05:00</news:publication_date><news:title>Tres</news:title></news:news></url>
 <url><loc>https://uno.pe/nota-4</loc><lastmod>2026-10-20</lastmod></url></urlset>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><rss><channel><item><title>&d;</title>
<link>https://uno.pe/nota-9</link></item></channel></rss>"""


def read(kind: str, text: str, url: str = "https://uno.pe/lista"):
    return read_listing(kind, text.encode(), url, SOURCE)


def test_feed_items_with_absolute_links_and_utc_times() -> None:
    first, second = read("feed", FEED).items
    assert first.url == "https://uno.pe/nota-1"
    assert first.title == "Paro & marcha"
    assert first.published_at == datetime(2026, 10, 26, 4, 30, tzinfo=UTC)
    assert second.published_at is None


@pytest.mark.parametrize(
    ("printed", "in_lima", "precision"),
    [
        ("2026-10-05 02:00:00", "2026-10-05T02:00:00-05:00", "instant"),
        ("2026-10-05", "2026-10-05T00:00:00-05:00", "day"),
        ("2026-10-05T02:00:00Z", "2026-10-04T21:00:00-05:00", "instant"),
        ("Mon, 05 Oct 2026 02:00:00 GMT", "2026-10-04T21:00:00-05:00", "instant"),
        ("Mon, 05 Oct 2026 02:00:00", "2026-10-05T02:00:00-05:00", "instant"),
        ("5 Oct 26 02:00", "2026-10-05T02:00:00-05:00", "instant"),
        ("Mon, 05 Oct 2026 21:00:00 PET", "2026-10-05T21:00:00-05:00", "instant"),
        ("Lun, 05 Ene 2026 21:00:00", "2026-01-05T21:00:00-05:00", "instant"),
        ("Mon, 05 Oct 2026", "2026-10-05T00:00:00-05:00", "day"),
    ],
)
def test_a_feed_date_without_a_zone_is_limas_and_a_bare_day_no_instant(
    printed: str, in_lima: str, precision: str
) -> None:
    published = read("feed", FEED.replace("Sun, 25 Oct 2026 23:30:00 -0500", printed)).items[0].published_at
    assert published == datetime.fromisoformat(in_lima)
    page = Page("https://uno.pe/nota-1", b"", hint_published_at=published, hint_from="feed")
    assert page.hint_precision == precision


@pytest.mark.parametrize("printed", ["Mon, 05 Oct 2026 02:00:00", "2026-10-05T02:00:00"])
def test_a_feed_date_without_a_zone_from_abroad_is_unknown(printed: str) -> None:
    abroad = SOURCE.model_copy(update={"language": "en"})
    feed = FEED.replace("Sun, 25 Oct 2026 23:30:00 -0500", printed)
    assert read_listing("feed", feed.encode(), "https://uno.pe/lista", abroad).items[0].published_at is None


@pytest.mark.parametrize(
    "printed",
    ["Mon Oct  5 02:00:00 2026", "Mon, 05 Oct 2026 02:00:00 PM", "32 Oct 2026", "5 Foo 2026", "5 Oct 2026 25:00"],
)
def test_a_feed_date_that_would_be_guessed_is_unknown(printed: str) -> None:
    assert read("feed", FEED.replace("Sun, 25 Oct 2026 23:30:00 -0500", printed)).items[0].published_at is None


def test_sitemap_takes_news_dates_and_never_a_bare_day_as_an_instant() -> None:
    first, second = read("sitemap", SITEMAP).items
    assert first.published_at == datetime(2026, 10, 26, 13, 0, tzinfo=UTC)
    assert (first.title, second.published_at, second.updated_at) == ("Tres", None, None)


def test_a_torn_sitemap_says_so_and_is_not_taken_for_whole() -> None:
    torn = SITEMAP[: SITEMAP.index("nota-4") + 6]
    listing = read("sitemap", torn)
    assert [item.url for item in listing.items][:1] == ["https://uno.pe/nota-3"]
    assert listing.warnings == ("broken_xml",)
    assert not listing.is_whole
    assert read("sitemap", SITEMAP).warnings == ()


def test_a_page_without_items_is_a_failure_whatever_follows() -> None:
    with pytest.raises(ListingError, match="empty_list"):
        read(
            "listing", '<html><head><link rel="next" href="?page=2"></head><body><p>Últimas noticias</p></body></html>'
        )


def test_sitemap_index_leads_on() -> None:
    index = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>'
    assert read("sitemap", index).more == ("https://uno.pe/a.xml",)


def test_listing_keeps_only_links_of_the_pages_form() -> None:
    page = (
        '<a href="/nota-5#c">Cinco</a><a href="/nota-5">otra vez</a><a href="/tema">no</a><a href="javascript:x">no</a>'
    )
    assert [i.url for i in read("listing", page).items] == ["https://uno.pe/nota-5"]


@pytest.mark.parametrize(
    ("mark", "more"),
    [
        ('<a rel="nofollow next" href="?page=2">›</a>', ("https://uno.pe/lista?page=2",)),
        ('<a rel="next" href="/lista#abajo">›</a>', ()),  # leads to itself
        ('<a href="?page=2">siguiente</a>', ()),
    ],
)
def test_listing_leads_on_to_the_page_it_calls_next(mark: str, more: tuple[str, ...]) -> None:
    assert read("listing", f'<html><body><a href="/nota-5">Cinco</a>{mark}</body></html>').more == more


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("feed", "<!doctype html><html><body>Error</body></html>", "html_instead_of_feed"),
        ("feed", "<rss><channel><title>x</title></channel></rss>", "empty_list"),
        ("feed", "<rss><channel><item>", "broken_xml"),
        ("sitemap", "<!DOCTYPE html><html></html>", "html_instead_of_sitemap"),
        ("listing", "<p>nada</p>", "empty_list"),
        ("gazette", "<p>nada</p>", "gazette_without_total"),
    ],
)
def test_a_list_that_gives_nothing_is_a_failure_with_a_name(kind: str, text: str, reason: str) -> None:
    with pytest.raises(ListingError, match=reason):
        read(kind, text)


def test_a_quiet_day_of_the_gazette_is_no_failure() -> None:
    assert read("gazette", "<p>0 dispositivos encontrados</p>").items == ()


def test_entities_do_not_expand() -> None:
    for kind in ("feed", "sitemap"):
        try:
            listing = read(kind, BOMB)
        except ListingError:
            continue
        assert all(len(item.title or "") < 1000 for item in listing.items)


@given(st.sampled_from(["feed", "sitemap", "listing", "gazette"]), st.binary(max_size=400))
def test_garbage_gives_a_list_or_a_named_error(kind: str, body: bytes) -> None:
    try:
        read_listing(kind, body, "https://uno.pe/x", SOURCE)
    except ListingError as error:
        assert str(error)


def test_a_real_day_of_the_gazette(samples: Path) -> None:
    url = "https://busquedas.elperuano.pe/?fechaIni=20260807&fechaFin=20260807&tipoPublicacion=NL&ci=ONLY&start={}"
    first, second = (
        read_listing(
            "gazette", (samples / f"elperuano/listado-NL-20260807-start{n}.html").read_bytes(), url.format(n), SOURCE
        )
        for n in (0, 20)
    )
    assert (len(first.items), len(second.items), first.declared_total) == (20, 12, 32)
    assert first.more == (url.format(20),)
    assert second.more == ()


def test_a_bad_item_costs_only_itself() -> None:
    sitemap = SITEMAP.replace(
        "</urlset>",
        "<url><loc>http://[bad/</loc></url><url><loc>/nota-6</loc><lastmod>0001-01-01T00:00:00+05:00</lastmod></url></urlset>",
    )
    listing = read("sitemap", sitemap)
    assert [i.url for i in listing.items] == ["https://uno.pe/nota-3", "https://uno.pe/nota-4", "https://uno.pe/nota-6"]
    assert listing.items[2].updated_at is None
    assert listing.warnings == ("bad_items:1",)
    feed = read("feed", FEED.replace("<item><title>Sin", "<item><link>http://[bad/</link></item><item><title>Sin"))
    assert [i.url for i in feed.items] == [
        "https://uno.pe/nota-1",
        "https://uno.pe/nota-2",
    ]  # feedparser empties such a link


def test_parts_of_an_index_come_newest_first() -> None:
    days = ("", "2026-10-01", "2026-11-01T05:00:00+00:00", "nunca", "9999-12-31T23:00:00-05:00")
    parts = "".join(f"<sitemap><loc>/{n}.xml</loc><lastmod>{day}</lastmod></sitemap>" for n, day in enumerate(days))
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>'
    assert [url[-5] for url in read("sitemap", index).more] == ["2", "1", "0", "3", "4"]


def test_a_list_in_several_pages_is_not_whole() -> None:
    assert read("feed", FEED).is_whole
    assert not read("listing", '<a href="/nota-5">x</a><a rel="next" href="?page=2">2</a>').is_whole
