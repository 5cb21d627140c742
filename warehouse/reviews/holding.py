"""Holding the tables to what persons said: labels and mentions when documents come in, and who is one happening with whom.

A mention that lacks its label waits in ``held_mentions``: it comes into ``mentions``, from where it is linked, when a person
gives the label, and goes back when a person takes it away.

What a person said of an event's fields is put in when events are put together (``link``, by the statements of
``sql/reviews.sql``), so that ledger and versions see it as they see everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import duckdb

from warehouse.linking.telling import Telling
from warehouse.sqlfiles import statements

SQL = statements("reviews")
STEPS = (
    "reviewed_documents",
    "label_verdicts",
    "drop_labels",
    "insert_labels",
    "given_mentions",
    "insert_given",
    "insert_given_sectors",
    "insert_given_territories",
    "drop_given",
    "unsettle_given",
    "gone_mentions",
    "hold_gone",
    "mark_dirty",
    "note_gone",
    "unlink_gone",
    "drop_gone_sectors",
    "drop_gone_territories",
    "drop_gone",
    "mark_pending",
)
TIED, PARTED = 1e9, -1e9  # points that outweigh all that tellings say
Key = tuple[str, int]
Ruling = tuple[
    str, str, str, str, bool
]  # document and mention of the one, of the other, whether they are one happening


def hold_loaded(con: duckdb.DuckDBPyConnection) -> None:
    """Hold the documents that were just loaded to what was said of them before, in one transaction."""
    con.execute(SQL["evidence_hash"])
    con.execute("BEGIN")
    try:
        hold(con, (), ())
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


def hold(con: duckdb.DuckDBPyConnection, fresh: Sequence[str], ruled: Sequence[str]) -> None:
    """Hold documents to what persons said, within the caller's transaction.

    Args:
        con: the warehouse's writer.
        fresh: documents of judgements that were just taken in; those just loaded are found by themselves.
        ruled: those of them that were tied to others, or parted.
    """
    for step in STEPS:
        sql = SQL[step]
        con.execute(sql, {"fresh": list(fresh)} if "$fresh" in sql else None)
    con.execute(SQL["unsettle"], {"fresh": list(ruled)})


def held_sentences(con: duckdb.DuckDBPyConnection, document_ids: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """What would come of giving a document a label: the masked sentences, by document and event type, that wait for it."""
    rows = con.execute(SQL["held_sentences"], {"documents": sorted(document_ids)}).fetchall()
    return {(document, label): sentences for document, label, sentences in rows}


def rulings(con: duckdb.DuckDBPyConnection) -> list[Ruling]:
    """Pairs of mentions of which a person said that they are, or are not, of one happening."""
    con.execute(SQL["evidence_hash"])
    return [tuple(row) for row in con.execute(SQL["rulings"]).fetchall()]  # type: ignore[misc] - as the statement selects


def ruled_pairs(said: Iterable[Ruling], tellings: Iterable[Telling]) -> Mapping[tuple[Key, Key], float]:
    """What was said of pairs of tellings, as points; of two judgements the newer counts."""
    of = {mention: t.key for t in tellings for mention in t.mention_ids}
    pairs: dict[tuple[Key, Key], float] = {}
    for _, a, _, b, is_one in said:
        if a in of and b in of and of[a] != of[b]:
            low, high = sorted((of[a], of[b]))
            pairs[low, high] = TIED if is_one else PARTED
    return pairs
