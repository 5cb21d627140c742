"""The web archive: WARC 1.1, one gzip member a record, written by crawling children and read by everything later.

Belongs here: segments, rotation, durability, digests. Not here: what a page says (``extract``) or whether it is wanted.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedWriter, BytesIO
from pathlib import Path
from typing import Literal

from fastwarc.stream_io import GzipReader
from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

KINDS = WarcRecordType.response | WarcRecordType.resource
SEGMENT_BYTES = 256 * 1024 * 1024
# The body is stored as decoded, so headers that speak of the wire's encoding would lie.
WIRE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})


class ArchiveError(Exception):
    """An archived record is missing, cut off, or does not match its digest."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a response was put."""

    file: str  # relative to the archive folder
    offset: int  # bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Archived:
    """A response read back."""

    url: str
    status: int
    content_type: str | None  # as the server said it, parameters included
    body: bytes
    fetched_at: datetime


def payload_digest(body: bytes) -> str:
    """The digest of a body in the form WARC records use."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


class ArchiveWriter:
    """Appends responses to the segments of one source and run; files are readable by the owner only.

    The first segment is opened by the first response: a run that archives nothing leaves no file.
    """

    def __init__(self, folder: Path, source_id: str, run_id: str, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._folder, self._source_id, self._run_id = folder, source_id, run_id
        self._segment_bytes = segment_bytes
        self._number = 0
        self._name = ""
        self._file: BufferedWriter | None = None

    def _open(self) -> BufferedWriter:
        (self._folder / self._source_id).mkdir(parents=True, exist_ok=True, mode=0o700)
        while True:  # a run that is resumed never appends to a segment whose tail may be half-written
            self._number += 1
            self._name = f"{self._source_id}/{self._run_id}-{self._number:03d}.warc.gz"
            try:
                descriptor = os.open(self._folder / self._name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                continue
            break
        file = os.fdopen(descriptor, "wb")
        self._writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
        self._writer.write_record(
            self._writer.create_warcinfo_record(self._name, {"software": "chasqui", "isPartOf": self._run_id})
        )
        return file

    def write(
        self,
        url: str,
        status: int,
        headers: list[tuple[str, str]],
        body: bytes,
        fetched_at: datetime,
        kind: Literal["response", "resource"] = "response",
    ) -> Stored:
        """Append one record. It is on disk only after `sync`.

        Args:
            url: the address it is the answer of.
            status: HTTP status; a resource has none.
            headers: HTTP headers; of a resource the content type is kept.
            body: as decoded.
            fetched_at: when it came.
            kind: ``response`` for an HTTP answer, ``resource`` for a part of one that is kept as a page of its own.
        """
        if self._file is not None and self._file.tell() > self._segment_bytes:
            self.close()
        if self._file is None:
            self._file = self._open()
        offset = self._file.tell()
        kept = [(name, value) for name, value in headers if name.lower() not in WIRE_HEADERS]
        http = StatusAndHeaders(f"{status}", [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            http_headers=http if kind == "response" else None,
            warc_content_type="" if kind == "response" else dict(kept)["Content-Type"],
            warc_headers_dict={
                "WARC-Date": datetime_to_iso_date(fetched_at.astimezone(UTC).replace(tzinfo=None), use_micros=True)
            },
        )
        self._writer.write_record(record)
        record.raw_stream.close()  # warcio spools the body to a temporary file to know its digest first
        return Stored(self._name, offset, payload_digest(body))

    def sync(self) -> None:
        """Force what was written to the disk; only then may a page count as fetched."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Sync and close the open segment."""
        if self._file is not None:
            self.sync()
            self._file.close()
            self._file = None


def read_record(folder: Path, file: str, offset: int, digest: str | None = None) -> Archived:
    """Read one response back.

    Raises:
        ArchiveError: no such file or record, a cut-off record, or a body that does not match ``digest``.
    """
    path = folder / file
    try:
        archived = next(iter_records(path, offset), None)
    except (OSError, EOFError, ValueError) as error:
        raise ArchiveError(f"{file}@{offset}: {error}") from error
    if archived is None:
        raise ArchiveError(f"{file}@{offset}: no whole response record")
    if digest is not None and payload_digest(archived.body) != digest:
        raise ArchiveError(f"{file}@{offset}: body does not match {digest}")
    return archived


def iter_records(path: Path, offset: int = 0) -> Iterator[Archived]:
    """Responses of a WARC file in order, from a record's offset on. A half-written tail ends the iteration."""
    with path.open("rb") as stream:
        stream.seek(offset)
        for record in ArchiveIterator(GzipReader(stream), record_types=KINDS, parse_http=True):
            headers = record.http_headers
            body = record.reader.read()
            url, fetched_at = (record.headers.get(name) for name in ("WARC-Target-URI", "WARC-Date"))
            if url is None or fetched_at is None:  # cut off in its head
                return
            if record.headers.get("WARC-Payload-Digest", payload_digest(body)) != payload_digest(body):
                return
            yield Archived(
                url=url,
                status=int(headers.status_code or 0) if headers else 200,
                content_type=headers.get("Content-Type") if headers else record.headers.get("Content-Type"),
                body=body,
                fetched_at=datetime.fromisoformat(fetched_at),
            )
