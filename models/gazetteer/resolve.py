"""Telling homonyms apart by the other places a text names. Nothing here reads text but the gap between two names."""

from __future__ import annotations

import math
import re
from collections import defaultdict
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
GAP = 30  # characters between a name and the one that holds it
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


class _Company:
    """What the names of one text say for a code: each written form once, where it first stands, and the demonyms."""

    def __init__(self, namings: Sequence[Naming], demonyms: Sequence[str], folded: str) -> None:
        self._namings, self._folded = namings, folded
        self._demonyms = sorted(set(demonyms))
        self._by_code: dict[str, list[tuple[int, str, float]]] = {}
        # By department: names of other departments say nothing for a code, and a page may name every place there is.
        self._by_department: dict[str, list[tuple[int, str]]] = defaultdict(list)
        seen: set[str] = set()
        for at, naming in enumerate(namings):
            written = self.written(naming)
            if naming.codes and naming.counts and written not in seen:
                seen.add(written)
                for department in {code[:2] for code in _all_codes(naming)}:
                    self._by_department[department].append((at, written))
        self._named = {
            n.codes[0][:2] for n in namings if not n.every and n.counts and len({c[:2] for c in n.codes}) == 1
        }

    def written(self, naming: Naming) -> str:
        """The name as it is written, folded."""
        return self._folded[naming.start : naming.end]

    def support(self, code: str, own: int) -> float:
        """How far the others support that the naming at ``own`` means ``code``."""
        score, written = 0.0, self.written(self._namings[own])
        held_by = self._held_by(code, own)
        for at, other, share in self._said(code):
            while held_by and held_by[0] <= at:
                held_by.pop(0)
                score += ADJACENT
            if other != written:
                score += share
        score += ADJACENT * len(held_by)
        return score + 0.8 * sum(_affinity(code, each) for each in self._demonyms if each[:2] == code[:2])

    def names_department(self, naming: Naming) -> bool:
        """Whether the text names another place of the department, and none of another one."""
        own = naming.codes[0][:2]
        return own in {code[:2] for code in self._demonyms} or own in self._named or not self._named

    def _said(self, code: str) -> list[tuple[int, str, float]]:
        """The names of the code's department: where each first stands, how it is written, what it adds."""
        if code not in self._by_code:
            self._by_code[code] = [
                (at, written, _share(code, self._namings[at])) for at, written in self._by_department[code[:2]]
            ]
        return self._by_code[code]

    def _held_by(self, code: str, own: int) -> list[int]:
        """The names right after that tell in which larger unit this one lies."""
        naming = self._namings[own]
        found: list[int] = []
        for at in range(own + 1, len(self._namings)):
            other = self._namings[at]
            if other.start - naming.end > GAP:
                break
            holds = other.codes and any(covers(o, code) and o != code for o in _all_codes(other))
            if holds and other.start > naming.end and HELD_BY.fullmatch(self._folded, naming.end, other.start):
                found.append(at)
        return found


def _share(code: str, other: Naming) -> float:
    codes = _all_codes(other)
    provinces = len({c[:4] for c in codes if not other.every}) or 1
    return max(_affinity(code, o) for o in codes) / math.sqrt(provinces)


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


def resolve(
    namings: Sequence[Naming], demonyms: Sequence[str], folded: str
) -> list[tuple[str | None, tuple[str, ...], tuple[str, ...]]]:
    """For each naming: the code meant (or ``None``), finer units of the same name, and the candidates that remain."""
    company = _Company(namings, demonyms, folded)
    out: list[tuple[str | None, tuple[str, ...], tuple[str, ...]]] = []
    for at, naming in enumerate(namings):
        if naming.every:
            if folded.startswith("cono ", naming.start) and not company.names_department(naming):
                out.append((None, (), ()))  # Arequipa and Tacna have their cones too
                continue
            stems = {code[:4] for code in naming.codes}
            out.append((f"{stems.pop()}00" if len(stems) == 1 else None, (), naming.codes))
            continue
        scored: list[tuple[float, list[str]]] = []
        shy: list[str] = []
        supported = False
        written = company.written(naming)
        bears_it = _bear(written, _all_codes(naming))
        for family in _families(_all_codes(naming)):
            support = company.support(family[0], at)
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
