"""The inbox: a judgement is checked against what is published, and waits for the night.

Whoever shows labels and events writes here and nowhere else. The same text of a value that is put in is what a person
sees afterwards; what cannot be meant is refused at once.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Literal

import duckdb

from warehouse.ops import Ops
from warehouse.query import ask
from warehouse.sqlfiles import statements

SQL = statements("review_inbox")
LONGEST_NOTE = 1000
Verdict = Literal["accept", "add", "remove", "set", "retract", "merge", "split"]


class ReviewError(ValueError):
    """A judgement that cannot be meant; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A judgement: of a label (document, axis, label) or of an event."""

    reviewer: str
    verdict: Verdict
    document_id: str | None = None
    axis: str | None = None
    label: str | None = None
    event_id: str | None = None
    other_id: str | None = None
    field: str | None = None
    value: str | None = None  # of a field: lists with commas; None: unknown
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A judgement in the inbox."""

    review_id: str
    proposed_at: datetime
    proposal: Proposal


def propose(ops: Ops, published: duckdb.DuckDBPyConnection, proposal: Proposal) -> str:
    """Put a judgement into the inbox; returns its id.

    Raises:
        ReviewError: what it is of is not published, or it cannot be said of that.
    """
    _check(published, proposal)
    review_id = f"r{secrets.token_hex(8)}"
    row = {"review_id": review_id, "proposed_at": datetime.now(UTC).isoformat(), **asdict(proposal)}
    with ops.transaction() as db:
        db.execute(SQL["insert"], row)
    return review_id


def waiting(ops: Ops) -> list[Waiting]:
    """What the next night will take in, oldest first."""
    with ops.transaction() as db:
        rows = [dict(row) for row in db.execute(SQL["waiting"]).fetchall()]
    return [
        Waiting(row.pop("review_id"), datetime.fromisoformat(row.pop("proposed_at")), Proposal(**row)) for row in rows
    ]


def settle(ops: Ops, review_id: str, refusal: str | None) -> None:
    """Note that the night has taken a judgement in, or why it could not."""
    values = {"review_id": review_id, "state": "refused" if refusal else "taken", "reason": refusal}
    with ops.transaction() as db:
        db.execute(SQL["settle"], values)


def _check(con: duckdb.DuckDBPyConnection, proposal: Proposal) -> None:
    if not proposal.reviewer.strip():
        raise ReviewError("a judgement needs a reviewer's name")
    if proposal.note and len(proposal.note) > LONGEST_NOTE:
        raise ReviewError(f"a note has at most {LONGEST_NOTE} characters")
    if proposal.event_id is None:
        _check_label(con, proposal)
    else:
        _check_event(con, proposal)


def _check_label(con: duckdb.DuckDBPyConnection, proposal: Proposal) -> None:
    if proposal.verdict not in {"accept", "add", "remove"}:
        raise ReviewError(f"{proposal.verdict} is said of an event, and none is named")
    if not _count(con, "known_document", id=proposal.document_id):
        raise ReviewError(f"no document {proposal.document_id!r} is published")
    if not _count(con, "known_label", axis=proposal.axis, label=proposal.label):
        raise ReviewError(f"no {proposal.axis!r} label {proposal.label!r}")


def _check_event(con: duckdb.DuckDBPyConnection, proposal: Proposal) -> None:
    if proposal.verdict in {"add", "remove"}:
        raise ReviewError(f"{proposal.verdict} is said of a label, not of an event")
    for event_id in (proposal.event_id, proposal.other_id):
        if event_id is not None and not _count(con, "known_event", id=event_id):
            raise ReviewError(f"no event {event_id!r} stands")
    match proposal.verdict:
        case "merge" if proposal.other_id in {None, proposal.event_id}:
            raise ReviewError("a merge needs another event")
        case "split":
            if not _count(con, "tells", document_id=proposal.document_id, event_id=proposal.event_id):
                raise ReviewError(f"document {proposal.document_id!r} does not tell event {proposal.event_id!r}")
        case "set":
            _check_field(con, proposal.field, proposal.value)
        case _:
            pass


def _check_field(con: duckdb.DuckDBPyConnection, field: str | None, value: str | None) -> None:
    check = FIELDS.get(field or "")
    if check is None:
        raise ReviewError(f"{field!r} is none of {', '.join(FIELDS)}")
    if value is None:
        if field in NEVER_UNKNOWN:
            raise ReviewError(f"{field} cannot be unknown")
        return
    try:
        is_good = check(con, value)
    except ValueError:
        is_good = False
    if not is_good:
        raise ReviewError(f"{value!r} is no {field}")


Check = Callable[[duckdb.DuckDBPyConnection, str], bool]
NEVER_UNKNOWN = frozenset({"types", "status"})


def _labels_of(axis: str, *, may_be_empty: bool) -> Check:
    def check(con: duckdb.DuckDBPyConnection, value: str) -> bool:
        labels = value.split(",") if value else []
        return (may_be_empty or bool(labels)) and all(_count(con, "known_label", axis=axis, label=x) for x in labels)

    return check


# Written as the warehouse's casts read them: Python reads more, such as 1_000, other alphabets' digits, 20261004 and 2026-W40-1.
COUNT = re.compile(r"[0-9]{1,6}")
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]+)?")

FIELDS: dict[str, Check] = {
    "killed": lambda _, value: COUNT.fullmatch(value) is not None,
    "wounded": lambda _, value: COUNT.fullmatch(value) is not None,
    "amount_pen": lambda _, value: AMOUNT.fullmatch(value) is not None,
    "date": lambda _, value: date.fromisoformat(value).isoformat() == value,
    "ubigeo": lambda con, value: bool(_count(con, "known_place", ubigeo=value)),
    "status": lambda _, value: value in {"happened", "planned"},
    "norm": lambda _, value: bool(value.strip()),
    "types": _labels_of("event", may_be_empty=False),
    "sectors": _labels_of("sector", may_be_empty=True),
}


def _count(con: duckdb.DuckDBPyConnection, name: str, **values: str | None) -> int:
    return ask(con, SQL[name], values).rows[0][0]
