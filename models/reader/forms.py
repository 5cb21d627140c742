"""Names that the form of a text tells, whatever they look like: in lists, in brackets, behind "su ahijado"."""

from __future__ import annotations

import re
from functools import cache

from models.fold import fold
from models.reader.data import read_data
from models.reader.person_features import UPPER, common_words, is_place, lexicon

WORD = rf"[{UPPER}][\wáéíóúüñÁÉÍÓÚÜÑ'’-]*"
LINKED = rf"(?:(?:[Dd]e(?: [Ll]a| [Ll]os)?|[Dd]el) )?{WORD}"
# "1. VALVERDE ROSAS, Juan"; "- Rojas Quispe, Ana (DNI …": surnames before names, as lists have them.
LISTED = re.compile(
    rf"(?:^|\n|[•●*–-] ?|(?<!\d)\d{{1,3}}[.)°º]-? ?|[;:] )(?P<name>(?P<last>{LINKED}(?: {LINKED}){{0,3}}), (?P<first>{WORD}(?: {WORD}){{0,3}}))(?= ?(?:[.,;:(/\n]|$))"
)
# "Juan Pérez (Loco Juan)", "Juan Pérez (a) Loco".
BRACKETED = re.compile(
    rf"^ ?\((?:(?:a|alias|apodad[oa]|conocid[oa] como|[“\"'‘]) ?)?[\"'“‘]?(?P<nick>(?:(?:[Ee]l|[Ll]a) )?{WORD}(?: {WORD}){{0,2}})[\"'”’]?[,)]"
)
ACRONYM = re.compile(rf"^[{UPPER}]{{2,6}}$")
FAMILY = re.compile(r"\b(?:[Ff]amilia|[Ll][oa]s herman[oa]s|[Ll]os esposos|family) (?:(?:De la|De los|Del|De) )?$")
ARTICLE_BEFORE = re.compile(r"[\wáéíóúüñ,;] (?P<article>El|La|Del|De La|De la|De Los|De los|De)( )$")


def listed_names(text: str) -> list[tuple[int, int]]:
    """Where a list gives surnames and names: one of the latter must be a first name, and none of the former."""
    found: list[tuple[int, int]] = []
    firsts, lasts = lexicon().first_names, lexicon().surnames
    for match in LISTED.finditer(text):
        first, last = fold(match["first"]).split(), fold(match["last"]).split()
        is_person = any(word in firsts for word in first) and (last[0] not in firsts or last[0] in lasts)
        in_list = match[0][0] not in "\n;:" and match.start() < match.start("name")
        is_word = (not in_list and all(word in common_words() and word not in lasts for word in last)) or is_place(last)
        is_word |= len(last) == 1 and last[0] not in lasts and not in_list
        if (
            is_person
            and not is_word
            and lexicon().any_public.isdisjoint([*first, *last])
            and lexicon().institution.isdisjoint(last)
        ):
            found.append(match.span("name"))
    return found


def bracketed_nick(text: str, end: int) -> tuple[int, int] | None:
    """The nickname in brackets right after a name, if one stands there."""
    match = BRACKETED.match(text[end : end + 60])
    if match is None or ACRONYM.match(match["nick"]):
        return None
    return end + match.start("nick"), end + match.end("nick")


def with_article(text: str, start: int) -> int:
    """Where a name begins that an article written large belongs to: "disparó contra El Negro", "la familia Del Águila"."""
    match = ARTICLE_BEFORE.search(text[max(0, start - 10) : start])
    return start - len(match["article"]) - 1 if match else start


def is_family(text: str, start: int) -> bool:
    """Whether a family's name follows: "la familia De la Cruz"; some are places elsewhere."""
    return FAMILY.search(text[max(0, start - 25) : start]) is not None


def is_kin(text: str, start: int) -> bool:
    """Whether a word for kin stands right before: "su ahijado Jhostin", "la pareja de este, Candy"."""
    return _kin().search(fold(text[max(0, start - 60) : start])) is not None


@cache
def _kin() -> re.Pattern[str]:
    kin = "|".join(read_data("persons.toml")["kin"])
    return re.compile(
        rf"\b(?:(?:su|mi|sus|his|her|their) (?:\w+ )?(?:{kin})|(?:el|la|un|una) (?:{kin}) (?:de|del) (?:est[ea]|ell?[ao]?|la victima|su \w+|occiso|fallecid[oa]|agraviad[oa]|otr[oa]))s?,? $"
    )


@cache
def nick_words() -> frozenset[str]:
    """Words that begin a nickname of two."""
    return frozenset(read_data("persons.toml")["nicks"])
