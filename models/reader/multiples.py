"""Doubles, halves and thirds as percentages: "se duplicaron" is a rise of 100 %, "la mitad que" a fall of 50 %, "un tercio de los" a share.

A percentage can be laid beside what another source writes in figures; a multiple cannot. What a place is beside another place ("cuatro
veces la del país") is no change and gives nothing. Not here: "uno de cada cinco" (``counted``).
"""

from __future__ import annotations

import re
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.numbers import DIGITS, Number, number_word_pattern, parse_number

HINT = re.compile(r"plic|doubl|tripl|quadr|doble|mitad|half|halv|terci|third|cuart|quart|quint|fifth|veces|fold")


@cache
def _forms() -> tuple[tuple[re.Pattern[str], float, str | None], ...]:
    """Patterns with their percentage, and whether it is a rise, a fall or (neither) a share."""
    data = read_data("figures.toml")
    forms = [(any_of(each["said"]), float(each["percent"]), each["change"]) for each in data["multiples"]]
    for change, said in data["fraction_forms"].items():
        for name, percent in data["fractions"].items():
            pattern = any_of([each.replace("FRACTION", f"(?:{name})") for each in said])
            forms.append((pattern, percent, None if change == "share" else change))
    return tuple(forms)


@cache
def _times() -> re.Pattern[str]:
    number = rf"{DIGITS}|{number_word_pattern()}"
    compared = r"(?:mas )?que\b|lo (?:vist|registr|denunci)\w+|l[ao]s (?:del?\b|[\w.,]+ (?:del?|en|registr\w+)\b)"
    return re.compile(
        rf"\b(?:multiplic\w+ por (?P<by>{number})\b|(?P<n>{number}) veces(?P<half> y media)? (?:mas )?(?={compared})|(?P<fold>{number})[ -]?fold\b)"
    )


def find_multiples(folded: str) -> list[Number]:
    """The multiples of a sentence, as percentages, in order; where forms overlap, the first to begin."""
    if not HINT.search(folded):
        return []
    found = [
        Number(m.start(), m.end(), percent, is_percent=True, change=change)
        for pattern, percent, change in _forms()
        for m in pattern.finditer(folded)
    ]
    for match in _times().finditer(folded):
        times = (parse_number(match["by"] or match["n"] or match["fold"]) or 0) + (0.5 if match["half"] else 0)
        if times > 1:
            value = round(100 * (times - 1), 1)
            found.append(Number(match.start(), match.end(), value, is_percent=True, change="rise"))
    kept: list[Number] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if not kept or kept[-1].end <= number.start:
            kept.append(number)
    return kept
