"""Numbers that identify a private person: phones, plates, accounts and identity papers; sums, dates, norms and hotlines stay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from models.fold import fold
from models.gazetteer.names import WORD
from models.reader.data import read_data
from models.reader.person_features import common_words

Kind = Literal["name", "phone", "plate", "account"]

# A number that its label names: the label may go on ("cuenta de ahorros en soles N.° …"), the number is the group. "cuenta" is
# a verb too ("cuenta con 950 000 000"), so that only the words of an account may stand between.
NUMBER_SIGN = r"[\s:(]{0,3}(?:(?:n(?:ro)?[.°º]{0,2}|n[uú]mero|number|#)[\s:]{0,3})?"
LABELLED_ACCOUNT = re.compile(
    r"(?i:\b(?:cuentas?|account|cci)\b(?: (?:de ahorros?|corriente|bancaria|interbancaria|sueldo|cci|bcp|bbva|interbank|scotiabank"
    r"|banbif|(?:del|de la|de|en el|en la) (?:banco (?:de (?:cr[eé]dito|la naci[oó]n)|pichincha)|bcp|bbva|interbank|scotiabank|banco|naci[oó]n)|(?:en )?(?:soles|d[oó]lares))){0,4})"
    rf"(?i:{NUMBER_SIGN})(?P<account>\d{{9,20}}|\d{{2,4}}(?:[ -]\d{{1,14}}){{1,5}})(?![\w-])"
)
ACCOUNT_WORDS = ("cuenta", "account", "cci")
# Papers that name one person: the national identity number, a foreigner's card, a passport, a natural person's tax number.
IDENTITY = re.compile(
    r"(?i:\b(?:d\.?n\.?i\b\.?|documento (?:nacional )?de identidad|identity (?:card|document)|national id)[^\d.;\n]{0,25}(?:n(?:ro)?[.°º]{1,2} ?)?)(?P<dni>\d{8}|\d{2}[. ]\d{3}[. ]\d{3})\b"
    r"|(?i:\b(?:carn[eé] (?:de )?(?:extranjer[ií]a|ptp|cpp)|permiso temporal de permanencia|c\.e\.|c\.?e\.? (?=n)|pasaporte|passport|c[eé]dula(?: de (?:identidad|ciudadan[ií]a))?)[^\d.;\n]{0,25}?(?:n(?:ro)?[.°º]{1,2} ?)?)(?P<foreign>[A-Z]{0,2}-?\d{1,2}(?:\.?\d{3}){2}|[A-Z]{0,2}\d{6,10})\b"
    r"|(?i:\br\.?u\.?c\b[^\d\n]{0,12})(?P<tax>1[057]\d{9})\b"
)
IDENTITY_WORDS = (
    "dni",
    "d.n.i",
    "identi",
    "extranjer",
    "carn",
    "permiso temporal",
    "c.e",
    "ce n",
    "pasaporte",
    "passport",
    "cedula",
    "cédula",
    "ruc",
    "r.u.c",
    "national id",
)
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
# Nine digits in groups of any length, "953 00 41 27", and a city's number with its prefix, "054 48-2217", "(044) 23-4567".
GROUPED = re.compile(
    r"[90(](?<![\w.,/+-].)(?:(?<=9)(?<!\d 9)(?:[ .-]?\d){8}|(?<=\()0\d{1,2}\)[ -]?\d(?:[ .-]?\d){5,6}"
    r"|(?<=0)(?:1[ -]\d(?:[ -]?\d){6}|[4-8]\d[ -]\d(?:[ -]?\d){5}))(?![ .-]?\d|[-/]\w|[.,]\d)"
)
SIGNS = re.compile(r"\D+")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FROM_NUMBER = re.compile(r"\b(?:del?|desde el|al|el|from)\s$", re.IGNORECASE)
HOTLINE = re.compile(r"\(?0 ?-?80[01]")  # free of charge: an institution's
# Only where a word for calling or paying stands before: "Yapeen al 51987654321", "Comunicarse al 01-4567890".
CALLED_NUMBER = re.compile(
    r"[05](?<![\d.,+-].)(?:(?<=5)1[ .-]?9\d{2}[ .-]?\d{3}[ .-]?\d{3}|(?<=0)1[ .-]?\d{3}[ .-]?\d{4}|(?<=0)[4-8]\d[ .-]?\d{3}[ .-]?\d{3})(?![\d-])"
)
LABELLED_PHONE = re.compile(
    rf"(?i:\b(?:tel[eé]fonos?|tele?f?|fono|fijo)\b\.?{NUMBER_SIGN})(?P<x>\d{{3}}[ .-]?\d{{4}})(?![\d-])"
)
CALLING = re.compile(
    r"\b(?:llam|comun[ií]|tel[eé]f|telf|tel\b|fono\b|fijo\b|celular|m[oó]vil|what?s|wsp|yap|plin|n[uú]mero|l[ií]nea|contact|mensaje|escrib|marque|marcar|dep[oó]s|transf|informes|chip|wa\.me"
    r"|call|phone|number|ring\b|wallet)",
    re.IGNORECASE,
)
SUM_BEFORE = re.compile(r"(?:S/\.?|\$|€|\bUSD|\bPEN) ?(?:\d{1,3}[ .,'])*$")
SUM_AFTER = re.compile(
    r"(?:[.,]\d{1,2})? (?:mil(?:lones)? )?(?:de )?(?:nuevos )?(?:soles|d[oó]lares|euros|pesos|millones|million|dollars|habitantes|personas|casos|denuncias|votos|hect[aá]reas|metros|people|inhabitants)\b"
)
LABELLED_PLATE = re.compile(
    rf"(?i:\b(?:placas?|plates?|rodaje)(?: de rodaje| clonada)?(?: (?:del|de (?:la|su|una?)|of the) \w+,?)?{NUMBER_SIGN})"
    r"(?P<x>(?=[A-Za-z-]*\d)(?=[0-9-]*[A-Za-z])[A-Za-z0-9]{1,4}-[A-Za-z0-9]{1,5}|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,7}|[A-Z][A-Z0-9]{2} \d{3})\b"
)
PLATE = re.compile(r"[A-Z0-9](?<![\w-].)(?:[A-Z0-9]{2}-\d{3}(?![\w-])|(?<=\d)(?<!/.)\d{3}-\d?[A-Z]{1,2}\d?(?![\w-]))")
ACCOUNT = re.compile(
    r"[0-9](?:(?<![\w-].)\d{2}-\d{7,8}-\d{1,2}-\d{2}(?![\w-])|(?<![\w-].)\d{2,3}(?:-\d{2,14}){2,5}(?![\w-])|(?<![\w-].)\d{2}-\d{10,14}(?![\w-])|(?<![\d.,/=_-].)\d{12,18}(?!\d)"
    r"|(?<!\d.)\d{19}(?!\d)|(?<!\d.)\d{3}[ -](?:\d{4}[ -]){2}\d{4}(?!\d))"
)
# Shaped like a plate of a car or a motorcycle, which only a vehicle beside it makes one.
SHAPED = re.compile(
    r"(?<![\w-])(?:[A-Za-z][A-Za-z0-9]{2}[ .-]?\d{3}|[A-Za-z]{2}[ .-]?\d{4,5}|[A-Za-z]\d-\d{4}|\d{4}[ .-]?[A-Za-z]{2}|\d{4}[ .-]?\d[A-Za-z])(?![\w-])"
)
VEHICLE_REACH = 45
CLAUSE = re.compile(r"[.;:\n]")
# "Resolución Ministerial N° 0456-IN", "expediente 98765-4321": a paper's number, whatever it looks like.
PAPER_BEFORE = re.compile(
    r"\b(?:resoluci[oó]n|decreto|directiva|oficio|informe|expediente|exp\.|carpeta|ordenanza|ley|acuerdo|carta|memor[aá]ndum|r\.?[ms]\.?|d\.?s\.?)"
    r"(?: [a-zñáéíóú]+){0,3} ?(?:n(?:ro)?[.°º]{0,2})? ?$",
    re.IGNORECASE,
)
# Signs of a page's typesetting, each one code point as what it stands for.
ODD_SIGNS = (("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\u2010", "-"), ("\u2011", "-"))
JOINED = re.compile(r"(?<=[A-Z0-9])[\u2012\u2013\u2014\u00b7\u2022](?=[A-Z0-9])")  # "F1Q–640", "BVC·218"
NORM_NUMBER = re.compile(r"^\d{1,4}-(?:19|20)\d\d\b|^(?:19|20)\d\d-\d\d-\d\d$")


@dataclass(frozen=True, slots=True)
class Span:
    """What was masked; offsets are code points into the text given."""

    kind: Kind
    start: int
    end: int


def add_span(found: list[Span], kind: Kind, start: int, end: int) -> None:
    """Add what was found, unless it touches what is found already."""
    if start < end and not any(s.start < end and start < s.end for s in found):
        found.append(Span(kind, start, end))


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
            add_span(found, "phone", start, end)
    for match in GROUPED.finditer(text):
        if _is_grouped_phone(text, match):
            add_span(found, "phone", *match.span())
    for match in PHONE.finditer(text):
        start, end = match.span()
        # Points part thousands where nothing says that the number is called.
        is_amount = _is_sum(text, start, end) or (
            "." in match[0] and match[0][0] == "9" and not _is_called(text, start)
        )
        if not is_amount and not _is_paper(text, start):
            add_span(found, "phone", start, end)


def _is_grouped_phone(text: str, match: re.Match[str]) -> bool:
    """Whether digits in odd groups are a telephone: the same sign parts them, and something says that they are called."""
    start, end = match.span()
    if match[0][0] == "9" and (len(set(SIGNS.findall(match[0]))) != 1 or YEAR.search(match[0])):
        return False
    is_told = match[0][0] == "(" or _is_called(text, start) or FROM_NUMBER.search(text[max(0, start - 9) : start])
    return bool(is_told) and not _is_sum(text, start, end) and not _is_paper(text, start)


def _is_vehicles(text: str, match: re.Match[str]) -> bool:
    """Whether what is shaped like a plate stands near a vehicle; with a blank or in small letters, right after it."""
    letters = "".join(filter(str.isalpha, match[0]))
    before = CLAUSE.split(fold(text[max(0, match.start() - VEHICLE_REACH) : match.start()]))[-1]
    words = vehicle_words()
    if fold(letters) in words["models"] or not match[0].strip(letters) or NORM_NUMBER.match(match[0]):
        return False
    near = WORD.findall(before)
    if "-" not in match[0] and (" " in match[0] or not letters.isupper()):
        near = near[-2:]
        if fold(letters) in common_words():
            return False
    return not words["vehicles"].isdisjoint([*near, *map(" ".join, pairwise(near))]) and not _is_sum(
        text, *match.span()
    )


@cache
def vehicle_words() -> dict[str, frozenset[str]]:
    """The words of ``private_numbers.toml``."""
    return {name: frozenset(words) for name, words in read_data("private_numbers.toml").items()}


def _add_labelled(found: list[Span], text: str) -> None:
    """Numbers that a word names; most texts have none of the words."""
    lower = text.lower()
    if any(word in lower for word in ACCOUNT_WORDS):
        for match in LABELLED_ACCOUNT.finditer(text):
            digits = sum(map(str.isdigit, match["account"]))
            if digits >= ACCOUNT_DIGITS and not _is_sum(text, *match.span("account")):
                add_span(found, "account", *match.span("account"))
    if any(word in lower for word in IDENTITY_WORDS):
        for match in IDENTITY.finditer(text):
            add_span(found, "account", *match.span(str(match.lastgroup)))
    if any(word in lower for word in PLATE_WORDS):
        for match in LABELLED_PLATE.finditer(text):
            add_span(found, "plate", *match.span("x"))
    if any(word in lower for word in PHONE_WORDS):
        for match in LABELLED_PHONE.finditer(text):
            add_span(found, "phone", *match.span("x"))


def find_numbers(text: str) -> list[Span]:
    """What its label names, then phones, which look like accounts when written with dashes; then accounts and plates."""
    found: list[Span] = []
    for odd, plain in ODD_SIGNS:
        text = text.replace(odd, plain)
    text = JOINED.sub("-", text)
    _add_labelled(found, text)
    _add_phones(found, text)
    for match in ACCOUNT.finditer(text):
        if not NORM_NUMBER.match(match[0]) and not HOTLINE.match(match[0]):
            add_span(found, "account", *match.span())
    for match in PLATE.finditer(text):
        is_lettered = any(map(str.isalpha, match[0]))
        if is_lettered and not NORM_NUMBER.match(match[0]) and not _is_paper(text, match.start()):
            add_span(found, "plate", *match.span())
    for match in SHAPED.finditer(text):
        if _is_vehicles(text, match) and not _is_paper(text, match.start()):
            add_span(found, "plate", *match.span())
    return found
