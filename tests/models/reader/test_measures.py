"""What decrees and the news do to emergencies: titles over articles, lists, annexes, amendments, several norms on a page."""

from __future__ import annotations

from datetime import date

from models.fold import fold
from models.reader.dates import find_dates
from models.reader.decrees import NormReading, read_norms

CLOSING = "Dado en la Casa de Gobierno, en Lima, a los doce días del mes de marzo del año dos mil veintiséis."


def decree(articles: str, number: str = "031-2026-PCM", after: str = "") -> str:
    return (
        f"DECRETO SUPREMO\nN° {number}\nEL PRESIDENTE DE LA REPÚBLICA\nCONSIDERANDO:\n"
        "Que, por Decreto Supremo N° 150-2025-PCM se declaró el Estado de Emergencia en la provincia de Ica por treinta (30) días calendario;\n"
        f"DECRETA:\n{articles}\n{CLOSING}\n{after}"
    )


def one(text: str, title: str = "", published: date | None = date(2026, 3, 13)) -> NormReading:
    (found,) = read_norms(text, published, title)
    return found


def codes(found: NormReading) -> list[str]:
    return [unit.ubigeo for unit in found.territory]


def test_the_foot_says_in_words_when_it_was_signed() -> None:
    assert one(decree("Artículo 1.- Aprobar el reglamento.")).signed_on == date(2026, 3, 12)


def test_an_articles_own_title_is_no_measure() -> None:
    found = one(
        decree(
            "Artículo 1.- Prórroga del Estado de Emergencia\nProrrogar por el término de treinta (30) días calendario, a partir del 15 de"
            " marzo de 2026, el Estado de Emergencia en los distritos de Pisco y San Andrés de la provincia de Pisco, departamento de Ica."
        ),
        "Prorrogan Estado de Emergencia en la provincia de Pisco",
    )
    assert (found.action, found.starts_on, found.ends_on) == ("extends", date(2026, 3, 15), date(2026, 4, 13))
    assert codes(found) == ["110501", "110506"]


def test_the_items_of_a_list_belong_to_the_article() -> None:
    found = one(
        decree(
            "Artículo 1.- Declarar el Estado de Emergencia por sesenta (60) días calendario, a partir del 14 de marzo de 2026, en:\n"
            "a) Lima Metropolitana: Comas, Carabayllo y Ancón.\nb) Provincia Constitucional del Callao: Ventanilla.\n"
            "Artículo 2.- El distrito de Barranco presta apoyo."
        )
    )
    assert codes(found) == ["070106", "150102", "150106", "150110"]
    assert found.days == 60


def test_an_annex_names_the_districts() -> None:
    rows = (
        "ANEXO\nN° | DEPARTAMENTO | PROVINCIA | DISTRITO\n1 | PIURA | PIURA | CATACAOS\n2 | PIURA | SULLANA | LANCONES\n"
        "3 | TUMBES | TUMBES | SAN JACINTO"
    )
    found = one(
        decree(
            "Artículo 1.- Declárase el Estado de Emergencia en los distritos que figuran en el Anexo, por sesenta (60) días calendario.",
            after=rows,
        ),
        "Decreto Supremo que declara el Estado de Emergencia en distritos de los departamentos de Piura y Tumbes",
    )
    assert codes(found) == ["200105", "200604", "240105"]
    assert found.signed_on == date(2026, 3, 12)


def test_an_amendment_gives_the_new_wording() -> None:
    found = one(
        decree(
            "Artículo 1.- Modificación\nModificar el artículo 1 del Decreto Supremo N° 020-2026-PCM, con el siguiente texto:\n"
            "“Artículo 1.- Declarar por treinta (30) días calendario, a partir del 1 de marzo de 2026, el Estado de Emergencia en los"
            " distritos de Chincha Alta y Pueblo Nuevo de la provincia de Chincha, departamento de Ica.”"
        )
    )
    assert (found.action, found.starts_on, found.days) == ("modifies", date(2026, 3, 1), 30)
    assert codes(found) == ["110201", "110207"]


def test_each_norm_of_a_page_is_read_by_itself() -> None:
    first = decree(
        "Artículo 1.- Declarar el Estado de Emergencia en la provincia de Nasca por treinta (30) días calendario."
    )
    second = decree("Artículo 1.- Aprobar el reglamento.", "032-2026-PCM")
    found = read_norms(f"{first}2400001-1\n{second}2400001-2\n", date(2026, 3, 13))
    assert [(norm.number, norm.action) for norm in found] == [
        ("DS 031-2026-PCM", "declares"),
        ("DS 032-2026-PCM", None),
    ]


def test_the_news_tell_each_of_two_decrees() -> None:
    text = (
        "El Ejecutivo publicó dos decretos supremos. El primero, N.° 061-2026-PCM, prorroga por 30 días, desde el 8 de julio, el estado de"
        " emergencia en la provincia de Ica. El segundo, N.° 062-2026-PCM, declara por 45 días, a partir del 9 de julio, la misma medida en"
        " la provincia de Huaral."
    )
    found = read_norms(text, date(2026, 7, 7), "Dos emergencias")
    assert [(n.number, n.action, n.starts_on, n.days, codes(n)) for n in found] == [
        ("DS 061-2026-PCM", "extends", date(2026, 7, 8), 30, ["110100"]),
        ("DS 062-2026-PCM", "declares", date(2026, 7, 9), 45, ["150600"]),
    ]


def test_the_news_go_on_about_the_measure() -> None:
    text = (
        "Con el Decreto Supremo N° 018-2026-PCM el Gobierno declaró el estado de emergencia. El plazo es de sesenta días calendario. La medida"
        " alcanza a los distritos de Cayma y Yura. La norma, publicada el 24 de febrero, entró en vigencia al día siguiente."
    )
    found = one(text, "Emergencia en Arequipa", date(2026, 2, 26))
    assert (found.published_on, found.starts_on, found.days) == (date(2026, 2, 24), date(2026, 2, 25), 60)
    assert codes(found) == ["040103", "040128"]


def test_a_decree_that_is_over_is_not_the_news() -> None:
    text = (
        "El Decreto Supremo N.° 027-2026-PCM prorroga hasta el 30 de mayo el estado de emergencia en la provincia de Ica. El año"
        " pasado, con el Decreto Supremo N.° 060-2025-PCM, hubo además toque de queda."
    )
    assert [norm.number for norm in read_norms(text, date(2026, 4, 1), "Emergencia en Ica")] == ["DS 027-2026-PCM"]


def test_a_noun_is_no_verb() -> None:
    text = "El Decreto Supremo N.° 047-2026-PCM modifica el estado de emergencia: se suma Mi Perú."
    assert one(text, "Modifican decreto de emergencia", date(2026, 5, 22)).action == "modifies"


def test_an_ordinance_may_have_no_year() -> None:
    found = one(
        "La Ordenanza N.° 512-MDPP, publicada ayer, prohíbe circular con acompañante.", "Motos", date(2025, 11, 8)
    )
    assert (found.kind, found.number, found.issuer, found.published_on) == (
        "ORD",
        "ORD 512-MDPP",
        "MDPP",
        date(2025, 11, 7),
    )


def test_the_day_before_an_emergency_is_lifted_is_not_when_it_began() -> None:
    text = "El Gobierno dio por concluido el estado de emergencia que regía en Cañete desde el 23 de agosto, según el DS 108-2026-PCM."
    found = one(text, "Levantan estado de emergencia", date(2026, 9, 12))
    assert (found.action, found.ends_on) == ("ends", None)


def test_the_rows_of_an_annex_may_share_the_units_above_them() -> None:
    rows = "ANEXO\nN° DEPARTAMENTO PROVINCIA N° DISTRITO\nPIURA\n1 PIURA PIURA 1 CATACAOS\n2 CURA MORI\n2 MORROPÓN 3 CHULUCANAS"
    article = "Artículo 1.- Declárase el Estado de Emergencia en los distritos detallados en el Anexo, por sesenta (60) días calendario."
    assert codes(one(decree(article, after=rows))) == ["200105", "200107", "200401"]


def test_a_law_that_changes_a_legislative_decree_is_a_law() -> None:
    text = "LEY N° 32699\nPOR CUANTO:\nEl Congreso de la República;\nHa dado la Ley siguiente:\nArtículo único. Modificar el artículo 200."
    assert one(text, "Ley que modifica el Código Penal, Decreto Legislativo 635").number == "Ley 32699"


def test_according_to_a_decree_is_the_new_decree() -> None:
    text = "La disposición rige desde ayer, viernes 20 de marzo, según el Decreto Supremo N° 027-2026-PCM. El estado de emergencia se amplía."
    found = one(text, "Amplían por 60 días estado de emergencia en Virú", date(2026, 3, 21))
    assert (found.number, found.starts_on, found.days) == ("DS 027-2026-PCM", date(2026, 3, 20), 60)


ARTICLE = "Artículo 1.- Declárase el Estado de Emergencia en los distritos del Anexo, por sesenta (60) días calendario."


def annexed(*rows: str) -> list[str]:
    return codes(one(decree(ARTICLE, after="\n".join(("ANEXO", *rows)))))


def test_a_row_may_name_another_province_of_the_department() -> None:
    assert annexed("JUNÍN JAUJA MASMA", "YAULI PACCHA") == ["120416", "120806"]
    assert annexed("JUNÍN JAUJA MASMA", "PROVINCIA DE YAULI", "PACCHA") == ["120416", "120806"]


def test_a_district_named_like_a_department_is_a_district() -> None:
    assert annexed("ÁNCASH HUARAZ OLLEROS", "LA LIBERTAD", "PIRA") == ["020107", "020108", "020111"]


def test_half_a_table_is_no_territory() -> None:
    assert annexed("ICA | PISCO | PARACAS", "ICA | NAZCA | NASCA") == []


def test_days_that_a_stretch_counts_are_no_date() -> None:
    text = "En los primeros quince días del mes de mayo, dos comerciantes fueron asesinados a balazos en Comas."
    assert find_dates(fold(text), date(2026, 5, 20)) == find_dates(
        fold(text.replace("quince", "muchos")), date(2026, 5, 20)
    )


def test_a_place_outside_is_not_covered() -> None:
    head = "El DS N° 018-2026-PCM declaró el estado de emergencia por 30 días en la provincia de Ica. "
    for said in (
        "La medida no alcanza al Callao.",
        "Las denuncias por extorsión alcanzaron los 300 casos en Chiclayo.",
        "La policía detuvo a cinco, incluido un sereno de Huancayo.",
    ):
        assert codes(one(head + said, "Emergencia", date(2026, 3, 2))) == ["110100"]


def test_a_number_of_days_near_a_norm_is_not_its_term() -> None:
    text = "El DS N° 018-2026-PCM declaró el estado de emergencia en la provincia de Ica. El plazo para acogerse al reglamento es de 90 días."
    assert one(text, "Emergencia", date(2026, 3, 2)).days is None


def test_each_decree_keeps_its_own_term() -> None:
    text = (
        "El DS N° 061-2026-PCM prorroga por 60 días, desde el 8 de julio, la emergencia en la provincia de Ica. El DS N° 062-2026-PCM declara"
        " la emergencia en la provincia de Huaral."
    )
    first, second = read_norms(text, date(2026, 7, 7), "Dos emergencias")
    assert (first.days, second.days, second.starts_on) == (60, None, None)


def test_the_decree_that_acts_is_told_beside_its_act() -> None:
    text = "El DS N° 010-2026-IN aprobó el reglamento de la policía. El DS N° 061-2026-PCM declara el estado de emergencia por 30 días en Ica."
    assert {n.number: n.action for n in read_norms(text, date(2026, 7, 7), "Decretos")} == {
        "DS 010-2026-IN": None,
        "DS 061-2026-PCM": "declares",
    }


def test_what_is_said_of_others_is_not_said_of_the_norm() -> None:
    head = "La Ley N° 32611 endurece las penas. "
    for said in (
        "El decreto legislativo, publicado el 1 de julio, no la cambia.",
        "La norma protege al bodeguero cuya foto fue publicada el 3 de julio.",
        "El bodeguero recurrió a la ley tras recibir un mensaje de fecha 3 de julio.",
    ):
        found = one(head + said, "Nueva ley", date(2026, 7, 7))
        assert (found.signed_on, found.published_on) == (None, None)


def test_a_mark_does_not_make_a_quoted_decree_news() -> None:
    text = (
        "El DS N° 080-2026-PCM modifica el N° 075-2026-PCM, que declaró el estado de emergencia en la provincia de Ica."
    )
    found = one(text, "Modifican emergencia", date(2026, 7, 7))
    assert (found.number, found.earlier) == ("DS 080-2026-PCM", ("DS 075-2026-PCM",))


def test_the_head_of_a_page_is_no_signature() -> None:
    page = "El Peruano\nViernes, 13 de marzo de 2026\nDECRETO SUPREMO\nN° 031-2026-PCM\nDECRETA:\nArtículo 1.- Aprobar el reglamento."
    assert one(page).signed_on is None
