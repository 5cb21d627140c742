"""Pairs of pages of one day that look alike: which are two happenings, and which are one told in other words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.commands.link import link_file

Page = dict[str, Any]
LIMA = {"department": "Lima", "province": "Lima"}
CALLAO = {"department": "Callao", "province": "Callao"}
TRUJILLO = {"department": "La Libertad", "province": "Trujillo"}


def page(title: str, text: str, sectors: str = "", **mention: Any) -> Page:
    told = {"type": "bill", "happening": 1, "date": "2026-03-05"} | mention
    return {"title": title, "text": text, "published": "2026-03-06", "sectors": sectors.split(), "mentions": [told]}


def emergency(title: str, text: str, day: str = "2026-03-05") -> Page:
    return page(title, text, type="state_of_emergency", date=day)


def murder(title: str, text: str, place: dict[str, str], **more: Any) -> Page:
    return page(title, text, "transport", type="murder", **{"killed": 1} | place | more)


EXTENDED = emergency(
    "Prorrogan emergencia en Lima y Callao",
    "El Ejecutivo prorrogó por 30 días el estado de emergencia en Lima Metropolitana y el Callao por la criminalidad.",
)
OFFICES = page(
    "Aprueban crear fiscalías especiales contra la extorsión",
    "La Cámara de Diputados aprobó este jueves, por 94 votos a favor, crear fiscalías especializadas y endurecer las penas cuando "
    "las víctimas sean choferes. La iniciativa pasa al Senado, donde deberá ser ratificada.",
)

TWO = {
    "bills on chips and on cells": (
        page(
            "Comisión de Transportes aprueba registro obligatorio de chips",
            "La comisión aprobó por 14 votos el dictamen que obliga a registrar con huella los chips prepago. El texto recoge cinco "
            "proyectos. El presidente del grupo dijo que ya no se venderán en la calle. El dictamen será debatido en el pleno.",
        ),
        page(
            "Comisión de Justicia da luz verde a bloqueo de celulares en penales",
            "Con 12 votos a favor, la comisión aprobó ayer el dictamen que ordena instalar bloqueadores de señal. La iniciativa recoge "
            "dos proyectos. El presidente del grupo señaló que se extorsiona desde las cárceles. El dictamen pasará al pleno.",
        ),
    ),
    "bills voted in one sitting": (
        page(
            "Pleno aprueba prisión preventiva obligatoria para extorsionadores",
            "El pleno aprobó con 80 votos a favor hacer obligatoria la prisión preventiva en los casos de extorsión. La norma modifica "
            "el Código Procesal Penal. Fue exonerada de segunda votación. La autógrafa será enviada al Ejecutivo.",
        ),
        page(
            "Congreso aprueba muerte civil para policías que extorsionen",
            "El pleno aprobó con 91 votos a favor la inhabilitación perpetua de los policías condenados por extorsión. La norma "
            "modifica el Código Penal. Fue exonerada de segunda votación. La autógrafa será enviada al Ejecutivo.",
        ),
    ),
    "bills for those who drive": (
        page(
            "Congreso eleva penas por extorsión a transportistas",
            "El pleno aprobó con 85 votos el dictamen que eleva a 30 años la pena cuando la víctima es un transportista. Fue "
            "sustentado por la Comisión de Justicia. Los gremios de choferes siguieron el debate. El texto pasa al Senado.",
            "transport",
        ),
        page(
            "Aprueban crear fondo para deudos de transportistas asesinados",
            "El pleno aprobó con 78 votos el dictamen que crea un fondo para las viudas e hijos de los transportistas asesinados. Fue "
            "sustentado por la Comisión de Transportes. Los gremios de choferes siguieron el debate. El texto pasa al Senado.",
            "transport",
        ),
    ),
    "a decree and the one that changes it": (
        EXTENDED,
        emergency(
            "Serenazgo patrullará con militares: modifican emergencia",
            "El Ejecutivo modificó el estado de emergencia en Lima Metropolitana y el Callao para que el serenazgo patrulle.",
            "2026-03-07",
        ),
    ),
    "murders of one province, few words": (
        murder(
            "Acribillan a cobrador de la línea 41 en Villa El Salvador",
            "Wilder, padre de tres niñas, cobraba pasajes cuando un encapuchado subió y le disparó.",
            LIMA,
            district="Villa El Salvador",
        ),
        murder(
            "Taxista es ultimado frente a grifo",
            "Una cámara grabó el crimen. El occiso, venezolano, esperaba pasajeros.",
            LIMA,
        ),
    ),
    "murders of one trade": (
        murder(
            "Asesinan a mototaxista en Ventanilla",
            "Un mototaxista de 31 años fue asesinado a balazos la noche del jueves en Mi Perú. Sus vecinos lo llevaron a un centro de "
            "salud, donde llegó sin vida. La Policía investiga si se negó a pagar cupos.",
            CALLAO,
            district="Ventanilla",
        ),
        murder(
            "Callao: matan a mototaxista en Los Barracones",
            "Sicarios acribillaron a un mototaxista de 24 años. El joven murió en el hospital Carrión. Agentes de Homicidios "
            "recogieron cinco casquillos y revisan las cámaras de la zona.",
            CALLAO,
        ),
    ),
    "schools of one province": (
        page(
            "Trujillo: detonan explosivo en colegio de Monserrate",
            "Un explosivo destrozó la puerta de un colegio de la urbanización Monserrate, en Trujillo. El promotor había recibido "
            "mensajes en los que le pedían 50 mil soles. No hubo heridos.",
            "schools",
            type="attack",
            **TRUJILLO,
        ),
        page(
            "La Esperanza: atacan colegio con dinamita",
            "Delincuentes lanzaron un cartucho de dinamita contra un colegio privado. La explosión rompió las lunas del segundo piso. "
            "Los padres exigieron patrullaje antes del ingreso de los alumnos.",
            "schools",
            type="attack",
            district="La Esperanza",
            **TRUJILLO,
        ),
    ),
}

ONE = {
    "a bill in other words": (
        OFFICES,
        page(
            "Pleno da luz verde a fiscalías antiextorsión",
            "Con 96 votos a favor, el pleno aprobó anoche el dictamen que crea las fiscalías especializadas en extorsión. El texto "
            "prevé 40 fiscales para diez distritos. No se exoneró de segunda votación.",
        ),
    ),
    "a decree told on the next day": (
        EXTENDED,
        emergency(
            "Oficializan prórroga del estado de emergencia",
            "Mediante decreto supremo publicado hoy el Gobierno amplió por treinta días la emergencia en Lima Metropolitana y la "
            "Provincia Constitucional del Callao.",
            "2026-03-06",
        ),
    ),
    "three dead, and only the province told": (
        murder(
            "Callao: triple crimen en una losa deportiva de Bellavista",
            "Tres hombres que jugaban fulbito fueron acribillados. Un niño quedó herido.",
            CALLAO,
            killed=3,
            district="Bellavista",
        ),
        murder("Tres muertos deja ataque a tiros en el puerto", "El ataque fue la noche del jueves.", CALLAO, killed=3),
    ),
    "an English page": (
        page(
            "Granada en discoteca de Ate durante show de cumbia",
            "Desconocidos lanzaron una granada contra el local Kañaveral cuando tocaba una orquesta de cumbia. Hay siete heridos.",
            "entertainment",
            type="attack",
            wounded=7,
            district="Ate",
            **LIMA,
        ),
        page(
            "Grenade blast at Lima cumbia concert injures seven",
            "Seven people were hurt when a grenade was thrown at a cumbia concert in the Peruvian capital, the police said.",
            "entertainment",
            type="attack",
            wounded=7,
            **LIMA,
        ),
    ),
}


def events(folder: Path, capsys: pytest.CaptureFixture[str], pages: tuple[Page, Page]) -> set[str]:
    path = folder / "in.jsonl"
    lines = [json.dumps({"id": number, **each}) for number, each in enumerate(pages)]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert link_file(path) == 0
    return {json.loads(line)["event"] for line in capsys.readouterr().out.splitlines()}


@pytest.mark.parametrize("name", TWO)
def test_what_only_looks_alike_stays_two(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(events(tmp_path, capsys, TWO[name])) == 2


@pytest.mark.parametrize("name", ONE)
def test_what_is_told_in_other_words_is_one(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(events(tmp_path, capsys, ONE[name])) == 1
