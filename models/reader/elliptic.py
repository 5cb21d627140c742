"""Numbers that leave unsaid what they count: "Piura, 1 388", "en 2023 fueron 90", "de ellos, 148 en Lima", "la cifra subió 18 %".

Such a number goes on about what was counted before it (``thread``) when nothing it could count follows it and its clause states it of a
time or a place, or of "casos"; any other number without a noun is an age, a price, a vote. Not here: what was counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from models.reader.clauses import Clause, Named, is_undated_pair, own
from models.reader.data import any_of, read_data
from models.reader.metrics import BARE, MOVED
from models.reader.numbered import Numbered
from models.reader.numbers import Number
from models.reader.period import Period
from models.reader.places import Place

PRICE = re.compile(
    r"(?: soles)? (?:por (?:cada|cabeza|unidad|persona)|al (?:dia|mes)|a la semana|cada un[oa]|diari|mensual|semanal)"
)
LEAST = 10  # fewer that have no time and no place of their own are those of one deed
POINTING = 90  # the same for the share that it is said of
BEHIND = 60  # code points before a number within which its verb stands
HEDGE = r"(?:(?: ya| apenas| solo| unicamente| casi| unos| unas| cerca de| alrededor de| mas de| otr[oa]s| en total| s/| el| la| los| las| un| una| a| de| en| only| just| about| some| at| _)* ?:?)? ?"
BESIDE = re.compile(r",? ?(?:\(|;|:|con|y|and|with|-|to|a)? ?(?:apenas |solo |unos |unas |only |just )?")
JOINED = re.compile(
    r" ?(?:se (?:ubic|registr|produj|di|report|concentr)\w+ |correspond\w+ |proced\w+ |provien\w+ |pertenec\w+ |ocurri\w+ |viv\w+ |fueron |(?:took place|occurred|happened|were|was) )?(?:en|in|del?|of|al?|for|para)(?: el| la| los| las| the| toda la| todo el| igual| mism[oa])? ?(?=_)"
)
# "Las denuncias pasaron de 34 a 68", "crecieron 212 %: de 26 a 81".
FROM = re.compile(rf"(?:{MOVED}|[:,(]|^) (?:de|from) $")


@cache
def _stated() -> re.Pattern[str]:
    said: list[str] = read_data("figures.toml")["goes_on"]["stated"]
    return re.compile(rf"\b(?:{'|'.join(said)}){HEDGE}$")


@cache
def _counts() -> re.Pattern[str]:
    said: list[str] = read_data("figures.toml")["goes_on"]["counts"]
    return re.compile(rf"\b(?:{'|'.join(said)}){HEDGE}$")


@cache
def _goes_on(name: str) -> re.Pattern[str]:
    said: list[str] = read_data("figures.toml")["goes_on"][name]
    return re.compile(rf"\W*(?:{'|'.join(said)})\b") if name == "resumed" else re.compile(rf" (?:{'|'.join(said)})\b")


def is_bare(said: Numbered, at: int) -> bool:
    """Whether nothing that a number could count follows it, but "casos" or the like."""
    end = said.numbers[at].end
    return bool(BARE.match(said.blanked, end) or _goes_on("things").match(said.blanked, end))


@cache
def _pointed() -> re.Pattern[str]:
    return any_of(read_data("figures.toml")["goes_on"]["pointed"])


def _is_same_share(said: Numbered, at: int, clause: Clause) -> bool:
    """Whether a share is the one told before, elsewhere or of another time: "Piura, con 12 %", "este porcentaje llegó a 28 %"."""
    if not is_elliptic(said, at, clause):
        return False
    start = max(clause.start, said.numbers[at].start - POINTING)
    return (
        _is_beside(said, at, said.places) or _pointed().search(said.blanked, start, said.numbers[at].start) is not None
    )


def is_resumed(said: Numbered, at: int, clause: Clause, change: str | None, *, of_share: bool) -> bool:
    """Whether a percentage is of what was counted before: "la cifra subió 18 %", "(+31 %)", "el 46 % de los casos"."""
    blanked, number = said.blanked, said.numbers[at]
    if change is None:
        return _goes_on("things").match(blanked, number.end) is not None or (
            of_share and _is_same_share(said, at, clause)
        )
    start = max(clause.start, number.start - BEHIND)
    begun = blanked[start : number.start].lstrip(" ,;:")
    is_begun = not begun.strip("(+- ") or _goes_on("resumed").match(begun) is not None
    return is_bare(said, at) and is_begun


def _is_beside(said: Numbered, at: int, named: Sequence[Named[Period] | Named[Place]]) -> bool:
    start = said.numbers[at].start
    return any(each.end <= start and BESIDE.fullmatch(said.blanked, each.end, start) for each in named)


def _is_from(said: Numbered, at: int) -> bool:
    first = said.numbers[at - 1 if said.is_second(at) else at].start
    return FROM.search(said.blanked[max(0, first - BEHIND) : first]) is not None


def _is_stated(said: Numbered, number: Number, *, is_named: bool, is_thing: bool) -> bool:
    """Whether a verb states it: "fueron 90", "suman 40 casos", "la Policía admite 26"."""
    behind = said.blanked[max(0, number.start - BEHIND) : number.start]
    stated = _stated().search(behind) is not None
    if is_named and (stated or is_thing):
        return True
    if number.value < LEAST:
        return False
    resumed = _goes_on("resumed").match(said.blanked) is not None
    is_ahead = any(each.end <= number.start for each in (*said.times, *said.places))
    return (stated and (is_ahead or is_thing or resumed)) or (is_thing and resumed) or bool(_counts().search(behind))


def is_elliptic(said: Numbered, at: int, clause: Clause) -> bool:
    """Whether a number counts what was counted before it."""
    blanked, number = said.blanked, said.numbers[at]
    thing = _goes_on("things").match(blanked, number.end)
    end = thing.end() if thing else number.end
    joined = JOINED.match(blanked, end)
    if PRICE.match(blanked, end) or not (thing or joined or BARE.match(blanked, end)):
        return False
    time = own(blanked, clause, said.numbers, at, said.times)
    place = own(blanked, clause, said.numbers, at, said.places)
    named = [each for each in (time, place) if each]
    is_beside = _is_beside(said, at, [each for each in (time, place) if each])
    if is_beside or (joined and any(each.start == joined.end() for each in named)):
        return True
    is_from_to = is_undated_pair(blanked, said.numbers, at) and _is_from(said, at)
    if is_from_to and is_bare(said, at if said.is_second(at) else at + 1):
        return True
    return _is_stated(said, number, is_named=bool(named), is_thing=thing is not None)
