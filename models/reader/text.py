"""A document as the reader sees it: title and text cut into sentences that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from models.fold import fold
from models.limits import TITLE_CHARS

Field = Literal["title", "text"]

LIMIT = 40_000  # code points of a text that are read: ten long articles; PDF reports come in parts
SENTENCE_END = re.compile(r"(?:(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=[ \t\u00a0]+[^a-záéíóúñü,;])|\n+)")
ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'/])(?:av|avda|jr|psje|ca|urb|mz|lt|dr|dra|sr|sra|srta|sta|sto|ing|lic|prof|gral|crnl|cnel|cmdte|cap|tte|tnte|sgto|asoc|dpto|prov|nro|no|n|num|art|inc|aprox"
    r"|km|aa\.hh|pp\.jj|a\.h|p\.j|i\.e|c\.e|aa|hh|ee|uu|ff|i|s|s/|us\$|d|d\.s|leg|r\.m|vs|pag|op|cit|mr|mrs|ms|st|ave|[a-z]"
    r"|ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|set|sept?|oct|nov|dic|dec)\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or heading) with its place in ``field``; ``folded`` has the length of ``raw``. ``paragraph`` 0 is the title."""

    field: Field
    start: int
    end: int
    raw: str
    folded: str
    paragraph: int
    index: int


def _cuts(text: str, folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in SENTENCE_END.finditer(text):
        end = mark.end()
        if folded[mark.start()] == "." and ABBREVIATION.search(
            folded[max(start, mark.start() - 12) : mark.start() + 1]
        ):
            continue
        yield start, end
        start = end
    yield start, len(text)


def _sentences(field: Field, text: str, paragraph: int, index: int) -> Iterator[Sentence]:
    folded = fold(text)
    for start, end in _cuts(text, folded):
        raw = text[start:end]
        lead = len(raw) - len(raw.lstrip())
        kept = raw.strip()
        if not kept:
            continue
        at = start + lead
        yield Sentence(field, at, at + len(kept), kept, folded[at : at + len(kept)], paragraph, index)
        index += 1
        if "\n" in text[at + len(kept) : end]:
            paragraph += 1


def sentences(title: str, text: str) -> list[Sentence]:
    """Title and text as sentences, the title first."""
    title_part = list(_sentences("title", title[:TITLE_CHARS], 0, 0))
    return title_part + list(_sentences("text", text[:LIMIT], 1, len(title_part)))
