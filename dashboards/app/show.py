"""How things stand on a page: a chart with its table and CSV, other people's words as text, a piece of HTML.

Not here: which things (``views``), charts (``dashboards.charts``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.app.data import Row
from dashboards.charts.style import Scheme
from dashboards.language import Tongue
from dashboards.plain import clean, safe_url
from dashboards.spreadsheet import as_csv

TEMPLATES = Path(__file__).parent / "templates"
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")  # whatever could mean something in Markdown
TABLE_ROWS = 2000  # shown; the CSV has all


def plain(text: str) -> str:
    """Other people's words for a place that reads Markdown: text, whatever stands in it."""
    return PUNCTUATION.sub(r"\\\1", clean(text))


def html(template: str, t: Tongue, **values: Any) -> None:
    """A piece of HTML; everything put into it is escaped."""
    page = _environment().get_template(f"{template}.html.j2")
    st.html(page.render(t=t, say=t.say, count=t.count, **values))


def scheme() -> Scheme:
    """The surroundings that the reader's browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def figure(
    t: Tongue,
    title: str,
    alt_text: str,
    chart: alt.TopLevelMixin,
    table: Sequence[Row],
    name: str,
    *,
    note: str = "",
    **options: Any,
) -> Any:
    """A chart under a title that says what is counted, with what it is drawn from.

    Args:
        t: language.
        title: what is counted.
        alt_text: the chart in words, for those who do not see it.
        chart: the chart.
        table: its rows, column names as people read them.
        name: of the CSV file, without ending.
        note: what to know before reading it.
        options: of ``st.altair_chart``.

    Returns:
        What was selected in the chart, where ``options`` ask for that.
    """
    st.header(title)
    if note:
        st.caption(note)
    chosen = st.vega_lite_chart(
        spec=spec(chart), theme=None, width="stretch", alt=alt_text, key=f"chart-{name}", **options
    )
    table_box(t, name, lambda: table)
    return chosen


def table_box(
    t: Tongue, name: str, table: Callable[[], Sequence[Row]], whole: Callable[[], Sequence[Row]] | None = None
) -> None:
    """A closed box with rows as a table and their CSV; until somebody opens it nothing of it is asked or sent.

    Args:
        t: language.
        name: of the CSV file, without ending.
        table: gives the rows.
        whole: gives those of the CSV, where the table has only the first of them.
    """
    box = st.expander(t.say("Tabla y CSV"), icon=":material/table:", key=f"table-{name}", on_change="rerun")
    if box.open:
        with box:
            data_table(t, table(), name, whole)


def spec(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """A chart as Streamlit takes it: each layer with its own data, shapes of places among them as they are."""
    made = chart.to_dict(validate=False)
    datasets = made.pop("datasets", {})
    # The alternative text says more than what Vega makes of every mark, and each mark would need one of its own.
    silent = {"aria": False}
    config = made.setdefault("config", {})
    for part in ("mark", "axis", "legend"):
        config[part] = {**config.get(part, {}), **silent}
    whole = _with_data(made | {"config": config | silent}, datasets)
    if "layer" in whole and "data" in whole:
        # Streamlit would read data at the top as a table, and shapes are none.
        shared = whole.pop("data")
        whole["layer"] = [{"data": shared, **layer} for layer in whole["layer"]]
    return whole


def _with_data(part: Any, datasets: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_with_data(p, datasets) for p in part]
    if not isinstance(part, dict):
        return part
    whole = {key: _with_data(value, datasets) for key, value in part.items() if key != "data"}
    if "data" in part:
        named = dict(part["data"])
        if named.get("name") in datasets:
            named["values"] = datasets[named.pop("name")]
        whole["data"] = named
    return whole


def data_table(t: Tongue, table: Sequence[Row], name: str, whole: Callable[[], Sequence[Row]] | None = None) -> None:
    """Rows as a table, with their CSV, which is made when somebody asks for it."""
    if not table:
        st.write(t.say("Sin datos."))
        return
    st.dataframe(list(table[:TABLE_ROWS]), hide_index=True, width="stretch", alt=name)
    if len(table) > TABLE_ROWS:
        st.caption(t.say("Se muestran {n} filas; el CSV las tiene todas.", n=t.number(TABLE_ROWS)))
    st.download_button(
        t.say("Descargar CSV"),
        lambda: _csv(whole() if whole else table),
        f"{name}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"csv-{name}",
    )


def _csv(table: Sequence[Row]) -> bytes:
    return as_csv(list(table[0]), [list(row.values()) for row in table])


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters |= {"clean": clean, "safe_url": safe_url}
    return environment
