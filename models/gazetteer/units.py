"""Departments, provinces and districts by INEI code. The level and the parents of a unit follow from its code."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Level = Literal["department", "province", "district"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; the point is that of its capital town, the population that of 2025 (``None`` where not counted)."""

    code: str
    name: str
    level: Level
    latitude: float
    longitude: float
    population: int | None


def level_of(code: str) -> Level:
    """Tell the level from the code: ``DD0000``, ``DDPP00`` or ``DDPPTT``."""
    if code.endswith("0000"):
        return "department"
    return "province" if code.endswith("00") else "district"


@cache
def units() -> dict[str, Unit]:
    """Every unit by code, in the order of the codes."""
    found: dict[str, Unit] = {}
    with files("models.gazetteer").joinpath("units.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            code = row["code"]
            population = int(row["population"]) if row["population"] else None
            point = float(row["latitude"]), float(row["longitude"])
            found[code] = Unit(code, row["name"], level_of(code), *point, population)
    return found


def unit(code: str) -> Unit | None:
    """The unit of that code, if there is one."""
    return units().get(code)


def ancestors(code: str) -> tuple[str | None, str | None, str | None]:
    """Codes of department, province and district that ``code`` fixes; ``None`` below its own level."""
    level = level_of(code)
    province = None if level == "department" else code[:4] + "00"
    return code[:2] + "0000", province, code if level == "district" else None


def names_of(code: str | None) -> tuple[str | None, str | None, str | None]:
    """Names of department, province and district; ``None`` below the code's own level."""
    if code is None:
        return None, None, None
    department, province, district = (units()[above].name if above else None for above in ancestors(code))
    return department, province, district


def stem(code: str) -> str:
    """The part of a code that its descendants share: two, four or six digits."""
    return {"department": code[:2], "province": code[:4], "district": code}[level_of(code)]


def covers(outer: str, inner: str) -> bool:
    """Whether ``inner`` is ``outer`` itself or lies in it."""
    return inner.startswith(stem(outer))


def holding(codes: Iterable[str]) -> str | None:
    """The smallest unit that holds all of ``codes``; ``None`` where they share no department or there are none."""
    lines = [[above for above in ancestors(code) if above] for code in codes]
    shared = [steps[0] for steps in zip(*lines, strict=False) if len(set(steps)) == 1]
    return shared[-1] if shared else None
