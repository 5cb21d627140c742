"""Masking: private persons' data go, officials and institutions stay."""

from __future__ import annotations

import pytest

from models.reader.mask import find_private, mask, private_names
from models.reader.text import LIMIT
from models.understand import mask_together

TEXT = (
    "Julio Peralta Ccori (34), chofer de combi, murió en Comas. El general PNP Víctor Revoredo informó que la Policía busca a los autores. "
    "Peralta había recibido mensajes del 987 654 321; le pedían depositar en la cuenta 191-2345678-0-12. Huyeron en la moto de placa ABC-123."
)


def test_private_data_go() -> None:
    shown = mask(TEXT).text
    for secret in ("Peralta", "Ccori", "987 654 321", "191-2345678-0-12", "ABC-123"):
        assert secret not in shown
    assert "[nombre]" in shown
    assert {span.kind for span in mask(TEXT).spans} == {"name", "phone", "plate", "account"}


def test_officials_and_institutions_stay() -> None:
    shown = mask(TEXT).text
    assert "Comas" in shown
    assert "Policía" in shown
    text = "El Ministerio del Interior y la Fiscalía de Trujillo publicaron el Decreto Supremo 124-2024-PCM y la Ley 32108."
    assert mask(text).text == text


def test_plates_with_the_vehicle_between() -> None:
    text = "Anotó la placa de la motocicleta, M4-3317, y vio la placa del auto: ABC-123."
    assert mask(text).text == "Anotó la placa de la motocicleta, [placa], y vio la placa del auto: [placa]."


def test_spans_are_code_points() -> None:
    text = "😀 llamar al 987654321"
    (span,) = find_private(text)
    assert text[span.start : span.end] == "987654321"


def test_numbers_that_identify_nobody() -> None:
    text = "DS 124-2024-PCM, el 2025-10-17, 17,630 denuncias, central 111, PL 7538/2023-CR"
    assert [span for span in find_private(text) if span.kind != "name"] == []


def test_nicknames_and_courtesy() -> None:
    text = "Roberto ‘Tablita’ Cuéllar (55), chofer, fue baleado; lo lloró doña Saturnina, su madre. El detenido, apodado ‘Rey del anticucho’, calló."
    shown = mask(text).text
    for secret in ("Roberto", "Tablita", "Cuéllar", "Saturnina", "Rey del anticucho"):
        assert secret not in shown


def test_names_known_from_the_article() -> None:
    names = private_names(TEXT)
    assert "Julio Peralta Ccori" in names
    assert "Ccori" not in mask("Lloran a Julio Peralta Ccori", names).text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Asesinan a bodeguero en Puente Piedra", "Asesinan a bodeguero en Puente Piedra"),
        ("Víctimas del delito: Ley de Víctimas", "Víctimas del delito: Ley de Víctimas"),
        (
            "Paro de transportistas: Lima y Callao amanecieron sin buses",
            "Paro de transportistas: Lima y Callao amanecieron sin buses",
        ),
        ("Resolución Suprema N° 118-2026-RE", "Resolución Suprema N° 118-2026-RE"),
        ("Mataron a Luis Trujillo Rojas en Trujillo", "Mataron a [nombre] en Trujillo"),
    ],
)
def test_places_and_numbers_are_no_persons(text: str, masked: str) -> None:
    assert mask(text, private_names(text)).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("con DNI: 45678912", "con DNI: [cuenta]"),
        ("DNI número 45678912", "DNI número [cuenta]"),
        ("cuenta de ahorros 19112345678012", "cuenta de ahorros [cuenta]"),
        ("cuenta corriente N° 19112345678012", "cuenta corriente N° [cuenta]"),
        ("cuenta: 19112345678012", "cuenta: [cuenta]"),
        ("CCI N.° 002-191-001234567890-12", "CCI N.° [cuenta]"),
        ("Yapeen al 51987654321", "Yapeen al [teléfono]"),
        ("Comunicarse al 01-4567890", "Comunicarse al [teléfono]"),
        ("teléfono 01 4567890", "teléfono [teléfono]"),
        ("Teléfono: 456-7890", "Teléfono: [teléfono]"),
        ("el 9 8765 4321 y el 98765-4321", "el [teléfono] y el [teléfono]"),
        ("el 987-654-321", "el [teléfono]"),
        ("el 987\u00a0654\u00a0321", "el [teléfono]"),
        ("placa abc-123", "placa [placa]"),
        ("placa de rodaje AB-12345", "placa de rodaje [placa]"),
    ],
)
def test_numbers_however_they_are_written(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "S/ 950 000 000 en obras",
        "950.000.000 soles",
        "950 000 000 de soles",
        "S/ 1 950 000 000",
        "cuenta con 950 000 000 soles",
        "Resolución 0456-IN",
        "Resolución Ministerial N° 1234-IN",
        "expediente 98765-4321",
        "placa policial de 1950",
        "matrícula 2025-2026",
    ],
)
def test_sums_and_papers_are_no_numbers_of_persons(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "El ministro del Interior, Juan José Santiváñez, llegó ayer a Trujillo. Santiváñez calló; luego dijo Santiváñez que irá.",
        "El alcalde provincial, Mario Reyna, y el gobernador regional César Acuña llegaron; luego dijo Acuña que espera.",
        "El alcalde de Comas, Ulises Villegas, llegó.",
        "El ministro Julio Díaz Zulueta llegó.",
        "Alejandro Rojas Soto, ministro del Interior, llegó.",
        "La fiscal superior Carla Ñique solicitó 25 años.",
        "El general de la Policía, Víctor Zanabria, habló.",
        "El presidente del Consejo de Ministros, Eduardo Arana, habló.",
        "El presidente José Jerí anunció medidas. Jerí viajó a Trujillo.",
        "Presidente José Jerí declara emergencia en Lima y Callao",
        "El jefe de Estado, José Jerí, y la expresidenta Dina Boluarte asistieron.",
        "El presidente electo Rafael López Aliaga juró; la mandataria Dina Boluarte viajó.",
        "Los fiscales José Domingo Pérez y Rafael Vela declararon.",
        "Los Transportistas Unidos del Perú pararon. Transportistas Unidos marchó.",
    ],
)
def test_office_holders_stay_wherever_they_are_named(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("El jefe de la banda Los Pulpos, Pedro Rojas Quispe, calló.", "Rojas"),
        ("El jefe de Los Pulpos, Pedro Rojas Quispe, calló.", "Rojas"),
        ("El chofer del alcalde de Comas, Luis Villegas, habló.", "Villegas"),
        ("La secretaria del alcalde de Comas, Rosa Quispe, habló.", "Quispe"),
        ("El alcalde de Comas visitó a Rosa Quispe Mamani en su bodega. Quispe lloró.", "Quispe"),
        ("El alcalde de Comas y Pedro Rojas Soto hablaron.", "Rojas"),
        ("Ante el juez, Pedro Rojas Soto admitió el crimen.", "Rojas"),
        ("El regidor Pedro Rojas Soto fue asesinado en Comas.", "Rojas"),
        ("El presidente de la junta vecinal José Ramos Díaz recibió amenazas.", "Ramos"),
        ("La junta vecinal de Comas teme. El presidente José Ramos Díaz recibió amenazas en su casa.", "Ramos"),
        ("El presidente José Ramos Díaz fue asesinado en su bodega.", "Ramos"),
        ("El presidente José Ramos Díaz calló. Es presidente del club Alianza Comas.", "Ramos"),
        ("El alcalde Ulises Villegas lloró a su primo Carlos Villegas, bodeguero de 34 años.", "Carlos"),
    ],
)
def test_private_persons_beside_an_office_go(text: str, secret: str) -> None:
    assert secret not in mask(text).text


def test_nothing_beyond_the_limit_is_shown() -> None:
    title, text = mask_together("x " * (LIMIT // 2) + "Juan Carlos Pérez Torres murió", "Pérez Torres")
    assert "Torres" not in title.text + text.text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ASESINAN A DIRIGENTE DE TRANSPORTES PEDRO SALAZAR EN COMAS", "ASESINAN A DIRIGENTE DE TRANSPORTES [nombre] EN COMAS"),
        ("MATAN A BODEGUERO JUAN PÉREZ RUIZ", "MATAN A BODEGUERO [nombre]"),
        ("ROSA ELENA QUISPE MAMANI, MADRE DE LA VÍCTIMA, PIDE JUSTICIA", "[nombre], MADRE DE LA VÍCTIMA, PIDE JUSTICIA"),
        ("MOTOTAXISTA WILMER HUAMÁN CHOQUE FUE ACRIBILLADO", "MOTOTAXISTA [nombre] FUE ACRIBILLADO"),
        ("URGENTE | MATAN A PEDRO SALAZAR: lo que se sabe", "URGENTE | MATAN A [nombre]: lo que se sabe"),
        # Seen in the body: "Custodio" is no guardian here.
        ("BALEAN A CUSTODIO EN SU CASA\n\nAmador Custodio (34), bodeguero, fue herido.", "BALEAN A [nombre] EN SU CASA\n\n[nombre] (34), bodeguero, fue herido."),
    ],
)  # fmt: skip
def test_names_in_capitals_go(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "EXTORSIONADORES DISPARAN CONTRA BUS DE EMPRESA ETUPSA 73 EN SAN JUAN DE LURIGANCHO",
        'CAPTURAN A "LOS PULPOS" EN TRUJILLO: PNP Y FISCALÍA INTERVIENEN HUANCHACO',
        "MINISTERIO DEL INTERIOR Y MUNICIPALIDAD DE SAN MARTÍN DE PORRES FIRMAN CONVENIO",
        "CRIMEN EN VILLA MARÍA DEL TRIUNFO: SANTA ROSA Y SAN PEDRO SIN AGUA",
        "EL ALCALDE DE COMAS ULISES VILLEGAS PIDE APOYO",
        'GOBERNADOR REGIONAL DE LA LIBERTAD DICE: "NO HAY PLATA"',
        "Asesinan a chofer en el hospital Daniel Alcides Carrión",
    ],
)
def test_places_institutions_and_officials_in_capitals_stay(text: str) -> None:
    assert mask(text).text == text


def test_names_of_the_article_go_in_a_title_in_capitals() -> None:
    assert "CCORI" not in mask("LLORAN A JULIO PERALTA CCORI", private_names(TEXT)).text
    assert (
        mask_together("MATAN A SALAZAR EN SU BODEGA", "Pedro Salazar (40) murió.")[0].text
        == "MATAN A [nombre] EN SU BODEGA"
    )


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Escríbanle a rosa.perez@gmail.com o a @rosaperez_ok.", "Escríbanle a [cuenta] o a [cuenta]."),
        ("La joven (@maria.quispe23) publicó un video.", "La joven ([cuenta]) publicó un video."),
        ("Depositen y avisen a elpulpo77@hotmail.com", "Depositen y avisen a [cuenta]"),
        ("El abogado: juan.rojas@estudiorojas.pe", "El abogado: [cuenta]"),
        ("Su perfil es facebook.com/rosa.quispe.77", "Su perfil es facebook.com/[cuenta]"),
        (
            "La bodeguera Saturnina Ccori (40), conocida como @laccori.",
            "La bodeguera [nombre] (40), conocida como [cuenta].",
        ),
    ],
)
def test_private_addresses_go(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "Denuncias a mesadepartes@mininter.gob.pe, @PoliciaPeru y denuncias@pnp.gob.pe.",
        "Contacto: redaccion@elcomercio.pe, prensa@trome.pe",
        "Síguenos en @larepublica_pe, @canalN_ y facebook.com/trujillo.noticias",
    ],
)
def test_addresses_of_institutions_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Murió Juana Torres Vda. de Díaz en su casa.", "Murió [nombre] en su casa."),
        ("La menor de iniciales J.L.M.R. (12) fue hallada.", "La menor de iniciales [nombre] (12) fue hallada."),
        ("El menor A.B.C. de 14 años volvió.", "El menor [nombre] de 14 años volvió."),
        ("La víctima, O. Q. M. (45), denunció.", "La víctima, [nombre] (45), denunció."),
        ("Foto: Andina/Jhonel Rodríguez Soto", "Foto: Andina/[nombre]"),
        ("El suboficial PNP Edwin Cruz Apaza murió baleado.", "El suboficial [nombre] murió baleado."),
        ("Asesinan al suboficial PNP Edwin Cruz Apaza en Ate.", "Asesinan al suboficial [nombre] en Ate."),
        ("El cuerpo del SO PNP Luis Alberto Mori fue velado.", "El cuerpo del [nombre] fue velado."),
        ("Una niña de iniciales JLMR volvió.", "Una niña de iniciales [nombre] volvió."),
        ("jorge perez fue hallado sin vida", "[nombre] fue hallado sin vida"),
        ("vecinos mataron a jhon quispe mamani en la esquina", "vecinos mataron a [nombre] en la esquina"),
    ],
)
def test_names_however_they_are_written(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "EE.UU. y la P.N.P. firmaron con el M.P. un convenio de S.A.C. en S.J.L. y S.M.P.",
        "en la avenida jose olaya de san juan de lurigancho",
        "una rosa cruz de flores en la torre de la plaza",
    ],
)
def test_initials_and_words_of_nobody_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Llámenlo al 95 623 1174 hoy", "Llámenlo al [teléfono] hoy"),
        ("escribían desde el 912 34 56 78", "escribían desde el [teléfono]"),
        ("WhatsApp: 987 654 3 21", "WhatsApp: [teléfono]"),
        ("llamadas del 064 23-1188", "llamadas del [teléfono]"),
        ("llamadas del (073) 30-4455", "llamadas del [teléfono]"),
        ("Su camioneta, la T8Z 412, ardió", "Su camioneta, la [placa], ardió"),
        ("en su auto, el CQ-7781, huyó", "en su auto, el [placa], huyó"),
        ("Hallan el mototaxi 6641-XA de Ana Rojas Vela.", "Hallan el mototaxi [placa] de [nombre]."),
        ("La placa es DRT·519 y no DRT–591", "La placa es [placa] y no [placa]"),
        ("sabemos del carro drq 204", "sabemos del carro [placa]"),
        ("Luisa Prado Vega / 200-3001234567 / S/ 1,450", "[nombre] / [cuenta] / S/ 1,450"),
        ("CCI 009-170-000012345678-42", "CCI [cuenta]"),
        ("Su DNI, 40506070, apareció en la lista", "Su DNI, [cuenta], apareció en la lista"),
        ("con carné de extranjería 001234567", "con carné de extranjería [cuenta]"),
        ("Mostró un carné de PTP N.° 004512367", "Mostró un carné de PTP N.° [cuenta]"),
    ],
)
def test_numbers_of_persons_in_any_grouping(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "línea gratuita 0800-10-200 y central 105",
        "9.10.2024 15:30, del 9 10 2024",
        "S/ 953 00 41 27 y 912 345 678 habitantes",
        "una moto Honda CGL 125 y un bus con 300 pasajeros",
        "Decreto Supremo 012-2025-IN, expediente 02145-2024-0-1601-JR-PE-03, ruta IM 4502",
        "coordenadas -12.046374, -77.042793",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Requisitoriados: 1. QUISPE HUAMÁN, Rolando. 2. Torres Vega, Milagros (32).", "Requisitoriados: 1. [nombre]. 2. [nombre] (32)."),
        ("Cayó Marlon Yupanqui Soto (Chato Marlon).", "Cayó [nombre] ([nombre])."),
        ("Cayó Kevin Ríos Paz (a) Cuchara.", "Cayó [nombre] (a) [nombre]."),
        ("La testigo M.R.CH. (15) declaró.", "La testigo [nombre] (15) declaró."),
        ("Murió Ana Santa Cruz Lino. Santa Cruz vendía ropa.", "Murió [nombre]. [nombre] vendía ropa."),
        ("Murió Tomás Marcas Lino. Marcas había denunciado.", "Murió [nombre]. [nombre] había denunciado."),
        ("Su ahijado Yhampool huyó; la pareja de este, Yadhira, también.", "Su ahijado [nombre] huyó; la pareja de este, [nombre], también."),
        ("La familia De la Cruz huyó.", "La familia [nombre] huyó."),
        ("Atacan a la comerciante Guadalupe Mercado en Ate.", "Atacan a la comerciante [nombre] en Ate."),
        ("Detienen a Juan Rojas Paz, secretario general de la Federación Regional de Choferes.", "Detienen a [nombre], secretario general de la Federación Regional de Choferes."),
        ("La moto de Pedro Rojas Lino, presidente de la Asociación de Mototaxistas Virgen del Carmen, fue quemada.", "La moto de [nombre], presidente de la Asociación de Mototaxistas Virgen del Carmen, fue quemada."),
        ("En su bodega Rosa Huamán Quispe atendía.", "En su bodega [nombre] atendía."),
    ],
)  # fmt: skip
def test_names_that_lists_brackets_and_kin_betray(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "El presidente ejecutivo de Sutran, Mario Arce Vidal, anunció multas. Arce dijo que irá.",
        "El comandante general del Ejército, César Briceño Valdivia, llegó a Pataz.",
        "La jefa de la Ugel 07, Nancy Tello Prado, habló.",
        "El arzobispo de Trujillo, monseñor Alfredo Vizcarra, condenó el asesinato.",
        "El juez supremo César Prado Mina confirmó la condena de 30 años.",
        "El secretario general del Sindicato de Choferes, Luis Poma Vega, convocó al paro.",
        "Prime Minister Eduardo Arana said talks continue. Gen. Óscar Arriola, head of the Lima police, agreed.",
        "El señor gobernador Julio Vega Ríos calló.",
        "Keiko Fujimori y Rafael López Aliaga opinaron.",
    ],
)
def test_who_speaks_for_a_body_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "En la I.E. 6081 José Antonio Encinas hallaron un petardo.",
        "Fue velado en el complejo deportivo Juan Bielovucic.",
        "Multiservicios Pérez E.I.R.L. y Sonia Luna Eventos pagaban cupo.",
        "Cerró la Botica Doña Julia.",
        "Cayeron cuatro de Los Caínes de Sechura y de Los Malditos del Cono.",
    ],
)
def test_what_bears_a_name_stays(text: str) -> None:
    assert mask(text).text == text


def test_a_street_stays_where_a_victim_bears_its_name() -> None:
    text = "Murió Guillermo Flores Prado. El crimen ocurrió en la plaza Flores."
    assert mask(text).text == "Murió [nombre]. El crimen ocurrió en la plaza Flores."


@pytest.mark.timeout(60)  # it takes no second: a guard against patterns that try every way
@pytest.mark.parametrize("unit", ["Ana ", "9 ", "\n- Quispe Rojas, Ana", "Juan Pérez (Loco ", "auto ABC "])
def test_long_runs_are_read(unit: str) -> None:
    text = unit * (8000 // len(unit))
    assert len(mask(text).text) <= len(text) + 20 * text.count(unit)


def test_the_kin_of_an_office_holder_is_a_private_person() -> None:
    text = "Percy Salas Ríos, hermano de la congresista Irma Salas Ríos, fue asesinado en Comas."
    assert "Percy" not in mask(text).text
