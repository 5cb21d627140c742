"""RSS and Atom feeds."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import feedparser

from spiders.dates import parse_instant
from spiders.discover.listing import BROKEN_XML, Found, Listing, ListingError, bad_items, read_each

# A feed under the wrong content type or charset is still read right, and nothing of it is lost.
HARMLESS = (feedparser.NonXMLContentType, feedparser.CharacterEncodingOverride)
HTML_START = re.compile(rb"^\s*(?:<!doctype html|<html)", re.IGNORECASE)


def read_feed(body: bytes, url: str, headers: Mapping[str, str]) -> Listing:
    """Items of a feed."""
    if HTML_START.match(body):
        raise ListingError("html_instead_of_feed")
    parsed = feedparser.parse(body, response_headers={**headers, "content-location": url}, sanitize_html=False)
    is_broken = bool(parsed.bozo) and not isinstance(parsed.get("bozo_exception"), HARMLESS)
    items, bad = read_each(parsed.entries, lambda entry: _feed_item(entry, url))
    if not items and is_broken:
        raise ListingError("broken_xml")
    return Listing(items, warnings=((BROKEN_XML,) if is_broken else ()) + bad_items(bad))


def _feed_item(entry: Any, url: str) -> Found | None:
    link = entry.get("link")
    if not link:
        return None
    return Found(
        urljoin(url, link),
        entry.get("title") or None,
        _instant(entry, "published"),
        _instant(entry, "updated"),
    )


def _instant(entry: Any, name: str) -> datetime | None:
    """A feed date; None when it is missing or beyond the calendar.

    One in ISO form is read as a page's is: feedparser takes it for UTC where it bears no zone, a bare day too.
    """
    if dated := parse_instant(dict.get(entry, name)):
        return dated[0]
    parsed = dict.get(entry, f"{name}_parsed")
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (OverflowError, ValueError, OSError):
        return None
