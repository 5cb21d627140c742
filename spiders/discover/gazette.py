"""The official gazette's lists: a day by its search page, and today by the other site, whose op codes are compared."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from spiders.discover.listing import Found, Listing, ListingError, links, parse_html

GAZETTE_TOTAL = re.compile(r"(\d+)\s+dispositivos?\s+encontrad", re.IGNORECASE)
OP_CODE = re.compile(r"(?<=/dispositivo/NL/|/dispositivo/EX/)\d{5,9}-\d{1,3}")
GAZETTE_PAGE = 20  # norms on one page of the gazette's day list


def read_gazette(body: bytes, url: str) -> Listing:
    """A day of the gazette: norm pages, and the further pages up to the printed total."""
    tree = parse_html(body)
    norms = [Found(link, text or None) for link, text in links(tree, url) if "/dispositivo/NL/" in link]
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


def read_gazette_today(body: bytes, url: str) -> Listing:
    """Today's norms as the gazette's other site lists them: whatever links carry an op code, at the addresses of the first."""
    tree = parse_html(body)
    found: dict[str, Found] = {}
    for link, text in links(tree, url):
        if code := OP_CODE.search(link):
            found.setdefault(code[0], Found(link.removesuffix("/pdf"), text or None))
    return Listing(tuple(found.values()))


def op_code(url: str) -> str | None:
    """The op code of a norm's address, its key on every site of the gazette."""
    code = OP_CODE.search(url)
    return code[0] if code else None
