"""The search of gob.pe: JSON, 25 results a sheet, the newest first, addresses inside HTML anchors, dates in Spanish."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree, html

from spiders.dates import at_day, find_day
from spiders.discover.listing import Found, Listing, ListingError, bad_items, read_each

SHEET = 25


def read_gobpe(body: bytes, url: str) -> Listing:
    """One sheet of results.

    Raises:
        ListingError: not JSON, or of another shape; that must never look like "nothing new".
    """
    try:
        answer = json.loads(body)
        results: Any = answer["data"]["attributes"]["results"]
    except (ValueError, RecursionError) as error:
        raise ListingError("broken_json") from error
    except (KeyError, TypeError) as error:
        raise ListingError("json_of_unknown_shape") from error
    if not isinstance(results, list):
        raise ListingError("json_of_unknown_shape")
    items, bad = read_each(results, lambda result: _item(result, url))
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    sheet = int(query.get("sheet") or 1) if (query.get("sheet") or "1").isdigit() else 1
    more: tuple[str, ...] = ()
    if len(results) >= SHEET:
        asked = [(k, v) for k, v in parse_qsl(parts.query) if k != "sheet"]
        more = (urlunsplit(parts._replace(query=urlencode([*asked, ("sheet", str(sheet + 1))]))),)
    past_the_end = sheet > 1 and not results
    return Listing(items, more, declared_total=0 if past_the_end else None, warnings=bad_items(bad))


def _item(result: Any, url: str) -> Found | None:
    """A result; one without an address names no page."""
    if not isinstance(result, dict):
        raise TypeError("a result is no object")
    anchor = _parse_anchor(str(result.get("url") or ""))
    href = anchor.get("href") if anchor is not None else None
    if not href:
        return None
    name = result.get("name") or result.get("name_with_parent") or (anchor.text_content() if anchor is not None else "")
    day = find_day(str(result.get("publication") or ""))
    return Found(urljoin(url, href.strip()), " ".join(str(name).split()) or None, at_day(day) if day else None)


def _parse_anchor(text: str) -> html.HtmlElement | None:
    try:
        fragment = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError("no anchor") from error
    return fragment.find(".//a")
