"""A list as read: the addresses it names and what it says of them; the form that every kind of list is brought into.

Here: the records, and what several readers share. Not here: reading any one kind of list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urljoin

from lxml import etree, html

BROKEN_XML = "broken_xml"

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
    content: bytes | None = None  # where the list itself holds all there is of the item


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


def read_each(entries: Iterable[Entry], read: Callable[[Entry], Found | None]) -> tuple[tuple[Found, ...], int]:
    """What can be read of a list's entries, and how many could not: a bad one costs only itself."""
    items, bad = [], 0
    for entry in entries:
        try:
            item = read(entry)
        except (ValueError, TypeError, OverflowError):
            bad += 1
            continue
        if item is not None:
            items.append(item)
    return tuple(items), bad


def bad_items(count: int) -> tuple[str, ...]:
    """The warning of entries that could not be read."""
    return (f"bad_items:{count}",) if count else ()


def parse_w3c(text: str | None) -> datetime | None:
    """A W3C date-time with a zone. A day without time or zone, or one beyond the calendar, is no instant: None."""
    try:
        value = datetime.fromisoformat((text or "").strip())
        return value.astimezone(UTC) if value.tzinfo else None
    except (ValueError, OverflowError):
        return None


def parse_html(body: bytes) -> html.HtmlElement:
    """The tree of a page that lists others."""
    try:
        return html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ListingError("broken_html") from error


def links(tree: html.HtmlElement, url: str) -> list[tuple[str, str]]:
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
