"""A batch of readings on its way to the warehouse: Parquet files of documents, labels, mentions, norms, figures and bills, written whole or not at all.

Belongs here: the staged form of Document and Understanding. Not here: the tables (``migrations``) or the loading (``load``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.durable import sync
from warehouse.records import LIMA, Bill, Document, Mention, Understanding

INSTANT = pa.timestamp("us", "UTC")
ROW_GROUP = 20_000  # rows that are read by one thread when a batch is loaded
DOCUMENTS = pa.schema(
    [
        *(
            (name, pa.string())
            for name in ("id", "source_id", "url", "canonical_url", "kind", "title", "text", "language")
        ),
        ("published_at", INSTANT),
        ("published_on", pa.date32()),
        *((name, pa.string()) for name in ("published_from", "published_precision")),
        ("updated_at", INSTANT),
        *((name, pa.string()) for name in ("byline", "section", "text_hash")),
        ("minhash", pa.binary()),
        ("page_first", pa.int32()),
        ("page_last", pa.int32()),
        ("is_teaser", pa.bool_()),
        ("digest", pa.string()),
        ("fetched_at", INSTANT),
    ]
)
UNDERSTOOD = pa.schema([("document_id", pa.string()), ("model", pa.string()), ("title_masked", pa.string())])
LABELS = pa.schema(
    [
        *((name, pa.string()) for name in ("document_id", "axis", "label")),
        ("probability", pa.float64()),
        ("band", pa.string()),
    ]
)
MENTIONS = pa.schema(
    [
        *((name, pa.string()) for name in ("mention_id", "document_id", "type")),
        ("happening", pa.int32()),
        ("status", pa.string()),
        ("date", pa.date32()),
        *(
            (n, pa.string())
            for n in ("date_precision", "ubigeo", "department", "province", "district", "place_precision")
        ),
        *((name, pa.int32()) for name in ("killed", "killed_low", "killed_high", "wounded")),
        ("amount_pen", pa.float64()),
        *((n, pa.string()) for n in ("amount_stated", "currency", "period", "group_name", "norm", "evidence_field")),
        ("evidence_start", pa.int32()),
        ("evidence_end", pa.int32()),
        *((name, pa.string()) for name in ("evidence", "evidence_masked")),
        ("sectors", pa.list_(pa.string())),
        ("territory", pa.list_(pa.struct([("ubigeo", pa.string()), ("coverage", pa.string())]))),
        ("uncertain", pa.bool_()),
    ]
)

NORMS = pa.schema(
    [
        *((name, pa.string()) for name in ("norm_id", "document_id")),
        ("position", pa.int32()),
        *((name, pa.string()) for name in ("kind", "number", "issuer", "action", "subject", "cause")),
        *((name, pa.date32()) for name in ("signed_on", "published_on", "starts_on", "ends_on")),
        ("days", pa.int32()),
        ("earlier", pa.list_(pa.string())),
        ("territory", pa.list_(pa.struct([("ubigeo", pa.string()), ("coverage", pa.string())]))),
    ]
)

FIGURES = pa.schema(
    [
        *((name, pa.string()) for name in ("figure_id", "document_id")),
        ("position", pa.int32()),
        ("metric", pa.string()),
        ("value", pa.float64()),
        *((name, pa.string()) for name in ("unit", "change", "period")),
        *((name, pa.date32()) for name in ("period_start", "period_end")),
        *((name, pa.string()) for name in ("ubigeo", "department", "province", "district", "evidence")),
    ]
)
BILLS = pa.schema(
    [
        *((name, pa.string()) for name in ("bill_id", "document_id", "chamber", "printed_number", "title")),
        ("period", pa.int32()),
        ("number", pa.int32()),
        *((name, pa.string()) for name in ("state", "proponent", "former_number")),
        ("filed_on", pa.date32()),
        ("authors", pa.list_(pa.string())),
        ("seen_at", INSTANT),
    ]
)


def mention_id(document_id: str, mention: Mention) -> str:
    """Stable id: a new model that finds the same type by the same sentence finds the same mention."""
    evidence = " ".join(mention.evidence.text.split())
    key = f"{mention.type}\x1f{mention.happening}\x1f{evidence}"
    return f"{document_id}-{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def document_rows(documents: Iterable[tuple[Document, datetime]]) -> list[dict[str, object]]:
    """Rows of documents, each with the time its bytes were fetched."""
    rows = []
    for document, fetched_at in documents:
        row = asdict(document)
        local = document.published_at.astimezone(LIMA).date() if document.published_at else None
        rows.append({**row, "published_on": local, "fetched_at": fetched_at})
    return rows


def mention_rows(understood: Understanding, masked: dict[int, str]) -> list[dict[str, object]]:
    """Rows of a document's mentions; ``masked`` holds the masked evidence by position."""
    rows = []
    for position, mention in enumerate(understood.mentions):
        row = asdict(mention)
        evidence = row.pop("evidence")
        row["group_name"] = row.pop("group")
        row |= {
            "mention_id": mention_id(understood.document_id, mention),
            "document_id": understood.document_id,
            "evidence_field": evidence["field"],
            "evidence_start": evidence["start"],
            "evidence_end": evidence["end"],
            "evidence": evidence["text"],
            "evidence_masked": masked[position],
            "sectors": list(mention.sectors),
            "territory": [asdict(t) for t in mention.territory],
        }
        rows.append(row)
    return rows


def norm_rows(document_id: str, readings: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows of what a document says of norms, each reading with the names of the columns."""
    return [
        {**reading, "norm_id": f"{document_id}-{position}", "document_id": document_id, "position": position}
        for position, reading in enumerate(readings)
    ]


def figure_rows(document_id: str, claims: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows of the statistics a document claims, each claim with the names of the columns."""
    return [
        {**claim, "figure_id": f"{document_id}-{position}", "document_id": document_id, "position": position}
        for position, claim in enumerate(claims)
    ]


def bill_rows(bills: Iterable[tuple[Bill, datetime]]) -> list[dict[str, object]]:
    """Rows of bills, each with the time its list was read."""
    return [{**asdict(bill), "bill_id": bill.id, "seen_at": seen_at} for bill, seen_at in bills]


def write_parquet(path: Path, schema: pa.Schema, rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows so that the file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    pq.write_table(
        pa.Table.from_pylist(list(rows), schema=schema), temporary, compression="zstd", row_group_size=ROW_GROUP
    )
    sync(temporary)
    temporary.chmod(0o600)
    temporary.replace(path)
    for folder in (path.parent, path.parent.parent):  # the names too must survive a power cut
        sync(folder)


def read_documents(path: Path) -> list[Document]:
    """Documents of a batch."""
    names = set(Document.__dataclass_fields__)
    return [Document(**{k: v for k, v in row.items() if k in names}) for row in pq.read_table(path).to_pylist()]
