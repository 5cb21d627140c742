"""Trying a source by hand: what works now of its robots.txt, its ways in, and one of its pages; nothing is kept.

Here: the questions and their answers. Not here: printing them (``flows``), the nightly crawl (``crawl``).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from spiders.discover import Found, Listing, ListingError, read_listing
from spiders.discover.bills import request_of
from spiders.extract import NotArticle, Page, Unreadable, extract
from spiders.fetch import FetchError, fetch_page, fetch_robots
from spiders.registry import Source, Way
from warehouse.records import Document

PAGES_TRIED = 3  # of the newest items; one that reads well is enough


@dataclass(frozen=True, slots=True)
class Asker:
    """By whom, how long and how often is asked."""

    user_agent: str
    timeout_s: float
    delay_s: float | None = None  # over the source's own
    allow_loopback: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing tried."""

    name: str
    is_well: bool
    what: str


@dataclass(slots=True)
class Probe:
    """Asks one source, politely, one request after the other."""

    source: Source
    asker: Asker
    today: date
    items: list[Found] = field(default_factory=list)
    hints: dict[str, tuple[str, Found]] = field(default_factory=dict)

    def run(self) -> Iterator[Finding]:
        """robots.txt, every way in (the doubtful too), the newest item, one page read."""
        if not self.source.ways:
            yield Finding("ways", is_well=False, what="no way in is known")
            return
        yield self._robots()
        for way in self.source.ways:
            yield self.try_way(way)
        dated = [item.published_at for item in self.items if item.published_at]
        if dated:
            yield self._newest(max(dated))
        yield self._page()

    def _robots(self) -> Finding:
        home = self.source.home or self.source.ways[0].url
        try:
            rules = fetch_robots(
                home, self.asker.user_agent, self.asker.timeout_s, allow_loopback=self.asker.allow_loopback
            )
        except FetchError as error:
            return Finding("robots", is_well=False, what=str(error))
        delay = rules.crawl_delay(self.asker.user_agent)
        return Finding("robots", is_well=True, what=f"asks for {delay:g} s between requests" if delay else "read")

    def try_way(self, way: Way) -> Finding:
        """One way in: how many of its items are pages of the source."""
        name = f"{way.kind}{' (doubtful)' if way.doubtful else ''}"
        url = way.url.replace("{day}", f"{self.today:%Y%m%d}")
        try:
            listing = self._list(way.kind, url)
            if not listing.items and listing.more:  # an index: its first part shows whether the rest can be read
                listing = self._list(way.kind, listing.more[0])
        except (FetchError, ListingError) as error:
            return Finding(name, is_well=False, what=f"{error} at {url}")
        wanted = [item for item in listing.items if self.source.is_article(item.url)]
        self.items += wanted
        self.hints |= {item.url: (way.kind, item) for item in wanted}
        count = f"{len(wanted)} of {len(listing.items)} items are pages of the source, at {url}"
        return Finding(name, is_well=bool(wanted) or listing.declared_total == 0, what=count)

    def _list(self, kind: str, url: str) -> Listing:
        address, post = request_of(url) if kind == "bills" else (url, None)
        page = self._fetch(address, post)
        base = url if kind == "bills" else page.url
        return read_listing(kind, page.body, base, self.source, {"content-type": page.content_type or ""})

    def _fetch(self, url: str, post: bytes | None = None) -> Page:
        time.sleep(self.source.delay_s if self.asker.delay_s is None else self.asker.delay_s)
        return fetch_page(
            url,
            self.asker.user_agent,
            self.asker.timeout_s,
            allow_loopback=self.asker.allow_loopback,
            hosts=self.source.registered_hosts,
            post=post,
        )

    def _newest(self, newest: datetime) -> Finding:
        allowed = self.source.newest_item_hours
        age = datetime.now(newest.tzinfo) - newest
        is_well = allowed is None or age <= timedelta(hours=allowed)
        return Finding(
            "newest", is_well, f"{newest:%Y-%m-%d %H:%M} UTC" + ("" if is_well else f", older than {allowed} hours")
        )

    def _page(self) -> Finding:
        if not self.items:
            return Finding("page", is_well=False, what="no item to read")
        why = ""
        for item in self.items[:PAGES_TRIED]:
            try:
                document = self.read(item)
            except (FetchError, NotArticle, Unreadable) as error:
                why = why or f"{error} at {item.url}"
                continue
            return Finding("page", is_well=True, what=describe(document))
        return Finding("page", is_well=False, what=why)

    def read(self, item: Found) -> Document:
        """The first document of an item's page."""
        way, found = self.hints.get(item.url, ("listing", item))
        page = Page(item.url, item.content, "application/json") if item.content else self._fetch(item.url)
        hinted = Page(
            url=page.url,
            body=page.body,
            content_type=page.content_type,
            source=self.source,
            hint_title=found.title,
            hint_published_at=found.published_at,
            hint_from=way if found.published_at else None,
        )
        return extract(hinted)[0]


def describe(document: Document) -> str:
    """A document in one line: words, day and how it was found, title, address."""
    day = f"{document.published_at:%Y-%m-%d} by {document.published_from}" if document.published_at else "undated"
    return f"{len(document.text.split())} words, {day}, “{document.title}”, {document.url}"
