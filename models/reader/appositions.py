"""Persons told twice in one breath: "tres personas, dos policías y un sereno," are three, and "dos cobradores (Luis Paz y Juan Ríos)" two.

What stands beside a number and makes it up is the same persons again. "Tres policías, dos serenos y un bombero" are six: there, nothing closes
the list, and the first noun is of a kind of its own. Not here: what a noun phrase is (``phrases``), whom it befalls (``toll``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.reader.phrases import Phrase

# Between the number and what makes it up: a short complement ("de su equipo"), then a comma, a colon, a dash or a bracket.
OPENS = re.compile(
    r"(?: (?:de|del|of|from|que) [^,;:.()—]{1,40}| [a-z]+)?(?:,|:| \(| —| -) ?(?P<unknown>(?:el|la|un|una|su|the|an?|his|her) [\w'’-]+(?: [\w'’-]+)?(?:,| y| e| and) )?(?:a )?"
)
JOINS = re.compile(r"(?:,? \(?\d\d?(?: anos)?\)?)?(?:,|,? y|,? e|,? and)(?: (?:a|de|con))? ")
CLOSED = re.compile(r"(?:,? \(?(?:de )?\d\d?(?: anos)?\)?)?(?:[,;)—]| -)")
ENDS = re.compile(r"(?:,? \(?(?:de )?\d\d?(?: anos)?\)?)?[.:]|$")
# "Tres personas": a noun that says no kind of person, which whoever follows has.
KINDLESS = frozenset(
    {"+", "person", "herid", "lesionad", "victim", "muert", "fallecid", "peopl", "?integrant", "?miembr", "?member", "?sujet", "ocupant"}
)  # fmt: skip

# "Dos muertos, un herido y un detenido": what befell each, so that nobody is told again.
OUTCOMES = frozenset(
    {"herid", "lesionad", "muert", "fallecid", "asesinad", "detenid", "capturad", "arrestad", "desaparecid", "secuestrad", "rescatad", "wounded", "dead", "injured", "missing"}
)  # fmt: skip


def told_once(folded: str, found: Sequence[Phrase]) -> list[Phrase]:
    """The phrases of a sentence, in order, without those that only say again whom a number before them counts."""
    kept: list[Phrase] = []
    at = 0
    while at < len(found):
        same = _made_up_of(folded, found, at)
        if same:
            names = " ".join([found[at].name, *(each.name for each in same)]).strip()
            kept.append(replace(found[at], end=same[-1].end, name=names))
        else:
            kept.append(found[at])
        at += 1 + len(same)
    return kept


def _made_up_of(folded: str, found: Sequence[Phrase], at: int) -> list[Phrase]:
    """The phrases right after one that make up its number; none where it stands for itself."""
    whole = found[at]
    rest = found[at + 1 :]
    if whole.value < 2 or whole.form == "name" or not rest:
        return []
    opening = OPENS.fullmatch(folded[whole.end : rest[0].start])
    if opening is None:
        return []
    left = whole.value - (1 if opening["unknown"] else 0)
    made: list[Phrase] = []
    for each in rest:
        if made and not JOINS.fullmatch(folded[made[-1].end : each.start]):
            break
        left -= each.value
        made.append(each)
        if left <= 0:
            break
    if any(each.head.lstrip("?/+") in OUTCOMES for each in made):
        return []
    after = folded[made[-1].end :]
    is_list = len(made) > 1 or opening["unknown"] is not None
    is_closed = CLOSED.match(after) or (ENDS.match(after) and whole.head in KINDLESS)
    return made if left == 0 and is_list and is_closed else []
