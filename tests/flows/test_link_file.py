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
