"""PDF reports and bulletins: text with page numbers, long ones in parts, scans recognised and left alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import pypdfium2

from spiders.dates import Dated, at_day, find_dateline, find_month_line
from spiders.extract.build import Read
from spiders.extract.page import NotArticle, Page, Unreadable

MAXIMUM_PAGES = 400
SCAN_CHARACTERS = 25  # a page with fewer and no text layer to speak of is a picture
PART_WORDS = 450  # a part longer than this collects labels of several subjects
BROKEN_WORD = re.compile(r"(\w{2,})-\n(\w{2,})")
HEADING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?\s+\S.{3,80}|(?:CAP[IÍ]TULO|PARTE|SECCI[OÓ]N|ANEXO)\s+\S.{0,80})$")
LINE_END = re.compile(r"[.:;!?»”\"]$")


@dataclass(slots=True)
class _Part:
    heading: str
    first: int
    last: int
    lines: list[str]

    @property
    def words(self) -> int:
        return sum(len(line.split()) for line in self.lines)


def read_pdf(page: Page) -> list[Read]:
    """A PDF as one document, or as one a section when it is long.

    Raises:
        Unreadable: not a PDF, damaged or encrypted.
        NotArticle: ``scanned_pdf`` when the pages are pictures; no text is guessed.
    """
    try:
        pdf = pypdfium2.PdfDocument(page.body)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("broken_pdf") from error
    try:
        texts = [_page_text(pdf, number) for number in range(min(len(pdf), MAXIMUM_PAGES))]
        meta = pdf.get_metadata_dict()
    except (
        pypdfium2.PdfiumError
    ) as error:  # a page that cannot be loaded: a report with holes is not told as a whole one
        raise Unreadable("broken_pdf") from error
    finally:
        pdf.close()
    if not texts or sum(len(t.strip()) < SCAN_CHARACTERS for t in texts) > len(texts) / 2:
        raise NotArticle("scanned_pdf")
    title = page.hint_title or (meta.get("Title") or "").strip() or _first_line(texts[0])
    dated, origin = _date(page, texts)
    parts = _split(texts)
    many = len(parts) > 1
    return [
        Read(
            kind="report",
            title=f"{title}: {part.heading}" if many and part.heading else title,
            text=_flow(part.lines),
            published_at=dated[0] if dated else None,
            published_from=origin,
            published_precision=dated[1] if dated else "unknown",
            byline=(meta.get("Author") or "").strip() or None,
            part=number if many else None,
            page_first=part.first,
            page_last=part.last,
        )
        for number, part in enumerate(parts, start=1)
    ]


def _page_text(pdf: pypdfium2.PdfDocument, number: int) -> str:
    page = pdf[number]
    try:
        text_page = page.get_textpage()
        try:
            text = text_page.get_text_bounded()
        finally:
            text_page.close()
    finally:
        page.close()
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\ufffe", "-\n")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if len(line.strip()) > 3), "")


def _date(page: Page, texts: list[str]) -> tuple[Dated | None, str | None]:
    """The list's date, else a line of the first page that is a date and nothing else.

    The file's own creation date says nothing of it, nor does the period a report is about.
    """
    if page.hint_published_at:
        return (page.hint_published_at, page.hint_precision), page.hint_from
    lines = texts[0].splitlines()
    if day := find_dateline(lines):
        return (at_day(day), "day"), "pdf"
    month = find_month_line(lines)
    return month, "pdf" if month else None


def _split(texts: list[str]) -> list[_Part]:
    """Sections by heading; without headings, runs of pages."""
    running = _running_lines(texts)
    whole = sum(len(t.split()) for t in texts)
    parts = [_Part("", 1, 1, [])]
    for number, text in enumerate(texts, start=1):
        if whole > PART_WORDS and parts[-1].words > PART_WORDS:
            parts.append(_Part(parts[-1].heading, number, number, []))
        for raw in text.splitlines():
            line = raw.strip()
            if line in running or line.isdigit():
                continue
            if whole > PART_WORDS and HEADING.match(line) and not LINE_END.search(line):
                parts.append(_Part(line, number, number, []))
                continue
            parts[-1].lines.append(line)
            parts[-1].last = number
    return [p for p in parts if p.words >= 20] or [p for p in parts if p.words][:1]


def _running_lines(texts: list[str]) -> set[str]:
    """Headers and footers: lines that stand on more than half of at least three pages."""
    if len(texts) < 3:
        return set()
    seen: dict[str, int] = {}
    for text in texts:
        for line in {raw.strip() for raw in text.splitlines() if raw.strip()}:
            seen[line] = seen.get(line, 0) + 1
    return {line for line, count in seen.items() if count > len(texts) / 2}


def _flow(lines: list[str]) -> str:
    """Printed lines as paragraphs: broken words joined, a line that ends a sentence and is short ends its paragraph."""
    text = BROKEN_WORD.sub(r"\1\2", "\n".join(lines))
    width = max((len(line) for line in text.splitlines()), default=0)
    out: list[str] = []
    for line in text.splitlines():
        if not line:
            out.append("\n\n")
        elif LINE_END.search(line) and len(line) < width * 0.8:
            out.append(line + "\n\n")
        else:
            out.append(line + " ")
    return "".join(out)
