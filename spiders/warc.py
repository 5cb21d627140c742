"""WARC files of any origin (CC-NEWS, Heritrix, wget, our own): the answers in them, as far as they can be read.

Belongs here: which records are answers, taking off the wire's encodings, what is cut off or damaged. Not here: our own
archive (``archive``), what a page says (``extract``), or whose host it is (the caller says which addresses it wants).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader, BytesIO
from pathlib import Path

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from warehouse.records import Outcome

ANSWERS = WarcRecordType.response | WarcRecordType.resource
ENDS_BYTES = 1 << 20  # of a file's head and tail, by which it is known again
MAXIMUM_BYTES = 20_000_000  # of a page as decoded; the crawler's own limit
GZIP_MAGIC = b"\x1f\x8b"


class NotWarcError(Exception):
    """A file in which no record can be found."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, decoded; with ``outcome`` set the body could not be had, for the reason given."""

    url: str
    fetched_at: datetime
    status: int = 200
    content_type: str | None = None
    body: bytes = b""
    outcome: Outcome | None = None
    reason: str | None = None


@dataclass(slots=True)
class Tally:
    """What a file held besides the answers that were wanted."""

    records: int = 0  # answers of any host; requests, metadata and robots.txt are none
    elsewhere: int = 0  # answers of hosts nobody asked for
    is_cut: bool = False  # ends within a record, or is damaged from some place on


def identity_of(path: Path) -> str:
    """By what a file is known again under any name: hash of its size, head and tail."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        digest.update(file.read(ENDS_BYTES))
        file.seek(max(size - ENDS_BYTES, 0))
        digest.update(file.read(ENDS_BYTES))
    return digest.hexdigest()[:20]


def iter_answers(stream: BufferedReader, name: str, is_wanted: Callable[[str], bool], tally: Tally) -> Iterator[Answer]:
    """Answers whose address is wanted, in the file's order; the bodies of others are never unpacked into memory.

    Args:
        stream: a WARC file, one gzip member a record, or not compressed at all; read once, from its beginning to its end.
        name: the file's, for messages.
        is_wanted: whether an address is.
        tally: counts the rest; complete when the iteration ends.

    Raises:
        NotWarcError: there is no record in it.
    """
    found = 0
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            found += 1
            is_cut = "Content-Length" not in record.headers  # the file ends within this record's own head
            tally.is_cut = tally.is_cut or is_cut
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>")  # wget writes it in brackets
            if not record.record_type & ANSWERS or url.endswith("/robots.txt"):
                continue
            tally.records += 1
            if not is_wanted(url):
                tally.elsewhere += 1
                continue
            answer = _answer(record, url, is_cut=is_cut)
            tally.is_cut = tally.is_cut or answer.reason == "cut_off"
            yield answer
    except OSError as error:
        if not found:
            raise NotWarcError(f"{name}: no WARC record in it ({error})") from error
        tally.is_cut = True  # what was read before the damage stays
    if not found:
        raise NotWarcError(f"{name}: no WARC record in it")


def _answer(record: WarcRecord, url: str, *, is_cut: bool) -> Answer:
    fetched_at = _instant(record.headers.get("WARC-Date"))
    if fetched_at is None:
        return Answer(url, datetime.now(UTC), outcome=Outcome.UNREADABLE, reason="no_date")
    if record.headers.get("WARC-Truncated"):
        return Answer(url, fetched_at, outcome=Outcome.UNREADABLE, reason="truncated")
    whole = record.content_length
    if whole > MAXIMUM_BYTES:
        return Answer(url, fetched_at, outcome=Outcome.TOO_LARGE, reason="record")
    block = record.reader.read()
    if is_cut or len(block) < whole:
        return Answer(url, fetched_at, outcome=Outcome.UNREADABLE, reason="cut_off")
    if record.record_type == WarcRecordType.resource:
        return Answer(url, fetched_at, 200, record.headers.get("Content-Type"), block)
    return _http(url, fetched_at, block)


def _http(url: str, fetched_at: datetime, block: bytes) -> Answer:
    head, gap, raw = block.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    status = lines[0].split(" ")[1:2]
    if not gap or not status or not status[0].isdigit():
        return Answer(url, fetched_at, outcome=Outcome.UNREADABLE, reason="no_http_head")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if status[0] != "200":
        return Answer(url, fetched_at, int(status[0]), outcome=Outcome.HTTP_ERROR, reason=status[0])
    try:
        body = _decoded(raw, headers)
    except (OSError, ValueError):
        return Answer(url, fetched_at, outcome=Outcome.UNREADABLE, reason="encoding")
    if len(body) > MAXIMUM_BYTES:
        return Answer(url, fetched_at, outcome=Outcome.TOO_LARGE, reason="decoded")
    return Answer(url, fetched_at, 200, headers.get("content-type"), body)


def _decoded(raw: bytes, headers: dict[str, str]) -> bytes:
    """The body without the wire's encodings. Some crawlers store it decoded and keep the headers: then it stays as it is."""
    if headers.get("transfer-encoding", "").lower() == "chunked" and _looks_chunked(raw):
        raw = ChunkedReader(BytesIO(raw)).read(MAXIMUM_BYTES + 1)
    encoding = headers.get("content-encoding", "").lower()
    if encoding in {"gzip", "x-gzip"} and raw.startswith(GZIP_MAGIC):
        return GzipReader(BytesIO(raw)).read(MAXIMUM_BYTES + 1)
    if encoding == "br" and not raw.lstrip().startswith((b"<", b"{")):
        return BrotliReader(BytesIO(raw)).read(MAXIMUM_BYTES + 1)
    return raw


def _looks_chunked(raw: bytes) -> bool:
    size = raw.split(b"\r\n", 1)[0].split(b";")[0].strip()
    return 0 < len(size) <= 8 and all(byte in b"0123456789abcdefABCDEF" for byte in size)


def _instant(text: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
