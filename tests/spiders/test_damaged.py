"""Sound feeds, pages and reports with pieces cut out, doubled, swapped or put in: documents, or a refusal that has a name.

Random bytes (``test_extract``, ``test_discover``) seldom get past a parser's first look; what is almost sound does.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.dates import day_in_url, find_dateline, find_day, find_month, find_month_line, parse_instant
from spiders.discover import read_listing
from spiders.discover.listing import ListingError
from spiders.extract import NotArticle, Page, Unreadable, extract
from spiders.registry import Source, Way
from tests.newsroom import load_press
from tests.newsroom.pdf import make_pdf

SOURCE = Source(
    id="uno",
    name="Uno",
    kind="national_news",
    home="https://uno.pe",
    ways=(Way(kind="feed", url="https://uno.pe/rss"),),
    article_pattern=r"/nota-\d+$",
)
FEED = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Uno</title>
<item><title>Paro &amp; marcha</title><link>https://uno.pe/nota-1</link><pubDate>Sun, 25 Oct 2026 23:30:00 -0500</pubDate></item>
<item><title><![CDATA[Cupos <b>en</b> Comas]]></title><link>/nota-2</link><dc:date>2026-10-24T10:00:00Z</dc:date></item></channel></rss>"""
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://uno.pe/nota-1</loc><lastmod>2026-10-25</lastmod><news:news><news:publication_date>2026-10-25T08:00:00-05:00</news:publication_date>
<news:title>Paro</news:title></news:news></url><url><loc>https://uno.pe/nota-2</loc></url></urlset>"""
HTML = """<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>Balean combi | Uno</title>
<meta property="article:published_time" content="2026-10-25T08:00:00-05:00"><link rel="canonical" href="https://uno.pe/nota-1">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Balean combi",
"datePublished":"2026-10-25T08:00:00-05:00","author":[{"@type":"Person","name":"Ana"}]}]}</script></head><body><article><h1>Balean combi</h1>
<p>Dos sujetos en moto dispararon contra una combi en la avenida Túpac Amaru, en Comas, cuando iba llena de pasajeros.</p>
<p>El chofer contó que a la empresa le exigían un cupo diario desde hace tres meses.<br>La policía investiga.</p></article></body></html>""".encode()
PDF = make_pdf(next(p for p in load_press().pages if p.kind == "report"), "Observatorio", monthly=True)
PIECES = [
    b"<", b"</p>", b"]]>", b"&#0;", b"&#xD800;", b"\x00", b"\xff\xfe", b"<script>", b"<!--", b"%%EOF", b"endobj", b"<<", b"/Length -1",
    b"/Kids [1 0 R]", b"99999999999999999999", b"null", b"{", b'"', "ñ".encode(), b"<![CDATA[", b"9999-99-99", b"</html>" * 3,
]  # fmt: skip
PARTS = [
    "5",
    "31",
    "de",
    "febrero",
    "octubre",
    "del",
    "2026",
    "0000",
    "99999",
    "/",
    "-",
    "T25:61:61",
    "Z",
    "+99:99",
    "Lima,",
    "²",
    "٣",
    "Boletín",
    "\n",
]


@st.composite
def damaged(draw: st.DrawFn, sound: bytes) -> bytes:
    """Sound bytes after a few accidents."""
    body = bytearray(sound)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(body)))
        end = min(len(body), at + draw(st.integers(0, 60)))
        match draw(st.sampled_from(["cut", "put", "double", "flip", "end"])):
            case "cut":
                del body[at:end]
            case "put":
                body[at:at] = draw(st.sampled_from(PIECES))
            case "double":
                body[at:at] = body[at:end]
            case "flip":
                body[at:end] = bytes(b ^ draw(st.integers(1, 255)) for b in body[at:end][:4])
            case _:
                del body[max(at, 40) :]
    return bytes(body)


@settings(max_examples=80, deadline=None, derandomize=True)
@pytest.mark.parametrize(
    ("kind", "sound"), [("feed", FEED), ("sitemap", SITEMAP), ("listing", HTML), ("gazette", HTML)]
)
@given(data=st.data())
def test_lists(kind: str, sound: bytes, data: st.DataObject) -> None:
    try:
        found = read_listing(kind, data.draw(damaged(sound)), "https://uno.pe/x", SOURCE)
    except ListingError as error:
        assert str(error)
    else:
        assert all(item.url for item in found.items)


@settings(max_examples=80, deadline=None, derandomize=True)
@pytest.mark.parametrize(("kind", "sound"), [("text/html", HTML), ("application/pdf", PDF), ("text/plain", HTML)])
@given(data=st.data())
def test_pages(kind: str, sound: bytes, data: st.DataObject) -> None:
    try:
        documents = extract(Page("https://uno.pe/nota-1", data.draw(damaged(sound)), kind, source=SOURCE))
    except (NotArticle, Unreadable) as error:
        assert str(error)
    else:
        assert documents
        assert all((d.text and d.published_precision == "unknown") or d.published_at for d in documents)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(PARTS), max_size=9).map(" ".join),
        st.lists(st.sampled_from(PARTS), max_size=9).map("".join),
    )
)
def test_dates(text: str) -> None:
    for found in (find_day(text), find_dateline(text.split("\n")), day_in_url(f"https://uno.pe/{text}")):
        assert found is None or isinstance(found, date)
    for found in (parse_instant(text), find_month(text), find_month_line(text.split("\n"))):
        assert found is None or found[0].tzinfo is not None
