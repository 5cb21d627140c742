"""What a feed, a news sitemap or a listing page names: addresses, and what it says of them.

Pure functions of the bytes. Belongs here: reading the lists. Not here: asking for them (``crawl``), or deciding what is
new (the frontier in ``warehouse.ops``).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import feedparser
from lxml import etree, html

from spiders.registry import Source

MAXIMUM_ITEMS = 5000  # a list longer than this is not a news list; the rest is left out and said
SITEMAP_NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
GAZETTE_TOTAL = re.compile(r"(\d+)\s+dispositivos?\s+encontrad", re.IGNORECASE)
GAZETTE_PAGE = 20  # norms on one page of the gazette's day list
# A feed under the wrong content type or charset is still read right, and nothing of it is lost.
HARMLESS = (feedparser.NonXMLContentType, feedparser.CharacterEncodingOverride)
BROKEN_XML = "broken_xml"
LONG_AGO = datetime.min.replace(tzinfo=UTC)
HTML_START = re.compile(rb"^\s*(?:<!doctype html|<html)", re.IGNORECASE)


Entry = TypeVar("Entry")


class ListingError(Exception):
    """A list that cannot be read, or is not the list it should be; the message is the counted reason."""


@dataclass(frozen=True, slots=True)
class Found:
    """One address a list names."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One list as read: its items, and lists it refers to (sitemap indexes, further pages)."""

    items: tuple[Found, ...]
    more: tuple[str, ...] = ()
    declared_total: int | None = None
    truncated: bool = False
    warnings: tuple[str, ...] = field(default=())

    @property
    def is_whole(self) -> bool:
        """Whether this one answer held the whole list, so that "unchanged" next time means that nothing is missed."""
        return not self.more and not self.truncated and BROKEN_XML not in self.warnings


def read_listing(kind: str, body: bytes, url: str, source: Source, headers: Mapping[str, str] | None = None) -> Listing:
    """Read one list.

    Args:
        kind: the way's kind: feed, sitemap, listing or gazette.
        body: bytes as decoded by the HTTP layer.
        url: final address, base of relative links.
        source: whose list it is.
        headers: HTTP response headers, for the declared charset.

    Raises:
        ListingError: nothing usable; an empty list raises too, since a list that parses to nothing is a failure.
    """
    if kind == "feed":
        listing = _read_feed(body, url, headers or {})
    elif kind == "sitemap":
        listing = _read_sitemap(body, url)
    elif kind == "gazette":
        listing = _read_gazette(body, url)
    else:
        listing = _read_page(body, url, source)
    if not listing.items and not listing.more and listing.declared_total != 0:
        raise ListingError("empty_list")
    if len(listing.items) > MAXIMUM_ITEMS:
        listing = replace(listing, items=listing.items[:MAXIMUM_ITEMS], truncated=True)
    return listing


def _read_feed(body: bytes, url: str, headers: Mapping[str, str]) -> Listing:
    if HTML_START.match(body):
        raise ListingError("html_instead_of_feed")
    parsed = feedparser.parse(body, response_headers={**headers, "content-location": url}, sanitize_html=False)
    is_broken = bool(parsed.bozo) and not isinstance(parsed.get("bozo_exception"), HARMLESS)
    items, bad = _each(parsed.entries, lambda entry: _feed_item(entry, url))
    if not items and is_broken:
        raise ListingError("broken_xml")
    return Listing(items, warnings=((BROKEN_XML,) if is_broken else ()) + _bad_items(bad))


def _feed_item(entry: Any, url: str) -> Found | None:
    link = entry.get("link")
    if not link:
        return None
    return Found(
        urljoin(url, link),
        entry.get("title") or None,
        _instant(dict.get(entry, "published_parsed")),
        _instant(dict.get(entry, "updated_parsed")),
    )


def _each(entries: Iterable[Entry], read: Callable[[Entry], Found | None]) -> tuple[tuple[Found, ...], int]:
    """What can be read of a list's entries, and how many could not: a bad one costs only itself."""
    items, bad = [], 0
    for entry in entries:
        try:
            item = read(entry)
        except (ValueError, OverflowError):
            bad += 1
            continue
        if item is not None:
            items.append(item)
    return tuple(items), bad


def _bad_items(count: int) -> tuple[str, ...]:
    return (f"bad_items:{count}",) if count else ()


def _instant(parsed: tuple[int, ...] | None) -> datetime | None:
    """A feed date, which feedparser gives as UTC; None when it is missing or beyond the calendar."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _read_sitemap(body: bytes, url: str) -> Listing:
    if HTML_START.match(body):
        raise ListingError("html_instead_of_sitemap")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.parse(BytesIO(body), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise ListingError("broken_xml") from error
    if root is None:
        raise ListingError("broken_xml")
    children, bad_children = _each(root.iterfind(".//s:sitemap", SITEMAP_NAMESPACES), lambda n: _sitemap_item(n, url))
    more = sorted(children, key=lambda c: c.updated_at or LONG_AGO, reverse=True)  # stable: undated ones last, in order
    items, bad = _each(root.iterfind("s:url", SITEMAP_NAMESPACES), lambda n: _sitemap_item(n, url))
    return Listing(items, tuple(c.url for c in more), warnings=_bad_items(bad + bad_children))


def _sitemap_item(node: etree._Element, url: str) -> Found | None:
    loc = (node.findtext("s:loc", None, SITEMAP_NAMESPACES) or "").strip()
    if not loc:
        return None
    news = node.find("n:news", SITEMAP_NAMESPACES)
    title = published = None
    if news is not None:
        title = news.findtext("n:title", None, SITEMAP_NAMESPACES)
        published = parse_w3c(news.findtext("n:publication_date", None, SITEMAP_NAMESPACES))
    lastmod = node.findtext("s:lastmod", None, SITEMAP_NAMESPACES)
    updated = _some_instant(lastmod) if etree.QName(node).localname == "sitemap" else parse_w3c(lastmod)
    return Found(urljoin(url, loc), title.strip() if title else None, published, updated)


def parse_w3c(text: str | None) -> datetime | None:
    """A W3C date-time with a zone. A day without time or zone, or one beyond the calendar, is no instant: None."""
    try:
        value = datetime.fromisoformat((text or "").strip())
        return value.astimezone(UTC) if value.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _some_instant(text: str | None) -> datetime | None:
    """When a part of an index last changed, to put the parts in order: a bare day will do."""
    try:
        value = datetime.fromisoformat((text or "").strip())
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _parse_html(body: bytes) -> html.HtmlElement:
    try:
        return html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ListingError("broken_html") from error


def _links(tree: html.HtmlElement, url: str) -> list[tuple[str, str]]:
    """(absolute address, link text) of a page's links, in order, each address once."""
    seen: dict[str, str] = {}
    for anchor in tree.iter("a"):
        href = (anchor.get("href") or "").strip()
        if href and not href.startswith(("#", "javascript:", "mailto:", "tel:")):
            try:
                target = urljoin(url, href).partition("#")[0]
            except ValueError:
                continue
            seen.setdefault(target, " ".join(" ".join(anchor.itertext()).split()))
    return list(seen.items())


def _read_page(body: bytes, url: str, source: Source) -> Listing:
    tree = _parse_html(body)
    pattern = re.compile(source.link_pattern or source.article_pattern or "$^")
    found = tuple(Found(link, text or None) for link, text in _links(tree, url) if pattern.search(link))
    return Listing(found, _next_page(tree, url))


def _next_page(tree: html.HtmlElement, url: str) -> tuple[str, ...]:
    """The further page a listing names by ``rel="next"``, in its head or in a link."""
    for node in tree.iter("link", "a"):
        if "next" in (node.get("rel") or "").lower().split() and (href := (node.get("href") or "").strip()):
            try:
                target = urljoin(url, href).partition("#")[0]
            except ValueError:
                continue
            return (target,) if target != url else ()
    return ()


def _read_gazette(body: bytes, url: str) -> Listing:
    """A day of the gazette: norm pages, and the further pages up to the printed total."""
    tree = _parse_html(body)
    norms = [Found(link, text or None) for link, text in _links(tree, url) if "/dispositivo/NL/" in link]
    norms = [n for n in norms if not n.url.rstrip("/").endswith("/pdf")]
    printed = GAZETTE_TOTAL.search(" ".join(" ".join(tree.itertext()).split()))
    if printed is None:
        raise ListingError("gazette_without_total")
    total = int(printed.group(1))
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    try:
        start = int(query.get("start") or 0)
    except ValueError as error:
        raise ListingError("gazette_with_a_bad_start") from error
    more: tuple[str, ...] = ()
    if start + GAZETTE_PAGE < total:
        query["start"] = str(start + GAZETTE_PAGE)
        more = (urlunsplit(parts._replace(query=urlencode(query))),)
    return Listing(tuple(norms), more, declared_total=total)
