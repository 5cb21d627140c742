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


def test_an_amendment_is_no_declaration() -> None:
    article = (
        "Artículo 1.- Modificación\nModifícase el artículo 5 del Decreto Supremo N° 020-2026-PCM, que declara por treinta (30) días el Estado"
        " de Emergencia en la provincia de Pisco, en los siguientes términos:\n“Artículo 5.- Horarios\nLos bares cierran a la una.”"
    )
    found = one(decree(article))
    assert (found.action, found.days, found.starts_on, codes(found)) == ("modifies", None, None, ["110500"])
    told = "El DS N° 040-2026-PCM modifica el DS N° 030-2026-PCM, que declaró por 60 días el estado de emergencia en la provincia de Ica."
    assert (one(told).action, one(told).days) == ("modifies", None)
    declared = "El DS N° 040-2026-PCM, que no modifica otros, declara por 60 días el estado de emergencia en la provincia de Ica."
    assert (one(declared).action, one(declared).days) == ("declares", 60)


def test_a_list_may_have_lists_by_department() -> None:
    article = (
        "Artículo 1.- Prorrogar por treinta (30) días calendario el Estado de Emergencia en los siguientes distritos:\na) Departamento de Puno:\n"
        "- Provincia de Sandia: Limbani y Phara.\nb) Departamento de Arequipa:\n- Provincia de Caylloma: Majes."
    )
    assert codes(one(decree(article))) == ["040520", "211203", "211205"]
    whole = "Artículo 1.- Prorrogar por treinta (30) días calendario el Estado de Emergencia en:\na) Departamento de Puno.\nb) Provincia de Ica."
    assert codes(one(decree(whole))) == ["110100", "210000"]


def test_the_second_decree_does_as_the_first() -> None:
    first = "El primero, N° 061-2026-PCM, prorroga por 30 días el estado de emergencia en la provincia de Ica. "
    second = "El segundo, N° 062-2026-PCM, hace lo mismo en la provincia de Pisco por 45 días, desde el 9 de julio."
    found = read_norms(f"Salieron dos decretos supremos. {first}{second}", date(2026, 7, 7), "Dos prórrogas")
    assert [(n.action, n.days, codes(n)) for n in found] == [("extends", 30, ["110100"]), ("extends", 45, ["110500"])]
    other = "El segundo, N° 062-2026-PCM, crea un registro en la provincia de Pisco."
    found = read_norms(f"Salieron dos decretos supremos. {first}{other}", date(2026, 7, 7), "Dos decretos")
    assert [n.action for n in found] == ["extends", None]


def test_two_decrees_are_told_in_the_order_they_were_named() -> None:
    head = "El Gobierno prorrogó por 30 días el estado de emergencia en las provincias de Ica, Pisco y Nasca. "
    named = "Lo disponen los decretos supremos 061-2026-PCM y 062-2026-PCM, publicados el domingo 5 de julio. "
    turns = "El primero comprende la provincia de Ica y rige desde el 8 de julio. El segundo alcanza a Pisco y Nasca, desde el 9 de julio."
    found = read_norms(head + named + turns, date(2026, 7, 7), "Amplían la emergencia en Ica")
    assert [(n.action, n.days, n.published_on) for n in found] == [("extends", 30, date(2026, 7, 5))] * 2
    assert [(codes(n), n.starts_on) for n in found] == [
        (["110100"], date(2026, 7, 8)),
        (["110300", "110500"], date(2026, 7, 9)),
    ]
    one_turn = "El primero comprende la provincia de Ica y rige desde el 8 de julio. Del otro nada se sabe."
    found = read_norms(head + named + one_turn, date(2026, 7, 7), "Amplían la emergencia en Ica")
    assert [n.action for n in found] == ["extends", None]


def test_the_news_list_what_is_covered() -> None:
    head = "El DS N° 018-2026-PCM declaró por 30 días el estado de emergencia en tres distritos de Piura. "
    told = "Se trata de Catacaos y Cura Mori, en la provincia de Piura; y Lancones, en Sullana."
    assert codes(one(head + told, "Emergencia", date(2026, 3, 2))) == ["200105", "200107", "200604"]
    by_unit = "En Piura: Catacaos y Cura Mori, de la provincia de Piura; Lancones, de la provincia de Sullana."
    assert codes(one(head + by_unit, "Emergencia", date(2026, 3, 2))) == ["200105", "200107", "200604"]
    for said in ("Se trata de la segunda vez en Catacaos.", "En Piura: Catacaos suma 20 denuncias por extorsión."):
        found = one(head + said, "Emergencia", date(2026, 3, 2))
        assert [(t.ubigeo, t.coverage) for t in found.territory] == [("200000", "part")]


def test_what_is_told_of_the_measure_alone() -> None:
    head = "Desde el sábado 7 de marzo la provincia de Huaura está en estado de emergencia. Son las claves del DS N° 018-2026-PCM. "
    found = one(head + "La medida se declaró por 30 días calendario.", "Emergencia", date(2026, 3, 7))
    assert (found.action, found.starts_on, found.days, codes(found)) == ("declares", date(2026, 3, 7), 30, ["150800"])
    assert one(head + "La medida fue declarada inconstitucional.", "Emergencia", date(2026, 3, 7)).action is None


def test_a_term_that_begins_today() -> None:
    head = (
        "Tacna se encuentra en emergencia. El Ejecutivo oficializó la declaratoria en los distritos de Palca e Inclán "
    )
    told = "por un término de 30 días calendario que empieza hoy, según el DS N° 018-2026-PCM."
    found = one(head + told, "Emergencia", date(2026, 3, 7))
    assert (found.starts_on, found.days, codes(found)) == (date(2026, 3, 7), 30, ["230105", "230107"])
    extended = (
        "El DS N° 041-2026-PCM prorroga por 30 días la emergencia en Ica. El plazo anterior empezó el 10 de febrero."
    )
    assert one(extended, "Prórroga", date(2026, 3, 7)).starts_on is None


def test_only_the_council_of_ministers_declares() -> None:
    text = "El Decreto Supremo N° 011-2026-{} fija reglas para motos en zonas declaradas en estado de emergencia."
    assert one(text.format("MTC"), "Motos").action is None
    assert one(text.format("PCM"), "Motos").action == "declares"


def test_what_a_decree_to_come_does_is_not_done_by_the_one_before() -> None:
    told = "El Consejo de Ministros aprobó prorrogar por 30 días el estado de emergencia en la provincia de Ica, "
    assert one(f"{told}declarado mediante el DS N° 018-2026-PCM.", "Prórroga").action is None
    told = "El premier anunció el estado de emergencia en Barranca, en la línea del DS N° 018-2026-PCM. "
    assert one(f"{told}La norma será publicada mañana.", "Barranca, en emergencia").action is None
    declared = "La provincia de Ica está en emergencia, declarada por el DS N° 018-2026-PCM."
    assert one(declared, "Ica").action == "declares"
