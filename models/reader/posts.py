"""Posts beyond the State's own: who speaks for a body that has a name, and posts of several words.

"El secretario general del Sindicato de Choferes, X," and "X, presidente de la Asociación Nacional de Transportistas," and
"Prime Minister X"; not "el presidente de la asociación, X", of which nobody knows which it is: he is a trader like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from models.fold import fold
from models.reader.data import one_of, read_data
from models.reader.speakers import is_doubted, is_spoken, speaks

LEFT, RIGHT = 130, 110
# "Gen. X", "Juez Dr. X": the point ends no sentence.
ABBREVIATION = re.compile(
    r"\b(gen|gral|cnel|crnl|cmdte|cdte|cap|tnte|dr|dra|ing|lic|abg|mons|mag|sr|sra|col|maj|capt|lt|mr|mrs|ms|hon|insp|supt)\.",
    re.IGNORECASE,
)
END = re.compile(r"[.;!?\n]")
OF = r"(?: (?:nacional|regional|provincial|distrital|departamental|ejecutiv[oa]|adjunt[oa]|actual))*"
LINK = r"(?:de la|de los|de las|del|de|of the|of|at the|at|with the|with|for the|for) "
CAPITAL = re.compile(r"[A-ZÁÉÍÓÚÑ]")
OWNS = re.compile(
    r"\b(?!voz|parte|palabras|boca)\w+ (?:de|of) $", re.IGNORECASE
)  # "la moto de X, presidente de la Asociación"
ACRONYM = re.compile(r"^[A-ZÁÉÍÓÚÑ]{3,}$")


GUILD_COLLEGE = re.compile(r"colegio (?:nacional |regional )?(?:de |medico|quimico|odontologico|profesional)")
GANG = re.compile(r"\b(?:bandas?|gangs?|criminal|organizacion criminal|mafias?)\b")
# No body that anybody heads in public: gangs, and those outside the law.
OUTLAWS = re.compile(
    rf"{GANG.pattern}|\b(?:criminal(?:es|s)|mafios\w+|delictiv\w+|hampa|ilegal(?:es)?|clandestin\w+|sicari\w+|extorsionador\w*|secuestrador\w*"
    r"|narcotrafic\w+|contrabandist\w+|invasor\w*|asaltant\w+|ladron\w*|delincuen\w+|illegal)\b"
)
# "La Red Los Intocables", "la Alianza La Nueva Jauría": as gangs call themselves.
GANG_LIKE = re.compile(
    r"\b(?:[Rr]ed|[Ff]rente|[Aa]lianza|[Uu]ni[oó]n|[Ff]amilia|[Cc]orporaci[oó]n|[Ss]ociedad) (?:de )?[\"“«']?(?:Los|Las|El|La) [A-ZÁÉÍÓÚÑ]"
)
# "Los vecinos de la manzana C", "de la cuadra 5": of a place that tells nobody who they are.
TOWN = re.compile(
    r"(?<!\bmanzana )(?<!\bmz )(?<!\blote )(?<!\bsector )(?<!\betapa )(?<!\bzona )(?<!\bblock )(?<!\bbloque )(?<!\bgrupo )(?<!\btorre )(?<!\bruta )(?<!\bcalle )[A-ZÁÉÍÓÚÑ][\wáéíóúüñ]{2,}"
)
BODY_END = re.compile(r"[,.;:()\"]")
OWN_REACH = 240  # characters before "su presidenta, X," in which her body is named


@dataclass(frozen=True, slots=True)
class _Patterns:
    head: re.Pattern[str]
    body: re.Pattern[str]
    of_another: re.Pattern[str]
    own: re.Pattern[str]
    called: re.Pattern[str]
    of_body: re.Pattern[str]
    named: re.Pattern[str]
    after: re.Pattern[str]
    post: re.Pattern[str]
    titled: re.Pattern[str]
    acts: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = read_data("persons.toml")
    heads, staff, posts, acts, beside, bodies = (
        one_of(data[key]) for key in ("heads", "staff", "posts", "acts", "beside", "bodies")
    )
    experts = "|".join([*data["experts"], *data["skilled"]])
    beside = rf"{beside}|{'|'.join(data['private'])}"
    post = rf"(?:(?P<staff>{staff})|{heads}){OF} {LINK}"
    return _Patterns(
        re.compile(rf"\b{post}"),
        re.compile(r"(?P<body>[^,.;:()\"]{2,100}), (?:el |la |the )?(?:\w+ )?$"),
        re.compile(rf"\b(?:{beside}) (?:de la|de los|del|de|of the|of) (?:\w+ )?$"),
        re.compile(rf"\b(?:su|its|their) (?:\w+ )?(?:{heads}),? $"),
        re.compile(rf"\b(?:{staff}|{experts})(?: en [^,.;:()\"]{{2,40}})? $"),
        re.compile(r"^, (?:de la|de los|del|de|of the|of|from the|from|with the|with) (?P<body>[^,.;:()\"]{2,80}),"),
        re.compile(rf"\b(?:{bodies})\b"),
        re.compile(rf"^, (?:el |la |the |a |an |entonces |actual )*{post}(?P<body>[^,.;:()\"]{{2,100}})"),
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
    folded = fold(raw)
    is_heard = speaks(text, end) or is_spoken(folded)
    for head in patterns.head.finditer(folded):
        body = patterns.body.match(folded, head.end())
        is_other = patterns.of_another.search(folded[: head.start()]) or is_doubted(folded[: head.start()])
        if (
            body is not None
            and not is_other
            and _is_led(raw[slice(*body.span("body"))], head["staff"], is_heard=is_heard)
        ):
            return True
    raw_after = END.split(text[end : end + RIGHT])[0]
    after = patterns.after.match(fold(raw_after))
    if after is not None and _is_led(raw_after[slice(*after.span("body"))], after["staff"], is_heard=is_heard):
        return True
    if not is_heard:
        return False
    of_body = patterns.of_body.match(fold(raw_after))
    if of_body is not None and patterns.called.search(folded):
        own_body = raw_after[slice(*of_body.span("body"))]
        return _is_body(own_body) and not _is_outlawed(own_body)
    return is_own_head(folded) and _names_body(text[max(0, start - OWN_REACH) : start])


def is_own_head(left: str) -> bool:
    """Whether the folded text before a name ends with whose head is named: "condenó el crimen y su presidenta, X,"."""
    return _patterns().own.search(left) is not None


def _is_led(body: str, staff: str | None, *, is_heard: bool) -> bool:
    """Whether the body makes its head public; who only works for it must be heard, and so the head of one without a name."""
    if _is_outlawed(body):
        return False
    if _is_body(body):
        return is_heard or staff is None
    if not is_heard or staff is not None:
        return False
    folded = fold(body)
    is_trade = folded.split()[0] in _words("led") and TOWN.search(body) is not None
    return is_trade or any(folded.startswith(known) for known in _words("known_bodies"))


def _is_outlawed(body: str) -> bool:
    return OUTLAWS.search(fold(body)) is not None or GANG_LIKE.search(body) is not None


def _names_body(before: str) -> bool:
    """Whether the last body told of has a name, and is no gang."""
    folded = fold(before)
    at = max((match.start() for match in _patterns().named.finditer(folded)), default=None)
    return at is not None and not GANG.search(folded, at) and _is_body(BODY_END.split(before[at:])[0])


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
    keys = ("heads", "posts", "staff", "experts", "skilled")
    return frozenset(post.split()[0] for key in keys for post in data[key])


def plain(text: str) -> str:
    """The text without the points of its titles."""
    return ABBREVIATION.sub(r"\1", text)


def _is_body(name: str) -> bool:
    """Whether a body's own name is told: its noun, and a word written large, or its letters alone ("la FTCCP").

    A word written large may stand before the noun: "Pontificia Universidad", "National Federation".
    """
    words = name.split()
    if not words:
        return False
    if ACRONYM.match(words[0]):
        return True
    at = next((at for at, word in enumerate(words[:4]) if fold(word) in _words("bodies")), None)
    if at is None or any(not word[:1].isupper() for word in words[:at]):
        return False
    if fold(words[at]) == "colegio" and not GUILD_COLLEGE.match(fold(" ".join(words[at:]))):
        return False
    return CAPITAL.search(name) is not None


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(read_data("persons.toml")[key])
