"""A telling: one happening as one document tells it, all its types together.

Belongs here: making tellings of a document's mentions. Not here: comparing them (``likeness``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from warehouse.linking.words import changes, is_english, tokens_of

NORM_TYPES = frozenset({"new_law", "state_of_emergency", "bill"})
DEEDS = frozenset({"murder", "attack", "arson", "kidnapping"})
AROUND = frozenset({"extortion", "closure"})  # motive and consequence: told beside a deed, seldom of another day
READ_CHARACTERS = 2500  # of a text that tells one happening; names and ages stand early
PLACE_RANKS = {"district": 3, "province": 2, "department": 1}


@dataclass(frozen=True, slots=True)
class Telling:
    """One happening as one document tells it. ``None``: not said, which never matches anything."""

    document_id: str
    happening: int
    types: frozenset[str]
    day: date | None
    reported_on: date | None
    ubigeo: str | None
    killed: int | None
    wounded: int | None
    amount_pen: float | None
    group_name: str | None
    norm: str | None
    territory: frozenset[str]
    sectors: frozenset[str]
    tokens: Mapping[str, float]
    mass: float  # sum of the tokens' weights
    is_english: bool
    is_change: bool  # of an emergency in force, which is neither declared nor extended
    sketch: np.ndarray[Any, np.dtype[np.uint32]] | None  # MinHash of the whole page
    at: int | None  # the anchor as a count of days
    mention_ids: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int]:
        """What it is known by."""
        return self.document_id, self.happening

    @property
    def anchor(self) -> date | None:
        """The day it is found by: its own, else that of the report."""
        return self.day or self.reported_on

    @property
    def is_norm(self) -> bool:
        """Whether it tells of a norm and no deed."""
        return _are_of_norm(self.types)


def _are_of_norm(types: frozenset[str]) -> bool:
    return bool(types & NORM_TYPES) and not types & DEEDS


def tellings_of(
    document_id: str,
    title: str,
    text: str,
    published_on: date | None,
    minhash: bytes,
    mentions: Sequence[Mapping[str, Any]],
) -> list[Telling]:
    """Tellings of a document.

    Args:
        document_id: The document's id.
        title: Its title.
        text: Its text.
        published_on: Day of publication in Lima.
        minhash: Sketch of its text; may be empty.
        mentions: Its mentions with the columns of the table; recalled ones only mark what is not the news.
    """
    told: dict[int, list[Mapping[str, Any]]] = {}
    for mention in mentions:
        if mention["status"] != "recalled":
            told.setdefault(mention["happening"], []).append(mention)
    _absorb(told)
    sketch = np.frombuffer(minhash, "<u4") if minhash else None
    return [
        _telling(document_id, number, of_one, published_on, sketch, _words(title, text, mentions, told, number))
        for number, of_one in sorted(told.items())
    ]


def signature_of(telling: Telling) -> str:
    """Hash of all that linking knows of a telling."""
    said = (
        sorted(telling.types), telling.day, telling.reported_on, telling.ubigeo, telling.killed, telling.wounded, telling.amount_pen,
        telling.group_name, telling.norm, sorted(telling.territory), sorted(telling.sectors), sorted(telling.tokens.items()),
        None if telling.sketch is None else telling.sketch.tobytes(), telling.mention_ids,
    )  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _absorb(told: dict[int, list[Mapping[str, Any]]]) -> None:
    """Put together what one page tells of one happening under two numbers.

    A decree called both a law and an emergency is one norm; a demand or a closed shutter without a day of its own belongs to
    the one thing that its page tells, unless the one has happened and the other is only announced.
    """
    for a in sorted(told):
        for b in sorted(told):
            if a < b and a in told and b in told and _is_one_norm(told[a], told[b]):
                told[a] = [*told[a], *told.pop(b)]
    if len(told) != 2:
        return
    (a, first), (b, second) = sorted(told.items())
    if {m["status"] for m in first} != {m["status"] for m in second}:
        return
    for small, into, number in ((first, b, a), (second, a, b)):
        if {m["type"] for m in small} <= AROUND and not any(m["date"] for m in small):
            told[into] = [*told[into], *small]
            del told[number]
            return


def _is_one_norm(a: Sequence[Mapping[str, Any]], b: Sequence[Mapping[str, Any]]) -> bool:
    """Whether both are of norms, and of one number as far as they say; two of one type without numbers are two."""
    types_a, types_b = {m["type"] for m in a}, {m["type"] for m in b}
    if not types_a <= NORM_TYPES or not types_b <= NORM_TYPES:
        return False
    numbers = {m["norm"] for m in (*a, *b) if m["norm"]}
    has_both = any(m["norm"] for m in a) and any(m["norm"] for m in b)
    return len(numbers) <= 1 and (has_both or not types_a & types_b)


def _words(
    title: str,
    text: str,
    mentions: Sequence[Mapping[str, Any]],
    told: Mapping[int, Sequence[Mapping[str, Any]]],
    number: int,
) -> str:
    """The part of a page that tells one happening: all of it, or the paragraphs where its sentences stand."""
    if len(told) == 1:
        for mention in mentions:
            if mention["status"] == "recalled" and mention["evidence_field"] == "text":
                text = text.replace(mention["evidence"], "\n") if mention["evidence"] else text
        return f"{title}\n{text[:READ_CHARACTERS]}"
    pieces: dict[str, None] = {}
    for mention in told[number]:
        if mention["evidence_field"] == "title" or not mention["evidence"]:
            pieces[title] = None
        if mention["evidence_field"] == "text" and mention["evidence"]:
            start = text.rfind("\n", 0, mention["evidence_start"]) + 1
            end = text.find("\n", mention["evidence_end"])
            whole = text[start : end if end >= 0 else len(text)]
            pieces[whole if mention["evidence"] in whole else mention["evidence"]] = None
    return "\n".join(pieces)


def _telling(
    document_id: str,
    number: int,
    mentions: Sequence[Mapping[str, Any]],
    published_on: date | None,
    sketch: np.ndarray[Any, np.dtype[np.uint32]] | None,
    words: str,
) -> Telling:
    types = frozenset(m["type"] for m in mentions)
    days = [m["date"] for m in _main_first(mentions) if m["date"] and m["date_precision"] == "day"]
    placed = [m for m in _main_first(mentions) if m["ubigeo"]]
    place = max(placed, key=lambda m: PLACE_RANKS.get(m["place_precision"], 0))["ubigeo"] if placed else None
    tokens = tokens_of(words, of_norms=_are_of_norm(types))
    day = days[0] if days else None
    anchor = day or published_on
    return Telling(
        document_id=document_id,
        happening=number,
        types=types,
        day=day,
        reported_on=published_on,
        ubigeo=place,
        killed=_highest(m["killed"] for m in mentions),
        wounded=_highest(m["wounded"] for m in mentions),
        amount_pen=_highest(m["amount_pen"] for m in mentions),
        group_name=next((m["group_name"] for m in mentions if m["group_name"]), None),
        norm=next((m["norm"] for m in mentions if m["norm"]), None),
        territory=frozenset(code for m in mentions for code in m["territory"]) or frozenset(_emergency_at(mentions)),
        sectors=frozenset(s for m in mentions for s in m["sectors"]),
        tokens=tokens,
        at=anchor.toordinal() if anchor else None,
        mass=sum(tokens.values()),
        is_english=is_english(words.lower()),
        is_change="state_of_emergency" in types and changes(words),
        sketch=sketch,
        mention_ids=tuple(sorted(m["mention_id"] for m in mentions)),
    )


def _emergency_at(mentions: Sequence[Mapping[str, Any]]) -> list[str]:
    """The place of an emergency that no territory is given of; a department only holds what is under it."""
    return [
        m["ubigeo"] for m in mentions if m["type"] == "state_of_emergency" and m["ubigeo"] and m["ubigeo"][2:4] != "00"
    ]


ORDER = ("murder", "attack", "arson", "kidnapping", "strike", "state_of_emergency", "new_law", "bill")


def _main_first(mentions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The gravest deed fixes day and place; an arrest comes last, for it is of a later day."""
    rank = {name: n for n, name in enumerate(ORDER)} | {"arrest": 99}
    return sorted(mentions, key=lambda m: (rank.get(m["type"], 50), m["mention_id"]))


def _highest(values: Iterable[Any]) -> Any:
    return max((v for v in values if v is not None), default=None)


def days_apart(a: date, b: date) -> int:
    """Whole days between two."""
    return abs(a.toordinal() - b.toordinal())
