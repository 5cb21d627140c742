"""Readings of WARC files into the home: what is new among them becomes batches that wait to be loaded, pages and outcomes are noted.

Belongs here: new, unchanged, changed or duplicate, told by what the home knows. Not here: the reading (``segment``), nor the
load (``steps/keeping.py``). One process at a time does this, in the order of the plan: the result depends on no worker's speed.
A file's folder is emptied last, so that whatever is cut off is done again and gives the same.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq

from flows.steps.night import Night
from warehouse.load import BatchFiles
from warehouse.ops import KEPT, Ops
from warehouse.records import Outcome

KEPT_MARK = "kept"  # an empty file beside the summary: all of this reading is in the home


def is_kept(place: Path) -> bool:
    """Whether a file's reading has been taken in."""
    return (place / KEPT_MARK).exists()


def keep_segment(night: Night, place: Path) -> dict[str, int]:
    """Take one file's reading in; returns its pages by outcome."""
    counts: Counter[str] = Counter()
    with night.ops() as ops:
        for part in sorted(p for p in place.iterdir() if (p / "pages.parquet").exists()):
            pages = decide(ops, pq.read_table(part / "pages.parquet").to_pylist())
            kept = [d for page in pages if page["outcome"] in KEPT for d in page["document_ids"]]
            _archive(night.home.archive, place / "archive", pages)
            if kept:
                _put_batch(part, night.home.batches, f"warc-{place.name}-{part.name}", kept)
            counts.update(ops.record_captures(night.run_id, pages))
            shutil.rmtree(part)
    shutil.rmtree(place / "archive", ignore_errors=True)
    (place / KEPT_MARK).touch()
    return dict(counts)


def decide(ops: Ops, pages: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What becomes of each page, against what is known and the pages before it; of captures of one address the newest is read."""
    decided: list[dict[str, Any]] = []
    texts: set[tuple[str, str]] = set()
    addresses: set[str] = set()
    for page in sorted(pages, key=lambda p: (p["fetched_at"], p["canonical_url"]), reverse=True):
        outcome, reason = page["outcome"], page["reason"]
        if outcome is None:
            outcome, reason = _decide(ops, page, texts, addresses)
            texts.add((page["source_id"], page["text_hash"]))
            addresses |= {page["document_url"], page["canonical_url"]}
        decided.append(
            {**page, "outcome": outcome, "reason": reason, "fetched_at": page["fetched_at"].astimezone(UTC).isoformat()}
        )
    return decided


def _decide(
    ops: Ops, page: Mapping[str, Any], texts: set[tuple[str, str]], addresses: set[str]
) -> tuple[Outcome, str | None]:
    text, at = page["text_hash"], page["fetched_at"]
    if page["canonical_url"] in addresses or page["document_url"] in addresses or (page["source_id"], text) in texts:
        return Outcome.DUPLICATE, "twin_in_the_file"
    known = next(iter(ops.rows("known_page", page["canonical_url"])), None)
    if known is not None and known["text_hash"] == text:
        return Outcome.UNCHANGED, "same_text"
    if (
        known is not None
        and known["fetched_at"]
        and known["document_ids"]
        and at <= datetime.fromisoformat(known["fetched_at"])
    ):
        return Outcome.DUPLICATE, "older_capture"
    other = ops.rows("known_page", page["document_url"]) if page["document_url"] != page["canonical_url"] else []
    if any(row["document_ids"] for row in other):
        return Outcome.DUPLICATE, "twin_of_a_known_page"
    if ops.rows("same_text", text, page["canonical_url"], page["source_id"]):
        return Outcome.DUPLICATE, "twin_of_a_known_page"
    return (Outcome.CHANGED if known is not None and known["text_hash"] else Outcome.NEW), None


def _archive(archive: Path, fresh: Path, pages: Iterable[Mapping[str, Any]]) -> None:
    """Move the segments that hold kept pages into the archive; a second time finds them moved."""
    for file in sorted({p["warc_file"] for p in pages if p["outcome"] in KEPT and p["warc_file"]}):
        target = archive / file
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (fresh / file).exists():
            (fresh / file).replace(target)


def _put_batch(part: Path, batches: Path, name: str, document_ids: list[str]) -> None:
    """The part's rows of these documents as a batch that waits to be loaded, there whole or not at all.

    Its name tells what is kept of the part: done again after a crash it is the same batch, which is loaded once; a file
    that is read again with other results is another.
    """
    work = part / "batch"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    files = BatchFiles.of(part)
    for field in BatchFiles.__dataclass_fields__:
        path: Path = getattr(files, field)
        if path.exists():
            column = ds.field("id" if field == "documents" else "document_id")
            table = pq.read_table(path, filters=column.isin(document_ids))
            pq.write_table(table, work / path.name, compression="zstd")
    texts = pq.read_table(work / files.documents.name, columns=["id", "text_hash"]).to_pylist()
    said = hashlib.sha256(json.dumps(sorted(d["id"] + d["text_hash"] for d in texts)).encode()).hexdigest()
    target = batches / f"{name}-{said[:8]}"
    shutil.rmtree(target, ignore_errors=True)
    batches.mkdir(exist_ok=True, mode=0o700)
    work.rename(target)
