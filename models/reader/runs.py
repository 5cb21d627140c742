"""Runs of words that may name a person: capitalised runs without the words that only begin a sentence, nicknames, quoted aliases."""

from __future__ import annotations

import re

from models.fold import fold
from models.gazetteer.names import WORD
from models.reader.person_features import UPPER, Candidate, lexicon

TOKEN = rf"(?:[{UPPER}]\.(?=[ ,;:)\n]|$)|[{UPPER}][\wáéíóúüñ'’´]*)"
# Roberto ‘Tablita’ Cuéllar; ‘Cholo’ Medrano: the nickname is part of the name.
NICKED = re.compile(
    rf"(?<!\w)(?:{TOKEN} )?(?:{TOKEN} )?[‘“\"'«](?P<nick>[{UPPER}][\w’'-]*(?: [\w’'-]+){{0,3}})[’”\"'»] {TOKEN}(?: {TOKEN})?"
)
RUN = re.compile(
    rf"(?<![\w@/.]){TOKEN}(?:(?: (?:(?:[Vv]da\.|[Vv]iuda) de(?: la| los)?|de la|de las|de los|del|de|y|la|dos|da|van|von) | ?[-] ?| ){TOKEN})*"
)
LONE_INITIAL = re.compile(
    rf"[{UPPER}]\. (?:del|de la|de los) "
)  # "W. R. del Metropolitano": what follows is no surname
QUOTED = re.compile(
    r"[‘'“\"«]((?:(?:el|la|los|las|don|doña|tío|tía|camarada|compañero|comandante|hermano|profe|mister) )?[A-ZÁÉÍÓÚÑ][\wáéíóúüñ’'-]*(?: [\wáéíóúüñ’'-]+){0,3})[’'”\"»]"
)
_STARTERS = frozenset(
    "el la los las un una unos unas segun ayer hoy esta este estos en de del por para con sin sobre tras desde hasta cuando mientras aunque si no ni y o"
    " pero como su sus mi mis nuestro se lo le les al a ante ella ellos el asi ademas tambien solo ahora luego despues antes entre durante mediante"
    " don dona senor senora doctor doctora dr dra sr sra the a an i've i'm i'll i'd we we're it's that's there's on in at after before when while police according he she they it his her".split()
)


def _lower_words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\b[a-záéíóúüñ]{2,}\b", text))


def _trim(text: str, start: int, end: int, lower: frozenset[str]) -> tuple[int, int]:
    """Drop ordinary words that only a sentence's start capitalised: "Ayer Julio Peralta"."""
    lists = lexicon()
    while True:
        word = re.match(r"[\w'’´]+", text[start:end])
        if word is None:
            return start, end
        if (
            text[start - 1 : start] == "-"
            and text[max(0, start - 2) : start - 1].isdigit()
            and end > start + word.end()
        ):
            # "el mototaxi 1234-AB de Ana Rojas": the letters are the plate's.
            start += word.end() + len(
                (re.match(r"[ .-]+(?:(?:de|del|la|y) )*", text[start + word.end() : end]) or word)[0]
            )
            continue
        folded = fold(word[0])
        known = folded in lists.first_names or folded in lists.surnames
        ordinary = word[0].lower() in lower or folded in _STARTERS
        rest = text[start + word.end() : end]
        gap = re.match(r"[ .-]+(?:(?:de|del|la|y) )*", rest)
        if (ordinary and not known) or folded in _STARTERS:
            if gap is None:
                return start, start
            start += word.end() + gap.end()
            continue
        return start, end


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\x01" * (end - start)


def candidates(text: str) -> list[Candidate]:
    """Every run that may name a person, in order, quoted aliases too."""
    lower = _lower_words(text)
    lists = lexicon()
    found: list[Candidate] = []
    taken = bytearray(len(text))  # the code points of what is found
    for match in NICKED.finditer(text):
        around = set(WORD.findall(fold(match[0]))) - set(WORD.findall(fold(match["nick"])))
        if around & (lists.surnames | lists.first_names):
            found.append(Candidate(*match.span(), match[0], is_quoted=False))
            _take(taken, *match.span())
    for match in QUOTED.finditer(text):
        if 1 not in taken[slice(*match.span(1))]:
            found.append(Candidate(match.start(1), match.end(1), match[1], is_quoted=True))
            _take(taken, *match.span(1))
    for match in RUN.finditer(text):
        start, end = _trim(text, *match.span(), lower)
        if initial := LONE_INITIAL.match(text[start:end]):
            start += initial.end()
        while end > start and text[end - 1] in ".-'’´ ":
            if text[end - 1] == "." and re.search(rf"\b[{UPPER}]\.$", text[start:end]):
                break
            end -= 1
        if end - start < 3 or 1 in taken[start:end]:
            continue
        found.append(Candidate(start, end, text[start:end], is_quoted=False))
        _take(taken, start, end)
    return sorted(found, key=lambda c: c.start)
