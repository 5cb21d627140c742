from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.commands.link import link_file

TEXT = "El gremio pide que la Policía acompañe a los buses de Canto Grande, donde mataron a dos choferes."


def document(name: str, title: str, text: str = "", **mention: Any) -> dict[str, Any]:
    given = {"type": "murder", "happening": 1, "date": "2026-03-05", "killed": 1} | mention
    return {
        "id": name,
        "title": title,
        "text": text,
        "published": "2026-03-06",
        "sectors": ["barbershops"],
        "mentions": [given],
    }


def events(folder: Path, capsys: pytest.CaptureFixture[str], *documents: dict[str, Any]) -> list[str]:
    path = folder / "in.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in documents), encoding="utf-8")
    assert link_file(path) == 0
    return [json.loads(line)["event"] for line in capsys.readouterr().out.splitlines()]


CHIMBOTE = {"department": "Áncash", "province": "Santa", "district": "Chimbote"}
SULLANA = {"department": "Piura", "province": "Sullana", "district": "Sullana"}


def test_a_place_that_is_only_named_tells_two_murders_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    title = "Asesinan a barbero dentro de su local mientras atendía a un cliente"
    a, b, c = events(
        tmp_path,
        capsys,
        document("1", title, **CHIMBOTE),
        document("2", title, **SULLANA),
        document("3", title, **SULLANA),
    )
    assert a != b == c


def test_the_number_of_a_norm_is_looked_up_on_its_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    law: dict[str, Any] = {"type": "new_law", "killed": None}
    a, b, c = events(
        tmp_path,
        capsys,
        document("1", "Promulgan la Ley 32611 contra la extorsión", **law),
        document("2", "Congress: Law 32611 takes effect", **law, date="2026-03-06"),
        document("3", "Promulgan la Ley 32612 contra la extorsión", **law),
    )
    assert a == b != c


def test_a_strike_of_one_trade_is_found_by_its_trade(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strike: dict[str, Any] = {"type": "strike", "killed": None}
    a, b, c = events(
        tmp_path,
        capsys,
        document("1", "Paro de transportistas: ¿qué empresas no circularán?", TEXT, **strike),
        document("2", "¡Los dejaron a pata! Paro de transportistas puso de cabeza a la capital", TEXT, **strike),
        document("3", "Otro paro, una semana después", TEXT, **strike, date="2026-03-12"),
    )
    assert a == b != c


def test_what_is_no_mention_is_refused_and_costs_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in.jsonl"
    bad = {"id": "1", "title": "x", "text": "", "mentions": ["no mention", {"department": 5}]}
    path.write_text(
        json.dumps(bad) + "\n" + json.dumps(document("2", "Matan a barbero", department=5)), encoding="utf-8"
    )
    assert link_file(path) == 1
    assert [json.loads(line)["document"] for line in capsys.readouterr().out.splitlines()] == ["2"]


def test_an_extension_does_not_get_the_number_of_what_it_extends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "La emergencia en Ica, declarada mediante DS N° 075-2026-PCM, se prorroga"
    emergency: dict[str, Any] = {"type": "state_of_emergency", "killed": None, "department": "Ica"}
    a, b = events(
        tmp_path,
        capsys,
        document("1", title, **emergency),
        document("2", title, **emergency, date="2026-05-05") | {"published": "2026-05-06"},
    )
    assert a != b


SCENE = (
    "Parejas que bailaban corrieron hacia la cochera. Médicos extrajeron esquirlas metálicas a una cajera embarazada. La pista quedó "
    "cubierta de botellas rotas."
)
OTHER = (
    "Siete impactos quedaron en el portón metálico de Ferretería Cárdenas. Su propietario, un huamachuquino recién mudado, dormía "
    "arriba junto a dos inquilinos. Los casquillos, de nueve milímetros, fueron embalados por peritos balísticos."
)


def test_a_page_that_names_only_the_province_meets_those_that_name_the_district(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grenade = {"type": "attack", "killed": None, "wounded": 4}
    local = "Granada estalla en una discoteca de Laredo mientras tocaba una orquesta de cumbia"
    province = {"department": "La Libertad", "province": "Trujillo"}
    a, b, c = events(
        tmp_path,
        capsys,
        document("1", local, "La orquesta Brisas de Menocucho cantaba.", **grenade, **province, district="Laredo"),
        document(
            "2", "Granada deja cuatro heridos en discoteca durante un show de cumbia", SCENE, **grenade, **province
        ),
        document("3", "Balean la fachada de una ferretería", OTHER, **grenade, **province),
    )
    assert a == b != c


def test_a_strike_on_a_page_of_one_trade_is_that_trade_s(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strike: dict[str, Any] = {"type": "strike", "killed": None, "date": "2026-03-09"}
    told = document("1", "Barberos anuncian paro: cierran sus tijeras", "Barberos marcharán el lunes.", **strike)
    murdered = document("2", "Asesinan a barbero; su gremio anuncia paro", "Los barberos cierran el lunes.", **SULLANA)
    murdered["mentions"].append({"happening": 2, **strike})
    one, murder, other = events(tmp_path, capsys, told, murdered)
    assert one == other != murder


def test_the_decree_of_two_regions_is_one_whichever_day_and_number_a_page_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decree: dict[str, Any] = {"type": "state_of_emergency", "killed": None}
    text = "El Gobierno prorrogó por 30 días el estado de emergencia en {} por la criminalidad."
    a, b, c = events(
        tmp_path,
        capsys,
        document("1", "Prorrogan la emergencia", text.format("Lima Metropolitana y el Callao"), **decree),
        document(
            "2",
            "Oficializan prórroga",
            text.format("Lima Metropolitana y el Callao"),
            **decree | {"date": "2026-03-06"},
        ),
        document("3", "Prorrogan la emergencia", text.format("los departamentos de Tumbes y Piura"), **decree),
    )
    assert a == b != c


PENSION = (
    "Cobrarán media remuneración mínima vital quienes acrediten veinte años de patrullaje comunal. Economía calcula un costo de "
    "ochenta millones anuales y rechaza la fórmula; la bancada cajamarquina celebró con sombreros y wawas."
)


def test_bills_are_told_apart_by_what_they_are_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bill: dict[str, Any] = {"type": "bill", "killed": None}
    a, b, c = events(
        tmp_path,
        capsys,
        document(
            "1",
            "Pleno aprueba crear fiscalías contra la extorsión",
            "Cuarenta fiscales atenderán a transportistas y bodegueros de diez regiones. La norma pasa al Senado.",
            **bill,
        ),
        document(
            "2",
            "Diputados dan luz verde a fiscalías contra la extorsión",
            "Diez regiones tendrán fiscales para choferes y comerciantes. Va al Senado tras el pleno.",
            **bill,
        ),
        document("3", "Pleno aprueba pensión para ronderos", PENSION, **bill),
    )
    assert a == b != c
