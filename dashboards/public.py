"""The public tier's masking: sole traders' business names, and places finer than a district.

For whatever leaves the house (mail, static edition). Names of persons, phones, plates and accounts are masked before
publishing; this comes on top. The words stand in ``public.toml``. It would rather mask a word too many than one too few.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

WORD = r"(?:[A-ZÁÉÍÓÚÑÜ0-9](?:[\w'’&-]|\.(?=\w))*)"
JOINED = rf"{WORD}(?:\s+(?:(?:de|del|la|las|el|los|y|e|&)\s+){{0,2}}{WORD})*"
QUOTED = r"[“\"«‘'][^”\"»’']{1,60}[”\"»’']"


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    data = tomllib.loads((Path(__file__).with_name("public.toml")).read_text(encoding="utf-8"))
    rules = []
    for kind in ("sole_traders", "streets"):
        words = "|".join(re.escape(w) for w in sorted(data[kind]["words"], key=len, reverse=True))
        pattern = rf"(?<!\w)((?i:{words})s?)(\s+)({QUOTED}|{JOINED})"
        rules.append((re.compile(pattern), data[kind]["mask"]))
    return tuple(rules)


def public_text(text: str) -> str:
    """The text with business names of sole traders and exact places masked."""
    for pattern, mask in _rules():
        text = pattern.sub(rf"\1\2{mask}", text)
    return text
