"""Bills of archived rows: key, printed number, former number, authors; and the real answers of the service."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spiders.extract import NotArticle, Page, Unreadable, bills_of, extract
from spiders.extract.bills import normal_number
from spiders.registry import Source, Way

LIST = "https://api.uno.pe/lista-con-filtro"
SOURCE = Source(
    id="congreso",
    name="C",
    kind="congress",
    home="https://uno.pe/portal/",
    ways=(Way(kind="bills", url=f"{LIST}?perParId=2026"),),
)
ROW = {
    "perParId": 2026,
    "pleyNum": 8,
    "proyectoLey": "00008-2026-2031-CR",
    "desEstado": "DICTAMEN",
    "fecPresentacion": "2026-11-04T00:00:00.000-05:00",
    "titulo": "Ley que crea el fondo de reparación (ANTES PL 09412/2024-CR)",
    "desProponente": "Congreso",
    "autores": "Luque Ibarra, Ruth; Bazán Narro, Sigrid",
    "codTipoParl": "C",
}


def page(data: Any, url: str = f"{LIST}?codTipoParl=C&perParId=2026&pleyNum=8") -> Page:
    return Page(url, json.dumps(data).encode(), "application/json", source=SOURCE)


def test_a_row_is_a_document_and_a_bill() -> None:
    (document,) = extract(page(ROW))
    (bill,) = bills_of(page(ROW), [document])
    assert document.url == "https://uno.pe/portal/#/expediente/2026/8"
    assert document.published_at is not None
    assert document.published_precision == "day"
    assert (bill.id, bill.chamber, bill.document_id) == ("2026-C-8", "congress", document.id)
    assert (bill.printed_number, bill.former_number) == ("PL 00008/2026-2031-CR", "PL 9412/2024-CR")
    assert (bill.title, bill.state) == ("Ley que crea el fondo de reparación", "DICTAMEN")
    assert (bill.filed_on, bill.authors) == (date(2026, 11, 4), ("Luque Ibarra, Ruth", "Bazán Narro, Sigrid"))


def test_bills_of_two_series_with_one_number_are_two_documents() -> None:
    other = {**ROW, "codTipoParl": "D", "proyectoLey": "00008-2026-2031-CD"}
    body = page({"data": {"proyectos": [ROW, other]}}, url="https://file.invalid/lista.json")
    one, two = extract(body)
    assert one.id != two.id
    assert [b.id for b in bills_of(body, [one, two])] == ["2026-C-8", "2026-D-8"]


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("14864/2025-CR", "PL 14864/2025-CR"),
        ("00781/2021-CR", "PL 781/2021-CR"),
        ("00553-2026-2031-CD", "PL 00553/2026-2031-CD"),
        ("00013/2026-2031-S", "PL 00013/2026-2031-S"),
        ("sin número", None),
    ],
)
def test_numbers_come_in_the_form_that_texts_are_read_into(printed: str, normal: str | None) -> None:
    assert normal_number(printed) == normal


@pytest.mark.parametrize(
    "change", [{"perParId": None}, {"pleyNum": "ocho"}, {"codTipoParl": "X"}, {"proyectoLey": "8"}]
)
def test_a_row_without_a_whole_key_is_a_document_and_no_bill(change: dict[str, object]) -> None:
    row = {**ROW, **change}
    data = row if "pleyNum" in row else {"data": {"proyectos": [row]}}
    assert bills_of(page(data), extract(page(data))) == []


@pytest.mark.parametrize(
    ("data", "error"),
    [({"data": {"proyectos": [{"titulo": "x"}]}}, Unreadable), ({"data": []}, NotArticle), ([1], NotArticle)],
)
def test_another_shape_is_named(data: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        extract(page(data))


def test_real_rows(samples: Path) -> None:
    body = (samples / "congreso-portal/lista-con-filtro-2021-first2.json").read_bytes()
    listed = Page("https://file.invalid/x.json", body, "application/json")
    first, second = bills_of(listed, extract(listed))
    assert (first.id, first.printed_number, first.filed_on) == ("2021-C-14864", "PL 14864/2025-CR", date(2026, 7, 22))
    assert (second.proponent, second.authors) == ("PODER EJECUTIVO", ())
