"""PDF reports and bulletins: text with page numbers, long ones in parts, scans recognised and left alone."""

from __future__ import annotations

import re
import unicodedata

import pypdfium2

from spiders.dates import Dated, at_day, find_dateline, find_month_line
from spiders.extract.build import Read
from spiders.extract.page import NotArticle, Page, Unreadable
from spiders.extract.sections import LINE_END, body_lines, split

MAXIMUM_PAGES = 400
SCAN_CHARACTERS = 25  # a page with fewer and no text layer to speak of is a picture
BROKEN_WORD = re.compile(r"(\w{2,})-\n(\w{2,})")
# Titles that say nothing: what programs write into a file, and the words of a link that leads to one.
PROGRAM_TITLE = re.compile(
    r"^(?:microsoft |untitled|sin t[ií]tulo|(?:document|presentaci[oó]n|diapositiva|libro)\w*\s*\d*$)"
    r"|\.(?:docx?|pptx?|xlsx?|pdf|indd|ai|odt|rtf)$",
    re.IGNORECASE,
)
LINK_WORDS = re.compile(
    r"^(?:\W|\b(?:aqu[ií]|abrir|archivo|click|clic|completo|descarg\w+|documento|download|el|en|here|informe|la|leer|m[aá]s|pdf"
    r"|read|reporte?|the|ver|view)\b)*$",
    re.IGNORECASE,
)
TITLE_LETTERS = 4  # a line with fewer is no title


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
    title = _title(page.hint_title or "", (meta.get("Title") or "").strip(), texts)
    dated, origin = _date(page, texts)
    parts = split(texts)
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


def _title(linked: str, own: str, texts: list[str]) -> str:
    """The title of the list that named it, else the file's own, if either says anything; else the first line of its text."""
    if not LINK_WORDS.match(linked):
        return linked
    if own and not PROGRAM_TITLE.search(own):
        return own
    lines = (line.text for line in body_lines(texts) if not find_dateline([line.text]))
    return next((line for line in lines if sum(map(str.isalpha, line)) >= TITLE_LETTERS), "")


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
