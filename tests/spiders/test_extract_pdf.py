"""PDF reports: a short one whole, a long one by its sections with their pages, a scan recognised and never guessed at."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from spiders.extract import NotArticle, Page, extract
from tests.newsroom.data import Page as Report
from tests.newsroom.pdf import make_pdf

URL = "https://uno.pe/informes/x.pdf"
SENTENCE = "Los transportistas de la ruta denunciaron cobros semanales en el paradero y pidieron más patrullas. "


def report(text: str) -> bytes:
    page = Report(
        site="uno", origin="x", slug="x", title="Informe de cupos", text=text, kind="report", published=datetime(2026, 10, 5, 15, tzinfo=UTC)
    )  # fmt: skip
    return make_pdf(page, "Observatorio", monthly=False)


def test_a_short_report_is_one_document() -> None:
    (document,) = extract(Page(URL, report(SENTENCE * 5), "application/pdf"))
    assert (document.kind, document.title) == ("report", "Informe de cupos")
    assert document.published_at is not None
    assert (document.published_from, document.published_precision) == ("pdf", "day")


def test_a_long_report_is_a_document_a_section_with_its_pages() -> None:
    sections = [
        f"{n}. {name}\n\n{SENTENCE * 20}" for n, name in enumerate(("Transporte", "Bodegas", "Colegios"), start=1)
    ]
    documents = extract(Page(URL, report("\n\n".join(sections)), "application/pdf"))
    assert [d.title.rpartition(": ")[2] for d in documents[-3:]] == ["1. Transporte", "2. Bodegas", "3. Colegios"]
    assert len({d.id for d in documents}) == len(documents)
    pages = [(d.page_first, d.page_last) for d in documents]
    assert all(first is not None and last is not None and first <= last for first, last in pages)
    assert pages == sorted(pages)


def test_a_scan_is_named_and_not_read() -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(3):
        canvas.rect(40, 40, 500, 700, fill=1)  # a page that is a picture
        canvas.showPage()
    canvas.save()
    with pytest.raises(NotArticle, match="scanned_pdf"):
        extract(Page(URL, out.getvalue(), "application/pdf"))
