"""How sure it is that two tellings are one happening: points for and against, above 0 when they are.

Each point stands for one sign that a reader would name; the weights were chosen on one half of the newsroom's happenings
(tests/benchmarks/bench_link.py prints both halves), those of provinces, norms and several dead in November 2026 on pages that others
wrote of 94 happenings (B-cubed F1 .98; .97 on 49 more, which chose nothing) and on the pairs of tests/flows/test_link_pairs.py. Unknown gives no
point either way, so that a telling without a day or a place needs words in common.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from warehouse.linking.telling import AROUND, DEEDS, Telling, days_apart

DOUBT = -3.65  # what must be outweighed: most pairs of tellings are two happenings
SHARED, SHARED_MOST = 0.45, 14.0  # for a point of shared words, and how many count
CONTAINED, CONTAINED_MOST = 3.0, 0.6  # for the share of the shorter telling's words that the longer has
STRANGE, TELLS_MUCH = 0.05, 8.0  # two pages that both say much and share hardly a word tell two stories
# Points of words in common that two deeds of one province need (an English page says the same in other words), and what the lack costs.
NAMED, NAMED_ABROAD, UNNAMED = 1.0, 0.3, 1.5
SEVERAL = 1.0  # for equal numbers of dead above one
OTHER_ACT = 3.0  # "se modifica" and "se prorroga" are two decrees
LIMA = "1501"  # a province of ten million: that a page names no more than it says little
NEAR_DAYS, NEAR = 3, 1.0  # days of one norm that pages may differ by
NEVER = -20.0
NOWHERE = -0.5
SURE = 12.0
SAME_TEXT = 0.6  # share of equal MinHash values from which two pages are one wire copy


def likeness(a: Telling, b: Telling) -> float:
    """Points that two tellings are one happening: above 0 they are taken to be."""
    if a.document_id == b.document_id or a.is_norm != b.is_norm:
        return NEVER
    if a.is_norm and a.norm and b.norm:
        return SURE if a.norm == b.norm else NEVER
    points = DOUBT + _words(a, b) + _types(a, b) + _facts(a, b)
    if a.is_norm:
        points -= OTHER_ACT if a.is_change != b.is_change else 0.0
        return points + _days(a, b, is_later_step=False) + _territories(a, b)
    # A capture or a protest of later days, in another town, is told by its own day and place and still of the deed.
    is_later_step = _is_later_step(a, b)
    if _is_loosely_placed(a, b) and _shared(a, b) < (NAMED if a.is_english == b.is_english else NAMED_ABROAD):
        points -= UNNAMED
    return points + _days(a, b, is_later_step=is_later_step) + _places(a, b, is_later_step=is_later_step)


def _words(a: Telling, b: Telling) -> float:
    if a.sketch is not None and b.sketch is not None and same_share(a, b) >= SAME_TEXT:
        return SURE
    points = _shared(a, b)
    shorter = min(a.mass, b.mass)
    contained = points / max(shorter, 4.0)
    if contained < STRANGE and shorter >= TELLS_MUCH:
        return -1.5
    return SHARED * min(points, SHARED_MOST) + CONTAINED * min(contained, CONTAINED_MOST)


def _shared(a: Telling, b: Telling) -> float:
    """Points of the words that both say."""
    return sum(max(a.tokens[w], b.tokens[w]) for w in a.tokens.keys() & b.tokens.keys())


def _is_loosely_placed(a: Telling, b: Telling) -> bool:
    """Whether one of two places is no district: in a province there are many murders of a day, though not many of several dead,
    and not many strikes.
    """
    if a.ubigeo is None or b.ubigeo is None or "strike" in a.types & b.types:
        return False
    return "00" in {a.ubigeo[4:], b.ubigeo[4:]} and min(a.killed or 0, b.killed or 0) < 2


def same_share(a: Telling, b: Telling) -> float:
    """Share of equal MinHash values: an estimate of how much two pages have in common."""
    return float(np.mean(a.sketch == b.sketch))


def _types(a: Telling, b: Telling) -> float:
    if a.is_norm:
        return 1.0 if a.types & b.types else -3.0
    shared = a.types & b.types
    if shared & DEEDS or "strike" in shared:
        return 1.0
    if "strike" in a.types | b.types and (a.types | b.types) & DEEDS:
        return -2.0
    return 0.3 if shared or (a.types & DEEDS and b.types & DEEDS) else -0.5


def _is_later_step(a: Telling, b: Telling) -> bool:
    """Whether one tells of an arrest and the other does not: the arrest may come days later."""
    return ("arrest" in a.types) != ("arrest" in b.types)


def _days(a: Telling, b: Telling, *, is_later_step: bool) -> float:
    if a.day is None or b.day is None:
        return _reports(a.anchor, b.anchor)
    apart = days_apart(a.day, b.day)
    if a.is_norm and 0 < apart <= NEAR_DAYS:
        return NEAR  # approved, published, in force: each page gives the day it likes
    if apart <= 1:
        return 2.0 if apart == 0 else -0.5
    arrested = a if "arrest" in a.types else b
    if is_later_step and arrested.day == max(a.day, b.day):
        return 0.0
    if "strike" in a.types & b.types and apart <= 10:
        return -2.0  # a strike is announced days before it is held, and pages give the one day or the other
    return -2.5 if apart <= 3 else -4.0


def _reports(a: date | None, b: date | None) -> float:
    """Tellings of one happening come close upon each other."""
    if a is None or b is None:
        return 0.0
    apart = days_apart(a, b)
    return 0.0 if apart <= 3 else -1.0 if apart <= 8 else -2.0


def _places(a: Telling, b: Telling, *, is_later_step: bool) -> float:
    if a.ubigeo is None or b.ubigeo is None:
        # Two strikes of a trade on one day may be those of two towns that nobody names: they need some words in common.
        return NOWHERE if "strike" in a.types & b.types and a.ubigeo == b.ubigeo else 0.0
    if a.ubigeo == b.ubigeo:
        return 2.0 if a.ubigeo[4:] != "00" else 1.0 if a.ubigeo[2:4] != "00" else 0.3
    short, long = sorted((_significant(a.ubigeo), _significant(b.ubigeo)), key=len)
    if long.startswith(short):
        return 0.7 if len(short) == 4 and short != LIMA else 0.3
    if is_later_step and not (a.types & DEEDS and b.types & DEEDS):
        return 0.0
    return -2.0 if a.ubigeo[:4] == b.ubigeo[:4] else -3.0 if a.ubigeo[:2] == b.ubigeo[:2] else -4.0


def _territories(a: Telling, b: Telling) -> float:
    if not a.territory or not b.territory:
        return 0.0
    if a.territory == b.territory:
        return 2.0
    stems_a, stems_b = (tuple(_significant(code) for code in territory) for territory in (a.territory, b.territory))
    overlap = any(code.startswith(stems_b) for code in stems_a) or any(code.startswith(stems_a) for code in stems_b)
    return 0.5 if overlap else -3.0


def _significant(ubigeo: str) -> str:
    return ubigeo[:2] if ubigeo.endswith("0000") else ubigeo[:4] if ubigeo.endswith("00") else ubigeo


def _dead(a: int, b: int) -> float:
    if a == b:
        return SEVERAL if a > 1 else 0.3
    return 0.0 if abs(a - b) == 1 else -0.7


def _facts(a: Telling, b: Telling) -> float:
    """Sector, dead, sum and group where both say them. Counts of the wounded differ among outlets and prove nothing."""
    points = 0.0
    if a.sectors and b.sectors:
        shared = 0.0 if a.is_norm else 0.5  # half of a day's bills may be on one trade
        points += shared if a.sectors & b.sectors else -1.5
    if a.killed is not None and b.killed is not None:
        points += _dead(a.killed, b.killed)
    if a.amount_pen and b.amount_pen:
        points += 1.2 if a.amount_pen == b.amount_pen else -0.3
    if a.group_name and b.group_name:
        points += 1.2 if a.group_name == b.group_name else -0.5
    if a.types <= AROUND and b.types <= AROUND:
        points -= 0.5  # demands are many and much alike: they take more to be one
    return points
