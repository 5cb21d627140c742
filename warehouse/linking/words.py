"""The words of a telling that could tell it from another: names, numbers and what is not said of every such happening.

Belongs here: reading tokens and their weights off a text. Not here: what is made of shared ones (``likeness``).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from types import MappingProxyType

NAME, RARE, MATTER, KIND, USUAL, FOREIGN = 2.0, 1.0, 0.7, 0.5, 0.35, 0.35
AGE, CLOCK, NUMBER = 1.5, 1.5, 1.0
STEM = 7  # letters by which a word is known, so that inflections meet
WORD = re.compile(r"[a-z][a-z0-9]{3,}")
# A capital where no sentence begins: Anaya, Costa Azul, Canta Callao.
NAMED = re.compile(r"[a-z0-9,;] ([A-Z][A-Za-z]{2,}(?: (?:de |del |la |los )*[A-Z][A-Za-z]{2,})*)")
NUMBERS = re.compile(
    r"(\d+)(?:([.:])(\d\d)\b)?(?:([.,:/-]\d[\d.,:/-]*)|( anos\b| years old\b|-year-old\b)|( (?:soles|mil|millones|%)))?"
)
YEAR = re.compile(r"(?:19|20)\d\d")
# What a decree does to an emergency that is in force; that it declares or extends one, pages say of the same decree.
CHANGES = re.compile(
    r"\bmodific|\bmodifi(?:es|ed)\b|\bincorpora\b|\blevant(?:a|an|o|aron) (?:el|la)\b|\bsin efecto\b|\bpone fin\b|\blift(?:s|ed)\b"
)
LEAD = 300  # characters in which a page says what a decree does
ENGLISH = (" the ", " and ", " was ", " of ", " with ")


@cache
def weights(*, of_norms: bool = False) -> MappingProxyType[str, float]:
    """What each listed word weighs, by its stem; a word that is not listed is rare.

    Deeds are all told in the same words ("extorsión", "chofer"); of bills and decrees these tell what the one or the other is on.
    """
    lists = tomllib.loads((Path(__file__).with_name("words.toml")).read_text(encoding="utf-8"))
    found = dict.fromkeys(lists["usual"].split(), USUAL)
    for name in ("common", "domain", "english"):
        found |= dict.fromkeys(lists[name].split(), 0.0)
    if of_norms:
        found |= dict.fromkeys(lists["matters"].split(), MATTER) | dict.fromkeys(lists["procedure"].split(), 0.0)
    for name in ("places", "kind"):
        found |= dict.fromkeys(lists[name].split(), KIND)
    return MappingProxyType(found)


def fold(text: str) -> str:
    """Text without accents and signs beyond ASCII, case kept."""
    if text.isascii():
        return text
    text = text.replace("–", " ").replace("—", " ")
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")


def changes(text: str) -> bool:
    """Whether a page, its title first, is of a decree that changes or ends an emergency, and does not declare or extend it."""
    return CHANGES.search(fold(text[:LEAD]).lower()) is not None


def is_english(lower: str) -> bool:
    """Whether a text in small letters is English."""
    return sum(map(lower.count, ENGLISH)) * 80 > len(lower)


def tokens_of(text: str, *, of_norms: bool = False) -> dict[str, float]:
    """Tokens of a text that are some sign of one happening, or of one norm, with their weights."""
    folded = fold(text)
    lower = folded.lower()
    known = weights(of_norms=of_norms)
    words = {w[:STEM] for w in WORD.findall(lower)}
    # In English every word is foreign to the lists: only its names and numbers are sure signs.
    rare = FOREIGN if is_english(lower) else RARE
    found = {w: v for w in words if (v := known.get(w, rare))}
    for run in NAMED.findall(folded):
        for word in WORD.findall(run.lower()):
            stem = word[:STEM]
            if known.get(stem, RARE) in {RARE, USUAL}:
                found[stem] = NAME
    found |= _numbers(lower)
    return found


def _numbers(lower: str) -> dict[str, float]:
    """Ages, hours and other numbers of three digits and more; years, dates and sums of round thousands are no sign."""
    found: dict[str, float] = {}
    for whole, mark, part, longer, aged, unit in NUMBERS.findall(lower):
        if longer or unit:
            continue
        if mark:
            if len(whole) <= 2 and int(whole) < 24 and int(part) < 60:
                found[f"@{int(whole) % 12}:{part}"] = CLOCK
        elif aged and len(whole) <= 2:
            found[f"#{int(whole)}"] = AGE
        elif 3 <= len(whole) <= 6 and not YEAR.fullmatch(whole):
            found[f"={whole}"] = NUMBER
    return found
