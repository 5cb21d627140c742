"""What the ways into a source name: addresses, and what the list says of them. One module a kind of list.

Pure functions of the bytes. Belongs here: reading the lists. Not here: asking for them (``crawl``), or deciding what is
new (the frontier in ``warehouse.ops``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spiders.discover.bills import read_bills
from spiders.discover.feed import read_feed
from spiders.discover.gazette import read_gazette, read_gazette_today
from spiders.discover.gobpe import read_gobpe
from spiders.discover.listing import Found, Listing, ListingError
from spiders.discover.pages import read_page
from spiders.discover.sitemap import read_sitemap
from spiders.registry import Source
from warehouse.records import LIMA

__all__ = ["Found", "Listing", "ListingError", "read_listing"]

MAXIMUM_ITEMS = 5000  # a list longer than this is not a news list; the rest is left out and said


def read_listing(kind: str, body: bytes, url: str, source: Source, headers: Mapping[str, str] | None = None) -> Listing:
    """Read one list.

    Args:
        kind: the way's kind, as in the registry.
        body: bytes as decoded by the HTTP layer.
        url: final address, base of relative links; of a list asked for by POST with what was asked as its query.
        source: whose list it is.
        headers: HTTP response headers, for the declared charset.

    Raises:
        ListingError: nothing usable; an empty list raises too, since a list that parses to nothing is a failure.
    """
    match kind:
        case "feed":
            listing = read_feed(body, url, headers or {}, LIMA if source.is_peruvian else None)
        case "sitemap":
            listing = read_sitemap(body, url)
        case "gazette":
            listing = read_gazette(body, url)
        case "gazette_today":
            listing = read_gazette_today(body, url)
        case "gobpe":
            listing = read_gobpe(body, url)
        case "bills":
            listing = read_bills(body, url)
        case _:
            listing = read_page(body, url, source)
    is_index = kind == "sitemap" and listing.more
    if not listing.items and not is_index and listing.declared_total != 0:
        raise ListingError("empty_list")
    if len(listing.items) > MAXIMUM_ITEMS and kind != "bills":  # the bills service may send a whole period at once
        listing = replace(listing, items=listing.items[:MAXIMUM_ITEMS], truncated=True)
    return listing
