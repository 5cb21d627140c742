"""One page asked for by hand: robots.txt obeyed, private addresses refused, sizes and time limited.

The nightly way is ``crawl``. A connection goes to the very address that was checked, never through a proxy. What the
deadline does not cut short is the look-up of the host's name, which the system bounds by itself.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from protego import Protego

from spiders.crawl.job import LONGEST_CRAWL_DELAY_S
from spiders.extract.page import Page
from spiders.urls import DEFAULT_PORT, host_of, is_loopback, is_private_address

MAXIMUM_BYTES = 20_000_000
MAXIMUM_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class FetchError(Exception):
    """The page was not had; the message says why."""


@dataclass(slots=True)
class Pace:
    """The pause between two pages of one host: ``least_s``, or what its robots.txt asks for where that is more."""

    least_s: float
    _free: dict[str, float] = field(default_factory=dict)  # host -> from when it may be asked, by the monotonic clock

    def wait(self, host: str) -> float:
        """Wait until a host may be asked, and take that turn; returns the seconds waited."""
        waited = max(0.0, self._free.get(host, 0.0) - time.monotonic())
        time.sleep(waited)
        self._free[host] = time.monotonic() + self.least_s
        return waited

    def slow_down(self, host: str, asked_s: float | None) -> None:
        """Take in what a host's robots.txt asks for, if it asks."""
        pause = max(self.least_s, min(asked_s or 0.0, LONGEST_CRAWL_DELAY_S))
        self._free[host] = time.monotonic() + pause


@dataclass(frozen=True, slots=True)
class _Answer:
    url: str
    status: int
    location: str | None
    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class _Asker:
    """How addresses are asked for: by whom, until when, and whether this machine itself may be."""

    user_agent: str
    deadline: float  # by the monotonic clock
    allow_loopback: bool

    def get(self, url: str, post: bytes | None = None) -> _Answer:
        """One answer; redirects are the caller's, so that each hop is checked like the first."""
        parts = _parts(url)
        try:
            with self._connected(parts) as connection:
                path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
                query = f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else ""
                headers = {"User-Agent": self.user_agent} | ({"Content-Type": "application/json"} if post else {})
                connection.request("POST" if post else "GET", path + query, body=post, headers=headers)
                answer = connection.getresponse()
                body = self._body(answer) if answer.status == 200 else b""
                self._check_time()
                return _Answer(url, answer.status, answer.getheader("Location"), answer.getheader("Content-Type"), body)
        except (OSError, HTTPException, ValueError) as error:
            self._check_time()
            raise FetchError(f"no answer: {error}") from error

    def follow(self, url: str, name: str = "") -> Iterator[_Answer]:
        """The answer at ``url``, then those that its redirects lead to."""
        for _ in range(MAXIMUM_REDIRECTS + 1):
            answer = self.get(url)
            yield answer
            if answer.status not in REDIRECTS or not answer.location:
                return
            try:
                url = urljoin(url, answer.location)
            except ValueError as error:
                raise FetchError(f"{name}redirected to no address") from error
        raise FetchError(f"{name}too many redirects")

    def _check_time(self) -> None:
        if time.monotonic() >= self.deadline:
            raise FetchError("no answer within the time allowed")

    def _body(self, answer: HTTPResponse) -> bytes:
        body = answer.read(MAXIMUM_BYTES + 1)
        if len(body) > MAXIMUM_BYTES:
            raise FetchError(f"larger than {MAXIMUM_BYTES} bytes")
        return body

    @contextmanager
    def _connected(self, parts: SplitResult) -> Iterator[HTTPConnection]:
        """A connection to the checked address of a host; past the deadline it is cut, whatever it is doing."""
        host, port = parts.hostname or "", parts.port or DEFAULT_PORT[parts.scheme]
        address = self._address(host, port)
        self._check_time()
        connection = HTTPConnection(host.encode("idna").decode("ascii"), port)
        plain = socket.create_connection((address, port), timeout=self.deadline - time.monotonic())
        cutter = plain.dup()
        timer = threading.Timer(self.deadline - time.monotonic(), _cut, [cutter])
        timer.daemon = True
        timer.start()
        try:
            connection.sock = plain
            if parts.scheme == "https":
                connection.default_port = DEFAULT_PORT["https"]
                connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=connection.host)
            yield connection
        finally:
            timer.cancel()
            cutter.close()
            connection.close()
            plain.close()

    def _address(self, host: str, port: int) -> str:
        try:
            answers = [str(a[4][0]) for a in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as error:
            raise FetchError(f"no such host: {host}") from error
        for address in answers:
            if is_private_address(address) and not (self.allow_loopback and is_loopback(address)):
                raise FetchError("the address is private")
        return answers[0]


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it ended by itself


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise FetchError("not an http(s) address") from error
    if parts.scheme not in DEFAULT_PORT or not has_host:
        raise FetchError("not an http(s) address")
    return parts


def fetch_page(
    url: str,
    user_agent: str,
    timeout_s: float,
    *,
    allow_loopback: bool = False,
    hosts: Collection[str] | None = None,
    post: bytes | None = None,
    pace: Pace | None = None,
) -> Page:
    """Ask for one page.

    Args:
        url: its address.
        user_agent: who asks.
        timeout_s: for everything together, robots.txt and redirects included.
        allow_loopback: whether this very machine may be asked (tests); other private addresses never are.
        hosts: the only hosts that may be asked, redirects included; any when None.
        post: a JSON body to post instead of a plain GET.
        pace: the pauses of a caller that asks for several pages; what is waited is not of the time allowed.

    Raises:
        FetchError: refused (robots.txt, private address), an HTTP error, too large, or no answer in time.
    """
    asker = _Asker(user_agent, time.monotonic() + timeout_s, allow_loopback)
    for _ in range(MAXIMUM_REDIRECTS + 1):
        if hosts is not None and host_of(url) not in hosts:
            raise FetchError(f"off the registry: {host_of(url)}")
        if pace is not None:
            asker = replace(asker, deadline=asker.deadline + pace.wait(host_of(url)))
        rules = _robots(asker, url)
        if pace is not None:
            pace.slow_down(host_of(url), rules.crawl_delay(user_agent))
        if not rules.can_fetch(url, user_agent):
            raise FetchError("robots.txt forbids it")
        answer = asker.get(url, post)
        if answer.status in REDIRECTS and answer.location:
            try:
                url = urljoin(url, answer.location)
            except ValueError as error:
                raise FetchError("redirected to no address") from error
            continue
        if answer.status != 200:
            raise FetchError(f"HTTP {answer.status}")
        return Page(url=url, body=answer.body, content_type=answer.content_type)
    raise FetchError("too many redirects")


def fetch_robots(url: str, user_agent: str, timeout_s: float, *, allow_loopback: bool = False) -> Protego:
    """The robots.txt that governs an address; empty when the site has none.

    Raises:
        FetchError: it cannot be had, which means: stay out.
    """
    return _robots(_Asker(user_agent, time.monotonic() + timeout_s, allow_loopback), url)


def _robots(asker: _Asker, url: str) -> Protego:
    parts = _parts(url)
    *_, last = asker.follow(f"{parts.scheme}://{parts.netloc}/robots.txt", "robots.txt: ")
    if last.status >= 500:
        raise FetchError(f"robots.txt answers HTTP {last.status}, which means: stay out")
    return Protego.parse(last.body.decode("utf-8", "replace") if last.status == 200 else "")
