"""Who holds an office: a title right at the name, or a public office before or after it, with what may stand between.

Officials stay readable where private persons are masked; a mayor who is shot, or the mayor's driver, is a private person here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from models.fold import fold
from models.gazetteer.names import WORD
from models.reader import befallen, posts, speakers
from models.reader.person_features import (
    AGE_AFTER,
    CLAUSE_END,
    Candidate,
    cues_beside,
    is_place,
    is_private_here,
    lexicon,
)

OFFICE_WINDOW = 100
OFFICE_TOKENS = 12  # "presidente de la Comisión de Defensa del Consumidor y Organismos Reguladores"
TOKENS = re.compile(r"[\w-]+|[,:\"“”«»]")
LINKS = frozenset("de del la las los el y e por en of the for".split())
HONORIFICS = frozenset("doctor doctora dr dra general coronel comandante ingeniero ingeniera".split())
COURTESIES = frozenset("senor senora don dona".split())
BEFORE_RANK = frozenset('el al del un the ex y and segun , : " “ ” « »'.split())
# "El presidente José Jerí": the State's, unless the text speaks of another body's or names one right before.
HEADS = frozenset("presidente presidenta expresidente expresidenta president".split())
BODY = re.compile(
    r"\b(?:junta|asociacion|gremio|sindicato|comite|club|federacion|confederacion|cooperativa|liga|camara|colegio|ronda|rondas|empresa|mercado|comunidad"
    r"|comedor|patronato|apafa|urbanizacion|asentamiento|directorio|association|union|guild|company)\b"
)
# "Vocero del Frente de Defensa", "presidente de la Asociación de Salud": no units of the State, whatever words follow.
BODIES = frozenset("frente asociacion sindicato federacion confederacion gremio association union federation".split())
PRESIDED = re.compile(
    r"\b(?:ex)?president[ea]?s? (?:(?:vecinal|comunal|saliente|electo|electa) )?(?:de|del|of)\b(?P<of>[^.,;:\n]{0,60})"
)
COUNTRIES = frozenset(
    "peru ecuador colombia bolivia chile brasil brazil argentina venezuela mexico paraguay uruguay panama salvador espana francia rusia china nacion gobierno unidos".split()
)
HEADING = frozenset("lider leader".split())
BODY_WINDOW = 250
# No comma stands between the office and the name: whose kin is told of is the office-holder.
KIN_OF = re.compile(
    r"\b(?:herman[oa]|hij[oa]|padre|madre|espos[oa]|sobrin[oa]|prim[oa]|cunad[oa]|chofer|conductor|escolta|asesor[a]?|secretari[oa]|abogad[oa]"
    r"|brother|sister|son|daughter|driver) (?:de la|del|de los|de|of) \w+(?: \w+)? $"
)
GENTILE = re.compile(r"[a-z]{2}(?:en[oa]|in[oa]|an[oa]|ense|quen[oa])$")
APPOSED = re.compile(
    r", (?:(?:actual|entonces|hoy|nuev[oa]|the|el actual|la actual) )?(?P<office>\w+) (?:(?:provincial|distrital|regional|municipal|nacional|superior|suprem[oa]|adjunt[oa]|general) )*(?:de|del|por|of|for)\b"
)

ALONE = re.compile(
    r"(?:, |,?\n)(?P<office>\w+)(?: (?:provincial|distrital|regional))?(?:[.\n]|$)"
)  # "X, Alcalde.", as norms are signed


def is_title(text: str, each: Candidate) -> bool:
    """Whether the run is an office alone, behind a name and at the end: "X, Alcalde."; "Alcalde" is a surname too."""
    is_alone = text[each.start - 2 : each.start] == ", " and text[each.end : each.end + 1] in {".", "\n", ""}
    return is_alone and len(each.words) == 1 and each.words[0] in lexicon().office_public


def holds_office(text: str, each: Candidate) -> bool:
    """Whether a title stands right at the name, and nothing private: "General X", "la fiscal X", "X, alcalde de"."""
    sure = lexicon().office_sure
    before = CLAUSE_END.split(fold(text[max(0, each.start - 40) : each.start]))[-1]
    left = WORD.findall(before)[-1:]
    if left and speakers.is_doubted(before.rstrip(" ,").removesuffix(left[0])):
        return False
    right = CLAUSE_END.split(fold(text[each.end : each.end + 40]))[0]
    apposed = WORD.findall(right)[:3] if right[:1] == "," else []
    titled = bool(each.words) and each.words[0] in sure and len(each.words) > 1
    return (titled or any(w in sure for w in [*left, *apposed])) and not cues_beside(text, each) & {"age", "private"}


def holds_public_office(text: str, each: Candidate, *, is_voice_enough: bool = True) -> bool:
    """Whether the run names who holds an office of the State, and neither a victim nor an accused: officials stay.

    "El alcalde de Comas, X," and "la fiscal superior X" and "X, ministro del Interior"; not "el chofer del alcalde, X". Who only speaks for a body, or as an
    expert, holds one if ``is_voice_enough``.
    """
    around = fold(text[max(0, each.start - OFFICE_WINDOW) : each.end + OFFICE_WINDOW])
    if each.is_quoted:
        return False
    if is_appointed(text, each):
        return True
    if is_private_here(text, each):
        return False
    if _is_known(each) or speakers.signs(text, each.start) or _is_politician(text, each):
        return True
    speaks_for = _heads_body if is_voice_enough else _bears_post
    is_told = any(word in around for word in public_words())
    return is_told and (_titled(text, each) or _apposed(text, each) or speaks_for(text, each))


def is_appointed(text: str, each: Candidate) -> bool:
    """Whether a norm appoints who is named, or ends his office, and nothing behind the name makes a private person of him."""
    if AGE_AFTER.match(text[each.end : each.end + 14]) or not speakers.is_appointed(text, each.start):
        return False
    after = _words_after(text, each)[:6]  # "… en el cargo de Director contra el Crimen"
    return not _is_struck(after) and lexicon().private.isdisjoint(after)


def is_voice(text: str, each: Candidate) -> bool:
    """Whether nothing tells of the one named as hit, heard of the deed, or accused: a leader or an expert stays only then."""
    return not befallen.befell(text, each.start, each.end) and not befallen.is_cast(text, each.start, each.end)


def _heads_body(text: str, each: Candidate) -> bool:
    """Whether the run names who speaks for a named body, or as an expert, and no victim."""
    before = CLAUSE_END.split(fold(text[max(0, each.start - OFFICE_WINDOW) : each.start]))[-1]
    left, right = WORD.findall(before), _words_after(text, each)
    is_heard = speakers.speaks(text, each.end)
    if (_is_struck(left) and not (is_heard and posts.is_own_head(before))) or (
        _is_struck(right) and not is_heard and not posts.acts(text, each.end)
    ):
        return False
    if _bears_post(text, each):
        return True
    # What a speaker tells of others is none of his: "reveló que los choferes pagan".
    is_hit = any(
        word.startswith(lexicon().hit) and word not in HEADING for word in (left if is_heard else left + right)
    )
    if is_hit or not is_voice(text, each):
        return False
    return speakers.is_expert(text, before, each.end) or posts.heads_body(text, each.start, each.end)


def _bears_post(text: str, each: Candidate) -> bool:
    return posts.titled(each.text) > 0 or posts.bears_post(text, each.start)


def _words_after(text: str, each: Candidate) -> list[str]:
    return WORD.findall(CLAUSE_END.split(fold(text[each.end : each.end + OFFICE_WINDOW]))[0])


def _is_politician(text: str, each: Candidate) -> bool:
    """Whether a bench of Congress stands behind the name, or "mayor" before it, and nothing befell him."""
    if not speakers.is_of_bench(text, each.end) and not speakers.is_mayor(text, each.start, each.end):
        return False
    return speakers.speaks(text, each.end) or not _is_struck(_words_after(text, each))


def _is_known(each: Candidate) -> bool:
    return all(name in lexicon().public_figures for name in " ".join(each.words).split(" y "))


@cache
def public_words() -> tuple[str, ...]:
    """The shortest beginnings of the words for public offices: most names have none of them near."""
    words = sorted([*lexicon().any_public, *posts.first_words()], key=len)
    return tuple(w for w in words if not any(other != w and other in w for other in words))


def public_name(each: Candidate) -> list[str]:
    """The words of an office-holder's name, without the title or the place that the run begins with."""
    words = each.words
    lists = lexicon()
    if post := posts.titled(each.text):
        return WORD.findall(fold(each.text[post:])) or words
    if words and words[0] in lists.any_public:
        first = next((at for at, word in enumerate(words) if at and word in lists.first_names), 1)
        return words[first:] or words
    if len(words) > 2 and words[0] not in lists.first_names and is_place(words[:1]):
        return words[1:]
    return words


def _is_struck(words: Sequence[str]) -> bool:
    return any(word.startswith(lexicon().struck) for word in words)


def _titled(text: str, each: Candidate) -> bool:
    """Whether the run begins with a public office, or one stands before it, a place or a unit between them."""
    lists = lexicon()
    raw = CLAUSE_END.split(posts.plain(text[max(0, each.start - OFFICE_WINDOW) : each.start]))[-1]
    after = WORD.findall(CLAUSE_END.split(fold(text[each.end : each.end + 50]))[0])[:5]
    of_kin = KIN_OF.search(fold(raw)) is not None  # "hermano de la congresista X, fue asesinado" tells of the brother
    does = posts.acts(text, each.end) or speakers.speaks(text, each.end)
    if _is_struck(after) and not of_kin and not does:
        return False
    words = each.words
    is_head = len(words) > 2 and words[0] in HEADS and _is_of_state(text, each)
    if is_head or (len(words) > 1 and words[0] in lists.office_public | lists.office_rank):
        # "Coronel" and "Alcalde" are surnames too.
        is_title = words[0] not in lists.surnames or words[1] in lists.first_names | LINKS
        return is_title and not _is_struck(WORD.findall(fold(raw))[-5:])
    tokens = TOKENS.findall(raw)
    folded = [fold(token) for token in tokens]
    if lists.any_public.isdisjoint(folded):
        return False
    is_apart = tokens[-1] == ","
    if is_apart and text[each.end : each.end + 1] not in {",", ".", ";", ":", ")", "\n", ""}:
        return False  # "ante el juez, Bustamante admitió"
    end = len(tokens) - is_apart
    at = _office_at(tokens[:end], folded[:end], each)
    if at is None and not is_apart and len(words) > 1 and _is_head(folded) and _is_of_state(text, each):
        at = next(i for i in reversed(range(len(folded))) if folded[i] in HEADS)
    if at is None or _is_other_rank(tokens, folded, at, is_alone=is_apart and at == end - 1):
        return False
    before = [word for word in folded[max(0, at - 4) : at] if word not in COURTESIES]
    is_real = not _is_struck(before) and not speakers.is_doubted(" ".join(folded[:at]) + " ")
    return is_real and (of_kin or lists.beside.isdisjoint(before))


def _is_head(folded: Sequence[str]) -> bool:
    """Whether "presidente" stands right before, or with a word like "electo" between."""
    return folded[-1] in HEADS or (len(folded) > 1 and folded[-2] in HEADS and folded[-1] in lexicon().office_words)


def _is_of_state(text: str, each: Candidate) -> bool:
    """Whether a president without more is the State's: no other body's is told of, and none is named right before."""
    folded = fold(text)
    if BODY.search(folded, max(0, each.start - BODY_WINDOW), each.start):
        return False
    states = lexicon().units | COUNTRIES
    return all(not states.isdisjoint(WORD.findall(match["of"])) for match in PRESIDED.finditer(folded))


def _is_other_rank(tokens: Sequence[str], folded: Sequence[str], at: int, *, is_alone: bool) -> bool:
    """Whether what looks like an office is none: "médico general X", "Luis Coronel", "the colonel, X, wept"."""
    if folded[at] in lexicon().office_rank and (
        is_alone or (at > 0 and folded[at - 1] not in BEFORE_RANK | lexicon().office_rank)
    ):
        return True
    return at > 0 and tokens[at][0].isupper() and tokens[at - 1][0].isupper() and folded[at - 1] not in LINKS


def _office_at(tokens: Sequence[str], folded: Sequence[str], each: Candidate) -> int | None:
    """Which of the tokens before a name is the public office that it stands under."""
    lists = lexicon()
    if not tokens:
        return None
    if folded[-1] in LINKS and (folded[-1] not in {"de", "del", "por", "of", "for"} or _is_name(each)):
        return None
    start = max(0, len(tokens) - OFFICE_TOKENS)
    for at in range(len(tokens) - 1, start - 1, -1):
        own, rest = folded[at], folded[at + 1 :]
        is_linked = any(word in LINKS for word in rest[:3])
        if own in lists.any_public and (
            is_linked or all(word in lists.office_words or word in HONORIFICS or GENTILE.search(word) for word in rest)
        ):
            if own in lists.office_public or (own in lists.office_rank and not is_linked):
                return at
            if own in lists.office_of_unit and not lists.units.isdisjoint(rest) and BODIES.isdisjoint(rest):
                return at
        is_fitting = (
            tokens[at][0].isupper() or own in LINKS or own in lists.office_words or own in HONORIFICS or own.isdigit()
        )
        if not is_fitting and not GENTILE.search(own):
            return None
    return None


def _is_name(each: Candidate) -> bool:
    """Whether the run is a name alone, and not a place with a name: "diputada por Moquegua Shirley Nina"."""
    words = each.words
    return len(words) < 3 or words[0] in lexicon().first_names or "y" in words


def _apposed(text: str, each: Candidate) -> bool:
    """Whether the name is followed by its public office: "X, alcalde de Comas"."""
    lists = lexicon()
    folded = fold(text[each.end : each.end + 100])
    right = CLAUSE_END.split(folded)[0]
    told = APPOSED.match(right) or ALONE.match(folded)
    if told is None or told["office"] not in lists.office_public:
        return False
    words = [] if speakers.speaks(text, each.end) else WORD.findall(right)
    before = WORD.findall(CLAUSE_END.split(fold(text[max(0, each.start - 50) : each.start]))[-1])[-5:]
    return not _is_struck([*words, *before]) and lists.beside.isdisjoint(before)
