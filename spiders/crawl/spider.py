"""The one spider: asks for what the job lists, archives every page that came (status 200), logs every end, reads lists.

How a page is read is not its business: articles are archived as they came.
"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy import exceptions as failures
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders.archive import ArchiveWriter, payload_digest
from spiders.crawl.guards import TLS_ERROR, Refused
from spiders.crawl.job import Exchange, Job, Request, as_line
from spiders.discover import Found, Listing, ListingError, read_listing
from spiders.discover.bills import request_of
from spiders.urls import host_of

ITEM_TYPE = "application/json"  # of an item whose content is a row of its list
SYNC_EVERY_S = 0.25  # pages written between two syncs of the archive are logged together, after it

REASONS: dict[type[BaseException], str] = {
    failures.CannotResolveHostError: "dns",
    failures.DownloadConnectionRefusedError: "connection_refused",
    failures.DownloadTimeoutError: "timeout",
    failures.DownloadCancelledError: "too_large",  # the only thing that cancels is our own size limit
    failures.ResponseDataLossError: "connection_lost",
    failures.DownloadFailedError: "connection_lost",
    failures.UnsupportedURLSchemeError: "bad_scheme",
    failures.IgnoreRequest: "refused",
}
# What Scrapy says of refusals for which it has no class of its own.
WORDS = (
    (re.compile(r"maxsize|exceed\w* .*size|larger than"), "too_large"),
    (re.compile("redirect"), "redirects"),
    (TLS_ERROR, "tls"),
)


@dataclass(slots=True)
class _Way:
    """One way into the source, over all pages of its list that were read so far."""

    url: str
    items: int = 0
    pages_asked: int = 1
    pages_read: int = 0
    failure: str | None = None  # the first; a later good page does not mend it
    warnings: list[str] = field(default_factory=list)
    oldest: datetime | None = None
    newest: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None

    def add(self, listing: Listing, etag: str | None, last_modified: str | None) -> None:
        """Take one page of the list in. Validators are kept only when the first page was all there is."""
        is_whole = self.pages_read == 0 and listing.is_whole
        self.etag, self.last_modified = (etag, last_modified) if is_whole else (None, None)
        self.pages_read += 1
        self.items += len(listing.items)
        dates = [item.published_at for item in listing.items if item.published_at]
        self.oldest = min([*dates, *([self.oldest] if self.oldest else [])], default=None)
        self.newest = max([*dates, *([self.newest] if self.newest else [])], default=None)
        for warning in (*listing.warnings, *(["list_truncated"] if listing.truncated else [])):
            self.warn(warning)

    def warn(self, warning: str) -> None:
        """Note something wrong that costs only part of the list."""
        if warning not in self.warnings:
            self.warnings.append(warning)

    def fail(self, reason: str) -> None:
        """Note that a page of the list could not be had or read."""
        self.failure = self.failure or reason

    def line(self) -> dict[str, object]:
        """What the log says of it so far; ``partly`` while further pages are under way, and for good where the crawl is cut off."""
        if self.failure is not None:
            return {"url": self.url, "state": "error", "items": self.items, "reason": self.failure}
        return {
            "url": self.url,
            "state": "read" if self.pages_read == self.pages_asked else "partly",
            "items": self.items,
            "oldest": self.oldest,
            "newest": self.newest,
            "warnings": self.warnings,
            "etag": self.etag,
            "last_modified": self.last_modified,
        }


class PageSpider(scrapy.Spider):
    """Carries out one `Job`."""

    name = "chasqui"

    def __init__(self, job: Job, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job
        self._archive = ArchiveWriter(job.archive, job.source.id, job.run_id)
        self._log = job.log.open("a", encoding="utf-8", errors="replace")  # half a surrogate pair costs its letter
        self._waiting: list[str] = []
        self._synced_at = time.monotonic()
        self._ways: dict[str, _Way] = {}

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The job's requests, in its order."""
        for request in self.job.requests:
            yield self._ask(request, first=request.url)

    def _ask(self, request: Request, first: str) -> scrapy.Request:
        headers = {}
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        url, method, body = request.url, "GET", b""
        if request.way == "bills":
            (url, body), method = request_of(request.url), "POST"
            headers["Content-Type"] = "application/json"
        return scrapy.Request(
            url,
            method=method,
            body=body,
            callback=self.crawl_page,
            errback=self.crawl_failed,
            headers=headers,
            dont_filter=True,
            cb_kwargs={"request": request, "first": first},
        )

    def crawl_page(self, response: Response, request: Request, first: str) -> Iterator[scrapy.Request]:
        """An answer came, whatever its status: archive it, log it, and read it if it is a list."""
        now = datetime.now(UTC)
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        body = response.body if response.status != 304 else b""
        final_url = request.url if request.way == "bills" else response.url  # what was posted is part of the address
        stored = None
        if response.status == 200:
            stored = self._archive.write(final_url, response.status, headers, body, now)
        self._write(
            Exchange(
                url=request.url,
                way=request.way,
                fetched_at=now.isoformat(),
                final_url=final_url,
                status=response.status,
                content_type=_header(response, "Content-Type"),
                body_bytes=len(body),
                digest=stored.digest if stored else None,
                warc_file=stored.file if stored else None,
                warc_offset=stored.offset if stored else None,
                etag=_header(response, "ETag"),
                last_modified=_header(response, "Last-Modified"),
            )
        )
        if request.way != "article":
            yield from self._read_list(response, request, first)

    def _read_list(self, response: Response, request: Request, first: str) -> Iterator[scrapy.Request]:
        way = self._ways.setdefault(first, _Way(first))
        if response.status == 304:
            self._say("way", url=first, state="unchanged", items=0)
            return
        if response.status != 200:
            self._way_failed(first, f"http_{response.status}")
            return
        try:
            headers = {"content-type": _header(response, "Content-Type") or ""}
            base = request.url if request.way == "bills" else response.url
            listing = read_listing(request.way, response.body, base, self.job.source, headers)
        except ListingError as error:
            self._way_failed(first, str(error))
            return
        except (ValueError, OverflowError, LookupError, TypeError, AttributeError, RecursionError) as error:
            # a reader's own mistake; that list failed, the others of this job are still read
            self._way_failed(first, f"error_{type(error).__name__.lower()}")
            return
        for item in listing.items:
            self._say_item(item, request, first)
        further = list(self._follow(listing, request, way))
        way.add(listing, _header(response, "ETag"), _header(response, "Last-Modified"))
        self._say("way", **way.line())
        yield from further

    def _say_item(self, item: Found, request: Request, first: str) -> None:
        """An address found; one whose content came with the list is archived like a page, unless it is known as it is."""
        said = {"way_url": first, "way": request.way, **asdict(item)}
        content = said.pop("content")
        if content is None or request.known.get(item.url) == payload_digest(content):
            self._say("found", **said)
            return
        now = datetime.now(UTC)
        stored = self._archive.write(item.url, 200, [("Content-Type", ITEM_TYPE)], content, now, kind="resource")
        self._say(
            "item",
            **said,
            fetched_at=now,
            digest=stored.digest,
            warc_file=stored.file,
            warc_offset=stored.offset,
            content_type=ITEM_TYPE,
        )

    def _follow(self, listing: Listing, request: Request, way: _Way) -> Iterator[scrapy.Request]:
        """Requests for the further pages a list names, as many as allowed."""
        for url in listing.more:
            if host_of(url) != host_of(request.url):
                way.warn("page_elsewhere")
                continue
            if request.pages is not None and way.pages_asked >= request.pages:
                return
            if way.pages_asked >= self.job.politeness.maximum_list_pages:
                if len(listing.more) > 1:  # an index, newest part first: what is left out is old
                    way.warn("too_many_pages")
                else:
                    way.fail("too_many_pages")
                return
            way.pages_asked += 1
            yield self._ask(request.model_copy(update={"url": url, "etag": None, "last_modified": None}), way.url)

    def _way_failed(self, first: str, reason: str) -> None:
        way = self._ways.setdefault(first, _Way(first))
        way.fail(reason)
        self._say("way", **way.line())

    def crawl_failed(self, failure: Failure) -> None:
        """No usable answer: log why, by name."""
        request: Request = failure.request.cb_kwargs["request"]  # type: ignore[attr-defined]
        first: str = failure.request.cb_kwargs["first"]  # type: ignore[attr-defined]
        reason = _reason(failure)
        now = datetime.now(UTC).isoformat()
        self._write(Exchange(request.url, request.way, now, failure.request.url, error=reason))  # type: ignore[attr-defined]
        if request.way != "article":
            self._way_failed(first, reason)

    def _write(self, exchange: Exchange) -> None:
        self._say("exchange", **asdict(exchange))

    def _say(self, kind: Any, **fields: object) -> None:
        self._waiting.append(as_line(kind, **fields))
        if time.monotonic() - self._synced_at > SYNC_EVERY_S:
            self._sync()

    def _sync(self) -> None:
        self._archive.sync()
        self._log.writelines(self._waiting)
        self._log.flush()
        self._waiting.clear()
        self._synced_at = time.monotonic()

    def closed(self, reason: str) -> None:
        """Scrapy's last word: everything to the disk."""
        self._say("closed", reason=reason)
        self._sync()
        self._archive.close()
        self._log.close()


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _reason(failure: Failure) -> str:
    """The counted name of what went wrong."""
    error: BaseException = failure.value  # type: ignore[assignment] - a failure without a value never reaches an errback
    if isinstance(error, Refused):
        return str(error)
    text = f"{type(error).__name__} {error}".lower()
    for pattern, reason in WORDS:
        if pattern.search(text):
            return reason
    return REASONS.get(type(error), f"error_{type(error).__name__.lower()}")
