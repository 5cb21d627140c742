"""Numbers in digits or words, Spanish and English: "30 mil", "1 500", "S/5,000.50", "dos mil quinientos"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from models.reader.data import read_data

DIGITS = r"\d{1,3}(?:[ .,'\u00a0]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
PART = re.compile(rf"{DIGITS}|[^\W\d_]+")
HALF = {"medio": 0.5, "half": 0.5}
LONGEST = 11  # words after the first: what follows a number is tried after each of them
MOST = 1e13  # the number of an account, words repeated without end: more is no number


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands; "uno de cada cuatro" is 25 per cent."""

    start: int
    end: int
    value: float
    is_percent: bool
    change: str | None = None  # rise | fall, where the number itself says it: "-8,6 %", "the double"


@cache
def _tables() -> tuple[dict[str, int], dict[str, int]]:
    data = read_data("numbers.toml")
    return data["units"], data["scales"]


@cache
def number_word_pattern() -> str:
    """A pattern for a number in words, without groups."""
    units, scales = _tables()
    word = "|".join(sorted([*units, *scales], key=len, reverse=True))
    ones = "|".join(name for name, value in units.items() if value < 10)
    return rf"(?:{word})(?:(?: y (?=(?:{ones})\b)|[ -])(?:{word})\b){{0,{LONGEST}}}"


@cache
def number_pattern() -> str:
    """A pattern for a number in digits (with "mil", "millones" after it), in words or in both, without groups."""
    units, _ = _tables()
    hundreds = "|".join(name for name, value in units.items() if value >= 100)
    big = r"(?:millones|millon|million)"
    # "3 mil 500", "3 mil quinientos", "un millon y medio", "2 millones 500 mil": read in part they are other numbers.
    rest = (
        rf"(?:(?<=mil) (?:\d{{2,3}}(?!\d| ?%|[.,:/-]\d| (?:de|anos|dias|horas|meses)\b)|(?:{hundreds})\b(?:(?: y | )(?:{'|'.join(units)})\b){{0,2}})"
        rf"|(?:(?<=millon)|(?<=millones)) (?:y medio|(?:\d{{1,3}}|(?:{'|'.join(units)})) mil)\b)?"
    )
    digits = rf"(?:{DIGITS})(?: ?(?:(?:mil|thousand)(?: {big})?|{big}|k)\b{rest})?"
    words = rf"(?:(?:medio|half a) {big}\b|{number_word_pattern()}\b{rest})"
    return rf"(?:{digits}|(?<!and a half )(?<!cuarto de )\b{words})"


def _digits(text: str) -> float | None:
    grouped = re.fullmatch(r"(\d{1,3}(?:[ .,'\u00a0]\d{3})+)(?:[.,](\d{1,2}))?", text)
    if grouped:
        whole = re.sub(r"\D", "", grouped[1])
        return float(f"{whole}.{grouped[2] or 0}")
    plain = re.fullmatch(r"(\d+)(?:[.,](\d{1,2}))?", text)
    return float(f"{plain[1]}.{plain[2] or 0}") if plain else None


def _parts(text: str) -> float | None:
    """The value of words, of digits and words: what a scale multiplies is added up."""
    units, scales = _tables()
    total = current = scale = 0.0
    parts = PART.findall(text)
    for part in parts:
        value = units.get(part, HALF.get(part)) if part.isalpha() else _digits(part)
        if part == "medio" and scale:
            total += scale / 2  # "un millon y medio"
        elif value is not None:
            current += value
        elif part in scales or part == "k":
            scale = scales.get(part, 1000)
            if part == "millones" and not total + current:
                return None  # "cientos de millones": no number stands before it
            if total + current > MOST:
                return None
            if scale >= 1_000_000:
                total, current = (total + current or 1) * scale, 0  # "dos mil millones"
            elif scale >= 1000:
                total, current = total + (current or 1) * scale, 0
            else:
                current = (current or 1) * scale
        elif part not in {"y", "a"}:
            return None
    return total + current if parts else None


def parse_number(text: str) -> float | None:
    """The value of a folded number as ``number_pattern`` finds it, or ``None``."""
    text = text.strip()
    digits = _digits(text)
    value = _parts(text) if digits is None else digits
    return None if value is None or value > MOST else value
