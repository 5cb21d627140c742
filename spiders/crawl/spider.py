"""The one spider: asks for what the job lists, archives every answer, logs every end, and reads lists into addresses.

How a page is read is not its business: articles are archived as they came.
"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy import exceptions as failures
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders.archive import ArchiveWriter
from spiders.crawl.guards import TLS_ERROR, Refused
from spiders.crawl.job import Exchange, Job, Request, as_line
from spiders.discover import Listing, ListingError, read_listing
from spiders.urls import host_of

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


class PageSpider(scrapy.Spider):
    """Carries out one `Job`."""

    name = "chasqui"

    def __init__(self, job: Job, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job
        self._archive = ArchiveWriter(job.archive, job.source.id, job.run_id)
        self._log = job.log.open("a", encoding="utf-8")
        self._waiting: list[str] = []
        self._synced_at = time.monotonic()
        self._list_pages: dict[str, int] = {}
        self._listed: dict[str, int] = {}

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
        return scrapy.Request(
            request.url,
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
        stored = None
        if response.status == 200:
            stored = self._archive.write(response.url, response.status, headers, body, now)
        self._write(
            Exchange(
                url=request.url,
                way=request.way,
                fetched_at=now.isoformat(),
                final_url=response.url,
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
        if response.status == 304:
            self._say("way", url=first, state="unchanged", items=0)
            return
        if response.status != 200:
            self._say("way", url=first, state="error", items=0, reason=f"http_{response.status}")
            return
        try:
            headers = {"content-type": _header(response, "Content-Type") or ""}
            listing = read_listing(request.way, response.body, response.url, self.job.source, headers)
        except ListingError as error:
            self._say("way", url=first, state="error", items=0, reason=str(error))
            return
        for item in listing.items:
            self._say("found", way_url=first, way=request.way, **asdict(item))
        self._listed[first] = self._listed.get(first, 0) + len(listing.items)
        dates = [item.published_at for item in listing.items if item.published_at]
        self._say(
            "way",
            url=first,
            state="read",
            items=self._listed[first],  # of all its pages so far
            oldest=min(dates, default=None),
            newest=max(dates, default=None),
            warnings=[*listing.warnings, *(["list_truncated"] if listing.truncated else [])],
        )
        yield from self._follow(listing, request, first)

    def _follow(self, listing: Listing, request: Request, first: str) -> Iterator[scrapy.Request]:
        for url in listing.more:
            self._list_pages[first] = self._list_pages.get(first, 1) + 1
            if self._list_pages[first] > self.job.politeness.maximum_list_pages:
                self._say("way", url=first, state="error", items=0, reason="too_many_pages")
                return
            if host_of(url) == host_of(request.url):
                yield self._ask(Request(url=url, way=request.way), first)

    def crawl_failed(self, failure: Failure) -> None:
        """No usable answer: log why, by name."""
        request: Request = failure.request.cb_kwargs["request"]  # type: ignore[attr-defined]
        first: str = failure.request.cb_kwargs["first"]  # type: ignore[attr-defined]
        reason = _reason(failure)
        now = datetime.now(UTC).isoformat()
        self._write(Exchange(request.url, request.way, now, failure.request.url, error=reason))  # type: ignore[attr-defined]
        if request.way != "article":
            self._say("way", url=first, state="error", items=0, reason=reason)

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
