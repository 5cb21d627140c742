"""SQL: people's own questions to the published file, asked in a sandbox."""

from __future__ import annotations

import streamlit as st

from dashboards.app.sandbox import ROWS, SECONDS, ask_apart
from dashboards.app.setup import setup
from dashboards.app.show import data_table, plain
from dashboards.language import Tongue
from warehouse.query import QueryError

EXAMPLE = "SELECT department, count(*) AS events, sum(killed) AS killed\nFROM timeline\nWHERE list_contains(types, 'extortion')\nGROUP BY 1 ORDER BY 2 DESC"
LONGEST = 20_000


def draw(t: Tongue) -> None:
    """Draw the page."""
    st.title("SQL")
    st.caption(
        t.say(
            "Pregunte al archivo publicado en el SQL de DuckDB. Solo se lee: como mucho {seconds} segundos y {rows} filas. El enlace de esta página lleva la pregunta.",
            seconds=t.number(SECONDS), rows=t.number(ROWS),
        )
    )  # fmt: skip
    asked = st.query_params.get("q", "")
    with st.form("sql", border=False):
        text = st.text_area(t.say("Pregunta en SQL"), asked or EXAMPLE, height=180, max_chars=LONGEST)
        is_asked = st.form_submit_button(t.say("Preguntar"), type="primary")
    if is_asked:
        st.query_params["q"] = text
        # A question that only stands in a link is not asked until somebody presses the button.
        _answer(t, text)


def _answer(t: Tongue, text: str) -> None:
    try:
        with st.spinner(t.say("Preguntando…")):
            answer = ask_apart(setup().published, text)
    except QueryError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    if answer.is_cut:
        st.warning(t.say("Hay más de {n} filas; se muestran las primeras.", n=t.number(ROWS)))
    names = [
        f"{c} ({answer.columns[:n].count(c) + 1})" if c in answer.columns[:n] else c
        for n, c in enumerate(answer.columns)
    ]
    st.caption(t.count("{n} fila", "{n} filas", len(answer.rows)))
    data_table(t, [dict(zip(names, row, strict=True)) for row in answer.rows], "chasqui-sql")
