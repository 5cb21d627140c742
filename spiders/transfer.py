"""Files of other archives over HTTP: what they weigh, and their bytes in order, taken up where a connection was cut.

Belongs here: asking a server that publishes data sets, at an address the operator named. Not here: pages of sources (``crawl``
and ``fetch``, by their robots.txt and at their pace), or what is in a file (``warc``).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, Literal
from urllib.error import HTTPError
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TRIES = 6  # in a row without a byte more
LONGEST_PAUSE_S = 60.0
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # statuses after which the same question may be answered
BUFFER_BYTES = 1 << 17
SKIP_BYTES = 1 << 20


class TransferError(Exception):
    """A file did not come; it may, the next time."""


class NotThereError(TransferError):
    """The server has no such file, or does not give it."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file elsewhere. ``name`` and ``open`` are those of a ``Path``."""

    url: str
    user_agent: str
    timeout_s: float = 60.0  # without a byte
    pause_s: float = 1.0  # before the second try; doubled each time

    @property
    def name(self) -> str:
        """The last part of its address."""
        return self.url.rstrip("/").rpartition("/")[2]

    def size(self) -> int | None:
        """Bytes, if the server says so without sending them.

        Raises:
            NotThereError: there is no such file.
            TransferError: no answer.
        """
        try:
            with self.ask("HEAD") as answer:
                return _whole(answer.headers.get("Content-Length"))
        except HTTPError as error:
            error.close()
            if error.code in {404, 410}:
                raise NotThereError(f"{self.url}: HTTP {error.code}") from error
            return None  # some servers answer no HEAD
        except (OSError, HTTPException) as error:
            raise TransferError(f"{self.url}: {error}") from error

    def open(self, mode: Literal["rb"] = "rb") -> BufferedReader:
        """Its bytes from the first on."""
        del mode
        return BufferedReader(RemoteStream(self), BUFFER_BYTES)

    def ask(self, method: str, headers: Mapping[str, str] | None = None):  # noqa: ANN201 - urllib's answer has no public name
        """One request."""
        if not self.url.startswith(("https://", "http://")):
            raise TransferError(f"{self.url}: not an http(s) address")
        request = Request(self.url, method=method, headers={"User-Agent": self.user_agent, **(headers or {})})  # noqa: S310 - checked above
        return urlopen(request, timeout=self.timeout_s)  # noqa: S310 - checked above


class RemoteStream(RawIOBase):
    """Reads a remote file once from beginning to end."""

    def __init__(self, file: RemoteFile) -> None:
        super().__init__()
        self._file = file
        self._answer = None
        self._at = 0
        self._total: int | None = None
        self._tag: str | None = None
        self._tries = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Bytes read so far."""
        return self._at

    def close(self) -> None:
        """End the connection."""
        self._drop()
        super().close()

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Some bytes; none at the end.

        Raises:
            NotThereError: the server refuses.
            TransferError: it was asked `TRIES` times without a byte more, or the file is another one now.
        """
        while True:
            try:
                if self._answer is None:
                    self._answer = self._ask()
                count = int(self._answer.readinto(buffer))
            except HTTPError as error:
                error.close()
                if error.code not in PASSING:
                    raise NotThereError(f"{self._file.url}: HTTP {error.code}") from error
                self._lost(f"HTTP {error.code}", _whole(error.headers.get("Retry-After")))
                continue
            except (OSError, HTTPException) as error:
                self._lost(str(error) or type(error).__name__)
                continue
            if not count and self._total is not None and self._at < self._total:
                self._lost("the connection was cut")
                continue
            self._at += count
            self._tries = 0 if count else self._tries
            return count

    def _ask(self):  # noqa: ANN202 - urllib's answer has no public name
        headers = {"Range": f"bytes={self._at}-"} if self._at else {}
        if self._at and self._tag:
            headers["If-Range"] = self._tag
        answer = self._file.ask("GET", headers)
        total, start = _extent(answer.status, answer.headers)
        tag = answer.headers.get("ETag")
        if self._at and ((total, tag) != (self._total, self._tag) or start not in {0, self._at}):
            answer.close()
            raise TransferError(f"{self._file.url}: it changed while it was read")
        self._total, self._tag = total, tag
        if start != self._at:  # a server that cannot send a part sends all of it again
            skipped = 0
            while skipped < self._at:
                part = answer.read(min(SKIP_BYTES, self._at - skipped))
                if not part:
                    break
                skipped += len(part)
        return answer

    def _lost(self, why: str, wait_s: int | None = None) -> None:
        """Pause before the next try, or give up."""
        self._drop()
        self._tries += 1
        if self._tries >= TRIES:
            raise TransferError(f"{self._file.url}: {why}; {self._at} bytes came, given up after {TRIES} tries")
        pause = self._file.pause_s * 2 ** (self._tries - 1) if wait_s is None else wait_s
        time.sleep(min(pause, LONGEST_PAUSE_S))

    def _drop(self) -> None:
        if self._answer is not None:
            self._answer.close()
            self._answer = None


def _extent(status: int, headers: Message) -> tuple[int | None, int]:
    """(bytes of the whole file, where the answer begins in it)."""
    if status != 206:
        return _whole(headers.get("Content-Length")), 0
    unit, _, said = (headers.get("Content-Range") or "").partition(" ")
    span, _, total = said.partition("/")
    start = _whole(span.partition("-")[0])
    return _whole(total), start if unit == "bytes" and start is not None else -1


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdigit() else None
