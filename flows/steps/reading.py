"""extract: archived pages become documents and bills, in batches on disk that wait to be understood."""

from __future__ import annotations

import hashlib
from concurrent.futures import TimeoutError as PoolTimeoutError
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from sqlite3 import Row
from typing import Any

from pebble import ProcessExpired, ProcessPool

from flows.steps.night import Night
from flows.steps.readers import ReadersDiedError, make_readers, result_from
from spiders.archive import ArchiveError, read_record
from spiders.extract import NotArticle, Page, Unreadable, bills_of, extract
from spiders.registry import Source
from warehouse import batch as staged
from warehouse.load import BatchFiles
from warehouse.ops import ARCHIVE_LOST, Ops
from warehouse.records import Bill, Document, Outcome

BATCH_PAGES = 500
DATE_SLACK = timedelta(days=2)  # zones and early editions; beyond it a date is a mistake


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a worker made of one archived page."""

    documents: list[Document]
    bills: list[Bill] = field(default_factory=list)
    outcome: Outcome | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one page."""

    documents: list[Document]
    bills: list[Bill]
    fetched_at: datetime


def read_page(archive: Path, row: dict[str, Any], source: Source | None) -> ReadResult:
    """One archived page to documents; runs in a worker process."""
    try:
        archived = read_record(archive, row["warc_file"], row["warc_offset"], row["digest"])
    except ArchiveError as error:
        return failed(Outcome.UNREADABLE, f"{ARCHIVE_LOST}{error}")
    published = datetime.fromisoformat(row["published_at"]) if row["published_at"] else None
    page = Page(
        url=row["url"],
        body=archived.body,
        content_type=row["content_type"],
        digest=row["digest"],
        source=source,
        hint_title=row["title"],
        hint_published_at=published,
        hint_from=row["way"] if published else None,
    )
    return documents_of(page)


def documents_of(page: Page) -> ReadResult:
    """What a page gives, or why it gives nothing."""
    try:
        documents = extract(page)
        return ReadResult(documents, bills_of(page, documents))
    except NotArticle as error:
        return failed(Outcome.NOT_ARTICLE, str(error))
    except Unreadable as error:
        return failed(Outcome.UNREADABLE, str(error))


def failed(outcome: Outcome, reason: str) -> ReadResult:
    """A page that gave nothing, and why."""
    return ReadResult([], outcome=outcome, reason=reason)


def read_all(night: Night, turn: str = "") -> dict[str, int]:
    """Read every fetched page that has not been read; returns outcomes counted.

    A page that takes too long or too much memory costs itself: its worker is killed and another takes over. ``turn`` tells apart
    the batches of a run that reads more than once: under one name a batch is loaded once.
    """
    with night.ops() as ops:
        rows = ops.rows("to_read")
        outcomes: dict[str, int] = {}
        with readers(night, len(rows)) as pool, night.reporter.bar("reading pages", len(rows)) as bar:
            for start in range(0, len(rows), BATCH_PAGES):
                part = rows[start : start + BATCH_PAGES]
                results = read_side_by_side(night, pool, part)
                decided, kept = _decide(night, ops, part, results)
                write_batch(night, f"{turn}{start // BATCH_PAGES:03d}", kept)
                for name, count in ops.record_reading(decided).items():
                    outcomes[name] = outcomes.get(name, 0) + count
                bar.advance(len(part))
    return outcomes


def readers(night: Night, pages: int) -> ProcessPool:
    """The processes that read a run's pages, started with the first of them; as a context it waits for their end."""
    return make_readers(max(1, min(night.settings.workers, pages)))


def read_side_by_side(night: Night, pool: ProcessPool, rows: list[Row]) -> list[ReadResult]:
    """What readers make of archived pages, in order."""
    sources = {s.id: s for s in night.registry.sources}
    futures = [
        pool.schedule(
            read_page,
            args=[night.home.archive, dict(row), sources.get(row["source_id"])],
            timeout=night.settings.read_timeout_s,
        )
        for row in rows
    ]
    return [result_of(pool, future) for future in futures]


def result_of(pool: ProcessPool, future: Any) -> ReadResult:
    """What a reading process made of a page, whatever became of the process.

    Raises:
        ReadersDiedError: no reading process lives long enough to read.
    """
    try:
        return result_from(pool, future)
    except ReadersDiedError:
        raise
    except PoolTimeoutError:
        return failed(Outcome.TOO_SLOW, "reading_timeout")
    except (ProcessExpired, MemoryError):
        return failed(Outcome.UNREADABLE, "reader_died")
    except Exception as error:  # noqa: BLE001 - a hostile page may break any library; it is named, counted, and costs itself
        return failed(Outcome.UNREADABLE, f"reader_{type(error).__name__}")


Decided = tuple[str, str, str, Outcome, str | None, list[str] | None, str | None]


def _decide(night: Night, ops: Ops, rows: list[Row], results: list[ReadResult]) -> tuple[list[Decided], list[Kept]]:
    """New, unchanged, changed or duplicate, for each page; and what to keep."""
    decided: list[Decided] = []
    kept: list[Kept] = []
    taken: set[tuple[str, str]] = set()
    canonicals: set[str] = set()
    for row, result in zip(rows, results, strict=True):
        run_id = row["fetched_run"] or night.run_id
        head = (row["canonical_url"], run_id, row["source_id"])
        if not result.documents:
            decided.append((*head, result.outcome or Outcome.NOT_ARTICLE, result.reason or "empty", None, None))
            continue
        text_hash = hash_together(result.documents)
        canonical = result.documents[0].canonical_url
        other = ops.rows("find_url", canonical) if canonical != row["canonical_url"] else []
        is_twin = (
            (row["source_id"], text_hash) in taken
            or canonical in canonicals
            or bool(ops.rows("same_text", text_hash, row["canonical_url"], row["source_id"]))
            or any(known["document_ids"] for known in other)
        )
        if row["text_hash"] == text_hash:
            decided.append((*head, Outcome.UNCHANGED, "same_text", None, None))
        elif is_twin:
            decided.append((*head, Outcome.DUPLICATE, "twin_of_a_known_page", None, None))
        else:
            outcome = Outcome.CHANGED if row["text_hash"] else Outcome.NEW
            decided.append((*head, outcome, None, [d.id for d in result.documents], text_hash))
            kept.append(keep(night, row, result))
            taken.add((row["source_id"], text_hash))
            canonicals.add(canonical)
    return decided, kept


def keep(night: Night, row: Row, result: ReadResult) -> Kept:
    """What is kept of a page, its dates as far as they can be believed."""
    fetched_at = datetime.fromisoformat(row["fetched_at"])
    latest = max(fetched_at, datetime.combine(night.settings.day(), time.max, UTC)) + DATE_SLACK
    return Kept([credible(d, row["source_id"], latest) for d in result.documents], result.bills, fetched_at)


def write_batch(night: Night, name: str, kept: list[Kept]) -> None:
    """Put what was read on the disk, as a batch of this run that waits to be understood; bills first."""
    if not kept:
        return
    files = BatchFiles.of(night.home.batches / f"{night.run_id}-{name}")
    if bills := [(bill, page.fetched_at) for page in kept for bill in page.bills]:
        staged.write_parquet(files.bills, staged.BILLS, staged.bill_rows(bills))
    documents = [(document, page.fetched_at) for page in kept for document in page.documents]
    staged.write_parquet(files.documents, staged.DOCUMENTS, staged.document_rows(documents))


def hash_together(documents: list[Document]) -> str:
    """One hash of all parts of a page, so that a change in any of them is a change."""
    if len(documents) == 1:
        return documents[0].text_hash
    return hashlib.sha256(" ".join(d.text_hash for d in documents).encode()).hexdigest()


def credible(document: Document, source_id: str, latest: datetime) -> Document:
    """The document under its source's id (the registry may have dropped it since), a date ahead of the clock taken off."""
    if document.published_at is not None and document.published_at > latest:
        document = replace(document, published_at=None, published_from=None, published_precision="unknown")
    return replace(document, source_id=source_id)
