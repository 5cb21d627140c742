"""forget: a page out of every place of a home that keeps it: archive, warehouse, published file, search, state, journal, logs.

What stays is a tombstone, the id made from its address, which crawling, reprocessing and backfills obey. A name is forgotten with every
page that says it. At the end every file is searched for what was to go.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.steps.indexing import index_all
from flows.steps.keeping import link_all, publish_all, warehouse_of
from flows.steps.night import Night, only_one
from models.fold import fold
from spiders.archive import iter_records
from spiders.blanking import NotARecordError, blank_record
from spiders.urls import canonical_url
from warehouse import journal
from warehouse.forgetting import TOMBSTONES, Page, drop_addresses, drop_pages, events_told, find_pages, write_anew
from warehouse.ops import Ops
from warehouse.reviews.taking import JOURNAL as REVIEWS
from warehouse.reviews.taking import without_pages

LINES = frozenset(
    {".jsonl", ".log", ".stderr"}
)  # files that lose single lines; others that tell of the page are deleted
KEPT = frozenset({".duckdb", ".sqlite", ".gz", ".db", ".toml"})
LEAST_LETTERS = 5  # of a name: a shorter one would take half the press with it


class WaitingBatchesError(Exception):
    """Pages wait to be loaded; the next night has to finish them first."""


class ShortNameError(Exception):
    """A name that would match nearly anything."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went, and the files that still hold some of it."""

    pages: int
    records: int
    left: tuple[Path, ...]


def forget(night: Night, wanted: str) -> Forgotten:
    """Forget the pages that an address, a document's id or a name means.

    Raises:
        WaitingBatchesError: a night was cut off before its pages were loaded.
        ShortNameError: the name has too few letters.
    """
    if not wanted.startswith("http") and sum(c.isalpha() for c in wanted) < LEAST_LETTERS:
        raise ShortNameError(
            f"{wanted!r} is too short a name: at least {LEAST_LETTERS} letters, better first name and surname"
        )
    home = night.home
    with only_one(home, "nightly"), only_one(home, "poll", wait_s=60):
        if any(home.batches.glob("*")):
            raise WaitingBatchesError(f"pages wait in {home.batches}: run `chasqui nightly` first")
        asked = canonical_url(wanted) if wanted.startswith("http") else wanted
        with warehouse_of(night) as con, night.ops() as ops:
            pages = find_pages(con, asked, fold)
            if not pages:
                return Forgotten(0, 0, ())
            addresses = _addresses(ops, pages)
            records = _blank(night, ops, addresses)
            ids = [p.document_id for p in pages]
            drop_addresses(ops, ids, addresses, events_told(con, ids))
            drop_pages(con, ids)
            link_all(night, con)
            publish_all(night, con)
        write_anew(home.warehouse)
        _index_anew(night)
        needles = [*addresses, *(p.title for p in pages if p.title)]
        if asked == wanted and not any(p.document_id == wanted for p in pages):
            needles.append(wanted)
        _clean_reviews(home.journal / REVIEWS, needles, {i.partition("-")[0] for i in ids})
        _sweep(home.root, needles)
        for page in pages:
            journal.append(
                home.journal / TOMBSTONES, {"document_id": page.document_id, "at": datetime.now(UTC).isoformat()}
            )
        return Forgotten(len(pages), records, tuple(_still_holding(home.root, needles)))


def _addresses(ops: Ops, pages: Sequence[Page]) -> list[str]:
    """Every form of the pages' addresses, the longest first."""
    known = {a for p in pages for a in (p.url, p.canonical_url)}
    for page in pages:
        for row in ops.rows("addresses", page.canonical_url):
            known |= {a for a in row if a}
    return sorted(known, key=lambda a: (-len(a), a))


def _blank(night: Night, ops: Ops, addresses: Sequence[str]) -> int:
    """Blank the pages' records, and those of lists that name them."""
    wanted = frozenset(addresses)
    marks = [a.encode() for a in addresses]
    done = 0
    for row in ops.rows("archived"):
        path = night.home.archive / row["warc_file"]
        if not path.is_file():
            continue
        is_page = row["url"] in wanted or row["final_url"] in wanted
        if is_page or (row["way"] != "article" and _names(path, row["warc_offset"], marks)):
            blank_record(path, row["warc_offset"])
            done += 1
    return done


def _names(path: Path, offset: int, marks: Sequence[bytes]) -> bool:
    """Whether the record's body holds one of the addresses."""
    try:
        record = next(iter_records(path, offset), None)
    except (OSError, EOFError, ValueError, NotARecordError):
        return False
    return record is not None and any(mark in record.body for mark in marks)


def _index_anew(night: Night) -> None:
    """Make the search index from the warehouse: taking a document out of it would leave its words in the files."""
    if night.home.search.exists():
        shutil.rmtree(night.home.search)
        with warehouse_of(night) as con:
            index_all(night, con)


def _files(root: Path) -> Iterator[Path]:
    return (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())


def _sweep(root: Path, needles: Sequence[str]) -> None:
    """Take out of journal, logs and written mails the lines, or the files, that tell of the pages."""
    marks = [needle.encode() for needle in needles]
    for path in _files(root):
        if path.suffix in KEPT or not _holds(path.read_bytes(), marks):
            continue
        if path.suffix in LINES:
            kept = [line for line in path.read_bytes().splitlines(keepends=True) if not _holds(line, marks)]
            path.write_bytes(b"".join(kept))
        else:
            path.unlink()


def _clean_reviews(path: Path, needles: Sequence[str], gone: Collection[str]) -> None:
    """Take the pages out of the journal of judgements; one of an event stays and loses the words of its reviewer."""
    if not path.exists():
        return
    lines: list[str] = []
    for record in journal.read(path):
        kept = without_pages(record, gone)
        if kept and any(needle in (kept["note"] or "") for needle in needles):
            kept = {**kept, "note": None}
        if kept:
            lines.append(json.dumps(kept, ensure_ascii=False))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _holds(content: bytes, marks: Iterable[bytes]) -> bool:
    return any(mark in content for mark in marks)


def _still_holding(root: Path, needles: Sequence[str]) -> Iterator[Path]:
    """The files in which some of it is still found, packed ones unpacked."""
    marks = [needle.encode() for needle in needles]
    for path in _files(root):
        parts = (r.url.encode() + r.body for r in iter_records(path)) if path.suffix == ".gz" else [path.read_bytes()]
        if any(_holds(part, marks) for part in parts):
            yield path
