"""Masking of what identifies private persons: names, phones, plates, accounts and addresses. Officials and institutions stay."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from models.fold import fold
from models.gazetteer import find_places
from models.reader.addresses import private_addresses
from models.reader.casing import sentence_case
from models.reader.linear import weights
from models.reader.person_features import common_words
from models.reader.persons import MODEL, private_persons
from models.reader.text import LIMIT

Kind = Literal["name", "phone", "plate", "account"]

SHOWN: dict[Kind, str] = {"name": "[nombre]", "phone": "[teléfono]", "plate": "[placa]", "account": "[cuenta]"}

# A number that its label names: the label may go on ("cuenta de ahorros en soles N.° …"), the number is the group. "cuenta" is
# a verb too ("cuenta con 950 000 000"), so that only the words of an account may stand between.
NUMBER_SIGN = r"[\s:(]{0,3}(?:(?:n(?:ro)?[.°º]{0,2}|n[uú]mero|number|#)[\s:]{0,3})?"
LABELLED_ACCOUNT = re.compile(
    rf"(?i:\b(?:d\.?n\.?i\b\.?|documento nacional de identidad|documento de identidad){NUMBER_SIGN})(?P<dni>\d{{8}}|\d{{2}}[. ]\d{{3}}[. ]\d{{3}})\b"
    r"|(?i:\b(?:cuentas?|account|cci)\b(?: (?:de ahorros?|corriente|bancaria|interbancaria|sueldo|cci|bcp|bbva|interbank|scotiabank"
    r"|banbif|(?:del|de la|de|en el|en la) (?:banco (?:de (?:cr[eé]dito|la naci[oó]n)|pichincha)|bcp|bbva|interbank|scotiabank|banco|naci[oó]n)|(?:en )?(?:soles|d[oó]lares))){0,4})"
    rf"(?i:{NUMBER_SIGN})(?P<account>\d{{9,20}}|\d{{2,4}}(?:[ -]\d{{1,14}}){{1,5}})(?![\w-])"
)
ACCOUNT_WORDS = ("cuenta", "account", "cci", "dni", "d.n.i", "de identidad")
PLATE_WORDS = ("placa", "plate", "rodaje")
PHONE_WORDS = ("tel", "fono", "fijo")
ACCOUNT_DIGITS = 9  # fewer are a sum or a year: "cuenta 2025"
# Patterns begin with the set of their first characters, so that the search skips to these; what must not stand before follows.
PHONE = re.compile(
    r"[9+(](?:(?<=9)(?<![\d-]9)\d{2}[ .-]?\d{3}[ .-]?\d{3}(?![\d-])|(?<=\+)\d{1,3}[ .-]?9\d{2}[ .-]?\d{3}[ .-]?\d{3}(?![\d-])"
    r"|(?<=\+)\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}(?!\d)"
    r"|(?<=\()(?<!\d\()0?\d{1,2}\) ?\d{3}[ .-]?\d{3,4}(?!\d)"
    r"|(?<=9)(?<![\d.,/-]9)(?<!\d 9)(?: \d{4}[ -]?|\d{4}[ -])\d{4}(?![ -]?\d))"
)
# Only where a word for calling or paying stands before: "Yapeen al 51987654321", "Comunicarse al 01-4567890".
CALLED_NUMBER = re.compile(
    r"[05](?<![\d.,+-].)(?:(?<=5)1[ .-]?9\d{2}[ .-]?\d{3}[ .-]?\d{3}|(?<=0)1[ .-]?\d{3}[ .-]?\d{4}|(?<=0)[4-8]\d[ .-]?\d{3}[ .-]?\d{3})(?![\d-])"
)
LABELLED_PHONE = re.compile(
    rf"(?i:\b(?:tel[eé]fonos?|tele?f?|fono|fijo)\b\.?{NUMBER_SIGN})(?P<x>\d{{3}}[ .-]?\d{{4}})(?![\d-])"
)
CALLING = re.compile(
    r"\b(?:llam|comun[ií]|tel[eé]f|telf|tel\b|fono\b|fijo\b|celular|m[oó]vil|what?s|wsp|yap|plin|n[uú]mero|l[ií]nea|contact|mensaje|escrib|marque|marcar|dep[oó]s|transf|informes|wa\.me"
    r"|call|phone|number|ring\b|wallet)",
    re.IGNORECASE,
)
SUM_BEFORE = re.compile(r"(?:S/\.?|\$|€|\bUSD|\bPEN) ?(?:\d{1,3}[ .,'])*$")
SUM_AFTER = re.compile(
    r"(?:[.,]\d{1,2})? (?:mil(?:lones)? )?(?:de )?(?:nuevos )?(?:soles|d[oó]lares|euros|pesos|millones|million|dollars)\b"
)
LABELLED_PLATE = re.compile(
    rf"(?i:\b(?:placas?|plates?|rodaje)(?: de rodaje| clonada)?(?: (?:del|de (?:la|su|una?)|of the) \w+,?)?{NUMBER_SIGN})"
    r"(?P<x>(?=[A-Za-z-]*\d)(?=[0-9-]*[A-Za-z])[A-Za-z0-9]{1,4}-[A-Za-z0-9]{1,5}|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,7}|[A-Z][A-Z0-9]{2} \d{3})\b"
)
PLATE = re.compile(r"[A-Z0-9](?<![\w-].)(?:[A-Z0-9]{2}-\d{3}(?![\w-])|(?<=\d)(?<!/.)\d{3}-\d?[A-Z]{1,2}\d?(?![\w-]))")
ACCOUNT = re.compile(
    r"[0-9](?:(?<![\w-].)\d{2}-\d{7,8}-\d{1,2}-\d{2}(?![\w-])|(?<![\w-].)\d{2,3}(?:-\d{2,10}){2,5}(?![\w-])|(?<![\d.,/=_-].)\d{12,18}(?!\d)"
    r"|(?<!\d.)\d{19}(?!\d)|(?<!\d.)\d{3}[ -](?:\d{4}[ -]){2}\d{4}(?!\d))"
)
# "Resolución Ministerial N° 0456-IN", "expediente 98765-4321": a paper's number, whatever it looks like.
PAPER_BEFORE = re.compile(
    r"\b(?:resoluci[oó]n|decreto|directiva|oficio|informe|expediente|exp\.|carpeta|ordenanza|ley|acuerdo|carta|memor[aá]ndum|r\.?[ms]\.?|d\.?s\.?)"
    r"(?: [a-zñáéíóú]+){0,3} ?(?:n(?:ro)?[.°º]{0,2})? ?$",
    re.IGNORECASE,
)
# Signs of a page's typesetting, each one code point as what it stands for.
ODD_SIGNS = (("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\u2010", "-"), ("\u2011", "-"))
COURTESY = re.compile(r"(?<!\w)(?:[Dd]on|[Dd]oña|[Ss]eñora?) $")
# What the law leaves of a minor's name, and a village knows: "de iniciales J.L.M.R.", "el menor A. B. C.", "J.L.M. (12)".
LETTERS = r"(?:[A-ZÑ]\. ?){1,4}[A-ZÑ]\.?"
INITIALS = re.compile(
    rf"\b(?i:iniciales|siglas|menor(?:es)?|adolescente|niñ[oa]|joven|identificad[oa]|initials)(?i: (?:de|son|eran|con|como|las|su|nombre|identificad[oa]|iniciales))* ?:? ?({LETTERS}|(?-i:(?<=iniciales )|(?<=iniciales de )|(?<=siglas ))[A-ZÑ]{{2,5}})(?![\w.])"
    rf"|(?<![\w.])({LETTERS})(?= ?\(\d{{1,2}}\)|,? (?:de )?\d{{1,2}} años)"
)
CREDITED = re.compile(r"/(?P<first>[A-ZÁÉÍÓÚÑ][a-záéíóúüñ]+) (?=[A-ZÁÉÍÓÚÑ])")  # "Foto: Andina/Jhonel Rodríguez"
WHERE_BEFORE = re.compile(r"(?:^|\b(?:en|desde|hacia|hasta|in|from)\s)$", re.IGNORECASE)
NUMBER_BEFORE = re.compile(r"\d-$")
JUDGES = (
    "mask.py",
    "addresses.py",
    "casing.py",
    "persons.py",
    "person_features.py",
    "offices.py",
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
    if text[start:end] in surnames and not WHERE_BEFORE.search(text[max(0, start - 8) : start]):
        return False
    begin = start - 3 if text[max(0, start - 3) : start].lower() in {"el ", "la "} else start
    return any(hit.start <= start - begin and hit.end == end - begin for hit in find_places(text[begin:end]))


def _surnames(names: Iterable[str]) -> frozenset[str]:
    """What follows the first word of names written in full."""
    return frozenset(word for name in names if " " in name for word in name.split()[1:])


def _is_sum(text: str, start: int, end: int) -> bool:
    """Whether an amount of money stands there: "S/ 950 000 000", "950.000.000 soles"."""
    return bool(SUM_BEFORE.search(text[max(0, start - 24) : start]) or SUM_AFTER.match(text[end : end + 30]))


def _is_paper(text: str, start: int) -> bool:
    return PAPER_BEFORE.search(text[max(0, start - 60) : start]) is not None


def _is_called(text: str, start: int) -> bool:
    return CALLING.search(text[max(0, start - 40) : start]) is not None


def _add_phones(found: list[Span], text: str) -> None:
    for match in CALLED_NUMBER.finditer(text):
        start, end = match.span()
        if _is_called(text, start) and not _is_sum(text, start, end):
            _add(found, "phone", start, end)
    for match in PHONE.finditer(text):
        start, end = match.span()
        # Points part thousands where nothing says that the number is called.
        is_amount = _is_sum(text, start, end) or (
            "." in match[0] and match[0][0] == "9" and not _is_called(text, start)
        )
        if not is_amount and not _is_paper(text, start):
            _add(found, "phone", start, end)


def _add_labelled(found: list[Span], text: str) -> None:
    """Numbers that a word names; most texts have none of the words."""
    lower = text.lower()
    if any(word in lower for word in ACCOUNT_WORDS):
        for match in LABELLED_ACCOUNT.finditer(text):
            kind = "dni" if match["dni"] else "account"
            digits = sum(map(str.isdigit, match[kind]))
            if kind == "dni" or (digits >= ACCOUNT_DIGITS and not _is_sum(text, *match.span(kind))):
                _add(found, "account", *match.span(kind))
    if any(word in lower for word in PLATE_WORDS):
        for match in LABELLED_PLATE.finditer(text):
            _add(found, "plate", *match.span("x"))
    if any(word in lower for word in PHONE_WORDS):
        for match in LABELLED_PHONE.finditer(text):
            _add(found, "phone", *match.span("x"))


def _add_numbers(found: list[Span], text: str) -> None:
    """Accounts, phones and plates: what its label names, then phones, which look like accounts when written with dashes."""
    for odd, plain in ODD_SIGNS:
        text = text.replace(odd, plain)
    _add_labelled(found, text)
    _add_phones(found, text)
    for match in ACCOUNT.finditer(text):
        if not NORM_NUMBER.match(match[0]):
            _add(found, "account", *match.span())
    for match in PLATE.finditer(text):
        is_lettered = any(map(str.isalpha, match[0]))
        if is_lettered and not NORM_NUMBER.match(match[0]) and not _is_paper(text, match.start()):
            _add(found, "plate", *match.span())


def find_private(text: str, known: Iterable[str] = ()) -> list[Span]:
    """Where ``text`` identifies a private person, in order; ``known`` names are found without being judged."""
    text, known = text[:LIMIT], tuple(known)
    found: list[Span] = []
    _add_numbers(found, text)
    text = sentence_case(text)
    persons = private_persons(text)
    names = [*known, *(text[p.start : p.end] for p in persons)]
    for start, end in private_addresses(text, names):
        _add(found, "account", start, end)
    surnames = _surnames(names)
    for name in sorted(set(known), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not _is_place_or_number(text, *match.span(), surnames):
                _add(found, "name", *match.span())
    for person in persons:
        if _is_place_or_number(text, person.start, person.end, surnames):
            continue
        courtesy = COURTESY.search(text[max(0, person.start - 9) : person.start])
        _add(found, "name", person.start - (len(courtesy[0]) if courtesy else 0), person.end)
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
