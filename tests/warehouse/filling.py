"""Documents with mentions, as ``chasqui link`` takes them, into a warehouse: what linking's tests and benchmark load."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
from datasketch import MinHash

from warehouse import batch as staged
from warehouse.linking.lines import day_of
from warehouse.load import BatchFiles, load_batch
from warehouse.records import Document, Evidence, Mention, Territory, Understanding

FETCHED = datetime(2026, 11, 16, 7, tzinfo=UTC)


def sketch(text: str) -> bytes:
    """MinHash of five-word shingles."""
    words = text.lower().split()
    hashed = MinHash(num_perm=64)
    for n in range(max(len(words) - 4, 0)):
        hashed.update(" ".join(words[n : n + 5]).encode())
    return hashed.hashvalues.astype("<u4").tobytes()


def _document(row: Mapping[str, Any], *, sketched: bool) -> Document:
    day = day_of(row["published"]) or date(2026, 11, 15)
    return Document(
        id=row["id"],
        source_id=row.get("source", "uno"),
        url=f"https://x.pe/{row['id']}",
        canonical_url=f"https://x.pe/{row['id']}",
        kind="article",
        title=row["title"],
        text=row["text"],
        language="es",
        published_at=datetime.combine(day, time(15), UTC),
        published_from="json-ld",
        published_precision="instant",
        updated_at=None,
        byline=None,
        section=None,
        text_hash=hashlib.sha256(row["text"].encode()).hexdigest(),
        minhash=sketch(row["text"]) if sketched else b"",
    )


def _mention(row: Mapping[str, Any]) -> Mention:
    evidence = row["evidence"]
    known = {k: v for k, v in row.items() if k in Mention.__dataclass_fields__}
    return Mention(
        **known
        | {
            "date": day_of(row.get("date")),
            "sectors": tuple(row["sectors"]),
            "territory": tuple(Territory(t["ubigeo"], t["coverage"]) for t in row.get("territory", [])),
            "evidence": Evidence(evidence["field"], evidence["start"], evidence["end"], evidence["text"]),
        }
    )


def fill(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    batch: str,
    documents: Iterable[Mapping[str, Any]],
    *,
    sketched: bool = False,
) -> None:
    """Load documents as one batch."""
    files = BatchFiles.of(folder / batch)
    read = [(_document(d, sketched=sketched), [_mention(m) for m in d["mentions"]]) for d in documents]
    staged.write_parquet(files.documents, staged.DOCUMENTS, staged.document_rows((d, FETCHED) for d, _ in read))
    rows: list[dict[str, object]] = []
    for document, mentions in read:
        masked = {n: m.evidence.text[:300] for n, m in enumerate(mentions)}
        rows += staged.mention_rows(Understanding(document.id, "m", (), tuple(mentions)), masked)
    staged.write_parquet(files.mentions, staged.MENTIONS, rows)
    staged.write_parquet(files.labels, staged.LABELS, [])
    understood = [{"document_id": d.id, "model": "m", "title_masked": d.title} for d, _ in read]
    staged.write_parquet(files.understood, staged.UNDERSTOOD, understood)
    load_batch(con, batch, files)
