"""Names that belong to things: streets, shops, firms, music groups, laws. Read by what stands before the name."""

from __future__ import annotations

import re
from functools import cache

from models.fold import fold
from models.reader.data import read_data

REACH = 60  # characters before a name that are looked at: "la empresa de transporte interprovincial “"
ARTICLES = r"(?: (?:de|del|la|el|los|las))*"
MARKS = "\"'“”‘’«»"


def is_named_thing(text: str, start: int) -> bool:
    """Whether the name that begins at ``start`` is a street's, a hospital's, a shop's: "avenida Ramiro Prialé"."""
    return _patterns()[0].search(fold(text[max(0, start - REACH) : start])) is not None


def is_quoted_firm(text: str, start: int) -> bool:
    """Whether the quoted name that begins at ``start`` is told as a firm's: "la pollería 'Don Lucho'".

    A boss is no firm: in "la gente de 'Don Lucho'" and "la empresa de 'Don Lucho'" the name stays a person's.
    """
    return _patterns()[1].search(fold(text[max(0, start - REACH) : start])) is not None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = read_data("things.toml")
    named, firms, qualifiers = (_any(data[key]) for key in ("named", "firms", "qualifiers"))
    return (
        re.compile(rf"(?<!\w){named}{ARTICLES} [{MARKS}]?$"),
        re.compile(rf"(?<!\w){firms}(?:e?s)?(?: {qualifiers})* [{MARKS}]$"),
    )


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"
