"""Linking without a warehouse: documents with their mentions as JSON lines in, each mention's event out.

The same rules as the nightly linking, over all documents at once. Not here: reading and writing the lines (``flows``).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from warehouse.linking.grouping import group
from warehouse.linking.telling import Telling, tellings_of
from warehouse.records import LIMA

MENTIONS_AT_MOST = 100_000  # of one document
TEXTS = ("type", "status", "ubigeo", "date_precision", "place_precision", "norm")


class DocumentError(ValueError):
    """A document that cannot be linked; the message says why."""


def link_lines(
    documents: Iterable[Mapping[str, Any]], refuse: Callable[[int, DocumentError], None] | None = None
) -> Iterator[dict[str, Any]]:
    """The event of every mention, in the order of documents and mentions.

    Args:
        documents: Each with id, title, text, published and mentions in the shape of ``chasqui classify``.
        refuse: Told the position, from 0, of a document that cannot be linked, and why; it then costs itself only.

    Yields:
        ``{"event", "document", "mention"}``: the mention by its position in the document; the event is null for a mention
        that is recalled from the past, or of a type that its document only nearly carries: these belong to no event.

    Raises:
        DocumentError: A document lacks its id, or a field is of the wrong type, and ``refuse`` is not given.
    """
    tellings: list[Telling] = []
    order: list[tuple[Any, str, int]] = []
    seen: Counter[str] = Counter()
    for position, document in enumerate(documents):
        # Named by its own id, not by its position, so that the order of the lines never shows in the result.
        name = json.dumps(document.get("id"), default=str)
        own = f"{name} {seen[name]}"
        try:
            told, mentions = _read(document, own)
        except DocumentError as error:
            if refuse is None:
                raise
            refuse(position, error)
            continue
        seen[name] += 1
        tellings += told
        order.append((document["id"], own, mentions))
    events = {mention: _event_id(found) for found in group(tellings) for t in found for mention in t.mention_ids}
    for document_id, own, mentions in order:
        for n in range(mentions):
            yield {"event": events.get(f"{own} {n:05d}"), "document": document_id, "mention": n}


def _read(document: Mapping[str, Any], own: str) -> tuple[list[Telling], int]:
    """Tellings of a document, and how many mentions it has."""
    if document.get("id") is None:
        raise DocumentError("a document without id")
    rows = _list(document, "mentions")
    if len(rows) > MENTIONS_AT_MOST:
        raise DocumentError(f"more than {MENTIONS_AT_MOST} mentions")
    mentions = [row for n, m in enumerate(rows) if not (row := mention_row(m, f"{own} {n:05d}"))["uncertain"]]
    title, text = _text(document, "title") or "", _text(document, "text") or ""
    return tellings_of(own, title, text, day_of(document.get("published")), b"", mentions), len(rows)


def _event_id(tellings: list[Telling]) -> str:
    return "e" + hashlib.sha256(tellings[0].mention_ids[0].encode()).hexdigest()[:12]


def mention_row(mention: object, mention_id: str) -> dict[str, Any]:
    """A mention of the fixed shape as the columns of the table; what is absent is unknown."""
    if not isinstance(mention, Mapping):
        raise DocumentError("a mention must be an object")
    evidence = mention.get("evidence") or {}
    if not isinstance(evidence, Mapping):
        evidence = {"field": "text", "text": str(evidence)}
    happening = _number(mention, "happening")
    month = _text(mention, "month")
    day = day_of(mention.get("date") or (f"{month}-01" if month else None))
    row: dict[str, Any] = {name: _text(mention, name) for name in TEXTS}
    return row | {
        "mention_id": mention_id,
        "happening": 1 if happening is None else int(happening),
        "date": day,
        "date_precision": row["date_precision"] or ("day" if day else "unknown"),
        "status": row["status"] or "happened",
        "type": row["type"] or "",
        "killed": _number(mention, "killed"),
        "wounded": _number(mention, "wounded"),
        "amount_pen": _number(mention, "amount_pen"),
        "group_name": _text(mention, "group"),
        "sectors": [str(s) for s in _list(mention, "sectors")],
        "territory": [str(t["ubigeo"] if isinstance(t, Mapping) else t) for t in _list(mention, "territory")],
        "evidence_field": _text(evidence, "field") or "text",
        "evidence_start": int(_number(evidence, "start") or 0),
        "evidence_end": int(_number(evidence, "end") or 0),
        "evidence": _text(evidence, "text") or "",
        "uncertain": _flag(mention, "uncertain"),
    }


def _flag(row: Mapping[str, Any], name: str) -> bool:
    value = row.get(name)
    if value is not None and not isinstance(value, bool):
        raise DocumentError(f"{name} must be true, false or null")
    return bool(value)


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise DocumentError(f"{name} must be a string or null")
    return value


def _number(row: Mapping[str, Any], name: str) -> float | None:
    value = row.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value)):
        raise DocumentError(f"{name} must be a number or null")
    return value


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    value: Any = row.get(name)
    if value is None:
        return []
    if not isinstance(value, (list, tuple)):
        raise DocumentError(f"{name} must be a list")
    return list(value)


def day_of(value: object) -> date | None:
    """The day in Lima of an ISO date or instant; None for null or an empty string.

    Raises:
        DocumentError: it is neither.
    """
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    try:
        if len(str(value)) <= 10:
            return date.fromisoformat(str(value))
        instant = datetime.fromisoformat(str(value))
        return instant.astimezone(LIMA).date() if instant.tzinfo else instant.date()
    except (ValueError, OverflowError) as error:
        raise DocumentError(f"not an ISO date: {str(value)[:40]!r}") from error
