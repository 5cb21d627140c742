"""Sitemaps: news sitemaps, plain ones, and indexes of either."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urljoin

from lxml import etree

from spiders.discover.feed import HTML_START
from spiders.discover.listing import BROKEN_XML, Found, Listing, ListingError, bad_items, parse_w3c, read_each

NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def read_sitemap(body: bytes, url: str) -> Listing:
    """Addresses of a sitemap, or the parts of an index."""
    if HTML_START.match(body):
        raise ListingError("html_instead_of_sitemap")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.parse(BytesIO(body), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise ListingError("broken_xml") from error
    if root is None:
        raise ListingError("broken_xml")
    children, bad_children = read_each(root.iterfind(".//s:sitemap", NAMESPACES), lambda n: _sitemap_item(n, url))
    more = sorted(children, key=lambda c: c.updated_at or LONG_AGO, reverse=True)  # stable: undated ones last, in order
    items, bad = read_each(root.iterfind("s:url", NAMESPACES), lambda n: _sitemap_item(n, url))
    torn = (BROKEN_XML,) if any(e.level == etree.ErrorLevels.FATAL for e in parser.error_log) else ()
    return Listing(items, tuple(c.url for c in more), warnings=torn + bad_items(bad + bad_children))


def _sitemap_item(node: etree._Element, url: str) -> Found | None:
    loc = (node.findtext("s:loc", None, NAMESPACES) or "").strip()
    if not loc:
        return None
    news = node.find("n:news", NAMESPACES)
    title = published = None
    if news is not None:
        title = news.findtext("n:title", None, NAMESPACES)
        published = parse_w3c(news.findtext("n:publication_date", None, NAMESPACES))
    lastmod = node.findtext("s:lastmod", None, NAMESPACES)
    updated = _some_instant(lastmod) if etree.QName(node).localname == "sitemap" else parse_w3c(lastmod)
    return Found(urljoin(url, loc), title.strip() if title else None, published, updated)


def _some_instant(text: str | None) -> datetime | None:
    """When a part of an index last changed, to put the parts in order: a bare day will do."""
    try:
        value = datetime.fromisoformat((text or "").strip())
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
