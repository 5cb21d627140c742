"""Overview: the last seven days known beside what is usual, by sector and by type."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards.app import filters
from dashboards.app.data import Row, rows
from dashboards.app.show import figure, html, scheme
from dashboards.charts.against_usual import Compared, against_usual_chart
from dashboards.language import Tongue

MUCH, LITTLE = 1.5, 0.67  # pages read against the usual: beyond these the reading itself moves the count


def draw(t: Tongue) -> None:
    """Draw the page."""
    st.title(t.say("Panorama"))
    called = filters.names(t)
    chosen = filters.choose(t, called)
    found = rows("overview", **chosen.parameters())
    total = next((r for r in found if r["axis"] == "all"), None)
    if total is None:
        st.info(t.say("No consta ningún hecho en las últimas cinco semanas con estos filtros."))
        return
    st.header(
        t.say("Hechos de los últimos siete días leídos: {span}", span=t.span(total["from_day"], total["until_day"]))
    )
    st.caption(_reading(t, total))
    html("tiles", t, tiles=_tiles(t, total))
    usual = t.say("lo habitual: media de las cuatro semanas anteriores")
    sectors, types = st.columns(2)
    with sectors:
        _compare(t, t.say("Por sector"), [r for r in found if r["axis"] == "sector"],
                 {**called.sectors, "none": t.say("sin sector preciso")}, usual, "chasqui-sectors",
                 t.say("Un hecho de dos sectores cuenta en ambos."))  # fmt: skip
    with types:
        _compare(t, t.say("Por tipo de hecho"), [r for r in found if r["axis"] == "event"], called.types, usual, "chasqui-types",
                 t.say("Un hecho de dos tipos cuenta en ambos."))  # fmt: skip


def _tiles(t: Tongue, total: Row) -> list[dict[str, object]]:
    return [
        _tile(t, t.say("hechos"), total["now"], total["usual"], total),
        _tile(t, t.say("muertos"), total["killed"], total["killed_usual"], total, is_grave=bool(total["killed"])),
        _tile(t, t.say("heridos"), total["wounded"], total["wounded_usual"], total),
        {"figure": t.number(total["unplaced"]), "unit": t.say("lugar desconocido"), "usual": t.say("de los hechos de estos días"), "is_grave": False},
    ]  # fmt: skip


def _tile(
    t: Tongue, unit: str, now: int | None, usual: float | None, total: Row, *, is_grave: bool = False
) -> dict[str, object]:
    if not total["is_usual_known"]:
        beside = t.say("aún no se sabe qué es lo habitual")
    elif usual is None:
        beside = t.say("lo habitual: no se dice")
    else:
        beside = t.say("lo habitual: {usual}", usual=t.number(usual))
    return {"figure": "–" if now is None else t.number(now), "unit": unit, "usual": beside, "is_grave": is_grave}


def _reading(t: Tongue, total: Row) -> str:
    now, usual = total["documents_now"], total["documents_usual"]
    said = t.say("Todavía pueden llegar notas de estos días.")
    if not usual:
        return said
    values = {"now": t.number(now), "usual": t.number(round(usual))}
    if now > usual * MUCH:
        said = t.say(
            "Se leyeron más notas que de costumbre ({now}; lo usual son {usual}): parte del aumento puede venir de ahí.",
            **values,
        )
    elif now < usual * LITTLE:
        said = t.say(
            "Se leyeron menos notas que de costumbre ({now}; lo usual son {usual}): pudo pasar algo que no leímos.",
            **values,
        )
    return said


def _compare(
    t: Tongue, title: str, found: list[Row], called: Mapping[str, str], usual: str, name: str, note: str
) -> None:
    order = list(called)
    compared = sorted(found, key=lambda r: (-r["now"], -r["usual"], order.index(r["label"])))
    lines = [Compared(called[r["label"]], r["now"], r["usual"]) for r in compared]
    table = [
        {t.say("Grupo"): c.label, t.say("Estos siete días"): c.now, t.say("Lo habitual"): round(c.usual, 2)}
        for c in lines
    ]
    told = ", ".join(
        t.say("{label} {now} (habitual {usual})", label=c.label, now=c.now, usual=t.number(c.usual)) for c in lines
    )
    figure(
        t,
        title,
        t.say("Hechos: {told}.", told=told),
        against_usual_chart(lines, t.say("estos siete días"), usual, scheme()),
        table,
        name,
        note=note,
    )
