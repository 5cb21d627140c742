"""Bringing the index up to the warehouse: what was read anew is indexed anew, what is gone is taken out.

A night looks at the documents that were touched since the last time. Where index and warehouse were not left together (one of
them was put back, an update was cut off between the two), all of the one is compared with all of the other, by what the index
says it holds. An index that is missing, damaged, of another version or masked by another one is made from the warehouse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa
import tantivy

from warehouse.search.schema import day_number
from warehouse.search.shelf import Shelf, make_index, mark_of, open_index
from warehouse.sqlfiles import statements

SQL = statements("search")
WRITER_BYTES = 128 * 1024**2
AT_ONCE = 500  # documents in memory
MANY = 20_000  # documents to look up in the index; of more it is asked for all
Masker = Callable[[str, str], tuple[str, str]]  # title and text to the same with private persons masked
Row = tuple[str, int, int, str, date | None, str, str]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an update did; ``made_anew`` says why the index was made from the start, if it was."""

    added: int
    removed: int
    made_anew: str | None = None


def update(con: duckdb.DuckDBPyConnection, shelf: Shelf, mask: Masker, masker: str = "") -> Indexed:
    """Bring the index up to the warehouse.

    Args:
        con: the warehouse's writer.
        shelf: where the index lies.
        mask: gives a document as it may be shown; what it leaves out cannot be found.
        masker: version of ``mask``. A text masked by another may show what this one hides: then the index is made anew.
    """
    damage = shelf.damage(only_new=True)
    if damage is None and shelf.masker != masker:
        damage = "masked by another version"
    path = shelf.current if damage is None else shelf.new_folder()
    assert path is not None
    index = open_index(path) if damage is None else make_index(path)
    try:
        _stage(con, index, path)
        added, removed = _write(con, index, mask)
        if damage is not None:
            shelf.make_current(path, masker)
        _pair(con, path)
    finally:
        con.unregister("i_held")
        con.execute(SQL["drop_staged"])
    return Indexed(added, removed, damage)


def _stage(con: duckdb.DuckDBPyConnection, index: tantivy.Index, path: Path) -> None:
    """What has to be looked at: the documents touched since the last time, or all."""
    con.execute(SQL["touched"])
    row = con.execute(SQL["is_paired"], {"mark": mark_of(path)}).fetchone()
    keys = [row[0] for row in con.execute(SQL["touched_keys"]).fetchall()] if row and row[0] else None
    if keys is not None and len(keys) > MANY:
        keys = None
    con.register("i_held", _held(index, keys))
    con.execute(SQL["wanted_of_all" if keys is None else "wanted_of_touched"])
    con.execute(SQL["lacking"])


def _held(index: tantivy.Index, keys: list[int] | None) -> pa.Table:
    """Keys and fingerprints of the documents that the index holds, of those asked for or of all."""
    searcher = index.searcher()
    asked = tantivy.Query.all_query() if keys is None else tantivy.Query.term_set_query(index.schema, "key", list(keys))
    found = searcher.search(asked, max(searcher.num_docs, 1), count=False).hits if keys or keys is None else []
    addresses = [address for _, address in found]
    columns = {
        name: pa.array(searcher.fast_field_values(name, addresses), pa.uint64()) for name in ("key", "fingerprint")
    }
    return pa.table(columns)


def _write(con: duckdb.DuckDBPyConnection, index: tantivy.Index, mask: Masker) -> tuple[int, int]:
    gone = [row[0] for row in con.execute(SQL["gone"]).fetchall()]
    fresh = _fresh(con)
    first = next(fresh, None)
    if first is None and not gone:
        return 0, 0
    writer = index.writer(WRITER_BYTES, 1)
    for key in gone:
        writer.delete_documents_by_query(tantivy.Query.term_query(index.schema, "key", key))
    added = 0
    for document_id, key, fingerprint, source_id, day, title, text in chain([first] if first else [], fresh):
        title_shown, text_shown = mask(title, text)
        document = tantivy.Document(document_id=document_id, source_id=source_id, title=title_shown, text=text_shown)
        document.add_unsigned("key", key)
        document.add_unsigned("fingerprint", fingerprint)
        document.add_unsigned("day", day_number(day))
        writer.add_document(document)
        added += 1
    writer.commit()
    writer.wait_merging_threads()
    return added, len(gone)


def _fresh(con: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    cursor = con.execute(SQL["fresh"])
    while rows := cursor.fetchmany(AT_ONCE):
        yield from rows


def _pair(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Note in the warehouse that this index holds all of it; what was loaded meanwhile stays noted."""
    con.execute("BEGIN")
    try:
        con.execute(SQL["drop_touched"])
        con.execute(SQL["drop_mark"])
        con.execute(SQL["set_mark"], {"mark": mark_of(path)})
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")
