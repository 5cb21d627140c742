"""One page asked for by hand: robots.txt obeyed, private addresses refused, sizes limited. The nightly way is ``crawl``."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from protego import Protego

from spiders.extract.page import Page
from spiders.urls import is_private_address

MAXIMUM_BYTES = 20_000_000
MAXIMUM_REDIRECTS = 5


class FetchError(Exception):
    """The page was not had; the message says why."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects are followed by us, so that each hop is checked like the first."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Follow none."""
        return


def fetch_page(url: str, user_agent: str, timeout_s: float, *, allow_loopback: bool = False) -> Page:
    """Ask for one page.

    Raises:
        FetchError: refused (robots.txt, private address), an HTTP error, too large, or no answer.
    """
    for _ in range(MAXIMUM_REDIRECTS + 1):
        _check_address(url, allow_loopback=allow_loopback)
        _check_robots(url, user_agent, timeout_s)
        status, headers, body = _get(url, user_agent, timeout_s)
        if status in {301, 302, 303, 307, 308} and headers.get("Location"):
            url = urljoin(url, headers["Location"])
            continue
        if status != 200:
            raise FetchError(f"HTTP {status}")
        return Page(url=url, body=body, content_type=headers.get("Content-Type"))
    raise FetchError("too many redirects")


def _check_address(url: str, *, allow_loopback: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchError("not an http(s) address")
    try:
        answers = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchError(f"no such host: {parts.hostname}") from error
    if not allow_loopback and any(is_private_address(str(answer[4][0])) for answer in answers):
        raise FetchError("the address is private")


def _check_robots(url: str, user_agent: str, timeout_s: float) -> None:
    parts = urlsplit(url)
    status, _, body = _get(f"{parts.scheme}://{parts.netloc}/robots.txt", user_agent, timeout_s)
    if status >= 500:
        raise FetchError(f"robots.txt answers HTTP {status}, which means: stay out")
    if status == 200 and not Protego.parse(body.decode("utf-8", "replace")).can_fetch(url, user_agent):
        raise FetchError("robots.txt forbids it")


def _get(url: str, user_agent: str, timeout_s: float) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers={"User-Agent": user_agent})  # noqa: S310 - scheme checked before
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=timeout_s) as answer:
            body = answer.read(MAXIMUM_BYTES + 1)
            status, headers = answer.status, dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), b""
    except (urllib.error.URLError, HTTPException, TimeoutError, OSError) as error:
        raise FetchError(f"no answer: {getattr(error, 'reason', error)}") from error
    if len(body) > MAXIMUM_BYTES:
        raise FetchError(f"larger than {MAXIMUM_BYTES} bytes")
    return status, headers, body
