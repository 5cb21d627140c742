"""The unit of a number, and whether it is a level or a rise or fall.

Not here: what it counts (``metrics``).
"""

from __future__ import annotations

import re
from functools import cache

from models.reader.clauses import Clause
from models.reader.data import any_of, read_data
from models.reader.numbers import Number

MORE = re.compile(
    r"^ (?:\w+ ){0,3}?(?P<rise>mas|more)(?: \w+){0,3}? (?:que|than)\b|^ (?:\w+ ){0,3}?(?:menos|fewer|less)(?: \w+){0,3}? (?:que|than)\b"
)


@cache
def _patterns(section: str) -> dict[str, re.Pattern[str]]:
    data: dict[str, list[str]] = read_data("figures.toml")[section]
    return {
        name: re.compile("|".join(f"(?:{p})" for p in patterns)) if section == "units" else any_of(patterns)
        for name, patterns in data.items()
    }


def is_in_points(folded: str, number: Number) -> bool:
    """Whether a number is in percentage points: a change of a share, and of nothing else."""
    return number.is_percent and folded[number.start : number.end].endswith(("porcentuales", "points"))


def unit_of(folded: str, number: Number) -> str:
    """The unit of a number: count, percent, pen, usd or rate_100k."""
    if number.is_percent:
        return "percent"
    start, end = number.start, number.end
    after = folded[end : end + 40]
    if _patterns("units")["rate_100k"].search(after) or re.match(
        r" (?:\w+ ){0,3}?(?:por|per|for) (?:cada |every )?(?:cien mil|100)", after
    ):
        return "rate_100k"
    if re.match(r" (?:de )?(?:dolares|dollars)", after) or folded[max(0, start - 3) : start].endswith("$"):
        return "usd"
    if re.match(r" (?:de )?soles", after) or folded[max(0, start - 4) : start].strip().endswith("s/"):
        return "pen"
    return "count"


def change_of(folded: str, number: Number, clause: Clause) -> str | None:
    """Whether a value is a rise or a fall: a percentage near such a word, a count that is so many more than another."""
    if number.change:
        return number.change
    if not number.is_percent:
        more = MORE.match(folded[number.end :])
        return ("rise" if more["rise"] else "fall") if more else None
    near = folded[max(clause.start, number.start - 60) : number.end + 40]
    if _patterns("context")["rise"].search(near):
        return "rise"
    return "fall" if _patterns("context")["fall"].search(near) else None
