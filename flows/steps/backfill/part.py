"""A part of a WARC file's reading: pages, documents and what was understood of them, on their way into one batch.

Belongs here: the rows of a page as it came. Not here: whose page it is or what it gives (``segment``), or what is new (``keep``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from flows.steps.reading import DATE_SLACK, ReadResult, credible, hash_together
from flows.steps.understanding import Rows
from spiders.archive import Stored
from spiders.registry import Source
from spiders.warc import Answer
from warehouse import batch as staged
from warehouse.batch import INSTANT
from warehouse.load import BatchFiles
from warehouse.records import Bill, Document, Outcome

LARGEST = 2000  # pages: bounds memory, whatever the file's size
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
class Judged:
    """An answer with its source and canonical address, or why it is not read."""

    answer: Answer
    source: Source
    canonical: str
    refused: ReadResult | None = None


@dataclass(slots=True)
class Part:
    """Rows of a batch to be."""

    rows: Rows = field(default_factory=Rows)
    pages: list[dict[str, object]] = field(default_factory=list)
    documents: list[tuple[Document, datetime]] = field(default_factory=list)
    bills: list[tuple[Bill, datetime]] = field(default_factory=list)
    document_ids: set[str] = field(default_factory=set)

    def has_room(self, documents: Sequence[Document]) -> bool:
        """Whether a page's documents may go in: it holds no document twice, and is not full."""
        return len(self.pages) < LARGEST and not any(d.id in self.document_ids for d in documents)

    def take(self, page: Judged, result: ReadResult, stored: Stored | None) -> list[Document]:
        """Take a page and what it gave in; returns its documents."""
        answer = page.answer
        latest = answer.fetched_at + DATE_SLACK
        documents = [credible(d, page.source.id, latest) for d in result.documents]
        self.documents += [(d, answer.fetched_at) for d in documents]
        self.document_ids |= {d.id for d in documents}
        self.bills += [(bill, answer.fetched_at) for bill in result.bills]
        self.pages.append(
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

    def write(self, folder: Path) -> None:
        """Write the batch; its pages too."""
        files = BatchFiles.of(folder)
        staged.write_parquet(folder / "pages.parquet", PAGES, self.pages)
        staged.write_parquet(files.documents, staged.DOCUMENTS, staged.document_rows(self.documents))
        if self.bills:
            staged.write_parquet(files.bills, staged.BILLS, staged.bill_rows(self.bills))
        self.rows.write(files)
