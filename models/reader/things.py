"""Names that belong to things: streets, shops, firms, music groups, laws. Read by what stands before the name, and within it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from models.fold import fold
from models.gazetteer.names import WORD
from models.reader.data import one_of, read_data
from models.reader.person_features import is_place, lexicon, likeness

REACH = 60  # characters before a name that are looked at: "la empresa de transporte interprovincial “"
ARTICLES = r"(?: (?:de|del|la|el|los|las))*"
MARKS = "\"'“”‘’«»"
COMPANY = re.compile(
    r"^(?: [eE] Hijos| & |&|,? ?S\.? ?A\.? ?(?:C\.?|A\.?)?(?!\w)|,? ?E\.? ?I\.? ?R\.? ?L\b|,? ?S\.? ?R\.? ?L\b)"
)
BAND_BEFORE = re.compile(r"(?:[\wáéíóúüñ,]|\b[Aa]tte?\.) [\"'“‘«]?(?:Los|Las) $")
# A bare "el", "al" or "del" may stand before anybody: "la camioneta del Miguel Grau".
PLACED = re.compile(
    r"\b(?:en|(?:en|desde|hacia|hasta|por|ante|frente a) (?:el|la)|the|in|at|near|from|desde|hacia|hasta|zona de|cruce con|medalla|sala|promocion"
    r"|(?:trasladad|evacuad|derivad|conducid|llevad|referid)[oa]s? (?:de emergencia )?al|(?:ingres|lleg|acud)\w+ (?:de emergencia |herid[oa]s? |con vida |sin vida )*al"
    r"|(?:hospital|colegio|emergencia|emergencias|director|directora|medicos?|puertas?|frontis|exteriores|alumnos|escolares|pacientes|morgue|aulas|sede|cuadra|altura"
    r"|cruce|esquina|explanada|reos|internos|penal|pabellon|cerca|frente|afueras|inmediaciones|alrededores) (?:del?|al)) $"
)
# "El hospital", "del colegio" as the subject: then the noun does what is told; behind "en el hospital" who is named does.
SUBJECT = re.compile(r"(?:^|[,:;(] ?)(?:el|la|the) $")
SAINT = frozenset("san santa santo virgen nuestra senor".split())
PARTS = re.compile(r" (?:y|e|and) ")
BAND = re.compile(r"^(?:Los|Las) ")


def is_named_thing(text: str, start: int) -> bool:
    """Whether the name that begins at ``start`` is a street's, a hospital's, a shop's: "avenida Ramiro Prialé"."""
    return _patterns()["named"].search(fold(text[max(0, start - REACH) : start])) is not None


def is_quoted_firm(text: str, start: int) -> bool:
    """Whether the quoted name that begins at ``start`` is told as a firm's: "la pollería 'Don Lucho'".

    A boss is no firm: in "la gente de 'Don Lucho'" and "la empresa de 'Don Lucho'" the name stays a person's.
    """
    return _patterns()["quoted"].search(fold(text[max(0, start - REACH) : start])) is not None


def is_firm(text: str, start: int, end: int, words: Sequence[str]) -> bool:
    """Whether the name is a firm's by its own words or what ends it: "Sonia Páucar Eventos", "Roque S.A.C."; or one known to all."""
    data = _words()
    if _patterns()["written"].search(text[max(0, start - REACH) : start]):
        return True
    is_model = len(words) < 4 and not data["makers"].isdisjoint(words[:1]) and likeness(words) != "whole"
    is_told = is_model or not data["firm_words"].isdisjoint(words) or COMPANY.match(text[end : end + 12]) is not None
    return (
        is_told or text[start - 1 : start] == "&" or (bool(words) and _is_known(words, data["known"] | data["makers"]))
    )


def _is_known(words: Sequence[str], known: frozenset[str]) -> bool:
    """Whether all words are known, or the first is and a place follows: "Entel y Bitel", "Multident Comas"."""
    return known.issuperset(word for word in words if word not in {"y", "e"}) or (
        words[0] in known and is_place(words[1:])
    )


def is_surely_thing(text: str, start: int, end: int) -> bool:
    """Whether nothing but a thing can be meant, also where a person of the text bears the name: "plaza Flores"."""
    patterns, before = _patterns(), fold(text[max(0, start - REACH) : start])
    if patterns["public"].search(before):
        return not is_person_at(text, start, end)
    return before.endswith("the ") and patterns["after"].match(fold(text[end : end + 20])) is not None


def is_person_at(text: str, start: int, end: int) -> bool:
    """Whether a full name behind a place's noun is a person's: "en la iglesia Juan Rojas recibió un balazo", "el guardián del anexo Luis Paz"."""
    words = WORD.findall(fold(text[start:end]))
    patterns, before = _patterns(), fold(text[max(0, start - REACH) : start])
    noun = patterns["standing"].search(before)
    if noun is None or likeness(words) != "whole" or words[0] in SAINT or words[0] not in lexicon().first_names:
        return False
    if " ".join(words) in _words()["eponyms"]:
        return False
    if patterns["kept"].search(before[: noun.start()]):
        return True
    is_subject = SUBJECT.search(before[: noun.start()]) is not None
    return not is_subject and patterns["does"].match(fold(text[end : end + 30])) is not None


def is_shop(text: str, start: int) -> bool:
    """Whether the name is a shop's, which may well be its owner's too: "la bodega Rosita"."""
    return _patterns()["shops"].search(fold(text[max(0, start - REACH) : start])) is not None


def is_band(text: str, start: int, end: int) -> bool:
    """Whether a plural written large within a sentence, or quoted, makes it a group's: "gente de Los Caínes"; a family's is small."""
    written = fold(text[start:end])
    if text[start - 1 : start] in set(MARKS) and any(
        written.startswith(f"{band} ") for band in _words()["band_starts"]
    ):
        return (lexicon().first_names | lexicon().surnames).isdisjoint(written.split())
    if BAND.match(text[start:end]):
        return text[start - 1 : start] in set(MARKS)
    return BAND_BEFORE.search(text[max(0, start - 12) : start]) is not None


def is_nobodys(text: str, start: int, end: int, words: Sequence[str]) -> bool:
    """Whether the words are a country, a month, a feast; or a name that schools and streets bear, where a place is told of.

    "In October"; "en el Miguel Grau", and not "capturan a Miguel Grau", who may be anybody's son.
    """
    own = list(words[:-1]) if text[end - 2 : end] in {"'s", "’s"} and words[-1:] == ["s"] else words
    name = " ".join(own)
    if name in _words()["eponyms"]:
        return PLACED.search(fold(text[max(0, start - 20) : start])) is not None
    return bool(name) and all(part in _words()["nobodys"] for part in PARTS.split(name))


@cache
def _words() -> dict[str, frozenset[str]]:
    data = read_data("things.toml")
    return {key: frozenset(data[key]) for key in ("firm_words", "known", "makers", "nobodys", "eponyms", "band_starts")}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_data("things.toml")
    named, firms, qualifiers, public, shops, between, after = (
        _any(data[key]) for key in ("named", "firms", "qualifiers", "public", "shops", "between", "after")
    )
    number = r"(?: n(?:ro)?[.°º]{0,2})?(?: ?\d{1,6})?"
    return {
        "named": re.compile(rf"(?<!\w){named}{ARTICLES} [{MARKS}]?$"),
        "quoted": re.compile(rf"(?<!\w){firms}(?:e?s)?(?: {qualifiers})* [{MARKS}]$"),
        "public": re.compile(rf"(?<!\w){public}(?: {between})*{number} [{MARKS}]?$"),
        "shops": re.compile(
            rf"(?<!\bsu )(?<!\bmi )(?<!\bun )(?<!\buna )(?<!\bsus )(?<!\ben )(?<!\w){shops}(?: {between})* [{MARKS}]?$"
        ),
        "written": re.compile(
            rf"[\wáéíóúüñ,] {_any([noun.capitalize() for noun in data['shops']])}(?: (?:Don|Doña|Mi|El|La|Los|Las|de))? $"
        ),
        "standing": re.compile(rf"(?<!\w){_any(data['standing'])}(?: {between})*{number} [{MARKS}]?$"),
        "kept": re.compile(rf"\b{_any(data['keepers'])}(?: \w+)? (?:del|de la|de una?|de) $"),
        "does": re.compile(rf"^,? (?:(?:se|le|les|lo|la|no|ya|nos|me|tambien|hoy|ayer) )*{_any(data['does'])}\b"),
        "after": re.compile(rf" {after}(?!\w)"),
    }


def _any(words: list[str]) -> str:
    return f"(?:{one_of(words)})"
