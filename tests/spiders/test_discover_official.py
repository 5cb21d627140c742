"""Lists of the State: the bill list of Congress, the search of gob.pe, today's norms by the gazette's other site."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.discover import ListingError, read_listing
from spiders.discover.bills import request_of
from spiders.registry import Source, Way

LIST = "https://api.uno.pe/lista-con-filtro"
SOURCE = Source(id="uno", name="Uno", kind="congress", ways=(Way(kind="bills", url=f"{LIST}?perParId=2026"),))
ROW = {
    "perParId": 2026,
    "pleyNum": 13,
    "proyectoLey": "00013-2026-2031-S",
    "desEstado": "PRESENTADO",
    "fecPresentacion": "2026-09-29T00:00:00.000-05:00",
    "titulo": "LEY QUE …",
    "codTipoParl": "S",
    "rowsTotal": 0,
}
RESULT = {
    "name": "DS 118-2026-PCM",
    "publication": "18 de setiembre de 2026",
    "url": '<a href="/institucion/pcm/1">DS</a>',
}


def bills(rows: list[Any], query: str = "perParId=2026&codTipoParl=S"):
    body = json.dumps({"code": 200, "data": {"proyectos": rows, "rowsTotal": 0}}).encode()
    return read_listing("bills", body, f"{LIST}?{query}", SOURCE)


def gobpe(results: list[Any], url: str = "https://www.uno.pe/busquedas.json?contenido[]=normas&sheet=1"):
    body = json.dumps({"data": {"attributes": {"results": results}}}).encode()
    return read_listing("gobpe", body, url, SOURCE)


def test_a_bill_has_an_address_of_its_own_and_its_row_for_content() -> None:
    (item,) = bills([ROW]).items
    assert item.url == f"{LIST}?codTipoParl=S&perParId=2026&pleyNum=13"
    assert item.published_at == datetime(2026, 9, 29, 5, tzinfo=UTC)
    assert json.loads(item.content or b"{}") == {k: v for k, v in ROW.items() if k != "rowsTotal"}


def test_what_is_posted_is_what_the_address_says() -> None:
    address, body = request_of(f"{LIST}?perParId=2026&codTipoParl=D&rowStart=2000")
    assert address == LIST
    assert json.loads(body) == {"perParId": 2026, "codTipoParl": "D", "rowStart": 2000, "pageSize": 1000}


def test_a_full_page_leads_on_and_a_short_or_an_overlong_one_does_not() -> None:
    rows = [{**ROW, "pleyNum": n} for n in range(1, 4)]
    query = "perParId=2026&codTipoParl=S&pageSize="
    (following,) = bills(rows, f"{query}3").more
    assert json.loads(request_of(following)[1]) == {"perParId": 2026, "codTipoParl": "S", "pageSize": 3, "rowStart": 3}
    assert bills(rows, f"{query}4").more == bills(rows, f"{query}2").more == ()
    assert bills([], f"{query}3&rowStart=3").items == ()  # the last page was full


def test_bills_of_another_series_are_a_failure_not_a_list() -> None:
    with pytest.raises(ListingError, match="other_series"):
        bills([{**ROW, "codTipoParl": "C"}])


def test_a_row_without_a_number_costs_only_itself() -> None:
    listing = bills([ROW, {**ROW, "pleyNum": None}, "x"])
    assert (len(listing.items), listing.warnings) == (1, ("bad_items:2",))


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("bills", b"<html>403</html>", "broken_json"),
        ("bills", b'{"data": []}', "json_of_unknown_shape"),
        ("bills", b'{"data": {"proyectos": []}}', "empty_list"),
        ("gobpe", b"{}", "json_of_unknown_shape"),
        ("gobpe", b'{"data": {"attributes": {"results": []}}}', "empty_list"),
        ("gazette_today", b"<p>nada</p>", "empty_list"),
    ],
)
def test_an_answer_of_another_shape_is_never_an_empty_list(kind: str, body: bytes, reason: str) -> None:
    with pytest.raises(ListingError, match=reason):
        read_listing(kind, body, f"{LIST}?perParId=2026", SOURCE)


def test_the_portals_search_gives_anchors_and_spanish_days() -> None:
    listing = gobpe([RESULT, {**RESULT, "url": ""}, {**RESULT, "publication": "ayer", "url": '<a href="/otro">x</a>'}])
    first, second = listing.items
    assert (first.url, first.title) == ("https://www.uno.pe/institucion/pcm/1", "DS 118-2026-PCM")
    assert (first.published_at, second.published_at) == (datetime(2026, 9, 18, 5, tzinfo=UTC), None)
    assert listing.more == ()


def test_a_full_sheet_leads_to_the_next() -> None:
    (following,) = gobpe([RESULT] * 25).more
    assert following == "https://www.uno.pe/busquedas.json?contenido%5B%5D=normas&sheet=2"


def test_todays_norms_are_told_by_their_op_codes() -> None:
    page = '<a href="https://uno.pe/dispositivo/NL/2569204-1/pdf">PDF</a><a href="/dispositivo/EX/2569300-2">x</a><a href="/otro">y</a>'
    listing = read_listing("gazette_today", page.encode(), "https://uno.pe/Normas", SOURCE)
    assert [i.url for i in listing.items] == [
        "https://uno.pe/dispositivo/NL/2569204-1",
        "https://uno.pe/dispositivo/EX/2569300-2",
    ]


@given(st.sampled_from(["bills", "gobpe", "gazette_today"]), st.binary(max_size=300))
def test_garbage_gives_a_list_or_a_named_error(kind: str, body: bytes) -> None:
    try:
        read_listing(kind, body, f"{LIST}?perParId=2026", SOURCE)
    except ListingError as error:
        assert str(error)


def test_real_answers_of_the_bills_service(samples: Path) -> None:
    folder = samples / "congreso-portal"
    body = (folder / "lista-con-filtro-2021-first2.json").read_bytes()
    listing = read_listing("bills", body, f"{LIST}?perParId=2021&codTipoParl=C", SOURCE)
    assert [i.url.rpartition("=")[2] for i in listing.items] == ["14864", "14863"]
    for name, reason in (("unknown-period", "empty_list"), ("missing-period-400", "json_of_unknown_shape")):
        with pytest.raises(ListingError, match=reason):
            read_listing("bills", (folder / f"lista-con-filtro-{name}.json").read_bytes(), LIST, SOURCE)
