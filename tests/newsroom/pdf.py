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
