"""How a place's name is used, told from the words beside it: as a place, a street, an office, a river, part of somebody's name.

The words are data (``uses.toml``). Not here: which names stand in a text (``find``), which of several bearers one means (``resolve``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from models.fold import fold
from models.gazetteer.names import read_data
from models.gazetteer.units import Level

# Whether the thing that has the name lies there, or may, or bears it only.
Bearing = Literal["place", "quarter", "namesake"]
Use = Literal["place", "street", "institution", "office", "elsewhere", "person", "demonym", "river"]

# "Subía por el Marañón", "on the Ucayali", not "in the Ucayali region".
RIVER = re.compile(
    r"\b(?:en|por|sobre|cruz\w+|remont\w+|surc\w+|baj\w+) el $|\b(?:aguas|orillas?|riberas?|margen(?:es)?|cauce) del $|\b(?:on|along|up|down) the $"
)
UNIT = re.compile(r" (?:region|department|departamento|province|provincia|district|distrito)")
OF = re.compile(r"\b(?:del|de|of)(?: el| la| los| las)? [\"']?$")
OPENING = re.compile(r"(?:^|[.!?:;\n\"“«¿¡(—–-])[ \"“«¿¡]*$")


def _before(phrases: Sequence[str], *, of: bool = True) -> re.Pattern[str]:
    """An expression for the text up to a name that one of the phrases introduces; ``of``: also with "de" between."""
    written = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?:^|[^\w])(?:{written}) +{'(?:de +)?' if of else ''}(?:el +|la +|los +|las +)?[\"']?$")


@cache
def _uses() -> tuple[
    list[tuple[Use, re.Pattern[str]]], list[tuple[Use, re.Pattern[str]]], list[tuple[Level, re.Pattern[str]]]
]:
    data = read_data("uses.toml")

    def after(phrases: list[str]) -> re.Pattern[str]:
        return re.compile(rf" +(?:{'|'.join(map(re.escape, phrases))})\b")

    kinds: tuple[Use, ...] = ("street", "office", "institution", "elsewhere")
    levels: tuple[Level, ...] = ("district", "province", "department")
    befores: list[tuple[Use, re.Pattern[str]]] = [(kind, _before(data[kind]["before"])) for kind in kinds]
    befores.append(("street", _before(data["street"]["bare"], of=False)))
    return (
        befores,
        [(kind, after(data[kind]["after"])) for kind in kinds if data[kind].get("after")],
        [(level, _before(data["levels"][level])) for level in levels],
    )


@dataclass(frozen=True, slots=True)
class Bearers:
    """What tells whether the street or institution that bears a name lies where the name says."""

    there: re.Pattern[str]
    quarter: re.Pattern[str]
    named: re.Pattern[str]
    streets: re.Pattern[str]  # where a list of streets begins
    openers: frozenset[str]
    places: frozenset[str]
    rivers: frozenset[str]


@cache
def bearers() -> Bearers:
    """The signs, from the data."""
    data = read_data("uses.toml")
    street, institution = data["street"], data["institution"]
    several, crossing = (
        "|".join(map(re.escape, sorted(street[key], key=len, reverse=True))) for key in ("several", "crossing")
    )
    return Bearers(
        _before(street["there"] + institution["there"]),
        _before(street["quarter"]),
        _before(institution["named"]),
        re.compile(rf"\b(?:(?P<several>{several})|{crossing}) "),
        frozenset(data["person"]["openers"]),
        frozenset(data["person"]["places"]),
        frozenset(data["river"]["names"]),
    )


def _is_person(text: str, start: int, end: int) -> bool:
    """Whether capitalised words touch the name, as in somebody's surname or a firm's name."""
    before = re.search(r"([^\W\d_]+) $", text[max(0, start - 25) : start])
    if (
        before
        and before[1][0].isupper()
        and not before[1].isupper()
        and fold(before[1]) not in _NOUNS
        and not _opens(text, start - len(before[0]), before[1])
    ):
        return True
    after = re.match(r" ([^\W\d_]+)", text[end : end + 25])
    return bool(
        after
        and after[1][0].isupper()
        and not after[1].isupper()
        and fold(after[1]) not in _NOUNS
        and before is not None
        and before[1][0].isupper()
    )


def _opens(text: str, start: int, word: str) -> bool:
    """Whether a word has its capital only from the sentence it opens."""
    return fold(word) in bearers().openers and OPENING.search(text[max(0, start - 6) : start]) is not None


_NOUNS = frozenset(
    "en de del la el los las distrito provincia region departamento policial divincri depincri fiscalia comisaria mercado cono centro"
    " norte sur este oeste policia ministerio publico municipalidad distrital provincial district province north south east west in at".split()
)


def _bearing(window: str, use: Use) -> Bearing:
    """Whether what has the name lies in the place of that name: "plaza de Cusco" does, "jirón Cusco" need not."""
    if use == "person":
        return "namesake"
    if use not in {"street", "institution"}:
        return "place"
    known = bearers()
    if use == "institution" and known.named.search(window):
        return "namesake"
    if OF.search(window) or known.there.search(window):
        return "place"
    return "quarter" if use == "street" and known.quarter.search(window) else "namesake"


def use_of(text: str, folded: str, start: int, end: int) -> tuple[Use, Level | None, Bearing]:
    """How the name between the offsets is used, the level said before it, and whether what bears it lies there."""
    window, rest = folded[max(0, start - 48) : start], folded[end : end + 20]
    befores, afters, levels = _uses()
    said: Level | None = next((level for level, pattern in levels if pattern.search(window)), None)
    for use, pattern in befores:
        if pattern.search(window):
            return use, said, _bearing(window, use)
    for use, pattern in afters:
        if pattern.match(rest):
            return use, said, "namesake"
    if said is None and folded[start:end] in bearers().rivers and RIVER.search(window) and not UNIT.match(rest):
        return "river", None, "namesake"
    if said is None and _is_person(text, start, end):
        return "person", None, "namesake"
    return "place", said, "place"
