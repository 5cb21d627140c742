"""Noun phrases of persons in a sentence: "dos porteros y una anfitriona", "su ayudante, Juan Pérez", "the drummer".

Each has a number, the word it is about and how it is introduced; what is joined by "y" or a comma stands in one row and shares what is
said before and after it. A name beside a noun ("el chofer, Juan Pérez,") is the same person. Not here: what happened to them (``toll``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from models.reader.data import read_data
from models.reader.numbers import number_word_pattern, parse_number
from models.reader.text import Sentence

Form = Literal["one", "other", "his", "the", "number", "those", "part", "name"]

MOST = 40
NAME = re.compile(
    r"(?<![\w«“\"'])[A-ZÁÉÍÓÚÑ][a-záéíóúñü]+(?:(?: (?:de|del|de la|de los))? [A-ZÁÉÍÓÚÑ][a-záéíóúñü]+){1,4}(?!\w)"
)
SURNAME = re.compile(r"(?<!\w)[A-ZÁÉÍÓÚÑ][a-záéíóúñü]{2,}(?!\w)")
BESIDE = re.compile(r"(?:(?: [a-z]+)?,? (?:identificad[oa] como |de nombre |llamad[oa] |named )?|,? \()")
JOIN = re.compile(
    r"(?:,? (?:de|\() ?\d\d?(?: anos)?\)?)?(?:, \d\d,?)?(?:,| y| e|, y|,? and| junto con| junto a| ademas de| as well as|, asi como)(?: tambien)?(?: a| de| con)? "
)
WORD = re.compile(r"[\w-]+")
# Nouns of who does something for a living: after "el" or "su" too, an unknown one is a person ("el cantinero", "la organista").
AGENT = re.compile(r"(?:[^i]er[oa]|ist[ae]|[aei]dor[ae]?|[st]or[ae]?|olog[oa]|ograf[oa]|iatra|man|woman)$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One noun phrase: where it stands, how many it says, the stem of its noun, and its row in the sentence."""

    start: int
    end: int
    value: int
    form: Form
    head: str  # "" for a name without a noun
    name: str  # folded, "" without one
    row: int


@cache
def _forms() -> dict[str, Form]:
    data = read_data("phrases.toml")
    forms: tuple[Form, ...] = ("one", "other", "his", "the")
    return {word: form for form in forms for word in data[form]}


@cache
def _heads() -> frozenset[str]:
    data = read_data("phrases.toml")["persons"] + read_data("victims.toml")["wounded"]["persons"]
    return frozenset(stem(word.replace("[oa]", "o").replace("[ea]", "e")) for word in data)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_data("phrases.toml")[name])


@cache
def _things() -> frozenset[str]:
    return frozenset(stem(word) for word in _listed("things"))


@cache
def _opening() -> re.Pattern[str]:
    """What a noun phrase opens with: an article or a number, and up to three words after it."""
    words = {*_forms(), *_listed("both")} - {"a"}  # a preposition too: the pattern says where it opens one
    articles = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    number = rf"(?P<those>(?:los|las|the|l[oa]s otr[oa]s|otr[oa]s|sus) )?(?P<n>\d{{1,2}}(?![\d.,:/%°]?\d|[%°])|{number_word_pattern()})"
    return re.compile(
        rf"(?<![\w$/.,-])(?:{number}|(?P<article>a(?! (?:los|las|la|el|una?|su|sus|otr[oa]s?|{number_word_pattern()}|\d+)\b)|{articles}))\b(?: (?P<a>[\w'’-]+))?(?: (?P<b>[\w'’-]+))?(?: (?P<c>[\w'’-]+))?"
    )


@cache
def stem(word: str) -> str:
    """A noun without number and gender: "porteros", "portera" and "portero" are one."""
    if len(word) > 4 and word.endswith("es") and word[-3] in "rlndzj":
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "aoe" else word


def _noun(words: list[str | None], *, counted: bool) -> tuple[str, int] | None:
    """The noun of a phrase and how many words lie up to it; a counted one may be any plural that is no thing."""
    for at, word in enumerate(words):
        if word and stem(word) in _heads() and word not in _listed("not_persons"):
            return stem(word), at + 1
        if not word or word in _listed("bounds") or (counted and (stem(word) in _things() or at)):
            break
    if (
        not counted
        and words[0]
        and len(words[0]) > 3
        and words[0][-1] not in "sn"
        and words[0] not in _listed("bounds")
        and stem(words[0]) not in _things()
    ):
        return "/" + stem(words[0]), 1
    if (
        counted
        and words[0]
        and stem(words[0]) not in _things()
        and (words[0] in _listed("more") or (words[0][-1] == "s" and len(words[0]) > 3))
    ):
        return ("+" if words[0] in _listed("more") else "?" + stem(words[0])), 1
    return None


def _stands_alone(match: re.Match[str], value: float) -> bool:
    """Whether "los tres" has no noun, so that persons told before are meant."""
    if match["article"] in _listed("other"):
        return match["a"] is not None
    return (
        value > 1
        and match["those"] is not None
        and match["those"] != "las "
        and (not match["a"] or match["a"] in _listed("bounds") or stem(match["a"]) not in _things())
    )


def _opened(folded: str) -> list[tuple[int, int, int, Form, str]]:
    found: list[tuple[int, int, int, Form, str]] = []
    match = _opening().search(folded)
    while match:
        words, at = [match["a"], match["b"], match["c"]], match.end("n" if match["n"] else "article")
        written = match["n"] or match["article"]
        value = parse_number(match["n"]) if match["n"] else 1.0
        is_both = written in _listed("both")
        noun = _noun(words, counted=value is not None and value > 1)
        if is_both:
            found.append((match.start(), at, 2, "those", noun[0] if noun else "+"))
        elif value is not None and 0 < value <= MOST and value == int(value) and (noun or _stands_alone(match, value)):
            form: Form = "number" if match["n"] and value > 1 else "one"
            if match["those"] and not match["those"].startswith("otr"):
                form = "those"
            elif match["article"] or value == 1:
                form = _forms().get(written, "one")
            head, taken = noun or ("+", 0)
            if head[:1] == "/" and (
                written in {"uno", "one"} or (form not in {"one", "other"} and not AGENT.search(match["a"] or ""))
            ):
                match = _opening().search(folded, match.start() + 1)
                continue
            value = 2 if head in {"parej", "coupl", "pair", "matrimoni"} and form == "one" else value
            end = match.end("abc"[taken - 1]) if taken else at
            found.append((match.start(), end, int(value), form, head))
            at = max(at, end)
        match = _opening().search(folded, max(at, match.start() + 1))
    return found


@cache
def _part() -> re.Pattern[str]:
    """Some of several: "uno de los pasajeros", "dos de ellas", "one of the drivers"."""
    number = rf"(?:uno|una|one|\d{{1,2}}|{number_word_pattern()})"
    several = rf"(?:ell[oa]s|them|(?:los|las|sus|estos|estas|the|his|her|their) (?:{number} )?(?P<noun>[\w'’-]+))"
    return re.compile(rf"(?<![\w$/.,-])(?P<n>{number}) (?:de|of) {several}(?![\w'’-])")


def _parts(folded: str) -> list[tuple[int, int, int, Form, str]]:
    """Persons told as some of several, of a noun that is known to be of persons, or of those told before."""
    found: list[tuple[int, int, int, Form, str]] = []
    for match in _part().finditer(folded):
        value = parse_number(match["n"])
        head = stem(match["noun"]) if match["noun"] else "+"
        is_known = head == "+" or (head in _heads() and match["noun"] not in _listed("not_persons"))
        if is_known and value is not None and 0 < value <= MOST and value == int(value):
            found.append((match.start(), match.end(), int(value), "part", head))
    return found


def _bare(folded: str, nouns: list[tuple[int, int, int, Form, str]]) -> list[tuple[int, int, int, Form, str]]:
    """Persons without an article, as titles name them: "Chofer y cobradora mueren"; only in the singular, which says how many."""
    return [
        (m.start(), m.end(), 1, "one", stem(m[0]))
        for m in WORD.finditer(folded)
        if m[0][-1] != "s"
        and m[0] not in _listed("not_persons")
        and stem(m[0]) in _heads()
        and not any(start <= m.start() < end for start, end, *_ in nouns)
    ]


def phrases(sentence: Sentence, taken: list[tuple[int, int]]) -> list[Phrase]:
    """The noun phrases of persons in a sentence; names within ``taken`` (places) are none."""
    parts = _parts(sentence.folded)
    opened = [each for each in _opened(sentence.folded) if not any(s < each[1] and each[0] < e for s, e, *_ in parts)]
    nouns = sorted([*parts, *opened])
    found: list[Phrase] = []
    names = [m for m in NAME.finditer(sentence.raw) if not any(s < m.end() and m.start() < e for s, e in taken)]
    used: set[int] = set()
    if sentence.field == "title":
        nouns = sorted([*nouns, *_bare(sentence.folded, nouns)])
    for start, end, value, form, head in nouns:
        free = [m for m in names if m.start() not in used] if value == 1 and form != "those" else []
        name = next((m for m in free if _is_beside(sentence.folded, start, end, m)), None)
        if name is None:
            found.append(Phrase(start, end, value, form, head, "", 0))
            continue
        used.add(name.start())
        spoken = sentence.folded[name.start() : name.end()]
        found.append(Phrase(min(start, name.start()), max(end, name.end()), value, form, head, spoken, 0))
    found += [
        Phrase(m.start(), m.end(), 1, "name", "", sentence.folded[m.start() : m.end()], 0)
        for m in names
        if m.start() not in used
    ]
    return _in_rows(sentence.folded, sorted(found, key=lambda p: p.start))


def _is_beside(folded: str, start: int, end: int, name: re.Match[str]) -> bool:
    """Whether a name and a noun are the same person: "el chofer, Juan Pérez", "Juan Pérez, un chofer"."""
    if name.end() <= start:
        return folded[name.end() : start] in {", ", " ("}
    between = folded[end : name.start()] if name.start() >= end else "-"
    words = between.split()
    is_office = 0 < len(words) <= 6 and words[0] in {"de", "del"} and between.endswith(", ")
    return is_office or BESIDE.fullmatch(between) is not None


def _in_rows(folded: str, found: list[Phrase]) -> list[Phrase]:
    out: list[Phrase] = []
    row = 0
    for each in found:
        if out and each.start < out[-1].end:
            continue
        if out and not _joins(folded[out[-1].end : each.start]):
            row += 1
        out.append(Phrase(each.start, each.end, each.value, each.form, each.head, each.name, row))
    return out


def _joins(between: str) -> bool:
    """Whether two phrases stand side by side: nothing but a comma or "y" between them, or a short complement and then it."""
    if JOIN.fullmatch(between):
        return True
    tail = re.search(r"(?:,? (?:y|e|and)(?: a| de| con| al| del)?) $", between)
    words = WORD.findall(between[: tail.start()]) if tail else []
    return (
        bool(tail)
        and len(words) <= 5
        and (not words or words[0] in {"de", "del", "que", "of", "from"} or words[0][:1].isdigit())
    )
