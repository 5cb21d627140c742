"""extract and understand: archived pages become documents, documents become labels and mentions, in batches on disk."""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
from concurrent.futures import TimeoutError as PoolTimeoutError
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from sqlite3 import Row
from typing import Any

from pebble import ProcessExpired, ProcessPool

from flows.steps.night import Night
from models.understand import Text, Understander
from spiders.archive import ArchiveError, read_record
from spiders.extract import NotArticle, Page, Unreadable, extract
from spiders.registry import Source
from warehouse import batch as staged
from warehouse.load import BatchFiles
from warehouse.records import LIMA, Document, Outcome, Understanding

READER_MEMORY = 2 * 1024**3  # bytes of address space above what the interpreter starts with
BATCH_PAGES = 500
UNDERSTAND_AT_ONCE = 64
DATE_SLACK = timedelta(days=2)  # zones and early editions; beyond it a date is a mistake


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a worker made of one archived page."""

    documents: list[Document]
    outcome: Outcome | None = None
    reason: str | None = None


def read_page(archive: Path, row: dict[str, Any], source: Source | None) -> ReadResult:
    """One archived page to documents; runs in a worker process."""
    try:
        archived = read_record(archive, row["warc_file"], row["warc_offset"], row["digest"])
    except ArchiveError as error:
        return ReadResult([], Outcome.UNREADABLE, f"archive: {error}")
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
    try:
        return ReadResult(extract(page))
    except NotArticle as error:
        return ReadResult([], Outcome.NOT_ARTICLE, str(error))
    except Unreadable as error:
        return ReadResult([], Outcome.UNREADABLE, str(error))


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (READER_MEMORY, resource.RLIM_INFINITY))


def read_all(night: Night) -> dict[str, int]:
    """Read every fetched page that has not been read; returns outcomes counted.

    A page that takes too long or too much memory costs itself: its worker is killed and another takes over.
    """
    with night.ops() as ops:
        rows = ops.rows("to_read")
        outcomes: dict[str, int] = {}
        with night.reporter.bar("reading pages", len(rows)) as bar:
            for start in range(0, len(rows), BATCH_PAGES):
                part = rows[start : start + BATCH_PAGES]
                results = _read_side_by_side(night, part)
                decided, kept = _decide(night, ops, part, results)
                if kept:
                    folder = night.home.batches / f"{night.run_id}-{start // BATCH_PAGES:03d}"
                    rows_out = staged.document_rows(kept)
                    staged.write_parquet(BatchFiles.of(folder).documents, staged.DOCUMENTS, rows_out)
                for name, count in ops.record_reading(decided).items():
                    outcomes[name] = outcomes.get(name, 0) + count
                bar.advance(len(part))
    return outcomes


def _read_side_by_side(night: Night, rows: list[Row]) -> list[ReadResult]:
    sources = {s.id: s for s in night.registry.sources}
    with ProcessPool(
        max_workers=min(night.settings.workers, len(rows)),
        initializer=_limit_memory,
        context=multiprocessing.get_context("spawn"),
    ) as pool:
        futures = [
            pool.schedule(
                read_page,
                args=[night.home.archive, dict(row), sources.get(row["source_id"])],
                timeout=night.settings.read_timeout_s,
            )
            for row in rows
        ]
        return [_result(future) for future in futures]


def _result(future: Any) -> ReadResult:
    try:
        return future.result()
    except PoolTimeoutError:
        return ReadResult([], Outcome.TOO_SLOW, "reading_timeout")
    except (ProcessExpired, MemoryError):
        return ReadResult([], Outcome.UNREADABLE, "reader_died")
    except Exception as error:  # noqa: BLE001 - a hostile page may break any library; it is named, counted, and costs itself
        return ReadResult([], Outcome.UNREADABLE, f"reader_{type(error).__name__}")


Decided = tuple[str, str, str, Outcome, str | None, list[str] | None, str | None]


def _decide(
    night: Night, ops: Any, rows: list[Row], results: list[ReadResult]
) -> tuple[list[Decided], list[tuple[Document, datetime]]]:
    """New, unchanged, changed or duplicate, for each page; and the documents to keep."""
    decided: list[Decided] = []
    kept: list[tuple[Document, datetime]] = []
    taken: set[tuple[str, str]] = set()
    canonicals: set[str] = set()
    for row, result in zip(rows, results, strict=True):
        run_id = row["fetched_run"] or night.run_id
        head = (row["canonical_url"], run_id, row["source_id"])
        if not result.documents:
            decided.append((*head, result.outcome or Outcome.NOT_ARTICLE, result.reason or "empty", None, None))
            continue
        text_hash = _hash_together(result.documents)
        canonical = result.documents[0].canonical_url
        other = ops.rows("find_url", canonical) if canonical != row["canonical_url"] else []
        is_twin = (
            (row["source_id"], text_hash) in taken
            or canonical in canonicals
            or bool(ops.rows("same_text", text_hash, row["canonical_url"], row["source_id"]))
            or any(known["document_ids"] for known in other)
        )
        ids = [d.id for d in result.documents]
        if row["text_hash"] == text_hash:
            decided.append((*head, Outcome.UNCHANGED, "same_text", None, None))
        elif is_twin:
            decided.append((*head, Outcome.DUPLICATE, "twin_of_a_known_page", None, None))
        else:
            outcome = Outcome.CHANGED if row["text_hash"] else Outcome.NEW
            decided.append((*head, outcome, None, ids, text_hash))
            fetched_at = datetime.fromisoformat(row["fetched_at"])
            latest = max(fetched_at, datetime.combine(night.settings.day(), time.max, UTC)) + DATE_SLACK
            kept.extend((_credible(d, row["source_id"], latest), fetched_at) for d in result.documents)
            taken.add((row["source_id"], text_hash))
            canonicals.add(canonical)
    return decided, kept


def _hash_together(documents: list[Document]) -> str:
    """One hash of all parts of a page, so that a change in any of them is a change."""
    if len(documents) == 1:
        return documents[0].text_hash
    return hashlib.sha256(" ".join(d.text_hash for d in documents).encode()).hexdigest()


def _credible(document: Document, source_id: str, latest: datetime) -> Document:
    """The document under its source's id (the registry may have dropped it since), a date ahead of the clock taken off."""
    if document.published_at is not None and document.published_at > latest:
        document = replace(document, published_at=None, published_from=None, published_precision="unknown")
    return replace(document, source_id=source_id)


def understand_all(night: Night) -> tuple[int, str]:
    """Label and read every batch that has not been; returns documents understood and the model's version."""
    waiting = [f for f in sorted(night.home.batches.glob("*")) if BatchFiles.of(f).documents.exists()]
    waiting = [f for f in waiting if not BatchFiles.of(f).are_ready]
    understander = Understander(night.settings.model)
    count = 0
    for folder in waiting:
        files = BatchFiles.of(folder)
        documents = staged.read_documents(files.documents)
        with night.reporter.bar("classifying", len(documents)) as bar:
            understood, labels, mentions, norms = [], [], [], []
            for start in range(0, len(documents), UNDERSTAND_AT_ONCE):
                part = documents[start : start + UNDERSTAND_AT_ONCE]
                texts = [Text(d.title, d.text, published_day(d)) for d in part]
                for document, found in zip(part, understander.understand_each(texts), strict=True):
                    if isinstance(found, str):  # kept without labels; its title is not shown, since nobody masked it
                        night.report.setdefault("not_understood", []).append({"document": document.id, "reason": found})
                        understood.append(
                            {"document_id": document.id, "model": understander.version, "title_masked": ""}
                        )
                        continue
                    record = Understanding(document.id, understander.version, found.labels, tuple(found.mentions))
                    understood.append(
                        {"document_id": document.id, "model": record.model, "title_masked": found.title_masked}
                    )
                    labels += [
                        {"document_id": document.id, "axis": x.axis, "label": x.label}
                        | {"probability": x.probability, "band": x.band}
                        for x in found.labels
                        if x.band != "no"
                    ]
                    mentions += staged.mention_rows(record, dict(enumerate(found.evidence_masked)))
                bar.advance(len(part))
        staged.write_parquet(files.labels, staged.LABELS, labels)
        staged.write_parquet(files.mentions, staged.MENTIONS, mentions)
        staged.write_parquet(files.norms, staged.NORMS, norms)
        staged.write_parquet(files.understood, staged.UNDERSTOOD, understood)
        count += len(documents)
    return count, understander.version


def published_day(document: Document) -> Any:
    """The day relative dates count from; None when no more than the month is known."""
    if document.published_at is None or document.published_precision not in {"instant", "day"}:
        return None
    return document.published_at.astimezone(LIMA).date()
