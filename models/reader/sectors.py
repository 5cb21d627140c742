"""Which of a document's sectors one happening has: those its own sentences name, or the only one there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.text import Sentence


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return {sector: any_of(patterns) for sector, patterns in read_data("sectors.toml").items()}


def own_sectors(document_sectors: Sequence[str], near: Sequence[Sentence]) -> tuple[str, ...]:
    """The document's sectors named by the happening's sentences; all of them when these name none."""
    if len(document_sectors) <= 1:
        return tuple(document_sectors)
    words = _words()
    found = tuple(
        sector
        for sector in document_sectors
        if sector in words and any(words[sector].search(sentence.folded) for sentence in near)
    )
    return found or tuple(document_sectors)
