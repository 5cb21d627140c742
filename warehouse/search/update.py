"""Bringing the index up to the warehouse: what was read anew is indexed anew, what is gone is taken out.

A night indexes what changed. An index that is missing, damaged or of another version is made from the warehouse.
Whatever is interrupted is done again by the next night: the list of what the index holds is written last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import duckdb
import tantivy

from warehouse.search.schema import day_number
from warehouse.search.shelf import HELD, Shelf, make_index, open_index, sync
from warehouse.sqlfiles import statements

SQL = statements("search")
WRITER_BYTES = 128 * 1024**2
AT_ONCE = 500  # documents in memory
Masker = Callable[[str, str], tuple[str, str]]  # title and text to the same with private persons masked
Row = tuple[str, int, str, date | None, str, str]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an update did; ``made_anew`` says why the index was made from the start, if it was."""

    added: int
    removed: int
    made_anew: str | None = None


def update(con: duckdb.DuckDBPyConnection, shelf: Shelf, mask: Masker) -> Indexed:
    """Bring the index up to the warehouse.

    Args:
        con: the warehouse's writer.
        shelf: where the index lies.
        mask: gives a document as it may be shown; what it leaves out cannot be found.
    """
    damage = shelf.damage(only_new=True)
    path = shelf.current if damage is None else shelf.new_folder()
    assert path is not None
    _stage(con, path)
    try:
        index = open_index(path) if damage is None else make_index(path)
        added, removed = _write(con, index, mask)
        _save_held(con, path)
    finally:
        con.execute(SQL["drop_staged"])
    if damage is not None:
        shelf.make_current(path)
    return Indexed(added, removed, damage)


def _stage(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    held = path / HELD
    if held.exists():
        con.execute(SQL["held"], {"held": str(held)})
    else:
        con.execute(SQL["nothing_held"])
    con.execute(SQL["wanted"])


def _write(con: duckdb.DuckDBPyConnection, index: tantivy.Index, mask: Masker) -> tuple[int, int]:
    gone = [row[0] for row in con.execute(SQL["gone"]).fetchall()]
    fresh = _fresh(con)
    first = next(fresh, None)
    if first is None and not gone:
        return 0, 0
    writer = index.writer(WRITER_BYTES, 1)
    for document_id in gone:
        writer.delete_documents_by_term("document_id", document_id)
    added = 0
    for document_id, key, source_id, day, title, text in chain([first] if first else [], fresh):
        writer.delete_documents_by_term("document_id", document_id)  # an interrupted night may have added it
        title_shown, text_shown = mask(title, text)
        document = tantivy.Document(document_id=document_id, source_id=source_id, title=title_shown, text=text_shown)
        document.add_unsigned("key", key)
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


def _save_held(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    temporary = path / f".{HELD}"
    con.execute(SQL["save_held"].format(path=str(temporary).replace("'", "''")))
    temporary.chmod(0o600)
    sync(temporary)
    temporary.replace(path / HELD)
    sync(path)
