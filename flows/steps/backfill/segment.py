"""One WARC file to one folder of Parquet batches and archived pages: a pure function of the file, the registry and the model.

Belongs here: what a worker does, on this machine or another. Not here: which files (``plan``), what is new among what was
read (``keep``), or who hands out the work (``flows/backfill.py``). A worker touches no state but its own folder, which
appears whole or not at all: one that is killed leaves nothing behind that counts.
"""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from io import BufferedReader
from itertools import islice
from multiprocessing.util import Finalize
from pathlib import Path
from tempfile import mkdtemp

from pebble import ProcessPool

from flows.steps.backfill.part import Judged, Part
from flows.steps.night import judge_url
from flows.steps.readers import ReadersDiedError, make_readers
from flows.steps.reading import (
    ReadResult,
    documents_of,
    failed,
    result_of,
)
from models.understand import Understander
from spiders.archive import ArchiveWriter, Stored, payload_digest
from spiders.extract import Page
from spiders.registry import Source
from spiders.transfer import RemoteFile
from spiders.urls import host_of
from spiders.warc import Answer, Tally, iter_answers
from warehouse.durable import sync
from warehouse.records import Document, Outcome

AT_ONCE = 64  # pages read and classified together
SUMMARY = "summary.json"


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
    sync(work)
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
    part = Part()
    for some in _batched(answers, AT_ONCE):
        judged = [_judge(answer, segment.sources, hosts) for answer in some]
        documents: list[Document] = []
        for page, result in zip(judged, _read_pages(judged, segment.read_timeout_s), strict=True):
            if not part.has_room(result.documents):
                refused += part.rows.add_all(model, documents)
                part.write(work / f"{number:05d}")
                number, part, documents = number + 1, Part(), []
            taken = part.take(page, result, _archive(writers, work, segment, page, result))
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


def _judge(answer: Answer, sources: Sequence[Source], hosts: dict[str, Source]) -> Judged:
    """Whose page it is: of sources that share a host, the first whose addresses have its form."""
    host = host_of(answer.url)
    sharing = [source for source in sources if host in source.registered_hosts]
    fitting = [(source, judge_url(source, answer.url)) for source in sharing]
    source, verdict = next(((s, v) for s, v in fitting if v.refusal is None), (hosts[host], fitting[0][1]))
    canonical = verdict.canonical or answer.url
    if answer.outcome is not None:
        return Judged(answer, source, canonical, failed(answer.outcome, answer.reason or ""))
    if verdict.refusal is not None:
        return Judged(answer, source, canonical, failed(verdict.refusal, verdict.reason or ""))
    return Judged(answer, source, canonical)


def _read_pages(judged: Sequence[Judged], timeout_s: float) -> list[ReadResult]:
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


def _page_of(page: Judged) -> Page:
    """The page without a hint of its date: when it was crawled says nothing of when it was published."""
    answer = page.answer
    digest = payload_digest(answer.body)
    return Page(answer.url, answer.body, answer.content_type, digest=digest, source=page.source)


def _archive(
    writers: dict[str, ArchiveWriter], work: Path, segment: Segment, page: Judged, result: ReadResult
) -> Stored | None:
    """Keep the bytes of a page that gave documents, as the crawler would have."""
    if not result.documents:
        return None
    answer, source = page.answer, page.source
    if source.id not in writers:
        writers[source.id] = ArchiveWriter(work / "archive", source.id, f"warc-{segment.key}")
    headers = [("Content-Type", answer.content_type)] if answer.content_type else []
    return writers[source.id].write(answer.url, answer.status, headers, answer.body, answer.fetched_at)


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
