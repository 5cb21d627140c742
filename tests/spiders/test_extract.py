from __future__ import annotations

import zlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from spiders.dates import find_dateline, find_day, find_month, find_month_line, parse_instant
from spiders.extract import NotArticle, Page, Unreadable, extract
from spiders.extract.metadata import read_metadata
from spiders.extract.page import decode
from spiders.registry import Source, Way
from warehouse.records import Document

BODY = (
    "<p>"
    + "</p><p>".join(
        f"Los transportistas de la línea {n} anunciaron que guardarán sus unidades por las amenazas que reciben cada semana."
        for n in range(6)
    )
    + "</p>"
)
LD = '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Paro en Comas","datePublished":"2026-10-05T22:30:00-05:00","author":[{"name":"Ana Ruiz"}],"articleSection":"Lima"}]}</script>'


def page(head: str = "", body: str = BODY, url: str = "https://uno.pe/nota", **more: object) -> Page:
    markup = f"<html lang='es'><head>{head}</head><body><nav><a href='/'>Inicio</a></nav><article>{body}</article></body></html>"
    return Page(url=url, body=markup.encode(), content_type="text/html; charset=utf-8", **more)  # type: ignore[arg-type]


def one(p: Page) -> Document:
    documents = extract(p)
    assert len(documents) == 1
    return documents[0]


def test_json_ld_says_title_time_author_and_section() -> None:
    d = one(page(LD))
    assert (d.title, d.byline, d.section, d.language) == ("Paro en Comas", "Ana Ruiz", "Lima", "es")
    assert (d.published_at, d.published_from) == (datetime(2026, 10, 6, 3, 30, tzinfo=UTC), "json-ld")
    assert d.text.count("guardarán sus unidades") == 6


SHORT = (
    "<p>La Municipalidad de Trujillo inauguró este lunes el nuevo parque infantil de la urbanización La Merced, con juegos.</p>"
    "<p>El alcalde agradeció a los vecinos por la faena comunal y anunció nuevas obras en los próximos meses del año.</p>"
)
OTHERS = "<br>".join(
    f"<a href='/{n}'>Asesinan a chofer de combi en Comas tras negarse a pagar cupo {n}</a>" for n in range(5)
)


@pytest.mark.parametrize("name", ["articulos-relacionados", "articulos", "articulo-body sidebar"])
def test_a_box_of_links_to_other_stories_is_not_the_story(name: str) -> None:
    head = '<meta property="og:type" content="article"><meta property="og:title" content="Parque nuevo">'
    d = one(page(head, f"<h1>Parque nuevo</h1><div>{SHORT}</div></article><div class='{name}'>{OTHERS}</div><article>"))
    assert "inauguró" in d.text
    assert "Asesinan" not in d.text


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ('<meta property="og:title" content="Parque nuevo | Diario Uno">', '"headline": "Parque nuevo"'),
        ('<link rel="canonical" href="https://uno.pe/nota">', '"url": "https://www.uno.pe/nota/"'),
        ('<link rel="canonical" href="https://uno.pe/nota">', '"mainEntityOfPage": {"@id": "https://uno.pe/nota"}'),
        ("", '"headline": "Parque &quot;Áurea&quot;"'),
    ],
)
def test_of_several_articles_in_json_ld_the_pages_own_is_taken(head: str, named: str) -> None:
    other = '{"@type": "NewsArticle", "headline": "Asesinan a chofer", "url": "/1", "datePublished": "2025-01-02T10:00:00-05:00"}'
    own = f'{{"@type": "NewsArticle", {named}, "datePublished": "2026-10-05T10:00:00-05:00"}}'
    for listed in (f"{other}, {own}", f"{own}, {other}"):
        ld = f'<script type="application/ld+json">[{listed}]</script>'
        d = one(page(head + ld, '<h1>Parque "Áurea"</h1>' + BODY))
        assert d.title != "Asesinan a chofer"
        assert d.published_at == datetime(2026, 10, 5, 15, tzinfo=UTC)
    foreign = page(f'<script type="application/ld+json">[{other}, {own}]</script>', "<h1>Otra cosa</h1>" + BODY)
    assert one(foreign).title == "Asesinan a chofer"  # nothing to tell them apart by


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Error",
            "ERROR:",
            "Error 404",
            "Error 500 - La República",
            "Error | Diario Uno",
            "Error del servidor",
            "404",
        ),
        *(
            "Error interno",
            "Error: página no encontrada",
            "Error al cargar la página",
            "404 Not Found",
            "404 | Diario Uno",
        ),
        *("Error establishing a database connection", "Error 404: Not Found", "Página no encontrada"),
    ],
)
def test_an_error_page_is_none(title: str) -> None:
    with pytest.raises(NotArticle, match="error_page"):
        extract(page(f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'))


@pytest.mark.parametrize(
    "title",
    [
        "Error judicial: liberan a cabecilla de Los Pulpos",
        "Error: sicarios matan al hombre equivocado en Comas",
        "“Error fatal” de la PNP deja libre a extorsionador",
        "404 denuncias por extorsión en Trujillo",
    ],
)
def test_a_story_may_begin_like_an_error_page(title: str) -> None:
    assert one(page(f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">')).title


def test_the_fetch_clock_is_never_a_date() -> None:
    d = one(page('<meta property="og:type" content="article"><meta property="og:title" content="X">'))
    assert (d.published_at, d.published_from, d.published_precision) == (None, None, "unknown")


def test_the_list_then_the_url_date_a_page_that_does_not_date_itself() -> None:
    hint = datetime(2026, 10, 5, 12, tzinfo=UTC)
    assert one(page(hint_published_at=hint, hint_from="feed", hint_title="X")).published_from == "feed"
    d = one(page(url="https://uno.pe/2026/10/05/nota"))
    assert (d.published_at, d.published_from, d.published_precision) == (
        datetime(2026, 10, 5, 5, tzinfo=UTC),
        "url",
        "day",
    )


def test_inserts_that_name_other_stories_are_left_out() -> None:
    d = one(page(LD, BODY + "<p>PUEDES VER: Asesinan a odontólogo en Piura</p><p>Lee también: Incendio en Gamarra</p>"))
    assert "odontólogo" not in d.text
    assert "Gamarra" not in d.text


@pytest.mark.parametrize(
    ("p", "reason"),
    [
        (page("<title>404 - página no encontrada</title>"), "error_page"),
        (page("<title>Error</title>", "<p>Vuelva más tarde</p>"), "error_page"),
        (page(LD, "<p>Foto.</p>"), "too_little_text"),
        (page(), "no_article_data_and_no_date"),
        (Page("https://uno.pe/a.json", b'{"a": 1}', "application/json"), "json_of_unknown_shape"),
        (Page("https://uno.pe/a.png", b"\x89PNG", "image/png"), "not_text"),
        (Page("https://uno.pe/a.html", zlib.compress(bytes(range(256)) * 40), "text/html"), "not_text"),
        (Page("https://uno.pe/a.txt", bytes(range(256)) * 40, "text/plain"), "not_text"),
    ],
)
def test_pages_that_are_no_articles_say_why(p: Page, reason: str) -> None:
    with pytest.raises(NotArticle, match=reason):
        extract(p)


def test_a_flat_site_must_date_its_pages() -> None:
    source = Source(
        id="u",
        name="U",
        kind="ngo",
        home="https://uno.pe",
        ways=(Way(kind="feed", url="https://uno.pe/f"),),
        requires_date=True,
    )
    about = page(
        '<meta property="og:type" content="article"><meta property="og:title" content="Quiénes somos">', source=source
    )
    with pytest.raises(NotArticle, match="undated_on_a_flat_site"):
        extract(about)


def test_a_body_parted_by_br_is_read_without_the_menu_around_it() -> None:
    lines = "<br><br>".join(
        f"El paro número {n} dejó sin buses a los vecinos de la zona norte desde temprano." for n in range(4)
    )
    markup = f"<html><head>{LD}</head><body><div id='menu'>Inicio Deportes</div><div class='contenido noticia-cuerpo'>{lines}</div><div>Usamos cookies</div></body></html>"
    d = one(Page("https://uno.pe/n", markup.encode(), "text/html"))
    assert d.text.count("El paro número") == 4
    assert "cookies" not in d.text
    assert "Deportes" not in d.text
    assert d.text.count("\n\n") == 3


def test_a_damaged_pdf_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="broken_pdf"):
        extract(Page("https://uno.pe/a.pdf", b"%PDF-1.4 garbage", "application/pdf"))


def test_the_pages_own_canonical_link_counts_on_its_own_host_only() -> None:
    own = one(page(LD + '<link rel="canonical" href="https://uno.pe/la-nota">', url="https://uno.pe/amp/nota"))
    other = one(page(LD + '<link rel="canonical" href="https://otro.pe/la-nota">', url="https://uno.pe/amp/nota"))
    assert (own.canonical_url, other.canonical_url) == ("https://uno.pe/la-nota", "https://uno.pe/nota")


@pytest.mark.parametrize(
    ("body", "header", "text"),
    [
        ("extorsión".encode("cp1252"), None, "extorsión"),
        ("extorsión".encode(), "text/html; charset=iso-8859-1", "extorsión"),
        ("“cupo”".encode("cp1252"), "text/html; charset=ISO-8859-1", "“cupo”"),
        (b'<meta charset="windows-1252">a\xf1o', None, '<meta charset="windows-1252">año'),
        ("año".encode(), "text/html; charset=nonsense", "año"),
        ("año".encode(), "text/html; charset=undefined", "año"),
        ("año".encode(), "text/html; charset=base64", "año"),
        ("Áncash: niños, año…".encode() + b"\xc3", "text/html; charset=utf-8", "Áncash: niños, año…\ufffd"),
        (
            "año, región, extorsión, día".encode() + b" \xf1",
            "text/html; charset=iso-8859-1",
            "año, región, extorsión, día \ufffd",
        ),
        ("año, región de Ã³".encode("cp1252"), None, "año, región de Ã³"),
    ],
)
def test_charsets(body: bytes, header: str | None, text: str) -> None:
    assert decode(body, header) == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Lima, 5 de agosto de 2026", date(2026, 8, 5)),
        ("publicado el 1º de setiembre del 2025", date(2025, 9, 1)),
        ("06/08/2026", date(2026, 8, 6)),
        ("March 3, 2026", date(2026, 3, 3)),
        ("31/02/2026", None),
        ("expediente 12/345/6789", None),
    ],
)
def test_printed_days(text: str, day: date | None) -> None:
    assert find_day(text) == day


def test_partial_dates_stay_partial() -> None:
    month = find_month("Informe anual, noviembre de 2025")
    assert month is not None
    assert month[1] == "month"
    assert parse_instant("2026-10-05") == (datetime(2026, 10, 5, 5, tzinfo=UTC), "day")
    assert parse_instant("9999-12-31T00:00:00") is None


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=600), st.sampled_from([None, "text/html", "application/pdf", "application/json", "text/plain"])
)
def test_garbage_gives_documents_or_a_named_refusal(body: bytes, kind: str | None) -> None:
    try:
        extract(Page("https://uno.pe/x", body, kind))
    except (NotArticle, Unreadable) as error:
        assert str(error)


@pytest.mark.parametrize("folder", ["elperuano", "congreso-legacy", "elperuano-text"])
def test_real_pages_give_title_text_and_date(samples: Path, folder: str) -> None:
    skipped = {"frontpage.html"}
    paths = [
        p for p in sorted((samples / folder).iterdir()) if not p.name.startswith("listado") and p.name not in skipped
    ]
    for path in paths:
        d = one(Page(f"https://file.invalid/{path.name}", path.read_bytes()))
        assert len(d.title) > 10, path.name
        assert len(d.text) > 100, path.name
        assert d.published_at is not None, path.name
        assert d.language == "es", path.name


def test_real_gazette_page_is_read_inside_its_box_only(samples: Path) -> None:
    d = one(
        Page(
            "https://busquedas.elperuano.pe/dispositivo/NL/2540903-2",
            (samples / "elperuano/dispositivo-NL-2540903-2.html").read_bytes(),
        )
    )
    assert d.kind == "norm"
    assert d.title.startswith("Resolución suprema N° 054-2026-DE: Designan Jefe")
    assert "Banco Central" not in d.title + d.text
    assert d.published_at == datetime(2026, 8, 6, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Lima, 5 de octubre de 2026", date(2026, 10, 5)),
        ("San Juan de Lurigancho, lunes 5 de octubre de 2026.", date(2026, 10, 5)),
        ("5 de octubre de 2026", date(2026, 10, 5)),
        ("Lima, 5 de octubre de 2026.- Los transportistas pararon", date(2026, 10, 5)),
        ("(Trujillo, 5 de octubre de 2026) Los transportistas pararon", date(2026, 10, 5)),
        ("Publicado el 5 de octubre de 2026", date(2026, 10, 5)),
        ("Fecha: 05/10/2026", date(2026, 10, 5)),
        ("Lima, October 5, 2026", date(2026, 10, 5)),
        ("El 5 de octubre de 2026 mataron a un chofer", None),
        ("del 1 de enero de 2026 al 30 de junio de 2026", None),
        ("Del 1 de enero de 2026", None),
        ("1 de enero de 2026 - 30 de junio de 2026", None),
        ("En Lima, 5 de octubre de 2026 fue un mal día", None),
        ("31/02/2026", None),
    ],
)
def test_only_a_dateline_dates_a_plain_text(line: str, day: date | None) -> None:
    assert find_dateline(["Paro en Comas", line]) == day


@pytest.mark.parametrize(
    ("line", "is_dated"),
    [
        ("Boletín mensual, octubre de 2026", True),
        ("Boletín N° 12 - octubre de 2026", True),
        ("Octubre 2026", True),
        ("de enero a octubre de 2026", False),
        ("Informe de enero a octubre de 2026", False),
        ("Los casos de octubre de 2026", False),
    ],
)
def test_a_bulletin_is_dated_by_its_month_line(line: str, *, is_dated: bool) -> None:
    assert (find_month_line([line]) is not None) is is_dated


def test_the_first_article_of_the_pages_data_wins() -> None:
    graph = (
        '<script type="application/ld+json">{"@graph":[{"@type":[{"x":1}]},{"@type":{"x":1}},'
        '{"@type":["Thing","NewsArticle"],"headline":"Uno"},{"@type":"NewsArticle","headline":"Dos"}]}</script>'
    )
    assert read_metadata(html.document_fromstring(f"<html><head>{graph}</head><body>x</body></html>")).title == "Uno"


@pytest.mark.parametrize(
    ("body", "year"),
    [
        (
            "<header><time datetime='2020-01-01'></time></header><article><time datetime='2026-10-05'></time></article>",
            2026,
        ),
        ("<article><header><time datetime='2026-10-05'></time></header></article>", 2026),
        ("<article><aside><time datetime='2020-01-01'></time></aside></article>", None),
        ("<div><time datetime='2020-01-01'></time></div>", None),
        ("<div><time itemprop='datePublished' datetime='2026-10-05'></time></div>", 2026),
        ("<nav><time pubdate datetime='2020-01-01'></time></nav>", None),
    ],
)
def test_only_the_articles_own_time_is_its_date(body: str, year: int | None) -> None:
    published = read_metadata(html.document_fromstring(f"<html><body>{body}</body></html>")).published
    assert (published[0].year if published else None) == year


def test_a_folder_on_this_machine_dates_nothing() -> None:
    with pytest.raises(NotArticle, match="no_article_data_and_no_date"):
        extract(page(url="https://file.invalid/copias/2026/10/05/nota.html"))


@pytest.mark.parametrize(
    "kind", [None, "", ";", "text/html; charset=", "text/html; charset=undefined", "x/y", "text/plain"]
)
@pytest.mark.parametrize("body", [b"", b" ", b"\x00", b"<", b"<!--x-->", b"<html></html>"])
def test_an_empty_page_is_refused_by_name(body: bytes, kind: str | None) -> None:
    try:
        extract(Page("https://uno.pe/x", body, kind))
    except (NotArticle, Unreadable) as error:
        assert str(error)
