"""The bill list of Congress: asked for by POST with a JSON body, a thousand rows a page; each row is all there is of a bill.

An address stands for a request: the body's fields are written as the query (``…/lista-con-filtro?codTipoParl=D&perParId=2026``).
A bill's own address is the list asked for that bill alone.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from spiders.discover.listing import Found, Listing, ListingError, bad_items, parse_w3c, read_each

PAGE_ROWS = 1000
PERIOD_YEARS = 5
PAGING = frozenset({"pageSize", "rowStart"})
VOLATILE = frozenset({"rowsTotal"})  # says nothing of the bill


def request_of(url: str) -> tuple[str, bytes]:
    """(address to post to, JSON body) of an address that stands for a request."""
    parts = urlsplit(url)
    asked = {k: int(v) if v.isdigit() else v for k, v in parse_qsl(parts.query)}
    body = {"pageSize": PAGE_ROWS, "rowStart": 0, **asked}
    return urlunsplit(parts._replace(query="")), json.dumps(body, sort_keys=True).encode()


def page_address(url: str, number: int) -> str:
    """The address of a list's page; 0 is the first."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    size = page_rows(url)
    return urlunsplit(parts._replace(query=urlencode({**asked, "pageSize": size, "rowStart": number * size})))


def page_rows(url: str) -> int:
    """Rows of a whole page of a list."""
    return int(dict(parse_qsl(urlsplit(url).query)).get("pageSize") or PAGE_ROWS)


def period_of(url: str) -> range:
    """The years of the parliamentary period that a list is of; none when its address names no period."""
    first = dict(parse_qsl(urlsplit(url).query)).get("perParId", "")
    return range(int(first), int(first) + PERIOD_YEARS + 1) if first.isdigit() else range(0)


def read_bills(body: bytes, url: str) -> Listing:
    """One page of the list, each item with its row as its content.

    Raises:
        ListingError: not JSON, another shape than the service's, or bills of another series than the one asked for (which
            is what comes, with status 200, where the series is not understood).
    """
    try:
        rows: Any = json.loads(body)["data"]["proyectos"]
    except (ValueError, RecursionError) as error:
        raise ListingError("broken_json") from error
    except (KeyError, TypeError) as error:
        raise ListingError("json_of_unknown_shape") from error
    if not isinstance(rows, list):
        raise ListingError("json_of_unknown_shape")
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    series = asked.get("codTipoParl")
    if series and any(isinstance(row, dict) and row.get("codTipoParl", series) != series for row in rows):
        raise ListingError("other_series")
    bare = urlunsplit(parts._replace(query=""))
    items, bad = read_each(rows, lambda row: _item(row, bare, series or "C"))
    size, start = page_rows(url), int(asked.get("rowStart") or 0)
    more: tuple[str, ...] = ()
    if len(rows) == size:  # fewer: the last page; more: the service ignored the paging and sent everything
        more = (f"{bare}?{urlencode({**asked, 'pageSize': size, 'rowStart': start + size})}",)
    past_the_end = start > 0 and not rows
    return Listing(items, more, declared_total=0 if past_the_end else None, warnings=bad_items(bad))


def _item(row: Any, bare: str, series: str) -> Found:
    if not isinstance(row, dict):
        raise TypeError("a row is no object")
    period, number, title = row.get("perParId"), row.get("pleyNum"), row.get("titulo")
    if not isinstance(period, int) or not isinstance(number, int) or not isinstance(title, str):
        raise TypeError("a row without period, number or title")
    kept = {k: v for k, v in row.items() if k not in VOLATILE}
    key = {"codTipoParl": row.get("codTipoParl") or series, "perParId": period, "pleyNum": number}
    record = json.dumps({**kept, "codTipoParl": key["codTipoParl"]}, ensure_ascii=False, sort_keys=True).encode()
    return Found(f"{bare}?{urlencode(key)}", title, parse_w3c(row.get("fecPresentacion")), content=record)
