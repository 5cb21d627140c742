"""Units of which so many districts are meant: "20 distritos de Lima y Callao" are a part of both, the 43 of Lima all of it.

Not here: units named themselves (``territory``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from models.fold import fold
from models.gazetteer import PlaceHit, ancestors, covers, units
from models.gazetteer.units import Level, level_of
from models.reader.numbers import number_word_pattern, parse_number

METROPOLIS = "150100"
REACH = 60  # characters
OF_UNITS = (
    r" (?:del?|of|in)(?: la| las| los)?(?: (?:provincias?|region(?:es)?|departamentos?)(?: del?)?)?(?: el| la)? $"
)
COUNTED = re.compile(
    rf"\b(?:(?P<number>\d{{1,2}}|{number_word_pattern()})|algun[oa]s|vari[oa]s|divers[oa]s|several|some)"
    rf"(?: (?:de (?:las|los)|of the) (?:\d{{1,3}}|{number_word_pattern()}))? (?:distritos|districts|(?P<provinces>provincias|provinces))"
    + OF_UNITS
)
# "Declaran en emergencia distritos de Piura y Tumbes": some of them, where "los distritos de" would name each.
UNCOUNTED = re.compile(rf"(?:^|\b(?!the )[a-z]*[a-rt-z][ ,:]+)(?:distritos|districts){OF_UNITS}")
# "Doce distritos de Lima y uno del Callao".
ALSO = re.compile(
    rf"(?:,|,? (?:y|e|and)) (?:los )?(?P<number>\d{{1,2}}|{number_word_pattern()}) (?:del?|in|of)(?: la| el)? "
)
AND_OF = re.compile(r"(?:,|,? (?:y|e|and))(?: el| la| del| de)? ")
AMONG = re.compile(
    r"^[^.;:]{0,12}\b(?:entre (?:ellos|otros|los que)|como|incluy\w+|incluid\w+|including|such as|among)\b"
)


@dataclass(frozen=True, slots=True)
class Portion:
    """Some of the districts of units named together; ``number`` of them where it is said. ``is_open``: only examples follow."""

    codes: tuple[str, ...]
    number: int | None
    is_open: bool
    level: Level


def larger(hit: PlaceHit, counted: Level = "district") -> str:
    """The unit whose districts are counted under this name: Lima's the metropolis, else the largest of that name."""
    code = hit.ubigeo or ""
    if counted == "district" and hit.said_level in {"department", "province"} and level_of(code) == hit.said_level:
        return code
    name = fold(hit.text)
    _, province, _ = ancestors(code) if code else (None, None, None)
    found = _departments().get(name) or (province if province and fold(units()[province].name) == name else code)
    return METROPOLIS if found == "150000" and counted == "district" else found


@cache
def _departments() -> dict[str, str]:
    return {fold(each.name): code for code, each in units().items() if each.level == "department"}


def counted_in(hits: Sequence[PlaceHit], folded: str) -> dict[int, Portion]:
    """What is counted by district in a sentence, by where each name starts."""
    named = [hit for hit in hits if not hit.is_group and larger(hit)]
    found: dict[int, Portion] = {}
    last: PlaceHit | None = None
    for at, hit in enumerate(named):
        match = COUNTED.search(folded[max(0, hit.start - REACH) : hit.start])
        if not match and last and last.start in found:
            match = ALSO.fullmatch(folded[last.end : hit.start])
        bare = None if match else UNCOUNTED.search(folded[max(0, hit.start - REACH) : hit.start])
        match = match or bare
        last = hit
        level: Level = "province" if match and match.groupdict().get("provinces") else "district"
        if not match or level_of(larger(hit, level)) in {"district", level}:
            continue
        run = [hit]
        for other in named[at + 1 :]:
            if level_of(larger(other)) == "district" or not AND_OF.fullmatch(folded[run[-1].end : other.start]):
                break
            run.append(other)
        if bare and _goes_on(named[at + len(run) :], run[-1], folded):
            continue
        said = match.groupdict().get("number")
        number = int(parse_number(said) or 0) if said else None
        is_open = AMONG.search(folded[run[-1].end : run[-1].end + REACH]) is not None
        portion = Portion(tuple(larger(each, level) for each in run), number, is_open, level)
        found.update((each.start, portion) for each in run)
    return found


def _goes_on(further: Sequence[PlaceHit], last: PlaceHit, folded: str) -> bool:
    """Whether the list goes on with a name that is a district's alone: then all of it names districts."""
    return bool(further) and AND_OF.fullmatch(folded[last.end : further[0].start]) is not None


def split(portions: Sequence[Portion], named: Sequence[str]) -> tuple[set[str], set[str]]:
    """The units meant in part, and those all of whose districts are counted; neither where the districts are ``named`` themselves."""
    parts, wholes = set[str](), set[str]()
    for portion in portions:
        inner = {
            code
            for code in named
            if level_of(code) == portion.level and any(covers(outer, code) for outer in portion.codes)
        }
        size = sum(
            level_of(code) == portion.level and any(covers(outer, code) for outer in portion.codes) for code in units()
        )
        if portion.number == size:
            wholes.update(portion.codes)
        elif not inner or (len(inner) < portion.number if portion.number else portion.is_open):
            parts.update(portion.codes)
        else:
            parts.update(code for code in portion.codes if not any(covers(code, each) for each in inner))
    return parts, wholes
