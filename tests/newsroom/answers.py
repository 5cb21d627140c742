"""An answer on its way out: conditional requests, compression, and the ways in which sending can go wrong."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from starlette.types import Receive, Scope, Send

SMALLEST_GZIPPED = 500  # bytes
SLOW_STEP_S = 0.5
SLOW_LASTS_S = 300.0  # a client that waits longer than this has no time-out
ENDLESS_BYTES = 2_000_000_000  # where an endless page gives up if nobody hangs up
CHUNK = b"<p>Sigue la nota. Sigue la nota. Sigue la nota.</p>\n" * 1200


@dataclass
class Answer:
    """Status, headers and body; ``manner`` says how it is sent."""

    status: int
    headers: dict[str, str]
    body: bytes
    manner: Literal["whole", "slow", "cut", "endless"] = "whole"
    fixed: bool = field(default=False)  # headers and body are final: no 304, no compression

    @property
    def media_type(self) -> str:
        """Content type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


async def take(app: Callable[[Scope, Receive, Send], Awaitable[None]], scope: Scope, receive: Receive) -> Answer:
    """What an application answers, held back."""
    status, headers, parts = 500, {}, []

    async def keep(message: Any) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in message["headers"]}
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, keep)
    headers.pop("content-length", None)
    return Answer(status, headers, b"".join(parts))


def settle(answer: Answer, asked: dict[str, str]) -> Answer:
    """A 304 where the client's validators still hold, and gzip where it accepts it."""
    if answer.fixed:
        return answer
    if answer.status == 200 and _holds(answer.headers, asked):
        kept = {k: v for k, v in answer.headers.items() if k in {"etag", "last-modified"}}
        return Answer(304, kept, b"")
    packable = answer.media_type.startswith("text/") or answer.media_type.endswith(("xml", "json"))
    if packable and len(answer.body) >= SMALLEST_GZIPPED and "gzip" in asked.get("accept-encoding", ""):
        answer.body = gzip.compress(answer.body, 6, mtime=0)
        answer.headers |= {"content-encoding": "gzip", "vary": "Accept-Encoding"}
    return answer


def _holds(headers: dict[str, str], asked: dict[str, str]) -> bool:
    if "if-none-match" in asked:
        named = [tag.strip().removeprefix("W/") for tag in asked["if-none-match"].split(",")]
        return headers.get("etag") in named
    if "if-modified-since" in asked and "last-modified" in headers:
        try:
            return parsedate_to_datetime(headers["last-modified"]) <= parsedate_to_datetime(asked["if-modified-since"])
        except (TypeError, ValueError):
            return False
    return False


async def deliver(answer: Answer, method: str, receive: Receive, send: Send) -> None:
    """Send it. Leaving without a word after part of the body makes the server cut the connection."""
    headers = dict(answer.headers)
    if answer.manner != "endless" and answer.status != 304:
        headers["content-length"] = str(len(answer.body))
    raw = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    body = b"" if method == "HEAD" else answer.body
    if answer.manner == "whole":
        await send({"type": "http.response.body", "body": body})
    elif answer.manner == "cut":
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    else:
        await _drip(answer, receive, send)


async def _drip(answer: Answer, receive: Receive, send: Send) -> None:
    gone = asyncio.ensure_future(_hung_up(receive))
    try:
        for part in _endless(answer.body) if answer.manner == "endless" else _slowly(answer.body):
            await send({"type": "http.response.body", "body": part, "more_body": True})
            await asyncio.wait([gone], timeout=0 if answer.manner == "endless" else SLOW_STEP_S)
            if gone.done():
                return
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _endless(body: bytes) -> Iterator[bytes]:
    yield body.partition(b"</body>")[0]
    for _ in range(ENDLESS_BYTES // len(CHUNK)):
        yield CHUNK


def _slowly(body: bytes) -> Iterator[bytes]:
    step = max(1, int(len(body) * SLOW_STEP_S / SLOW_LASTS_S))
    for start in range(0, len(body), step):
        yield body[start : start + step]
