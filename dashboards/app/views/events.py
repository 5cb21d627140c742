"""Events one by one: filtered, sorted, a page of them at a time, each leading to its own page."""

from __future__ import annotations

import streamlit as st

from dashboards.app import filters, telling
from dashboards.app.data import rows, rows_once
from dashboards.app.show import TABLE_ROWS, html, table_box
from dashboards.language import Tongue

SIZE = 25
CSV_ROWS = 100_000


def draw(t: Tongue) -> None:
    """Draw the page."""
    st.title(t.say("Hechos"))
    called = filters.names(t)
    chosen = filters.choose(t, called)
    number, sort = _place(t)
    found = rows("events", **chosen.parameters(), sort=sort, size=SIZE, skip=(number - 1) * SIZE)
    if not found:
        st.info(t.say("No consta ningún hecho con estos filtros."))
        return
    st.caption(t.count("{n} hecho; cada uno cuenta una vez, por muchas notas que hablen de él.",
                       "{n} hechos; cada uno cuenta una vez, por muchas notas que hablen de él.", found[0]["happened"]))  # fmt: skip
    html("events", t, called=called, events=found, telling=telling)
    _turn(t, number, -(-found[0]["listed"] // SIZE))
    table_box(
        t, "chasqui-events",
        lambda: rows("events_table", **chosen.parameters(), most=TABLE_ROWS + 1),
        lambda: rows_once("events_table", **chosen.parameters(), most=CSV_ROWS),
    )  # fmt: skip


def _place(t: Tongue) -> tuple[int, str]:
    """The page and the order the address names."""
    orders = {
        "newest": t.say("Más recientes"),
        "oldest": t.say("Más antiguos"),
        "killed": t.say("Más muertos"),
        "sources": t.say("Más fuentes"),
    }
    now = st.query_params.get("sort", "newest")
    st.session_state["box-sort"] = now if now in orders else "newest"
    sort: str = st.selectbox(
        t.say("Orden"), list(orders), format_func=lambda v: orders[v], key="box-sort", on_change=_sort, width=240
    )
    text = st.query_params.get("page", "1")
    return max(1, int(text)) if text.isdigit() and len(text) < 6 else 1, sort


def _sort() -> None:
    st.query_params["sort"] = st.session_state["box-sort"]
    st.query_params.pop("page", None)


def _turn(t: Tongue, number: int, last: int) -> None:
    back, forth = st.columns(2)
    if number > 1:
        back.button(t.say("Anteriores"), icon=":material/arrow_back:", on_click=_go, args=(number - 1,))
    if number < last:
        forth.button(t.say("Siguientes"), icon=":material/arrow_forward:", on_click=_go, args=(number + 1,))
    if last > 1:
        st.caption(t.say("Página {number} de {last}", number=t.number(number), last=t.number(last)))


def _go(number: int) -> None:
    st.query_params["page"] = str(number)
