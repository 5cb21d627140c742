"""Persons named in a text, and whether they are private ones or speak and act in office.

Candidates are capitalised runs and quoted aliases; a fitted linear model judges each by its words and neighbours. Not
here: phones, plates, accounts and the masking itself (``mask.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.gazetteer.fold import fold
from models.gazetteer.names import WORD, names_by_first_word
from models.reader.data import read_data
from models.reader.linear import probability

MODEL = "person"
LEAST = 0.08  # a name shown is worse than an office masked

_UPPER = "A-ZÁÉÍÓÚÜÑ"
TOKEN = rf"(?:[{_UPPER}]\.(?=[ ,;:)\n]|$)|[{_UPPER}][\wáéíóúüñ'’´]*)"
RUN = re.compile(rf"(?<![\w@/.]){TOKEN}(?:(?: (?:de la|de las|de los|del|de|y|la|dos|da|van|von) | ?[-] ?| ){TOKEN})*")
QUOTED = re.compile(
    r"[‘'“\"«]((?:(?:el|la|los|las|don|doña|tío|tía) )?[A-ZÁÉÍÓÚÑ][\wáéíóúüñ’'-]*(?: [\wáéíóúüñ’'-]+){0,3})[’'”\"»]"
)
DON = re.compile(r"\b(?:[Dd]on|[Dd]oña|[Ss]eñora?|[Tt]í[oa]) ([A-ZÁÉÍÓÚÑ][\wáéíóúüñ]+)")
AGE_AFTER = re.compile(r"^,? ?\(?(?:de )?\d{1,2}(?:\)| años|,|\b)")
SPEECH = re.compile(
    r"\b(?:dijo|declar\w+|asegur\w+|afirm\w+|indic\w+|señal\w+|explic\w+|anunci\w+|inform\w+|sostuv\w+|said|told)\b"
)
BOUNDARY = re.compile(r"[.!?:¿¡“\"«(\n—–-]\s*$|^\s*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words that may name a person."""

    start: int
    end: int
    text: str
    is_quoted: bool


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = read_data("persons.toml")
    return (
        frozenset(data["first_names"].split()), frozenset(data["surnames"].split()), frozenset(data["office"]),
        frozenset(data["private"]), frozenset(data["institution"]),
    )  # fmt: skip


def _lower_words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\b[a-záéíóúüñ]{2,}\b", text))


def _trim(text: str, start: int, end: int, lower: frozenset[str]) -> tuple[int, int]:
    """Drop ordinary words that only a sentence's start capitalised: "Ayer Julio Peralta"."""
    first, surnames, *_ = _lexicon()
    while True:
        word = re.match(r"[\w'’´]+", text[start:end])
        if word is None:
            return start, end
        folded = fold(word[0])
        known = folded in first or folded in surnames
        ordinary = word[0].lower() in lower or folded in _STARTERS
        rest = text[start + word.end() : end]
        gap = re.match(r"[ .-]+(?:(?:de|del|la|y) )*", rest)
        if (ordinary and not known) or folded in _STARTERS:
            if gap is None:
                return start, start
            start += word.end() + gap.end()
            continue
        return start, end


_STARTERS = frozenset(
    "el la los las un una unos unas segun ayer hoy esta este estos en de del por para con sin sobre tras desde hasta cuando mientras aunque si no ni y o"
    " pero como su sus mi mis nuestro se lo le les al a ante ella ellos el asi ademas tambien solo ahora luego despues antes entre durante mediante"
    " don dona senor senora doctor doctora dr dra sr sra the a an on in at after before when while police according he she they it his her".split()
)


def candidates(text: str) -> list[Candidate]:
    """Every run that may name a person, in order, quoted aliases too."""
    lower = _lower_words(text)
    found: list[Candidate] = []
    for match in QUOTED.finditer(text):
        found.append(Candidate(match.start(1), match.end(1), match[1], is_quoted=True))
    for match in RUN.finditer(text):
        start, end = _trim(text, *match.span(), lower)
        while end > start and text[end - 1] in ".-'’´ ":
            if text[end - 1] == "." and re.search(rf"\b[{_UPPER}]\.$", text[start:end]):
                break
            end -= 1
        if end - start < 3 or any(c.start < end and start < c.end for c in found):
            continue
        found.append(Candidate(start, end, text[start:end], is_quoted=False))
    return sorted(found, key=lambda c: c.start)


def _shape(each: Candidate, words: Sequence[str]) -> list[str]:
    first, surnames, _, _, institution = _lexicon()
    known_first = sum(w in first for w in words)
    known_last = sum(w in surnames for w in words)
    found = [
        f"n {min(len(words), 5)}", f"firsts {min(known_first, 2)}", f"lasts {min(known_last, 2)}",
        f"n {min(len(words), 4)} firsts {min(known_first, 2)} lasts {min(known_last, 2)}", f"institution {min(sum(w in institution for w in words), 2)}",
    ]  # fmt: skip
    if words and words[0] in first:
        found.append("starts with first name")
    if each.text.isupper() and len(each.text) > 2:
        found.append(f"capitals {len(words) == 1}")
    if each.is_quoted:
        found += ["quoted", f"quoted n {min(len(words), 4)}", f"quoted firsts {min(known_first, 1)}"]
        if fold(each.text).startswith(("los ", "las ")):
            found.append("quoted plural")
    if re.search(rf"\b[{_UPPER}]\.", each.text):
        found.append("initial")
    entry = names_by_first_word().get(words[0], ()) if words else ()
    if any(len(n.words) == len(words) and list(n.words) == list(words) for n in entry):
        found.append(f"place n {min(len(words), 2)}")
    return found


def _sign(char: str) -> str:
    """A neighbouring character as part of a feature's name, which is one line of a file."""
    return char if char.isprintable() else "/"


def _cues(text: str, each: Candidate) -> set[str]:
    """What stands right beside a name: an office, an age, a private role."""
    _, _, office, private, _ = _lexicon()
    left = WORD.findall(re.split(r"[.;!?\n]", fold(text[max(0, each.start - 50) : each.start]))[-1])[-3:]
    right = re.split(r"[.;!?\n]", fold(text[each.end : each.end + 45]))[0]
    first = WORD.findall(right)[:4] if right[:1] == "," else []
    found = set[str]()
    if any(w in office for w in left) or any(w in office for w in first):
        found.add("office")
    if AGE_AFTER.match(text[each.end : each.end + 14]):
        found.add("age")
    if any(w in private for w in left) or any(w in private for w in first):
        found.add("private")
    return found


def cues_elsewhere(text: str, every: Sequence[Candidate]) -> dict[Candidate, set[str]]:
    """For each candidate, the cues beside other names that share a word with it."""
    own = {each: _cues(text, each) for each in every}
    by_word: dict[str, list[Candidate]] = {}
    for each in every:
        for word in WORD.findall(fold(each.text)):
            if len(word) > 2:
                by_word.setdefault(word, []).append(each)
    return {
        each: {
            cue
            for word in WORD.findall(fold(each.text))
            for other in by_word.get(word, ())
            if other is not each
            for cue in own[other]
        }
        for each in every
    }


def features(
    text: str, each: Candidate, every: Sequence[Candidate], elsewhere: Mapping[Candidate, set[str]]
) -> list[str]:
    """What the model sees of one candidate."""
    _, _, office, private, institution = _lexicon()
    words = WORD.findall(fold(each.text))
    found = _shape(each, words)
    shape = "q" if each.is_quoted else str(min(len(words), 3))
    left, right = fold(text[max(0, each.start - 70) : each.start]), fold(text[each.end : each.end + 50])
    before, after = WORD.findall(left)[-5:], WORD.findall(right)[:5]
    joined_left = re.split(r"[.;!?\n]", left)[-1]
    close = WORD.findall(joined_left)[-3:]
    found += [f"b1 {w}" for w in close[-1:]] + [f"b2 {' '.join(close[-2:])}"] + [f"{shape} b1 {w}" for w in close[-1:]]
    found += [f"b {w[:7]}" for w in before] + [f"a {w[:7]}" for w in after]
    if after:
        found += [f"a1 {_sign(right[:1])}{after[0][:7]}", f"{shape} a1 {after[0][:7]}"]
    found.append(f"p {_sign(right[:1])} {_sign(left[-1:])}")
    if any(w in office for w in close):
        found += ["office", f"office {shape}"]
    if any(w in office for w in WORD.findall(re.split(r"[.;!?\n]", right)[0])[:6]) and right[:1] == ",":
        found += ["office after", f"office after {shape}"]
    if any(w in office for w in before) and left.rstrip().endswith(","):
        found.append("office, name")
    if any(w in private for w in close):
        found += ["private", f"private {shape}"]
    if any(w in private for w in after) and right[:1] == ",":
        found.append("private after")
    if any(w in institution for w in close):
        found.append("institution before")
    if AGE_AFTER.match(text[each.end : each.end + 14]):
        found += ["age", f"age {shape}"]
    if SPEECH.search(text[each.end : each.end + 30]) or SPEECH.search(text[max(0, each.start - 30) : each.start]):
        found.append(f"speech {shape}")
    if BOUNDARY.search(text[max(0, each.start - 3) : each.start]):
        found.append(f"boundary {shape}")
    if each.start == 0 or text[each.start - 1] == "\n":
        found.append("line start")
    if len(words) == 1 and not each.is_quoted:
        found += [
            f"end {words[0][-2:]}",
            f"end {words[0][-3:]}",
            f"end {words[0][-3:]} boundary {BOUNDARY.search(text[max(0, each.start - 3) : each.start]) is not None}",
        ]
    if len(words) > 1:
        found.append(f"last end {words[-1][-2:]}")
    found += [f"elsewhere {cue}" for cue in elsewhere.get(each, ())]
    folded = fold(each.text)
    longer = [c for c in every if c is not each and len(c.text) > len(each.text) and folded in fold(c.text)]
    if longer:
        found += ["part of longer", f"part of longer {shape}"]
    if any(c is not each and fold(c.text) == folded for c in every):
        found.append("repeated")
    return found


def private_persons(text: str) -> list[Candidate]:
    """The names of private persons, every occurrence: parts of a private name too, unless an office-holder bears them."""
    every = candidates(text)
    elsewhere = cues_elsewhere(text, every)
    chances = {c: probability(MODEL, features(text, c, every, elsewhere)) for c in every}
    return choose(every, chances)


def choose(every: Sequence[Candidate], chances: dict[Candidate, float]) -> list[Candidate]:
    """Those judged private, made consistent over the text: one person is one decision."""
    first, surnames, *_ = _lexicon()
    named = Counter[str]()
    for each in every:
        words = WORD.findall(fold(each.text))
        if chances[each] >= LEAST and len(words) > 1 and not each.is_quoted:
            named.update(w for w in words if w in first or w in surnames or len(w) > 4)
    kept = {fold(c.text) for c in every if chances[c] < LEAST}
    found: list[Candidate] = []
    for each in every:
        words = WORD.findall(fold(each.text))
        whole = max(chances[c] for c in every if fold(c.text) == fold(each.text))
        is_part = (
            len(words) == 1
            and words[0] in named
            and (words[0] in surnames or words[0] in first or chances[each] > 0.05)
        )
        if (
            whole >= LEAST
            or is_part
            or (len(words) > 1 and all(w in named for w in words) and fold(each.text) not in kept)
        ):
            found.append(each)
    return found
