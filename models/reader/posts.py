"""Posts beyond the State's own: who speaks for a body that has a name, and posts of several words.

"El secretario general del Sindicato de Choferes, X," and "X, presidente de la Asociación Nacional de Transportistas," and
"Prime Minister X"; not "el presidente de la asociación, X", of which nobody knows which it is: he is a trader like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from models.fold import fold
from models.reader.data import read_data

LEFT, RIGHT = 130, 110
# "Gen. X", "Juez Dr. X": the point ends no sentence.
ABBREVIATION = re.compile(
    r"\b(gen|gral|cnel|crnl|cmdte|cdte|cap|tnte|dr|dra|ing|lic|abg|mons|mag|sr|sra|col|maj|capt|lt|mr|mrs|ms|hon|insp|supt)\.",
    re.IGNORECASE,
)
END = re.compile(r"[.;!?\n]")
OF = r"(?: (?:nacional|regional|provincial|distrital|departamental|ejecutiv[oa]|adjunt[oa]|actual))*"
LINK = r"(?:de la|de los|de las|del|de|of the|of|at the|at|with the|with) "
CAPITAL = re.compile(r"[A-ZÁÉÍÓÚÑ]")
OWNS = re.compile(
    r"\b(?!voz|parte|palabras|boca)\w+ (?:de|of) $", re.IGNORECASE
)  # "la moto de X, presidente de la Asociación"
ACRONYM = re.compile(r"^[A-ZÁÉÍÓÚÑ]{3,}$")


@dataclass(frozen=True, slots=True)
class _Patterns:
    before: re.Pattern[str]
    after: re.Pattern[str]
    post: re.Pattern[str]
    titled: re.Pattern[str]
    acts: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = read_data("persons.toml")
    heads, posts, acts = (
        "|".join(sorted(map(re.escape, data[key]), key=len, reverse=True)) for key in ("heads", "posts", "acts")
    )
    return _Patterns(
        re.compile(rf".*\b(?:{heads}){OF} {LINK}(?P<body>[^,.;:()\"]{{2,100}}), (?:el |la |the )?(?:\w+ )?$"),
        re.compile(
            rf"^, (?:el |la |the |a |an |entonces |actual )*(?:{heads}){OF} {LINK}(?P<body>[^,.;:()\"]{{2,100}})"
        ),
        re.compile(rf"\b(?:{posts})(?: {LINK}[^,.;:()\"]{{2,60}})?,? (?:dr |dra )?$"),
        re.compile(rf"^(?:{posts})\b"),
        re.compile(rf"^,? ?(?:(?:tambien|ya|se|le|lo|la|no|has|also) )*(?:{acts})\b"),
    )


def bears_post(text: str, start: int) -> bool:
    """Whether a post of several words stands right before the name: "la defensora adjunta X"."""
    return _patterns().post.search(fold(_left(text, start))) is not None


def _left(text: str, start: int) -> str:
    return END.split(plain(text[max(0, start - LEFT) : start]))[-1]


def heads_body(text: str, start: int, end: int) -> bool:
    """Whether a post that speaks for a named body stands right before the name or right after it."""
    patterns = _patterns()
    raw = _left(text, start)
    if OWNS.search(raw):
        return False
    before = patterns.before.match(fold(raw))
    if before is not None and _is_body(raw[slice(*before.span("body"))]):
        return True
    raw = END.split(text[end : end + RIGHT])[0]
    after = patterns.after.match(fold(raw))
    return after is not None and _is_body(raw[slice(*after.span("body"))])


def titled(text: str) -> int:
    """How many characters of a run are a post of several words: "Prime Minister X"."""
    match = _patterns().titled.match(fold(text))
    return match.end() if match else 0


def acts(text: str, end: int) -> bool:
    """Whether the one named acts upon a deed, of which he is no victim: "condenó el asesinato"."""
    return _patterns().acts.match(fold(text[end : end + 60])) is not None


@cache
def first_words() -> frozenset[str]:
    """The words that posts begin with."""
    data = read_data("persons.toml")
    return frozenset(post.split()[0] for post in [*data["heads"], *data["posts"]])


def plain(text: str) -> str:
    """The text without the points of its titles."""
    return ABBREVIATION.sub(r"\1", text)


def _is_body(name: str) -> bool:
    """Whether a body's own name is told: its noun, and a word written large, or its letters alone ("la FTCCP")."""
    words = name.split()
    if not words:
        return False
    if ACRONYM.match(words[0]):
        return True
    return fold(words[0]) in _bodies() and CAPITAL.search(name) is not None


@cache
def _bodies() -> frozenset[str]:
    return frozenset(read_data("persons.toml")["bodies"])
