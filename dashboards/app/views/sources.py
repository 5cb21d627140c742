"""Sources: what was expected and what came, which are quiet or broken, what the checks found."""

from __future__ import annotations

import streamlit as st

from dashboards.app.data import Row, rows
from dashboards.app.show import data_table, html, table_box
from dashboards.language import Tongue


def draw(t: Tongue) -> None:
    """Draw the page."""
    st.title(t.say("Fuentes"))
    found = rows("sources")
    unwell = [s for s in found if s["health"] != "healthy"]
    if unwell:
        st.warning(
            t.count("{n} fuente no está bien: puede haber hechos que no leímos.", "{n} fuentes no están bien: puede haber hechos que no leímos.", len(unwell)),
            icon=":material/warning:",
        )  # fmt: skip
    else:
        st.success(t.say("Todas las fuentes respondieron bien en la última noche."), icon=":material/check_circle:")
    st.header(t.say("La última noche, fuente por fuente"))
    html("sources", t, sources=[_told(t, s) for s in found])
    table_box(t, "chasqui-sources", lambda: found)
    _weeks(t)
    _rules(t)


def _told(t: Tongue, source: Row) -> Row:
    health = {
        "healthy": t.say("bien"),
        "quiet": t.say("callada"),
        "broken": t.say("averiada"),
        "disabled": t.say("apagada"),
    }
    return {**source, "health_name": health.get(source["health"], source["health"])}


def _weeks(t: Tongue) -> None:
    st.header(t.say("Notas leídas por fuente y semana, frente a su semana habitual"))
    st.caption(
        t.say(
            "Cada cifra son las notas publicadas en esa semana que se leyeron; en negrita y subrayadas, las semanas con menos de la mitad de lo habitual."
        )
    )
    found = rows("source_weeks")
    weeks = sorted({r["week"] for r in found})
    table: dict[str, list[Row]] = {}
    for row in found:
        table.setdefault(row["source_name"], []).append(row)
    html("source_weeks", t, weeks=weeks, table=table)
    table_box(t, "chasqui-source-weeks", lambda: found)


def _rules(t: Tongue) -> None:
    st.header(t.say("Avisos de calidad de la última noche"))
    broken = rows("rules")
    if broken:
        data_table(t, broken, "chasqui-checks")
    else:
        st.write(t.say("Ninguna regla de calidad se rompió."))
