"""What a digest says of paper: bills that moved, new laws, emergencies in force, in both languages, from rows as the night writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboards.digest.content import read_content
from dashboards.digest.render import Edition, render
from dashboards.weeks import Week
from tests.dashboards.made import MONDAY, Listed, Told, group, publish_events
from warehouse.query import open_published
from warehouse.records import Bill

AUGUST = datetime(2026, 8, 4, 7, tzinfo=UTC)
THURSDAY = datetime(2026, 10, 22, 7, tzinfo=UTC)
NEXT_NIGHT = datetime(2026, 10, 27, 7, tzinfo=UTC)  # after the digest


def bill(number: int, title: str, state: str, filed: date, former: str | None = None) -> Bill:
    return Bill(
        period=2026, chamber="congress", number=number, document_id=f"bill{number}", printed_number=f"PL {number:05}/2026-2031-CR",
        title=title, state=state, filed_on=filed, proponent="Congreso", authors=(), former_number=former,
    )  # fmt: skip


BILLS = [
    Listed(bill(8, "Ley del fondo de deudos", "PRESENTADO", date(2026, 10, 21), "PL 09412/2024-CR"), THURSDAY, ("transport",)),
    Listed(bill(3, "Ley contra la extorsión", "EN COMISIÓN", date(2026, 8, 3)), AUGUST),
    Listed(bill(3, "Ley contra la extorsión", "DICTAMEN", date(2026, 8, 3)), THURSDAY),
    Listed(bill(5, "Ley que descansa", "EN COMISIÓN", date(2026, 8, 3)), AUGUST, ("transport",)),
    Listed(bill(6, "Ley de otro gremio", "PRESENTADO", date(2026, 10, 21)), THURSDAY, ("schools",)),
    Listed(bill(7, "Ley de otra cosa", "PRESENTADO", date(2026, 10, 21)), THURSDAY, (), ()),
    Listed(bill(9, "Ley que se movió después", "EN COMISIÓN", date(2026, 8, 3)), AUGUST, ("transport",)),
    Listed(bill(9, "Ley que se movió después", "DICTAMEN", date(2026, 8, 3)), NEXT_NIGHT, ("transport",)),
]  # fmt: skip
LAWS = [
    Told("law", ("new_law",), ubigeo=None, kind="norm", norm="Ley 32490", title="Ley N° 32490: Ley que protege al transporte", url="https://gaceta.pe/ley"),
    Told("other law", ("new_law",), ("schools",), ubigeo=None, norm="Ley 1", title="Ley de colegios"),
    Told("other region", ("new_law",), ubigeo="130101", norm="Ley 2", title="Ordenanza de Trujillo"),
    Told("fallen asleep", ("new_law",), ubigeo=None, week=date(2026, 10, 12), norm="Ley 3", title="Ley de la otra semana"),
]  # fmt: skip
IN_FORCE = [
    ("DS 127-2026-PCM", date(2026, 10, 1), date(2026, 11, 17), "130100"),
    ("DS 128-2026-PCM", date(2026, 10, 1), date(2026, 11, 30), "150110"),
    ("DS 129-2026-PCM", date(2026, 10, 1), date(2026, 12, 31), "070101"),
    ("DS 100-2026-PCM", date(2026, 8, 1), date(2026, 10, 25), "150110"),  # over on the day of the mail
]
NATIONWIDE = {
    "es": """
NORMAS NUEVAS
-------------

* Ley 32490: Ley que protege al transporte — 19 oct.
  https://gaceta.pe/ley
* Ley 2: Ordenanza de Trujillo — 19 oct.
  https://uno.pe/nota

PROYECTOS DE LEY
----------------

* PL 00008/2026-2031-CR: Ley del fondo de deudos (antes, PL 09412/2024-CR) — presentado, 21 oct.
  https://congreso.pe/8
* PL 00003/2026-2031-CR: Ley contra la extorsión — con dictamen, según la lista del 22 oct.
  https://congreso.pe/3

ESTADOS DE EMERGENCIA VIGENTES
------------------------------

* provincia de Trujillo (La Libertad), hasta el 17 de noviembre de 2026 · DS 127-2026-PCM
  https://gaceta.pe/0
* Comas (Lima), hasta el 30 de noviembre de 2026 · DS 128-2026-PCM
  https://gaceta.pe/1
Por otros motivos (clima) rige además 1 declaratoria de emergencia.
""",
    "en": """
NEW LAWS AND DECREES
--------------------

* Ley 32490: Ley que protege al transporte — 19 Oct
  https://gaceta.pe/ley
* Ley 2: Ordenanza de Trujillo — 19 Oct
  https://uno.pe/nota

BILLS
-----

* PL 00008/2026-2031-CR: Ley del fondo de deudos (formerly PL 09412/2024-CR) — filed, 21 Oct
  https://congreso.pe/8
* PL 00003/2026-2031-CR: Ley contra la extorsión — with a committee report, as listed on 22 Oct
  https://congreso.pe/3

STATES OF EMERGENCY IN FORCE
----------------------------

* province of Trujillo (La Libertad), until 17 November 2026 · DS 127-2026-PCM
  https://gaceta.pe/0
* Comas (Lima), until 30 November 2026 · DS 128-2026-PCM
  https://gaceta.pe/1
1 more emergency is in force on other grounds (weather).
""",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_events(
        tmp_path_factory.mktemp("papers") / "p.duckdb", LAWS, nights=(AUGUST, THURSDAY), emergencies=IN_FORCE,
        causes={"DS 129-2026-PCM": "weather"}, bills=BILLS,
    )  # fmt: skip


def edition(path: Path, **changes: object) -> Edition:
    with open_published(path) as con:
        return render(read_content(con, group(**changes), Week(MONDAY)))


@pytest.mark.parametrize("language", NATIONWIDE)
def test_the_weeks_paper_stands_in_the_mail(published: Path, language: str) -> None:
    found = edition(published, language=language)
    assert NATIONWIDE[language] in found.text
    for line in ("https://congreso.pe/8", "https://gaceta.pe/ley", "DS 128-2026-PCM"):
        assert line in found.html


def test_a_district_is_told_of_its_own_emergencies_and_of_laws_for_all(published: Path) -> None:
    found = edition(published, regions=("150110",), region_names=("Comas",)).text
    assert "DS 128-2026-PCM" in found
    assert "Ley 32490" in found
    for elsewhere in ("DS 127-2026-PCM", "Ordenanza de Trujillo", "Por otros motivos"):
        assert elsewhere not in found
    assert (
        "No consta ninguno para esta zona al 26 de octubre de 2026."
        in edition(published, regions=("1312",), region_names=("Virú",)).text
    )


def test_bills_can_be_left_out(published: Path) -> None:
    found = edition(published, has_bills=False)
    assert "PROYECTOS DE LEY" not in found.text
    assert "congreso.pe" not in found.html
