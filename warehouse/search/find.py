"""Asking the index: the likeliest documents for some words, narrowed by what the published file knows of them.

All words must occur, in any form; a phrase stands in quotes, ``-word`` leaves out. When no document has them all, those
with some are given and the answer says so. A document that the published file does not hold is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import tantivy

from warehouse.query import ask
from warehouse.search.schema import TITLE_WEIGHT, UNDATED, day_number
from warehouse.sqlfiles import statements
from warehouse.timeline import Filters

SQL = statements("search")
FIELDS = ["title", "text"]
WEIGHTS = {"title": TITLE_WEIGHT}
SNIPPET_CHARACTERS = 240
NEWLINE = re.compile(r"\s")  # each becomes one blank, so that marks stay where they are
FEW = 5_000  # documents that filters leave; with more of them it is quicker to ask of the hits whether they pass
LAST_DAY = date.max.toordinal()
STEPS = (1, 10, 100, 1000)  # how far hits are followed for documents that pass the filters, in limits


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was found; ``marks`` are (start, end) of the words asked for within the snippet."""

    document_id: str
    event_ids: list[str]
    title: str
    published_on: date | None
    source_id: str
    url: str
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, likeliest first."""

    found: list[Found]
    is_loosened: bool = False  # no document has all the words; these have some


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a search is narrowed to; empty narrows nothing."""

    filters: Filters = field(default_factory=Filters)
    sources: Sequence[str] = ()


def find(
    index: tantivy.Index, con: duckdb.DuckDBPyConnection, words: str, narrowed: Narrowed | None = None, limit: int = 20
) -> Results:
    """Documents in which words occur.

    Args:
        index: the index, open.
        con: the published file, open.
        words: what is looked for; never refused, whatever signs it holds.
        narrowed: only documents of a time, source, sector, event type or region.
        limit: most documents to give.
    """
    narrowed = narrowed or Narrowed()
    searcher = index.searcher()
    wanted = _kinds(con, narrowed.filters)
    few = _few(con, wanted)
    conditions = _conditions(index, narrowed, few)
    unproven = wanted if few is None else []
    for is_loosened in (False, True):
        query, _ = index.parse_query_lenient(words, FIELDS, WEIGHTS, conjunction_by_default=not is_loosened)
        whole = tantivy.Query.boolean_query([(tantivy.Occur.Must, q) for q in (query, *conditions)])
        hits = _passing(searcher, whole, unproven, limit, con)
        if hits:
            return Results(_described(index, searcher, query, hits), is_loosened)
    return Results([])


Kind = tuple[str, dict[str, object]]  # which statement asks, and for what


def _kinds(con: duckdb.DuckDBPyConnection, filters: Filters) -> list[Kind]:
    """What the published file has to say of a document: whether it is about the sectors, event types and region."""
    return [
        *([("of_region", {"region": filters.region})] if filters.region is not None else []),
        *([("of_sectors", _bits(con, "sector", filters.sectors))] if filters.sectors else []),
        *([("of_events", _bits(con, "event", filters.events))] if filters.events else []),
    ]


def _bits(con: duckdb.DuckDBPyConnection, axis: str, labels: Sequence[str]) -> dict[str, object]:
    """The labels as the published file's filters hold them; none of a label that nothing carries."""
    return {"bits": ask(con, SQL["bits"], {"axis": axis, "labels": list(labels)}).rows[0][0]}


def _few(con: duckdb.DuckDBPyConnection, wanted: Sequence[Kind]) -> list[int] | None:
    """Keys of all documents that pass, where one of the filters alone leaves few; None where none does."""
    for kind in wanted:
        name, values = kind
        keys = [row[0] for row in ask(con, SQL[name], {**values, "most": FEW + 1}).rows]
        if len(keys) <= FEW:
            return sorted(_proven(con, keys, [other for other in wanted if other is not kind]))
    return None


def _proven(con: duckdb.DuckDBPyConnection, keys: Sequence[int], wanted: Sequence[Kind]) -> set[int]:
    """Those keys whose documents pass the filters."""
    left = set(keys)
    for name, values in wanted:
        if left:
            sql = SQL[f"{name}_among"].format(keys=", ".join(map(str, left)))
            left = {row[0] for row in ask(con, sql, values).rows}
    return left


def _conditions(index: tantivy.Index, narrowed: Narrowed, few: Sequence[int] | None) -> list[tantivy.Query]:
    """What a document must be besides having the words; none of it counts for its score."""
    queries = []
    since, until = narrowed.filters.since, narrowed.filters.until
    if since or until:
        first, last = day_number(since) if since else UNDATED + 1, day_number(until) if until else LAST_DAY
        queries.append(tantivy.Query.range_query(index.schema, "day", tantivy.FieldType.Unsigned, first, last))
    if narrowed.sources:
        queries.append(tantivy.Query.term_set_query(index.schema, "source_id", list(narrowed.sources)))
    if few is not None:
        queries.append(tantivy.Query.term_set_query(index.schema, "key", few))
    return [tantivy.Query.const_score_query(q, 0.0) for q in queries]


Hit = tuple[float, tantivy.DocAddress, dict[str, Any]]


def _passing(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    unproven: Sequence[Kind],
    limit: int,
    con: duckdb.DuckDBPyConnection,
) -> list[Hit]:
    """The first hits that are published and pass the filters, each with what the published file says of it."""
    passing: list[Hit] = []
    for part in _hits(searcher, query, limit):
        # Keys lie in a column of their own; a stored document has to be unpacked, so only those to be shown are.
        keys = [int(v or 0) for v in searcher.fast_field_values("key", [at for _, at in part])]
        proven = _proven(con, keys, unproven)
        left = [hit for hit, key in zip(part, keys, strict=True) if key in proven]
        while left and len(passing) < limit:
            shown, left = left[: limit - len(passing)], left[limit - len(passing) :]
            named = {str(searcher.doc(at)["document_id"][0]): (score, at) for score, at in shown}
            rows = _rows(con, list(named))
            passing += [(*hit, rows[name]) for name, hit in named.items() if name in rows]
        if len(passing) >= limit:
            break
    return passing


def _hits(
    searcher: tantivy.Searcher, query: tantivy.Query, limit: int
) -> Iterator[list[tuple[float, tantivy.DocAddress]]]:
    """Hits in ever larger parts."""
    seen = 0
    for step in STEPS:
        hits = searcher.search(query, limit * step - seen, count=False, offset=seen).hits
        yield hits  # type: ignore[misc] - without an order field its key is a score
        if len(hits) < limit * step - seen:
            return
        seen = limit * step


def _rows(con: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What the published file says of documents."""
    answer = ask(con, SQL["describe"].format(marks=", ".join("?" * len(document_ids))), document_ids)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return {row["document_id"]: row for row in rows}


def _described(
    index: tantivy.Index, searcher: tantivy.Searcher, query: tantivy.Query, hits: Sequence[Hit]
) -> list[Found]:
    generator = tantivy.SnippetGenerator.create(searcher, query, index.schema, "text")
    generator.set_max_num_chars(SNIPPET_CHARACTERS)
    return [Found(**row, score=score, **_snippet(generator, searcher.doc(at))) for score, at, row in hits]


def _snippet(generator: tantivy.SnippetGenerator, document: tantivy.Document) -> dict[str, Any]:
    """The piece of a text with most of the words, else its beginning."""
    found = generator.snippet_from_doc(document)
    text = found.fragment()
    if not text:
        return {"snippet": _beginning(NEWLINE.sub(" ", str(document["text"][0]))), "marks": ()}
    encoded = text.encode()
    marks = [
        (len(encoded[: r.start].decode(errors="ignore")), len(encoded[: r.end].decode(errors="ignore")))
        for r in found.highlighted()
    ]
    return {"snippet": NEWLINE.sub(" ", text), "marks": tuple(marks)}


def _beginning(text: str) -> str:
    if len(text) <= SNIPPET_CHARACTERS:
        return text
    return text[: SNIPPET_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"
