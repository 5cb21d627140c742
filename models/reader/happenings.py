"""Deeds of different types that are different happenings: a round-up that tells of a barber wounded here and a driver killed there.

Two violent deeds are two happenings when two of three things hold: their places lie apart, their days differ, they hit different
sectors (on the corpus such pairs are different in 32 of 39 cases; of the others, in 13 of 252). What answers a deed (an arrest, a
closure) or goes before it (a demand) stays with the one whose sectors it shares. Not here: several deeds of one type (``further``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.gazetteer.units import covers
from models.reader.kinds import VIOLENT
from warehouse.records import Mention

FOLLOWS = frozenset({"extortion", "arrest", "closure"})
SIGNS = 2


def are_apart(one: Mention, other: Mention) -> bool:
    """Whether two deeds are two happenings."""
    places = (
        one.ubigeo and other.ubigeo and not covers(one.ubigeo, other.ubigeo) and not covers(other.ubigeo, one.ubigeo)
    )
    days = one.date and other.date and one.date != other.date
    sectors = one.sectors and other.sectors and not set(one.sectors) & set(other.sectors)
    return sum(map(bool, (places, days, sectors))) >= SIGNS


def tell_apart(mentions: Sequence[Mention], taken: int, *, has_own_counts: bool = False) -> list[Mention]:
    """The mentions of one document, those of other happenings than the first under numbers above ``taken``.

    A count of dead or wounded that is the document's stays with the murder and with what wounds, and is unknown elsewhere; where the
    happenings ``has_own_counts``, they keep them.
    """
    groups: list[list[Mention]] = []  # of violent deeds, by happening
    for mention in mentions:
        if mention.type in VIOLENT and mention.happening == 1:
            mine = next((group for group in groups if not any(are_apart(mention, other) for other in group)), None)
            groups.append([mention]) if mine is None else mine.append(mention)
    if len(groups) < 2:
        return list(mentions)
    found: list[Mention] = []
    for mention in mentions:
        own, at = mention, 0
        if mention.happening == 1 and mention.type in VIOLENT:
            at = next(number for number, group in enumerate(groups) if mention in group)
            own = mention if has_own_counts else _with_own_counts(mention, groups[at])
        elif mention.happening == 1 and mention.type in FOLLOWS:
            at = max(range(len(groups)), key=lambda number: (_shared(mention, groups[number]), -number))
        found.append(replace(own, happening=taken + at) if at else own)
    return found


def _with_own_counts(mention: Mention, group: Sequence[Mention]) -> Mention:
    is_murder = any(other.type == "murder" for other in group)
    wounds = any(other.type == "attack" for other in group)
    if not is_murder:
        mention = replace(mention, killed=None, killed_low=None, killed_high=None)
    return mention if wounds else replace(mention, wounded=None)


def _shared(mention: Mention, group: Sequence[Mention]) -> int:
    return max(len(set(mention.sectors) & set(other.sectors)) for other in group)
