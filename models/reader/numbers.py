"""Numbers in digits or words, Spanish and English: "30 mil", "1 500", "S/5,000.50", "dos mil quinientos"."""

from __future__ import annotations

import re
from functools import cache

from models.reader.data import read_data

DIGITS = r"\d{1,3}(?:[ .,'\u00a0]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"


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
    return rf"(?:{word})(?:(?: y (?=(?:{ones})\b)|[ -])(?:{word})\b)*"


@cache
def number_pattern() -> str:
    """A pattern for a number in digits (with "mil", "millones" after it) or in words, without groups."""
    return (
        rf"(?:(?:{DIGITS})(?: ?(?:mil|millones|millon|thousand|million|lucas|luca|k)\b)?|\b{number_word_pattern()}\b)"
    )


def _digits(text: str) -> float | None:
    grouped = re.fullmatch(r"(\d{1,3}(?:[ .,'\u00a0]\d{3})+)(?:[.,](\d{1,2}))?", text)
    if grouped:
        whole = re.sub(r"\D", "", grouped[1])
        return float(f"{whole}.{grouped[2] or 0}")
    plain = re.fullmatch(r"(\d+)(?:[.,](\d{1,2}))?", text)
    return float(f"{plain[1]}.{plain[2] or 0}") if plain else None


def _words(text: str) -> float | None:
    units, scales = _tables()
    total = current = 0
    seen = False
    for word in re.split(r"[ -]", text):
        if word in units:
            current += units[word]
        elif word in scales:
            current = max(current, 1) * scales[word]
            if scales[word] >= 1000:
                total, current = total + current, 0
        elif word != "y":
            return None
        seen = True
    return float(total + current) if seen else None


def parse_number(text: str) -> float | None:
    """The value of a folded number as ``number_pattern`` finds it, or ``None``."""
    text = text.strip()
    scaled = re.fullmatch(rf"({DIGITS}) ?(mil|millones|millon|thousand|million|lucas|luca|k)", text)
    if scaled:
        base = _digits(scaled[1])
        factor = 1000 if scaled[2] == "k" else _tables()[1][scaled[2]]
        return None if base is None else base * factor
    return _digits(text) if text[:1].isdigit() else _words(text)
