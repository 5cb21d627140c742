"""PDF reports: a short one whole, a long one by its sections with their pages, a scan recognised and never guessed at."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from spiders.extract import NotArticle, Page, extract
from tests.newsroom.crowd import WORDS
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


def printed(story: list[Flowable], title: str) -> bytes:
    """A report as offices print it, with a running head and "Página n de m"."""

    def furnish(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.drawString(60, 820, "Observatorio del Cupo | Informe 2025")
        canvas.drawRightString(540, 30, f"Página {template.page} de 14")

    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title=title).build(story, onFirstPage=furnish, onLaterPages=furnish)
    return out.getvalue()


def test_a_printed_report_gives_its_sections_and_loses_nothing() -> None:
    chance, styles = random.Random(1), getSampleStyleSheet()
    body, head = styles["BodyText"], styles["Heading2"]
    names = ["Presentación", "Lima y Callao", "Recomendaciones"]
    story: list[Flowable] = [
        Paragraph("La extorsión al transporte en 2025", styles["Title"]),
        Paragraph("Lima, 20 de enero de 2026", body),
        PageBreak(),
        Paragraph("Índice", head),
        *(Paragraph(f"{n}. {name} {'.' * 60} {2 * n + 1}", body) for n, name in enumerate(names, start=1)),
        PageBreak(),
        Paragraph(f"1. {names[0]}", head),
        Paragraph(SENTENCE * 4, body),
        PageBreak(),
        Paragraph(f"2. {names[1]}", head),
        Paragraph("2.1 Los cobros", head),
        *(Paragraph(f"Caso {n}. {' '.join(chance.choices(WORDS, k=14)).capitalize()}.", body) for n in range(60)),
        Paragraph(f"3. {names[2]}", head),
        Paragraph("El Observatorio pide cuatro medidas, que ordena por su urgencia y por lo que cuesta cada una de ellas hoy.", body),
        *(Paragraph(f"{n}. Medida {word} para los paraderos", body) for n, word in enumerate(("alfa", "beta"), start=1)),
        Paragraph("ANEXO 1 Entrevistas", head),
        Paragraph("Siete dirigentes.", body),
    ]  # fmt: skip
    documents = extract(Page(URL, printed(story, "Microsoft Word - final v3.docx"), "application/pdf"))
    heads = [d.title.removeprefix("La extorsión al transporte en 2025: ") for d in documents]
    assert heads[0] == "1. Presentación"
    assert set(heads[1:-1]) == {"2.1 Los cobros"}
    assert heads[-1] == "3. Recomendaciones"
    assert (documents[0].page_first, documents[0].page_last) == (3, 3)
    assert documents[1].page_first == 4
    whole = " ".join(d.text for d in documents)
    assert whole.count("Caso ") == 60
    for kept in ("Medida alfa", "Medida beta", "ANEXO 1 Entrevistas", "Siete dirigentes"):
        assert kept in documents[-1].text
    for printed_only in ("Página", "Observatorio del Cupo |", "....", "20 de enero"):
        assert printed_only not in whole


@pytest.mark.parametrize(
    ("linked", "own", "title"),
    [
        ("Informe sobre cupos 2025", "x", "Informe sobre cupos 2025"),
        ("Descargar PDF", "Cupos en 2025", "Cupos en 2025"),
        (None, "informe_final.indd", "Informe de cupos"),
        ("Ver más", "Presentación1", "Informe de cupos"),
    ],
)
def test_a_title_that_says_nothing_is_none(linked: str | None, own: str, title: str) -> None:
    front: list[Flowable] = [Paragraph("Informe de cupos"), Paragraph("Lima, 20 de enero de 2026")]
    body = printed([*front, *(part for _ in range(2) for part in (PageBreak(), Paragraph(SENTENCE * 5)))], own)
    (document,) = extract(Page(URL, body, "application/pdf", hint_title=linked))
    assert document.title == title


def test_a_scan_is_named_and_not_read() -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(3):
        canvas.rect(40, 40, 500, 700, fill=1)  # a page that is a picture
        canvas.showPage()
    canvas.save()
    with pytest.raises(NotArticle, match="scanned_pdf"):
        extract(Page(URL, out.getvalue(), "application/pdf"))
