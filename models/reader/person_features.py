"""What the person model sees of a capitalised run: its words, its neighbours, and the same name elsewhere in the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from models.fold import fold
from models.gazetteer.names import WORD, names_by_first_word
from models.reader.data import read_data
from models.reader.linear import Table, weights

COMMON = "common"
UPPER = "A-ZÁÉÍÓÚÜÑ"
AGE_AFTER = re.compile(r"^,? ?\(?(?:de )?\d{1,2}(?:\)| años|,|\b)")
SPEECH = re.compile(
    r"\b(?:dijo|declar\w+|asegur\w+|afirm\w+|indic\w+|señal\w+|explic\w+|anunci\w+|inform\w+|sostuv\w+|said|told)\b"
)
BOUNDARY = re.compile(r"[.!?:¿¡“\"«(\n—–-]\s*$|^\s*$")
INITIAL = re.compile(rf"\b[{UPPER}]\.")
CLAUSE_END = re.compile(r"[.;!?\n]")

# No person bears one of these: a run with one is an institution whatever stands beside it.
INSTITUTIONS = frozenset(
    "ministerio policia fiscalia juzgado sala corte congreso municipalidad gobierno comisaria direccion division hospital clinica"
    " universidad colegio sindicato federacion asociacion confederacion camara empresa transportes turismo consorcio banco avenida jiron"
    " calle plaza mercado galeria terminal aeropuerto provincia distrito departamento ley decreto codigo comision consejo defensoria"
    " instituto oficina unidad region policial judicial penal constitucional pnp ugel academia orquesta partido iglesia botica bodega"
    " police ministry court union association government council".split()
)
SURNAMES_TOO = frozenset("mercado plaza calle banco".split())  # "Guadalupe Mercado"
COURTESY_OF_OFFICE = re.compile(r"\b(?:senor|senora|don|dona) (?P<office>\w+) (?:\w+ )?$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words that may name a person."""

    start: int
    end: int
    text: str
    is_quoted: bool

    @property
    def words(self) -> list[str]:
        """Its folded words."""
        return WORD.findall(fold(self.text))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of ``persons.toml``."""

    first_names: frozenset[str]
    surnames: frozenset[str]
    office: frozenset[str]
    office_sure: frozenset[str]
    private: frozenset[str]
    institution: frozenset[str]
    office_public: frozenset[str]
    office_rank: frozenset[str]
    office_of_unit: frozenset[str]
    units: frozenset[str]
    office_words: frozenset[str]
    beside: frozenset[str]
    public_figures: frozenset[str]
    struck: tuple[str, ...]
    hit: tuple[str, ...]

    @property
    def any_public(self) -> frozenset[str]:
        """Every word that may be a public office."""
        return self.office_public | self.office_rank | self.office_of_unit


@cache
def lexicon() -> Lexicon:
    """The word lists, read once."""
    data = read_data("persons.toml")
    return Lexicon(
        frozenset(data["first_names"].split()),
        frozenset(data["surnames"].split()),
        frozenset(data["office"]) | frozenset(data["office_sure"]),
        frozenset(data["office_sure"]),
        frozenset(data["private"]),
        frozenset(data["institution"]),
        frozenset(data["office_public"]),
        frozenset(data["office_rank"]),
        frozenset(data["office_of_unit"]),
        frozenset(data["units"]),
        frozenset(data["office_words"]),
        frozenset(data["beside"]) | frozenset(data["private"]),
        frozenset(data["public_figures"]),
        tuple(data["struck"]),
        tuple(data["hit"]),
    )


def _sign(char: str) -> str:
    """A neighbouring character as part of a feature's name, which is one line of a file."""
    return char if char.isprintable() else "/"


def is_place(words: Sequence[str]) -> bool:
    """Whether the words are one name of the gazetteer, or two with "y" between."""
    parts = " ".join(words).split(" y ")
    return bool(words) and all(
        any(list(name.words) == part.split() for name in names_by_first_word().get(part.split()[0], ()))
        for part in parts
        if part
    )


def common_words() -> Table:
    """Folded words that the training split writes in lower case time and again; empty before the first fit."""
    return weights(COMMON)


def likeness(words: Sequence[str]) -> str:
    """How much the words look like a person's name: whole, first, last, or by nothing but their capitals."""
    lists = lexicon()
    if any(
        w in INSTITUTIONS and not (at and w in SURNAMES_TOO and words[0] in lists.first_names)
        for at, w in enumerate(words)
    ):
        return "institution"
    known = [w in lists.first_names for w in words], [w in lists.surnames for w in words]
    if len(words) > 1 and any(known[0]) and (any(known[1]) or len(words) <= 4):
        return "whole"
    if len(words) == 1 and (known[0][0] or known[1][0]):
        return "first" if known[0][0] else "last"
    return "words" if len(words) > 1 else "word"


def _shape(each: Candidate, words: Sequence[str]) -> list[str]:
    lists = lexicon()
    firsts = min(sum(w in lists.first_names for w in words), 2)
    lasts = min(sum(w in lists.surnames for w in words), 2)
    found = [f"n {min(len(words), 5)}", f"firsts {firsts}", f"lasts {lasts}", likeness(words)]
    found.append(f"n {min(len(words), 4)} firsts {firsts} lasts {lasts}")
    found.append(f"institution {min(sum(w in lists.institution for w in words), 2)}")
    ordinary = sum(w in common_words() for w in words)
    found.append(f"common {min(ordinary, 2)} of {min(len(words), 3)} {likeness(words)}")
    if words and ordinary == len(words):
        found.append(f"all common {likeness(words)}")
    if words and words[0] in lists.first_names:
        found.append("starts with first name")
    if each.text.isupper() and len(each.text) > 2:
        found.append(f"capitals {len(words) == 1}")
    if each.is_quoted:
        lower = sum(w[:1].islower() and w not in {"de", "del", "la", "el", "los", "las"} for w in each.text.split())
        found += [
            f"quoted lower {min(lower, 2)}",
            "quoted",
            f"quoted n {min(len(words), 4)}",
            f"quoted firsts {min(firsts, 1)}",
        ]
        if words and words[0] in {"los", "las"}:
            found.append("quoted plural")
    if INITIAL.search(each.text):
        found.append("initial")
    if is_place(words):
        found += [f"place n {min(len(words), 2)}", f"place firsts {firsts}"]
    if len(words) > 1:
        found.append(f"last end {words[-1][-2:]}")
    return found


def _neighbours(each: Candidate, left: str, right: str, shape: str) -> list[str]:
    before, after = WORD.findall(left)[-5:], WORD.findall(right)[:5]
    close = WORD.findall(CLAUSE_END.split(left)[-1])[-3:]
    found = [f"b1 {w}" for w in close[-1:]] + [f"b2 {' '.join(close[-2:])}"] + [f"{shape} b1 {w}" for w in close[-1:]]
    found += [f"b {w[:7]}" for w in before] + [f"a {w[:7]}" for w in after]
    if after:
        found += [f"a1 {_sign(right[:1])}{after[0][:7]}", f"{shape} a1 {after[0][:7]}"]
    found.append(f"p {_sign(right[:1])} {_sign(left[-1:])}")
    if each.start == 0 or left.endswith("\n"):
        found.append("line start")
    return found


def _roles(left: str, right: str, shape: str) -> list[str]:
    """Offices and private roles beside the name."""
    lists = lexicon()
    before, after = WORD.findall(left)[-5:], WORD.findall(CLAUSE_END.split(right)[0])[:6]
    close = WORD.findall(CLAUSE_END.split(left)[-1])[-3:]
    apposed = right[:1] == ","
    found: list[str] = []
    if any(w in lists.office for w in close):
        found += ["office", f"office {shape}"]
    if apposed and any(w in lists.office for w in after):
        found += ["office after", f"office after {shape}"]
    if left.rstrip().endswith(",") and any(w in lists.office for w in before):
        found.append("office, name")
    if any(w in lists.private for w in close):
        found += ["private", f"private {shape}"]
    if apposed and any(w in lists.private for w in after):
        found.append("private after")
    if any(w in lists.institution for w in close):
        found.append("institution before")
    return found


def _surroundings(text: str, each: Candidate, words: Sequence[str], shape: str) -> list[str]:
    """Age, speech and the sentence's start."""
    found: list[str] = []
    at_start = opens_sentence(text, each)
    if AGE_AFTER.match(text[each.end : each.end + 14]):
        found += ["age", f"age {shape}"]
    if SPEECH.search(text[each.end : each.end + 30]) or SPEECH.search(text[max(0, each.start - 30) : each.start]):
        found.append(f"speech {shape}")
    if at_start:
        found.append(f"boundary {shape}")
    if len(words) == 1 and not each.is_quoted:
        found += [f"end {words[0][-2:]}", f"end {words[0][-3:]}", f"end {words[0][-3:]} boundary {at_start}"]
    return found


def is_opening_word(text: str, each: Candidate) -> bool:
    """Whether an ordinary word is written large only because a sentence or a line begins with it: "Víctimas del delito"."""
    words = each.words
    ordinary = not each.is_quoted and likeness(words) == "word" and words[0] in common_words()
    return ordinary and opens_sentence(text, each)


def opens_sentence(text: str, each: Candidate) -> bool:
    """Whether the run stands where any word is written large."""
    return BOUNDARY.search(text[max(0, each.start - 3) : each.start]) is not None


def is_plain(text: str, each: Candidate) -> bool:
    """Whether nothing of a person stands at the run."""
    return not cues_beside(text, each) - {"office"}


def is_private_here(text: str, each: Candidate) -> bool:
    """Whether an age or a private role stands right beside the run."""
    cues = cues_beside(text, each) & {"age", "private"}
    if cues == {"private"}:
        # "El señor gobernador X" is no less a governor.
        told = COURTESY_OF_OFFICE.search(fold(text[max(0, each.start - 40) : each.start]))
        return told is None or told["office"] not in lexicon().office_public
    return bool(cues)


def cues_beside(text: str, each: Candidate) -> set[str]:
    """What stands right beside a name: an office, an age, a private role."""
    lists = lexicon()
    left = WORD.findall(CLAUSE_END.split(fold(text[max(0, each.start - 50) : each.start]))[-1])[-3:]
    right = CLAUSE_END.split(fold(text[each.end : each.end + 45]))[0]
    near = left + (WORD.findall(right)[:4] if right[:1] == "," else [])
    found = {
        name for name, words in (("office", lists.office), ("private", lists.private)) if any(w in words for w in near)
    }
    if AGE_AFTER.match(text[each.end : each.end + 14]):
        found.add("age")
    return found


def all_features(text: str, every: Sequence[Candidate]) -> list[list[str]]:
    """What the model sees of each candidate of a text, in order."""
    words = [each.words for each in every]
    names = [" ".join(own) for own in words]
    cues = [cues_beside(text, each) for each in every]
    telling = [{word for word in own if len(word) > 2} for own in words]
    sharing: dict[str, set[str]] = defaultdict(set)  # the names in which a word stands
    cued: dict[str, Counter[str]] = defaultdict(Counter)  # of how many candidates with the word each cue is
    for name, own, mine in zip(names, telling, cues, strict=True):
        for word in own:
            sharing[word].add(name)
            cued[word].update(mine)
    times = Counter(names)
    out: list[list[str]] = []
    for at, each in enumerate(every):
        shape = "q" if each.is_quoted else likeness(words[at])
        left, right = fold(text[max(0, each.start - 70) : each.start]), fold(text[each.end : each.end + 50])
        found = _shape(each, words[at]) + _neighbours(each, left, right, shape) + _roles(left, right, shape)
        found += _surroundings(text, each, words[at], shape)
        near = {cue for word in telling[at] for cue, number in cued[word].items() if number > (cue in cues[at])}
        found += [f"elsewhere {cue}" for cue in near] + [f"{shape} elsewhere {cue}" for cue in near]
        found.append(
            f"{shape} office {'office' in cues[at]} elsewhere {'office' in near} private {bool({'age', 'private'} & (cues[at] | near))}"
        )
        if any(names[at] in other and names[at] != other for word in telling[at] for other in sharing[word]):
            found += ["part of longer", f"part of longer {shape}"]
        if telling[at] and times[names[at]] > 1:
            found.append("repeated")
        out.append(found)
    return out
