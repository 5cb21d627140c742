"""Reports as PDF: a text page set on A4 with running heads, numbered sections and page numbers. Same input, same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from tests.newsroom.data import LIMA, Page
from tests.newsroom.web import MONTHS, spanish_date

HEADING = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+\S.{2,80}$")


def make_pdf(page: Page, publisher: str, *, monthly: bool) -> bytes:
    """The PDF of a report.

    Args:
        page: its text; a short paragraph that starts with a number is a section's heading.
        publisher: printed on the first page and above every other.
        monthly: a bulletin, dated by its month alone.
    """
    styles = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=styles["BodyText"], fontSize=10.5, leading=14, spaceAfter=8)
    published = page.first_at.astimezone(LIMA)
    dated = (
        f"Boletín mensual, {MONTHS[published.month - 1]} de {published.year}"
        if monthly
        else f"Lima, {spanish_date(published)}"
    )
    story: list[Any] = [
        Paragraph(escape(page.title), styles["Title"]),
        Paragraph(escape(publisher), styles["Heading3"]),
        Paragraph(dated, body),
        Spacer(1, 0.6 * cm),
    ]
    if page.lead:
        story.append(Paragraph(escape(page.lead), body))
    for paragraph in page.paragraphs:
        is_heading = bool(HEADING.match(paragraph)) and paragraph[-1] not in ".:;"
        story.append(Paragraph(escape(paragraph), styles["Heading2"] if is_heading else body))
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=page.title,
        author=page.author or publisher,
        invariant=True,
        leftMargin=2.5 * cm,
        rightMargin=2.5 * cm,
    )

    def furnish(canvas: Any, template: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(2.5 * cm, A4[1] - 1.5 * cm, publisher)
        canvas.drawRightString(A4[0] - 2.5 * cm, 1.5 * cm, str(template.page))
        canvas.restoreState()

    document.build(story, onFirstPage=furnish, onLaterPages=furnish)
    return out.getvalue()


def make_looping_pdf() -> bytes:
    """A small file over which a reader sits for an hour: forms that draw each other ten times, seven levels deep."""
    levels, fan, idle = 7, 10, b"q Q " * 20_000
    first = 5  # number of the outermost form
    bodies = [b"BT /F 12 Tf 72 700 Td (Informe) Tj ET /X Do", *[b"/X Do " * fan] * (levels - 1), idle]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 12 0 R >>",
    ]
    for level, body in enumerate(bodies):
        form = b""
        if level:
            inner = b"/XObject << /X %d 0 R >> " % (first + level) if level < levels else b""
            form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s>> " % inner
        objects.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (form, len(body), body))
    objects.append(
        b"<< /XObject << /X 5 0 R >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    )
    out, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + head + table + tail
