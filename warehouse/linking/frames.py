"""Tables that a night's linking hands to its SQL: Arrow tables under the names that begin with ``f_``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from warehouse.linking.identity import Placed
from warehouse.linking.telling import signature_of

Key = tuple[str, int]
TEXT, NUMBER, DAY = pa.string(), pa.int32(), pa.date32()
TELLING = (("document_id", TEXT), ("happening", NUMBER))


class Frames:
    """The tables of one night; they vanish with it."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in self._names:
            self._con.unregister(name)

    def _put(self, name: str, columns: Sequence[tuple[str, pa.DataType]], rows: Iterable[Sequence[Any]]) -> None:
        values = list(zip(*rows, strict=True)) or [()] * len(columns)
        arrays = [pa.array(list(v), kind) for v, (_, kind) in zip(values, columns, strict=True)]
        self._con.register(f"f_{name}", pa.table(arrays, names=[n for n, _ in columns]))
        self._names.add(f"f_{name}")

    @staticmethod
    def rows(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
        """Rows of a query by column name."""
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def documents(self, ids: Sequence[str]) -> None:
        """``f_documents``."""
        self._put("documents", [("document_id", TEXT)], [(i,) for i in ids])

    def events(self, name: str, ids: Sequence[str]) -> None:
        """A list of event ids."""
        self._put(name, [("event_id", TEXT)], [(i,) for i in ids])

    def tellings(self, name: str, keys: Iterable[Key]) -> None:
        """A list of tellings by key."""
        self._put(name, TELLING, list(keys))

    def keys(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """``f_keys``: key, anchor, telling."""
        self._put("keys", [("key", TEXT), ("anchor", DAY), *TELLING], rows)

    def links(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """``f_links``: two tellings and their points."""
        both = [(f"{n}_{side}", kind) for side in "ab" for n, kind in (("document", TEXT), ("happening", NUMBER))]
        self._put("links", [*both, ("points", pa.float64())], rows)

    def pairs(self, name: str, columns: tuple[str, str], rows: Sequence[tuple[str, str]]) -> None:
        """Pairs of event ids."""
        self._put(name, [(c, TEXT) for c in columns], rows)

    def placed(self, placed: Placed, signatures: dict[Key, str]) -> None:
        """``f_placed``: tellings that are new, changed, or in another event than before."""
        rows = [
            (*telling.key, signature, telling.anchor, event, list(telling.mention_ids))
            for telling, event, was in placed.tellings
            for signature in (signature_of(telling),)
            if was != event or signatures.get(telling.key) != signature
        ]
        columns = [*TELLING, ("signature", TEXT), ("anchor", DAY), ("event_id", TEXT), ("mention_ids", pa.list_(TEXT))]
        self._put("placed", columns, rows)

    def moved(self, placed: Placed, gone: Iterable[Key]) -> None:
        """``f_moved``: tellings that are new or in another event than before; those that are gone are in none."""
        rows = [(*telling.key, event) for telling, event, was in placed.tellings if was != event]
        self._put("moved", [*TELLING, ("event_id", TEXT)], [*rows, *((*key, None) for key in gone)])
