"""Laws and emergencies: bills by stage, norms, what is in force where, what happened before, during and after."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboards.app import filters
from dashboards.app.data import Row, rows
from dashboards.app.setup import setup
from dashboards.app.show import html, table_box
from dashboards.language import Tongue
from dashboards.wording import stage_names
from warehouse.records import LIMA


def draw(t: Tongue) -> None:
    """Draw the page."""
    st.title(t.say("Normas y emergencias"))
    called = filters.names(t)
    tabs = st.tabs([t.say("En vigor"), t.say("Antes, durante y después"), t.say("Proyectos de ley"), t.say("Normas")])
    with tabs[0]:
        _in_force(t)
    with tabs[1]:
        _effect(t)
    with tabs[2]:
        _bills(t)
    with tabs[3]:
        st.header(t.say("Normas de que se habla, salvo las de emergencia"))
        laws = rows("laws")
        html("laws", t, laws=laws, sectors=called.sectors)
        _table(t, laws, "chasqui-norms")


def _in_force(t: Tongue) -> None:
    day = _day(t)
    found = rows("in_force", day=day, region=None)
    st.header(
        t.say(
            "Distritos en emergencia el {day}: {n}", day=t.long_day(day), n=t.number(len({r["ubigeo"] for r in found}))
        )
    )
    st.caption(t.say("Según los decretos leídos; los motivos de una emergencia pueden ser otros que la extorsión."))
    grouped: dict[tuple[str, date, date], dict[str, list[str]]] = {}
    for row in found:
        provinces = grouped.setdefault((row["norm"], row["first_day"], row["last_day"]), {})
        partly = t.say(" (solo en parte)") if row["coverage"] == "part" else ""
        provinces.setdefault(f"{row['province']}, {row['department']}", []).append(row["district"] + partly)
    html("in_force", t, norms=grouped)
    _table(t, found, "chasqui-in-force")


def _day(t: Tongue) -> date:
    try:
        now = date.fromisoformat(st.query_params.get("day", ""))
    except ValueError:
        now = setup().now().astimezone(LIMA).date()
    st.session_state["box-day"] = now
    return st.date_input(t.say("Día"), key="box-day", format="DD/MM/YYYY", on_change=_write_day, width=200) or now


def _write_day() -> None:
    st.query_params["day"] = str(st.session_state["box-day"])


def _effect(t: Tongue) -> None:
    st.header(t.say("Hechos por semana en el territorio de cada emergencia"))
    st.caption(
        t.say("Ocho semanas antes, mientras duró y ocho después, en lo que se ha leído. Que cambie la cuenta no prueba que la emergencia lo causara: mire también cuántas notas se leyeron.")
    )  # fmt: skip
    found = rows("effect")
    phases = {"before": t.say("Antes"), "during": t.say("Durante"), "after": t.say("Después")}
    html("effect", t, phases=phases, spells=_spells(found))
    _table(t, found, "chasqui-emergency-effect")


def _spells(found: list[Row]) -> dict[tuple[str, str], dict[str, Row]]:
    spells: dict[tuple[str, str], dict[str, Row]] = {}
    for row in found:
        spells.setdefault((", ".join(row["norms"]), ", ".join(row["departments"])), {})[row["phase"]] = row
    return spells


def _bills(t: Tongue) -> None:
    st.header(t.say("Proyectos de ley por etapa"))
    stages = stage_names(t)
    found = rows("bills")
    grouped: dict[str, list[Row]] = {}
    for bill in found:
        stage = stages.get(bill["stage"]) or bill["state"] or t.say("etapa no precisada")
        grouped.setdefault(stage[:1].upper() + stage[1:], []).append(bill)
    html("bills", t, stages=grouped)
    _table(t, found, "chasqui-bills")


def _table(t: Tongue, found: list[Row], name: str) -> None:
    table_box(t, name, lambda: found)
