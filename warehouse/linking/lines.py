"""Linking without a warehouse: documents with their mentions as JSON lines in, each mention's event out.

The same rules as the nightly linking, over all documents at once. Not here: reading and writing the lines (``flows``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from warehouse.linking.grouping import group
from warehouse.linking.telling import Telling, tellings_of

LIMA = ZoneInfo("America/Lima")
TEXTS = ("type", "status", "ubigeo", "date_precision", "place_precision", "norm")


class DocumentError(ValueError):
    """A document that cannot be linked; the message says why."""


def link_lines(documents: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The event of every mention, in the order of documents and mentions.

    Args:
        documents: Each with id, title, text, published and mentions in the shape of ``chasqui classify``.

    Yields:
        ``{"event", "document", "mention"}``: the mention by its position in the document; the event is null for a mention
        that is recalled from the past, which belongs to no event.

    Raises:
        DocumentError: A document lacks its id, or a field is of the wrong type.
    """
    tellings: list[Telling] = []
    order: list[tuple[Any, int, str]] = []
    for position, document in enumerate(documents):
        own = f"{position:09d}"
        mentions = [mention_row(m, f"{own}-{n:05d}") for n, m in enumerate(_list(document, "mentions"))]
        if document.get("id") is None:
            raise DocumentError("a document without id")
        order += [(document["id"], n, f"{own}-{n:05d}") for n in range(len(mentions))]
        title, text = str(document.get("title") or ""), str(document.get("text") or "")
        tellings += tellings_of(own, title, text, day_of(document.get("published")), b"", mentions)
    events = {mention: _event_id(found) for found in group(tellings) for t in found for mention in t.mention_ids}
    for document_id, position, mention in order:
        yield {"event": events.get(mention), "document": document_id, "mention": position}


def _event_id(tellings: list[Telling]) -> str:
    return "e" + hashlib.sha256(tellings[0].mention_ids[0].encode()).hexdigest()[:12]


def mention_row(mention: Mapping[str, Any], mention_id: str) -> dict[str, Any]:
    """A mention of the fixed shape as the columns of the table; what is absent is unknown."""
    evidence = mention.get("evidence") or {}
    if isinstance(evidence, str):
        evidence = {"field": "text", "text": evidence}
    happening = mention.get("happening")
    day = day_of(mention.get("date"))
    row: dict[str, Any] = {name: mention.get(name) for name in TEXTS}
    return row | {
        "mention_id": mention_id,
        "happening": happening if isinstance(happening, int) else 1,
        "date": day,
        "date_precision": mention.get("date_precision") or ("day" if day else "unknown"),
        "status": mention.get("status") or "happened",
        "killed": mention.get("killed"),
        "wounded": mention.get("wounded"),
        "amount_pen": mention.get("amount_pen"),
        "group_name": mention.get("group"),
        "sectors": _list(mention, "sectors"),
        "territory": [t["ubigeo"] if isinstance(t, Mapping) else str(t) for t in _list(mention, "territory")],
        "evidence_field": evidence.get("field") or "text",
        "evidence_start": evidence.get("start") or 0,
        "evidence_end": evidence.get("end") or 0,
        "evidence": evidence.get("text") or "",
    }


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    value = row.get(name)
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
