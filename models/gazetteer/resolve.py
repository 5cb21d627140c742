"""Telling homonyms apart by the other places a text names. Nothing here reads text but the gap between two names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.fold import fold
from models.gazetteer.units import Level, covers, level_of, units

# "Chao, provincia de Virú", "Bellavista (Sullana)", "Miraflores - Arequipa": the second name holds the first.
HELD_BY = re.compile(
    r" ?(?:,|\(|-|/|, en| en| de|, de)? ?(?:el |la )?(?:distrito de |provincia de |provincia del |region |region de |departamento de |en )?(?:el |la )?"
)
MARGIN = 0.9  # an eightfold population, or one more supporting name in the same department, decides
SUPPORTED = 0.9  # from here on the text supports a weak name
ADJACENT, NESTED, SAME_PROVINCE, SAME_DEPARTMENT = 8.0, 3.0, 2.0, 1.2


@dataclass(frozen=True, slots=True)
class Naming:
    """One name in text with the codes it can mean; ``weak`` ones need support. ``counts``: it supports others."""

    start: int
    end: int
    codes: tuple[str, ...]
    weak: tuple[str, ...]
    said: Level | None
    every: bool = False
    counts: bool = True
    is_head: bool = False  # "Mala: queman dos mototaxis"


def _affinity(code: str, other: str) -> float:
    if covers(code, other) or covers(other, code):
        return NESTED
    if code[:4] == other[:4]:
        return SAME_PROVINCE
    return SAME_DEPARTMENT if code[:2] == other[:2] else 0.0


def _all_codes(naming: Naming) -> tuple[str, ...]:
    codes = naming.codes + naming.weak
    if naming.said:
        fitting = tuple(c for c in codes if level_of(c) == naming.said)
        return fitting or codes
    return codes


def _support(code: str, own: int, namings: Sequence[Naming], demonyms: Sequence[str], folded: str) -> float:
    score = 0.0
    naming = namings[own]
    seen: set[str] = {folded[naming.start : naming.end]}
    for at, other in enumerate(namings):
        written = folded[other.start : other.end]
        if at == own or not other.codes:
            continue
        near = 0 < other.start - naming.end <= 30 and HELD_BY.fullmatch(folded[naming.end : other.start]) is not None
        if near and any(covers(o, code) and o != code for o in _all_codes(other)):
            score += ADJACENT
        if not other.counts or written in seen:
            continue
        seen.add(written)
        codes = _all_codes(other)
        provinces = len({c[:4] for c in codes if not other.every}) or 1
        score += max(_affinity(code, o) for o in codes) / math.sqrt(provinces)
    return score + 0.8 * sum(_affinity(code, d) for d in set(demonyms) if _affinity(code, d))


def _families(codes: Sequence[str]) -> list[list[str]]:
    """Group codes so that nested ones of one name stand together, the outermost first."""
    families: list[list[str]] = []
    for code in sorted(set(codes), key=lambda c: (len(c.rstrip("0")), c)):
        for family in families:
            if covers(family[0], code):
                family.append(code)
                break
        else:
            families.append([code])
    return families


def _population(code: str) -> float:
    return math.log10(max(units()[code].population or 1, 1))


def _bear(written: str, codes: Iterable[str]) -> bool:
    """Whether a unit is called so itself: what is only a quarter's name in several tells nothing by their population."""
    return any(fold(units()[code].name) == written for code in codes)


def _named_around(naming: Naming, namings: Sequence[Naming], support: Sequence[str]) -> bool:
    """Whether the text names another place of the department, and none of another one."""
    own = naming.codes[0][:2]
    others = {
        code[:2]
        for n in namings
        if n is not naming and not n.every and n.counts and len({c[:2] for c in n.codes}) == 1
        for code in n.codes
    }
    return own in {code[:2] for code in support} or own in others or not others


def resolve(
    namings: Sequence[Naming], demonyms: Sequence[str], folded: str
) -> list[tuple[str | None, tuple[str, ...], tuple[str, ...]]]:
    """For each naming: the code meant (or ``None``), finer units of the same name, and the candidates that remain."""
    out: list[tuple[str | None, tuple[str, ...], tuple[str, ...]]] = []
    for at, naming in enumerate(namings):
        if naming.every:
            if folded.startswith("cono ", naming.start) and not _named_around(naming, namings, demonyms):
                out.append((None, (), ()))  # Arequipa and Tacna have their cones too
                continue
            stems = {code[:4] for code in naming.codes}
            out.append((f"{stems.pop()}00" if len(stems) == 1 else None, (), naming.codes))
            continue
        scored: list[tuple[float, list[str]]] = []
        shy: list[str] = []
        supported = False
        written = folded[naming.start : naming.end]
        bears_it = _bear(written, _all_codes(naming))
        for family in _families(_all_codes(naming)):
            support = _support(family[0], at, namings, demonyms, folded)
            if (
                all(code in naming.weak for code in family)
                and support < SUPPORTED
                and not naming.is_head
                and (naming.said is None or (bears_it and not _bear(written, family)))
            ):
                shy.append(family[0])
                continue
            supported = supported or support >= SUPPORTED
            scored.append((support + (_population(family[0]) if bears_it else 0.0), family))
        scored.sort(key=lambda s: -s[0])
        candidates = tuple(family[0] for _, family in scored)
        by_level = naming.said is not None and any(code in naming.codes for code in candidates)
        if scored and shy and not supported and not by_level:
            # a village of that name far off, or the quarter that the press may mean as well
            out.append((None, (), candidates + tuple(shy)))
        elif scored and (len(scored) == 1 or scored[0][0] - scored[1][0] >= MARGIN):
            family = scored[0][1]
            out.append((family[0], tuple(family[1:]), candidates))
        else:
            out.append((None, (), candidates))
    return out
