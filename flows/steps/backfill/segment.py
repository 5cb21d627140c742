"""One WARC file to one folder of Parquet batches and archived pages: a pure function of the file, the registry and the model.

Belongs here: what a worker does, on this machine or another. Not here: which files (``plan``), what is new among what was
read (``keep``), or who hands out the work (``flows/backfill.py``). A worker touches no state but its own folder, which
appears whole or not at all: one that is killed leaves nothing behind that counts.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from io import BufferedReader
from itertools import islice
from multiprocessing.util import Finalize
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
from pebble import ProcessPool

from flows.steps.night import judge_url
from flows.steps.readers import ReadersDiedError, make_readers
from flows.steps.reading import (
    DATE_SLACK,
    ReadResult,
    credible,
    documents_of,
    failed,
    hash_together,
    result_of,
)
from flows.steps.understanding import Rows
from models.understand import Understander
from spiders.archive import ArchiveWriter, Stored, payload_digest
from spiders.extract import Page
from spiders.registry import Source
from spiders.transfer import RemoteFile
from spiders.urls import host_of
from spiders.warc import Answer, Tally, iter_answers
from warehouse import batch as staged
from warehouse.batch import INSTANT
from warehouse.load import BatchFiles
from warehouse.records import Bill, Document, Outcome

AT_ONCE = 64  # pages read and classified together
PART_PAGES = 2000  # pages of one batch: bounds memory, whatever the file's size
SUMMARY = "summary.json"
PAGES = pa.schema(
    [
        *((name, pa.string()) for name in ("canonical_url", "url", "source_id")),
        ("fetched_at", INSTANT),
        *((name, pa.string()) for name in ("outcome", "reason", "document_url", "text_hash")),
        ("document_ids", pa.list_(pa.string())),
        *((name, pa.string()) for name in ("content_type", "digest", "warc_file")),
        ("warc_offset", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Segment:
    """One WARC file to be read, and all that its reading depends on."""

    key: str
    file: Path | RemoteFile
    folder: Path  # where finished readings stand, one folder a file
    sources: tuple[Source, ...]
    model: str = ""
    read_timeout_s: float = 30

    @property
    def place(self) -> Path:
        """The folder of this file's reading."""
        return self.folder / self.key


@dataclass(frozen=True, slots=True)
class SegmentRead:
    """What came of one file. ``outcomes`` add up to ``considered``; these and ``elsewhere`` to ``records``."""

    key: str
    name: str
    file_bytes: int  # as far as it was read
    records: int
    elsewhere: int
    considered: int
    is_cut: bool
    outcomes: dict[str, int]  # of pages that gave nothing, and ``read``
    documents: int
    refused: list[dict[str, str]]
    model: str
    seconds: float


@dataclass(slots=True)
class _Part:
    """Pages, documents and readings on their way into one batch."""

    rows: Rows = field(default_factory=Rows)
    pages: list[dict[str, object]] = field(default_factory=list)
    documents: list[tuple[Document, datetime]] = field(default_factory=list)
    bills: list[tuple[Bill, datetime]] = field(default_factory=list)
    document_ids: set[str] = field(default_factory=set)

    def has_any(self, documents: Sequence[Document]) -> bool:
        """Whether an earlier capture of one of them is in it: a batch holds a document once."""
        return any(d.id in self.document_ids for d in documents)

    def write(self, folder: Path) -> None:
        """Write the batch; its pages too."""
        files = BatchFiles.of(folder)
        staged.write_parquet(folder / "pages.parquet", PAGES, self.pages)
        staged.write_parquet(files.documents, staged.DOCUMENTS, staged.document_rows(self.documents))
        if self.bills:
            staged.write_parquet(files.bills, staged.BILLS, staged.bill_rows(self.bills))
        self.rows.write(files)


@dataclass(frozen=True, slots=True)
class _Judged:
    """An answer with its source and canonical address, or why it is not read."""

    answer: Answer
    source: Source
    canonical: str
    refused: ReadResult | None = None


def read_segment(segment: Segment) -> SegmentRead:
    """Read one file, unless it has been; returns what came of it.

    Raises:
        NotWarcError: it is no WARC file.
        OSError: it cannot be opened, or the reading cannot be written.
        TransferError: it lies elsewhere and did not come.
    """
    if (segment.place / SUMMARY).exists():
        return read_summary(segment.place)
    began = time.monotonic()
    segment.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    work = Path(mkdtemp(prefix=f".{segment.key}.", dir=segment.folder))
    try:
        with segment.file.open("rb") as stream:
            tally, counts, refused = _read_into(segment, stream, work)
            file_bytes = stream.tell()
        summary = SegmentRead(
            key=segment.key,
            name=segment.file.name,
            file_bytes=file_bytes,
            records=tally.records,
            elsewhere=tally.elsewhere,
            considered=tally.records - tally.elsewhere,
            is_cut=tally.is_cut,
            outcomes={k: n for k, n in sorted(counts.items()) if k != "documents"},
            documents=counts["documents"],
            refused=refused,
            model=_understander(segment.model).version,
            seconds=round(time.monotonic() - began, 3),
        )
        (work / SUMMARY).write_text(json.dumps(asdict(summary), ensure_ascii=False), encoding="utf-8")
        _put(work, segment.place)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return read_summary(segment.place)


def read_summary(place: Path) -> SegmentRead:
    """What came of a file that has been read."""
    return SegmentRead(**json.loads((place / SUMMARY).read_text(encoding="utf-8")))


def _put(work: Path, place: Path) -> None:
    """Name a finished folder. Where two workers read one file, the first to finish stands: the readings are the same."""
    descriptor = os.open(work, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        work.rename(place)
    except OSError:
        if not (place / SUMMARY).exists():
            raise


def _read_into(
    segment: Segment, stream: BufferedReader, work: Path
) -> tuple[Tally, Counter[str], list[dict[str, str]]]:
    hosts = {host: source for source in reversed(segment.sources) for host in source.registered_hosts}
    tally = Tally()
    counts: Counter[str] = Counter()
    refused: list[dict[str, str]] = []
    writers: dict[str, ArchiveWriter] = {}
    answers = iter_answers(stream, segment.file.name, lambda url: host_of(url) in hosts, tally)
    model = _understander(segment.model)
    number = 0
    part = _Part()
    for some in _batched(answers, AT_ONCE):
        judged = [_judge(answer, segment.sources, hosts) for answer in some]
        documents: list[Document] = []
        for page, result in zip(judged, _read_pages(judged, segment.read_timeout_s), strict=True):
            if len(part.pages) >= PART_PAGES or part.has_any(result.documents):
                refused += part.rows.add_all(model, documents)
                part.write(work / f"{number:05d}")
                number, part, documents = number + 1, _Part(), []
            taken = _take(part, page, result, _archive(writers, work, segment, page, result))
            documents += taken
            counts["read" if taken else result.outcome or Outcome.NOT_ARTICLE] += 1
            counts["documents"] += len(taken)
        refused += part.rows.add_all(model, documents)
    if part.pages:
        part.write(work / f"{number:05d}")
    for writer in writers.values():
        writer.close()
    return tally, counts, refused


def _batched(answers: Iterator[Answer], size: int) -> Iterator[list[Answer]]:
    while some := list(islice(answers, size)):
        yield some


def _judge(answer: Answer, sources: Sequence[Source], hosts: dict[str, Source]) -> _Judged:
    """Whose page it is: of sources that share a host, the first whose addresses have its form."""
    host = host_of(answer.url)
    sharing = [source for source in sources if host in source.registered_hosts]
    fitting = [(source, judge_url(source, answer.url)) for source in sharing]
    source, verdict = next(((s, v) for s, v in fitting if v.refusal is None), (hosts[host], fitting[0][1]))
    canonical = verdict.canonical or answer.url
    if answer.outcome is not None:
        return _Judged(answer, source, canonical, failed(answer.outcome, answer.reason or ""))
    if verdict.refusal is not None:
        return _Judged(answer, source, canonical, failed(verdict.refusal, verdict.reason or ""))
    return _Judged(answer, source, canonical)


def _read_pages(judged: Sequence[_Judged], timeout_s: float) -> list[ReadResult]:
    """Read pages in a process beside this one: a page that takes too long or too much memory costs itself."""
    pool = _reader()
    futures = [
        None if page.refused else pool.schedule(documents_of, args=[_page_of(page)], timeout=timeout_s)
        for page in judged
    ]
    try:
        return [
            page.refused or failed(Outcome.UNREADABLE, "not_read") if future is None else result_of(pool, future)
            for page, future in zip(judged, futures, strict=True)
        ]
    except ReadersDiedError:
        _reader.cache_clear()  # a second try of the file gets a new one
        raise


def _page_of(page: _Judged) -> Page:
    """The page without a hint of its date: when it was crawled says nothing of when it was published."""
    answer = page.answer
    digest = payload_digest(answer.body)
    return Page(answer.url, answer.body, answer.content_type, digest=digest, source=page.source)


def _archive(
    writers: dict[str, ArchiveWriter], work: Path, segment: Segment, page: _Judged, result: ReadResult
) -> Stored | None:
    """Keep the bytes of a page that gave documents, as the crawler would have."""
    if not result.documents:
        return None
    answer, source = page.answer, page.source
    if source.id not in writers:
        writers[source.id] = ArchiveWriter(work / "archive", source.id, f"warc-{segment.key}")
    headers = [("Content-Type", answer.content_type)] if answer.content_type else []
    return writers[source.id].write(answer.url, answer.status, headers, answer.body, answer.fetched_at)


def _take(part: _Part, page: _Judged, result: ReadResult, stored: Stored | None) -> list[Document]:
    """Take a page and what it gave into the part; returns its documents."""
    answer = page.answer
    latest = answer.fetched_at + DATE_SLACK
    documents = [credible(d, page.source.id, latest) for d in result.documents]
    part.documents += [(d, answer.fetched_at) for d in documents]
    part.document_ids |= {d.id for d in documents}
    part.bills += [(bill, answer.fetched_at) for bill in result.bills]
    part.pages.append(
        {
            "canonical_url": page.canonical,
            "url": answer.url,
            "source_id": page.source.id,
            "fetched_at": answer.fetched_at,
            "outcome": None if documents else result.outcome or Outcome.NOT_ARTICLE,
            "reason": result.reason,
            "document_url": documents[0].canonical_url if documents else None,
            "text_hash": hash_together(documents) if documents else None,
            "document_ids": [d.id for d in documents],
            "content_type": answer.content_type,
            "digest": stored.digest if stored else None,
            "warc_file": stored.file if stored else None,
            "warc_offset": stored.offset if stored else None,
        }
    )
    return documents


@cache
def _understander(model: str) -> Understander:
    """One model a worker process, on one thread: processes, not threads, fill a machine."""
    return Understander(model, threads=1)


@cache
def _reader() -> ProcessPool:
    """One reading process a worker process; it ends with its parent, however that ends."""
    pool = make_readers(1)
    # Run before a process waits for its children, which ``atexit`` is not: a worker would wait for its reader for good.
    Finalize(None, _end, args=[pool], exitpriority=1)
    return pool


def _end(pool: ProcessPool) -> None:
    pool.stop()
    pool.join()
