"""Downloader middlewares that say no: off-registry hosts, private addresses, robots.txt, hosts that asked for a pause."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from time import monotonic, time
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred

from spiders.crawl.job import LONGEST_CRAWL_DELAY_S, Job
from spiders.crawl.turns import Turns
from spiders.urls import host_of, is_loopback, is_private_address, is_private_host

DISALLOW_ALL = b"User-agent: *\nDisallow: /\n"
TLS_ERROR = re.compile("ssl|certificate", re.IGNORECASE)


class Refused(IgnoreRequest):
    """A request that is not made; the message is the counted reason."""


class RegisteredHosts:
    """Refuses every request, redirected ones too, to a host the source does not register."""

    def __init__(self, crawler: Crawler) -> None:
        job: Job = crawler.settings["CHASQUI_JOB"]
        self._hosts = job.source.registered_hosts
        self._allow_loopback = job.politeness.allow_loopback

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RegisteredHosts:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the request pass, or raise `Refused`."""
        host = host_of(request.url)
        if host not in self._hosts:
            raise Refused("off_registry")
        name = urlsplit(request.url).hostname or ""
        if is_private_host(name) and not (self._allow_loopback and is_loopback(name)):
            raise Refused("private_address")


class PublicResolver(CachingThreadedResolver):
    """DNS that refuses answers inside this machine or a private network (DNS rebinding).

    The address that is checked is the one connected to; Scrapy asks for IPv4 addresses only.
    """

    allow_loopback = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> PublicResolver:
        """Scrapy's constructor."""
        resolver = super().from_crawler(crawler, reactor)
        job: Job = crawler.settings["CHASQUI_JOB"]
        resolver.allow_loopback = job.politeness.allow_loopback
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """Resolve, then check the address that came back."""
        answer: Deferred[str] = super().getHostByName(name, timeout)
        return answer.addCallback(self._check)

    def _check(self, address: str) -> str:
        if is_private_address(address) and not (self.allow_loopback and is_loopback(address)):
            raise Refused("private_address")
        return address


class Robots(RobotsTxtMiddleware):
    """Scrapy's robots.txt check, with Crawl-delay honoured and a failing robots.txt read as "stay out" (RFC 9309)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._slowed: set[str] = set()
        self._unreadable: dict[str, str] = {}  # host -> why its robots.txt could not be read

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._unreadable[netloc] = f"robots_http_{response.status}"
            response = response.replace(body=DISALLOW_ALL)
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
        parser = self._parsers[netloc]
        if isinstance(parser, ProtegoRobotParser):
            self._slow_down(parser.rp, netloc)

    def _slow_down(self, rules: Protego, netloc: str) -> None:
        job: Job = self.crawler.settings["CHASQUI_JOB"]
        asked = rules.crawl_delay(job.politeness.user_agent)
        engine = self.crawler.engine
        if asked and job.politeness.delay_s != 0 and engine is not None:  # zero is the newsroom's, on loopback
            slot = engine.downloader.slots.get(netloc.partition(":")[0])
            if slot is not None:
                slot.delay = max(slot.delay, min(float(asked), LONGEST_CRAWL_DELAY_S))
                self._slowed.add(netloc)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        """No answer at all: stay out too."""
        if isinstance(exc, Refused):
            self._unreadable[netloc] = str(exc)
        else:
            self._unreadable[netloc] = "tls" if TLS_ERROR.search(f"{exc!r}") else "robots_unreachable"
        waiting = self._parsers[netloc]
        parser: RobotParser = ProtegoRobotParser(DISALLOW_ALL, None)
        self._parsers[netloc] = parser
        if isinstance(waiting, Deferred):
            waiting.callback(parser)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """As Scrapy's, with our own reason.

        Of several requests that wait for one robots.txt Twisted hands the parser to the first only, the others get None
        (Scrapy 2.19, Twisted 26.10), which Scrapy takes for "no rules": by then the parser is in its place.
        """
        if rp is None:
            parser = self._parsers.get(urlparse_cached(request).netloc)
            rp = None if isinstance(parser, Deferred) else parser
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            reason = self._unreadable.get(host_of(request.url), "robots_disallowed")
            raise Refused(reason) from error
        if host_of(request.url) in self._slowed:
            request.meta["autothrottle_dont_adjust_delay"] = True


class RetryAfter:
    """Waits as long as Retry-After says before Scrapy's own retry; a longer wait than allowed ends the host's night.

    Every other request to the host waits too, other children's at their turn. Those that Scrapy has already put in the host's queue would not be held here:
    there are none, since the child takes no more requests at a time than may be under way (``CONCURRENT_REQUESTS``).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._codes = {int(code) for code in crawler.settings.getlist("RETRY_HTTP_CODES")}
        job: Job = crawler.settings["CHASQUI_JOB"]
        self._longest_s = job.politeness.longest_retry_after_s
        self._turns = Turns(job.hosts)
        self._closed_hosts: set[str] = set()
        self._resting: dict[str, float] = {}  # host -> until when, by the monotonic clock

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RetryAfter:
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Hold a request to a host that asked for a pause; refuse it if the pause is longer than this job may wait."""
        host = host_of(request.url)
        await self._rest(host)
        if host in self._closed_hosts:
            raise Refused("asked_to_wait")

    async def process_response(self, request: Request, response: Response) -> Response:
        """Wait, or give the host up; the answer goes on to Scrapy's retry either way."""
        wait = retry_after_s(response) if response.status in self._codes else None
        host = host_of(request.url)
        if wait is not None and wait > self._longest_s:
            self._closed_hosts.add(host)
            request.meta["dont_retry"] = True
        elif wait is not None:
            self._resting[host] = max(self._resting.get(host, 0.0), monotonic() + wait)
            self._turns.rest(host, wait)
            await self._rest(host)
        return response

    async def _rest(self, host: str) -> None:
        while True:  # the pause may have grown meanwhile
            left = self._resting.get(host, 0.0) - monotonic()
            if left <= 0:
                return
            await asyncio.sleep(left)


def retry_after_s(response: Response) -> float | None:
    """Seconds a Retry-After header asks for, in either of its forms; None when absent or unreadable."""
    value = (response.headers.get("Retry-After") or b"").decode("ascii", "replace").strip()
    if value.isdigit():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except (TypeError, ValueError):
        return None
