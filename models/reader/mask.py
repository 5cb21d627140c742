"""Masking of what identifies private persons: names, phones, plates, accounts and addresses. Officials and institutions stay."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.fold import fold
from models.gazetteer import find_places
from models.reader.addresses import private_addresses
from models.reader.casing import sentence_case
from models.reader.linear import weights
from models.reader.namesakes import LONGEST
from models.reader.person_features import common_words, lexicon
from models.reader.persons import MODEL, private_persons
from models.reader.private_numbers import Kind, Span, add_span, find_numbers
from models.reader.text import LIMIT

SHOWN: dict[Kind, str] = {"name": "[nombre]", "phone": "[teléfono]", "plate": "[placa]", "account": "[cuenta]"}

COURTESY = re.compile(r"(?<!\w)(?:[Dd]on|[Dd]oña|[Ss]eñora?) $")
# What the law leaves of a minor's name, and a village knows: "de iniciales J.L.M.R.", "el menor A. B. C.", "J.L.M. (12)".
LETTER = r"(?:C[Hh]|L[Ll]|[A-ZÑ])"
LETTERS = rf"(?:{LETTER}\. ?){{1,4}}{LETTER}\.?"
INITIALS = re.compile(
    rf"\b(?i:iniciales|siglas|menor(?:es)?|adolescente|conductora?|chofer|v[ií]ctima|agraviad[oa]|testigo|detenid[oa]|denunciante|pasajer[oa]|ciudadan[oa]|imputad[oa]|procesad[oa]|intern[oa]|señora?|niñ[oa]|joven|identificad[oa]|initials)(?i: (?:de|son|eran|con|como|las|su|nombre|identificad[oa]|iniciales))* ?:? ?({LETTERS}|(?-i:(?<=iniciales )|(?<=iniciales de )|(?<=siglas ))[A-ZÑ]{{2,5}})(?![\w.])"
    rf"|(?<![\w.])({LETTERS})(?= ?\(\d{{1,2}}\)|,? (?:de )?\d{{1,2}} años)"
)
CREDITED = re.compile(r"/(?P<first>[A-ZÁÉÍÓÚÑ][a-záéíóúüñ]+) (?=[A-ZÁÉÍÓÚÑ])")  # "Foto: Andina/Jhonel Rodríguez"
WHERE_BEFORE = re.compile(
    r"(?:^|\b(?:en|desde|hacia|hasta|in|from|(?:distrito|provincia|regi[oó]n|ciudad|departamento|localidad)(?: de)?)\s)$",
    re.IGNORECASE,
)
AGED = re.compile(r",? \(?(?:de )?\d{1,2}(?:\)| años)")
NUMBER_BEFORE = re.compile(r"\d-$")
JUDGES = (
    "mask.py",
    "addresses.py",
    "casing.py",
    "persons.py",
    "runs.py",
    "posts.py",
    "speakers.py",
    "befallen.py",
    "befallen.toml",
    "forms.py",
    "namesakes.py",
    "person_features.py",
    "offices.py",
    "private_numbers.py",
    "private_numbers.toml",
    "things.py",
    "things.toml",
    "persons.toml",
)  # what decides who is masked, besides the model


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with private data replaced, and where it stood in the original."""

    text: str
    spans: tuple[Span, ...]


def _add_whole(found: list[Span], start: int, end: int) -> None:
    """Add a name, taking in the parts of it that were found."""
    parts = [s for s in found if s.start < end and start < s.end]
    if all(s.kind == "name" for s in parts):
        found[:] = [s for s in found if s not in parts]
        found.append(Span("name", min([start, *(s.start for s in parts)]), max([end, *(s.end for s in parts)])))


def _is_place_or_number(text: str, start: int, end: int, surnames: frozenset[str]) -> bool:
    """Whether a would-be name is wholly the name of a place, or part of a norm's number.

    One that also belongs to a person named in full (``surnames``) is a place only where a place is looked for: after "en".
    """
    if text[end : end + 1] in {"°", "º"} or NUMBER_BEFORE.search(text[max(0, start - 6) : start]):
        return True
    if AGED.match(text[end : end + 14]) and lexicon().first_names & {fold(text[start:end]).split(" ")[0]}:
        return False  # "Jorge Chávez, de 30 años": a district too
    if text[start:end] in surnames and not WHERE_BEFORE.search(text[max(0, start - 8) : start]):
        return False
    begin = start - 3 if text[max(0, start - 3) : start].lower() in {"el ", "la "} else start
    return any(hit.start <= start - begin and hit.end == end - begin for hit in find_places(text[begin:end]))


def _surnames(names: Iterable[str]) -> frozenset[str]:
    """What follows the first word of names written in full."""
    words = [name.split()[:LONGEST] for name in names]
    return frozenset(
        " ".join(own[at:end]) for own in words for at in range(1, len(own)) for end in range(at + 1, len(own) + 1)
    )


def find_private(text: str, known: Iterable[str] = ()) -> list[Span]:
    """Where ``text`` identifies a private person, in order; ``known`` names are found without being judged."""
    text, known = text[:LIMIT], tuple(known)
    found = find_numbers(text)
    text = sentence_case(text)
    persons = private_persons(text)
    names = [*known, *(text[p.start : p.end] for p in persons)]
    for start, end in private_addresses(text, names):
        add_span(found, "account", start, end)
    surnames = _surnames(names)
    for name in sorted(set(known), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not _is_place_or_number(text, *match.span(), surnames):
                add_span(found, "name", *match.span())
    for person in persons:
        if _is_place_or_number(text, person.start, person.end, surnames):
            continue
        courtesy = COURTESY.search(text[max(0, person.start - 9) : person.start])
        add_span(found, "name", person.start - (len(courtesy[0]) if courtesy else 0), person.end)
    for match in INITIALS.finditer(text):
        _add_whole(found, *match.span(1 if match[1] else 2))
    for match in CREDITED.finditer(text):
        if fold(match["first"]) not in common_words() and any(s.start == match.end() for s in found):
            _add_whole(found, match.start("first"), match.end() + 1)
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
    return list(dict.fromkeys(person.text for person in private_persons(sentence_case(text[:LIMIT]))))


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
