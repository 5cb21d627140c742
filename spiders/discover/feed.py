"""RSS and Atom feeds."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from urllib.parse import urljoin

import feedparser

from spiders.dates import parse_instant, parse_mail_date
from spiders.discover.listing import BROKEN_XML, Found, Listing, ListingError, bad_items, read_each
from warehouse.records import LIMA

# A feed under the wrong content type or charset is still read right, and nothing of it is lost.
HARMLESS = (feedparser.NonXMLContentType, feedparser.CharacterEncodingOverride)
ZONED = re.compile(r"(?:[+-]\d{2}:?\d{2}|\b(?:Z|UTC?|GMT|[ECMP][SD]T)|\dZ)\s*$", re.IGNORECASE)
HTML_START = re.compile(rb"^\s*(?:<!doctype html|<html)", re.IGNORECASE)


def read_feed(body: bytes, url: str, headers: Mapping[str, str], zone: tzinfo | None = LIMA) -> Listing:
    """Items of a feed; ``zone`` is that of dates that bear none, None: their time is unknown."""
    if HTML_START.match(body):
        raise ListingError("html_instead_of_feed")
    parsed = feedparser.parse(body, response_headers={**headers, "content-location": url}, sanitize_html=False)
    is_broken = bool(parsed.bozo) and not isinstance(parsed.get("bozo_exception"), HARMLESS)
    items, bad = read_each(parsed.entries, lambda entry: _feed_item(entry, url, zone))
    if not items and is_broken:
        raise ListingError("broken_xml")
    return Listing(items, warnings=((BROKEN_XML,) if is_broken else ()) + bad_items(bad))


def _feed_item(entry: Any, url: str, zone: tzinfo | None) -> Found | None:
    link = entry.get("link")
    if not link:
        return None
    return Found(
        urljoin(url, link),
        entry.get("title") or None,
        _instant(entry, "published", zone),
        _instant(entry, "updated", zone),
    )


def _instant(entry: Any, name: str, zone: tzinfo | None) -> datetime | None:
    """A feed date; None when it is missing, beyond the calendar, or of a zone that nobody knows.

    Where it bears no zone feedparser takes some forms for UTC, bare days too, and others for none: an evening in Lima would
    become the next day. So those are read here, and feedparser is asked of dates with a zone only.
    """
    text = dict.get(entry, name)
    if dated := parse_instant(text, zone) or parse_mail_date(text, zone):
        return dated[0]
    parsed = dict.get(entry, f"{name}_parsed")
    if parsed is None or not ZONED.search(text or ""):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (OverflowError, ValueError, OSError):
        return None
