"""A long report's pages to its sections, each with its heading and pages.

Belongs here: headings, running heads, contents pages, what is too short to stand alone. Not here: getting a page's text out of
a file, dates and titles (``pdf``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

PART_WORDS = 450  # a part longer than this collects labels of several subjects
LEAST_WORDS = 20  # a "section" with fewer is an item of a list, and belongs to the section it stands in
FRONT_WORDS = 40  # before the first heading: title, authors and colophon have fewer
NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=\S*[^\W\d_])\S.{3,80}$")
NAMED = re.compile(r"^(?:CAP[IÍ]TULO|PARTE|SECCI[OÓ]N|ANEXO)\s+\S.{0,80}$")
LINE_END = re.compile(r"[.:;,!?»”\"]$")
CONTENTS_LINE = re.compile(r"(?:(?:\.\s?){4,}|…{2,}|_{4,})\s*\d{1,4}$")
CONTENTS_TITLE = re.compile(r"^(?:[ií]ndice|contenido|tabla de contenidos?|contents)$", re.IGNORECASE)
PAGE_MARK = re.compile(
    r"^\W*(?:(?:p[aá]g(?:ina)?|page)\b\.?\s*)?\d{1,4}(?:\s*(?:de|of|/)\s*\d{1,4})?\W*$", re.IGNORECASE
)
DIGITS = re.compile(r"\d+")
EDGE_LINES = 3  # of a page's first and last, in which a running head or foot is looked for


@dataclass(slots=True)
class Part:
    """One section, or a run of pages of one."""

    heading: str
    first: int  # pages, from 1
    last: int
    lines: list[str]

    @property
    def words(self) -> int:
        """Words of its text."""
        return sum(len(line.split()) for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Line:
    page: int
    text: str


def split(pages: Sequence[str]) -> list[Part]:
    """Sections by heading; without headings, runs of pages. A short report is one part."""
    lines = list(body_lines(pages))
    if sum(len(line.text.split()) for line in lines) <= PART_WORDS:
        whole = Part("", lines[0].page if lines else 1, lines[-1].page if lines else 1, [line.text for line in lines])
        return [whole]
    parts = [Part("", lines[0].page, lines[0].page, [])]
    top = 0  # number of the section we are in
    for at, line in enumerate(lines):
        following = lines[at + 1].text if at + 1 < len(lines) else ""
        number = _heading_number(line.text, following, top)
        if number is not None:
            top = number
            parts.append(Part(line.text, line.page, line.page, []))
            continue
        if line.page > parts[-1].last and parts[-1].words > PART_WORDS:
            parts.append(Part(parts[-1].heading, line.page, line.page, []))
        parts[-1].lines.append(line.text)
        parts[-1].last = line.page
    return _standing(parts)


def body_lines(pages: Sequence[str]) -> Iterator[_Line]:
    """The lines of the text itself: no running heads, page numbers or table of contents; empty lines kept."""
    running = _running_lines(pages)
    for number, page in enumerate(pages, start=1):
        edges = set(_edges(page))
        for raw in page.splitlines():
            line = raw.strip()
            if line in edges and _shape(line) in running:
                continue
            if PAGE_MARK.match(line) or CONTENTS_LINE.search(line) or CONTENTS_TITLE.match(line):
                continue
            yield _Line(number, line)


def _heading_number(line: str, following: str, top: int) -> int | None:
    """Number of the section that a line opens; None for any other line, an item of a numbered list among them.

    Numbers run on: a section has the next one, a section within it the present one in front. A line that ends like a sentence,
    or goes on in lower case, is part of one.
    """
    if LINE_END.search(line) or following[:1].islower():
        return None
    if NAMED.match(line):
        return 0
    m = NUMBERED.match(line)
    if m is None:
        return None
    first, *rest = map(int, m["number"].split("."))
    return first if first == top + 1 or (rest and first == top) else None


def _standing(parts: list[Part]) -> list[Part]:
    """Parts that stand alone: what is too short goes to the one before, a bare title page or chapter heading goes."""
    front, *others = parts
    kept = [front] if front.words >= FRONT_WORDS or not others else []
    for part, following in zip_longest(others, others[1:]):
        if part.words >= LEAST_WORDS or not kept:
            kept.append(part)
        elif part.words or following is None or not _opens(part.heading, following.heading):
            kept[-1].lines += [part.heading, *part.lines]
            kept[-1].last = part.last
    return kept


def _opens(heading: str, following: str) -> bool:
    """Whether a heading is that of the chapter whose first section follows."""
    chapter, section = NUMBERED.match(heading), NUMBERED.match(following)
    return bool(chapter and section and section["number"].startswith(f"{chapter['number']}."))


def _running_lines(pages: Sequence[str]) -> set[str]:
    """Headers and footers: lines at the edge of more than half of at least three pages, whatever numbers they bear."""
    if len(pages) < 3:
        return set()
    seen = Counter(shape for page in pages for shape in set(map(_shape, _edges(page))))
    return {shape for shape, count in seen.items() if count > len(pages) / 2}


def _edges(page: str) -> list[str]:
    lines = [line for raw in page.splitlines() if (line := raw.strip())]
    return lines[:EDGE_LINES] + lines[-EDGE_LINES:]


def _shape(line: str) -> str:
    return DIGITS.sub("#", line)
