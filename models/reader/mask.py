"""Masking of what identifies private persons: names, phones, plates and accounts. Officials and institutions stay."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from models.gazetteer import find_places
from models.reader.linear import weights
from models.reader.persons import MODEL, private_persons
from models.reader.text import LIMIT

Kind = Literal["name", "phone", "plate", "account"]

SHOWN: dict[Kind, str] = {"name": "[nombre]", "phone": "[teléfono]", "plate": "[placa]", "account": "[cuenta]"}

PHONE = re.compile(
    r"(?<![\d-])(?:\+\d{1,3}[ .-]?)?9\d{2}[ .-]?\d{3}[ .-]?\d{3}(?![\d-])"
    r"|\+\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}(?!\d)"
    r"|(?<!\d)\(0?\d{1,2}\) ?\d{3}[ .-]?\d{3,4}(?!\d)"
    r"|(?<=tel[eé]fono )\d{3}[ .-]?\d{4}(?!\d)|(?<=fijo )\d{3}[ .-]?\d{4}(?!\d)"
)
PLATE = re.compile(
    r"(?<![\w-])(?=[A-Z0-9]{3}-)(?=[0-9]*[A-Z])[A-Z0-9]{3}-\d{3}(?![\w-])|(?<![\w/-])\d{4}-\d?[A-Z]{1,2}\d?(?![\w-])"
    r"|(?<=[Pp]laca )(?:de rodaje )?[A-Z0-9]{2,3}-?[A-Z0-9]{3,4}\b|(?<=rodaje )[A-Z0-9]{2,3}-?[A-Z0-9]{3,4}\b"
)
ACCOUNT = re.compile(
    r"(?<![\w-])\d{3}-\d{7,8}-\d{1,2}-\d{2}(?![\w-])|(?<![\w-])\d{3,4}(?:-\d{2,10}){2,5}(?![\w-])|(?<!\d)\d{20}(?!\d)|(?<!\d)(?:\d{4}[ -]){3}\d{4}(?!\d)"
    r"|(?<=cuenta )\d{9,20}\b|(?<=CCI )[\d-]{14,26}\b|(?<=DNI )(?:N[.°º]* ?)?\d{8}\b"
)
COURTESY = re.compile(r"(?<!\w)(?:[Dd]on|[Dd]oña|[Ss]eñora?) $")
WHERE_BEFORE = re.compile(r"(?:^|\b(?:en|desde|hacia|hasta|in|from)\s)$", re.IGNORECASE)
NUMBER_BEFORE = re.compile(r"\d-$")
JUDGES = (
    "mask.py",
    "persons.py",
    "person_features.py",
    "persons.toml",
)  # what decides who is masked, besides the model
NORM_NUMBER = re.compile(r"^\d{1,4}-(?:19|20)\d\d\b|^(?:19|20)\d\d-\d\d-\d\d$")


@dataclass(frozen=True, slots=True)
class Span:
    """What was masked; offsets are code points into the text given."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with private data replaced, and where it stood in the original."""

    text: str
    spans: tuple[Span, ...]


def _add(found: list[Span], kind: Kind, start: int, end: int) -> None:
    if start < end and not any(s.start < end and start < s.end for s in found):
        found.append(Span(kind, start, end))


def _is_place_or_number(text: str, start: int, end: int, surnames: frozenset[str]) -> bool:
    """Whether a would-be name is wholly the name of a place, or part of a norm's number.

    One that also belongs to a person named in full (``surnames``) is a place only where a place is looked for: after "en".
    """
    if text[end : end + 1] in {"°", "º"} or NUMBER_BEFORE.search(text[max(0, start - 6) : start]):
        return True
    if text[start:end] in surnames and not WHERE_BEFORE.search(text[max(0, start - 8) : start]):
        return False
    begin = start - 3 if text[max(0, start - 3) : start].lower() in {"el ", "la "} else start
    return any(hit.start <= start - begin and hit.end == end - begin for hit in find_places(text[begin:end]))


def _surnames(names: Iterable[str]) -> frozenset[str]:
    """What follows the first word of names written in full."""
    return frozenset(word for name in names if " " in name for word in name.split()[1:])


def _add_numbers(found: list[Span], text: str) -> None:
    """Accounts, phones and plates."""
    for match in ACCOUNT.finditer(text):
        if not NORM_NUMBER.match(match[0]):
            _add(found, "account", *match.span())
    for match in PHONE.finditer(text):
        _add(found, "phone", *match.span())
    for match in PLATE.finditer(text):
        if not NORM_NUMBER.match(match[0]):
            _add(found, "plate", *match.span())


def find_private(text: str, known: Iterable[str] = ()) -> list[Span]:
    """Where ``text`` identifies a private person, in order; ``known`` names are found without being judged."""
    text, known = text[:LIMIT], tuple(known)
    found: list[Span] = []
    _add_numbers(found, text)
    persons = private_persons(text)
    surnames = _surnames([*known, *(text[p.start : p.end] for p in persons)])
    for name in sorted(set(known), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not _is_place_or_number(text, *match.span(), surnames):
                _add(found, "name", *match.span())
    for person in persons:
        if _is_place_or_number(text, person.start, person.end, surnames):
            continue
        courtesy = COURTESY.search(text[max(0, person.start - 9) : person.start])
        _add(found, "name", person.start - (len(courtesy[0]) if courtesy else 0), person.end)
    return sorted(found, key=lambda span: span.start)


@cache
def mask_version() -> str:
    """What tells this masking of names from any other: a hash of its code, its lists and the fitted model of persons."""
    here = files("models.reader")
    said = hashlib.sha256()
    for name in JUDGES:
        said.update(here.joinpath(name).read_bytes())
    said.update(repr(sorted(weights(MODEL).items())).encode())
    return said.hexdigest()[:16]


def private_names(text: str) -> list[str]:
    """The private persons' names a text gives away: to be masked in its title and evidence too, where little stands around."""
    return list(dict.fromkeys(person.text for person in private_persons(text[:LIMIT])))


def mask(text: str, known: Iterable[str] = ()) -> Masked:
    """Replace private persons' names, phones, plates and accounts by what they are.

    Args:
        text: The text.
        known: Private names known from elsewhere (``private_names`` of the whole article when a title is masked).

    A text too long to be read whole loses its unread end: nothing unread is ever shown.
    """
    spans = find_private(text, known)
    shown: list[str] = []
    at = 0
    for span in spans:
        shown += [text[at : span.start], SHOWN[span.kind]]
        at = span.end
    shown.append(text[at:LIMIT])
    return Masked("".join(shown), tuple(spans))
