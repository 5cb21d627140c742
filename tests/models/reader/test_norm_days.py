"""The days of a norm and of an emergency: given where words bind them, left open where they cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader.decrees import NormReading, read_norms
from models.reader.mentions import read_mentions

ARTICLE = "DECRETO SUPREMO\nN° 124-2025-PCM\n\nDECRETA:\n\nArtículo 1.- Declarar{} el Estado de Emergencia en la provincia de Trujillo por sesenta (60) días calendario{}."


def _only(text: str, published: date | None) -> NormReading:
    (only,) = read_norms(text, published)
    return only


@pytest.mark.parametrize(
    ("before", "after", "start", "end"),
    [
        (", a partir de las 00:00 horas del 25 de octubre de 2025,", "", date(2025, 10, 25), date(2025, 12, 23)),
        ("", ", a partir de la medianoche del sábado 25 de octubre", date(2025, 10, 25), date(2025, 12, 23)),
        ("", ", desde las cero horas del 25 de octubre", date(2025, 10, 25), date(2025, 12, 23)),
        ("", ", desde las 23:59 horas del 25 de octubre", date(2025, 10, 25), date(2025, 12, 24)),
        ("", ", a partir del día siguiente de su publicación", date(2025, 10, 22), date(2025, 12, 20)),
        ("", ", contados a partir del día siguiente al de la publicación de la presente norma", date(2025, 10, 22), date(2025, 12, 20)),
        ("", ", contados desde la publicación del presente decreto", date(2025, 10, 21), date(2025, 12, 19)),
        ("", "", date(2025, 10, 22), date(2025, 12, 20)),
        ("", ", desde mañana", date(2025, 10, 22), date(2025, 12, 20)),
        # Written, and yet no day.
        ("", ", a partir de la fecha", None, None),
        ("", ", a partir de la entrada en vigor de su reglamento", None, None),
        ("", ", a partir del día siguiente hábil de su publicación", None, None),
    ],
)  # fmt: skip
def test_start_of_an_emergency(before: str, after: str, start: date | None, end: date | None) -> None:
    only = _only(ARTICLE.format(before, after), date(2025, 10, 21))
    assert (only.starts_on, only.ends_on, only.days) == (start, end, 60)


def test_start_in_the_article_on_its_force() -> None:
    text = (
        ARTICLE.format("", "")
        + "\n\nArtículo 4.- El presente Decreto Supremo entra en vigencia a las 00:00 horas del 28 de octubre de 2025."
    )
    assert _only(text, date(2025, 10, 21)).starts_on == date(2025, 10, 28)


def test_each_measure_has_its_own_start() -> None:
    text = (
        "DECRETO SUPREMO\nN° 124-2025-PCM\n\nDECRETA:\n\nArtículo 1.- Declarar el Estado de Emergencia en la provincia de Virú por treinta (30) días."
        "\n\nArtículo 2.- Prorrogar el Estado de Emergencia en la provincia de Trujillo por sesenta (60) días, a partir del 5 de noviembre de 2025."
    )
    declared, extended = read_norms(text, date(2025, 10, 21))
    assert (declared.starts_on, extended.starts_on) == (date(2025, 10, 22), date(2025, 11, 5))


def test_an_extension_keeps_the_end_of_what_it_extends_apart() -> None:
    text = "El DS 132-2025-PCM prorroga por 30 días el estado de emergencia en Lima, que rige desde el 22 de octubre y vence el 20 de noviembre."
    only = _only(text, date(2025, 11, 18))
    assert (only.action, only.days, only.starts_on, only.ends_on) == ("extends", 30, None, None)


def test_an_emergency_until_a_day() -> None:
    text = "El estado de emergencia en Pataz se amplía hasta el 30 de noviembre inclusive, según el DS 100-2025-PCM."
    only = _only(text, date(2025, 11, 1))
    assert (only.action, only.ends_on) == ("extends", date(2025, 11, 30))


@pytest.mark.parametrize(
    ("text", "signed", "published", "starts"),
    [
        ("La Ley N.º 32490, contra la extorsión, publicada el 30 de octubre de 2025 en El Peruano y que entra en vigencia al día siguiente.", None, "2025-10-30", "2025-10-31"),
        ("El DS 012-2026-PCM, publicado en edición extraordinaria el 3 de marzo de 2026, crea un registro.", None, "2026-03-03", None),
        ("El 3 de marzo de 2026, el diario oficial publicó la Ley N° 32600 contra el sicariato.", None, "2026-03-03", None),
        ("La Ley 32108, promulgada ayer por el Ejecutivo, modifica el Código Penal.", "2026-03-04", None, None),
        ("La Resolución Ministerial N° 0456-2026-IN del 1 de febrero de 2026 crea un grupo de trabajo.", "2026-02-01", None, None),
        ("El DS 010-2026-PCM fue firmado el 2 de febrero y publicado ayer.", "2026-02-02", "2026-03-04", None),
        ("La Ley 32490 entrará en vigencia el 1 de abril de 2026.", None, None, "2026-04-01"),
        ("El DS 010-2026-PCM, difundido anoche en edición extraordinaria de El Peruano, crea un registro.", None, "2026-03-04", None),
        ("El DU 004-2026, que apareció en la edición de este martes de El Peruano, transfiere fondos.", None, "2026-03-03", None),
        ("La RM 512-2026-IN, publicada ayer en El Peruano con fecha 2 de marzo, aprueba un protocolo.", "2026-03-02", "2026-03-04", None),
        ("La RD 034-2026-MTC/17 que publicó el martes el Ministerio crea una placa.", None, "2026-03-03", None),
        ("El Ejecutivo publicó en El Peruano, el 2 de marzo de 2026, el Decreto Legislativo 1751.", None, "2026-03-02", None),
        ("Law 32108, published on August 9, 2024, narrowed the definition.", None, "2024-08-09", None),
        ("La Ley 32490 crea un registro. La norma deroga la Ley 27000, y entró en vigencia ayer.", None, None, "2026-03-04"),
        ("La Ley 32490 crea un registro. La norma entra en vigencia mañana viernes.", None, None, "2026-03-06"),
        ("La Ordenanza 601-CDLO rige. La disposición, aprobada el 2 de marzo y publicada ayer, alcanza a motos.", None, "2026-03-04", None),
        ("La Ley 32490 endurece las penas.\nPublicado en El Peruano: 02/03/2026", None, "2026-03-02", None),
        ("Decreto Legislativo 1751.\nDado en la Casa de Gobierno, en Lima, a los dos días del mes de marzo del año dos mil veintiséis.", "2026-03-02", None, None),
        # Said of something else, of one of two, or no day.
        ("Publicado: 02/03/2026\nLa Ley 32490 endurece las penas.", None, None, None),
        ("La Ley 32490, aprobada el 2 de marzo por el Pleno, endurece las penas.", None, None, None),
        ("El DS 010-2026-PCM, difundido ayer por la prensa, crea un registro.", None, None, None),
        ("A report on Law 32490 published on Monday says it is not applied.", None, None, None),
        ("La Ley 32490 crea un registro. En la medida en que se aplique, publicada el 2 de marzo, servirá.", None, None, None),
        ("La Ley 32490 crea un registro. La norma deroga la ley que regula cupos, y entró en vigencia ayer.", None, None, None),
        ("La Ley 32490, según un informe publicado el 3 de marzo, no se cumple.", None, None, None),
        ("La directiva de la Ley 32490, publicada el 3 de marzo, no se cumple.", None, None, None),
        ("La Ley 32490, y su reglamento, publicado el 3 de marzo, no se cumplen.", None, None, None),
        ("La Ley 32490 y la Ley 32108, publicada el 3 de marzo, no se cumplen.", None, None, None),
        ("La Ley 32490, publicada en marzo, no se cumple desde el 4.", None, None, None),
        ("La Ley 32490 no entra en vigencia hasta el 1 de abril.", None, None, None),
        ("La Ley 32490 modifica el código que entró en vigencia el 1 de julio de 2018.", None, None, None),
    ],
)  # fmt: skip
def test_days_that_news_bind_to_a_norm(
    text: str, signed: str | None, published: str | None, starts: str | None
) -> None:
    row = read_norms(text, date(2026, 3, 5))[0].as_json()
    assert (row["signed_on"], row["published_on"], row["starts_on"]) == (signed, published, starts)


def test_an_erratum_gives_the_norm_no_day() -> None:
    text = "FE DE ERRATAS\nDECRETO SUPREMO\nN° 081-2025-PCM\nDICE:\nArtículo 1.- Declarar el Estado de Emergencia por 45 días.\nDEBE DECIR:\nArtículo 1.- Declarar el Estado de Emergencia por 60 días."
    only = _only(text, date(2025, 7, 5))
    assert (only.number, only.published_on, only.days, only.action) == ("DS 081-2025-PCM", None, None, None)


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("Los decretos supremos fueron publicados la noche del lunes en El Peruano.", date(2026, 3, 9)),
        ("Son dos decretos supremos que aparecieron ayer en El Peruano.", date(2026, 3, 11)),
        ("El Ejecutivo publicó anoche dos decretos supremos.", date(2026, 3, 11)),
        ("Son tres decretos supremos que aparecieron ayer en El Peruano.", None),
        ("Las leyes fueron publicadas ayer en El Peruano.", None),
        ("Los decretos supremos aparecieron ayer en una lista.", None),
    ],
)
def test_days_of_several_norms_together(said: str, published: date | None) -> None:
    text = f"El DS 010-2026-PCM declara en emergencia Ica. El DS 011-2026-PCM prorroga la emergencia en Tacna. {said}"
    assert {norm.published_on for norm in read_norms(text, date(2026, 3, 12))} == {published}


def test_a_page_without_a_day_bears_it_in_its_head() -> None:
    page = "El Peruano\nViernes, 13 de marzo de 2026\nDECRETO SUPREMO\nN° 031-2026-PCM\nDECRETA:\nArtículo 1.- Aprobar el reglamento."
    assert _only(page, None).published_on == date(2026, 3, 13)
    assert _only(page, date(2026, 3, 14)).published_on == date(2026, 3, 14)


def test_an_ordinance_bears_no_year() -> None:
    text = (
        "ORDENANZA N° 447-MDX\nEl Agustino, 22 de mayo de 2026\nPOR CUANTO:\nVISTO: El Dictamen N° 005-2026-CSC-MDX; CONSIDERANDO:\nQue, la Ley N° 27972;\n"
        "Artículo Cuarto.- La presente Ordenanza entra en vigencia al día siguiente de su publicación en el Diario Oficial El Peruano."
    )
    found = _only(text, date(2026, 5, 30))
    assert (found.number, found.signed_on, found.starts_on) == ("ORD 447-MDX", date(2026, 5, 22), date(2026, 5, 31))


def test_a_gazette_page_is_not_dated_by_the_decree_it_quotes() -> None:
    page = (
        "DECRETO SUPREMO\n\nCONSIDERANDO:\n\nQue, el Decreto Supremo N° 040-2026-PCM, publicado el 5 de enero de 2026, declaró por sesenta "
        "días calendario el Estado de Emergencia en la provincia de Ica del departamento de Ica;\n\nDECRETA:\n\nArtículo 1.- Dar por "
        "concluido el Estado de Emergencia declarado en la provincia de Ica.\n\nDado en la Casa de Gobierno, en Lima, a los tres días del "
        "mes de marzo del año dos mil veintiséis."
    )
    title = "Decreto Supremo N° 051-2026-PCM: Decreto Supremo que da por concluido el Estado de Emergencia"
    told = read_mentions(title, page, date(2026, 3, 4), [], ["state_of_emergency"])
    assert [(m.norm, m.date) for m in told if m.status != "recalled"] == [("DS 051-2026-PCM", date(2026, 3, 4))]
