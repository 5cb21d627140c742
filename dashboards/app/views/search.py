"""Search: documents by their words, in the search index, narrowed by the filters."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
import tantivy

from dashboards.app import filters, telling
from dashboards.app.data import SHARED, rows
from dashboards.app.setup import setup
from dashboards.app.show import html, table_box
from dashboards.language import Tongue
from dashboards.plain import clean
from warehouse.search.find import Found, Narrowed, Results, find
from warehouse.search.shelf import SearchError, Shelf, open_index

SHOWN = 50
LONGEST = 300


def draw(t: Tongue) -> None:
    """Draw the page."""
    st.title(t.say("Buscar"))
    chosen = filters.choose(t, filters.names(t))
    st.session_state["box-q"] = st.query_params.get("q", "")[:LONGEST]
    words = st.text_input(
        t.say("Palabras"), key="box-q", max_chars=LONGEST, on_change=_write, type="search",
        placeholder=t.say("extorsión colectiveros Comas"), help=t.say("Una frase va entre comillas; -palabra la excluye."),
    )  # fmt: skip
    if not words or not words.strip():
        return
    narrowed = Narrowed(chosen)
    try:
        results = _find(words, narrowed)
    except SearchError:
        st.warning(t.say("El índice de búsqueda no está o está dañado; la próxima noche lo rehace."))
        return
    if not results.found:
        st.info(t.say("Ninguna nota tiene estas palabras."))
        return
    if results.is_loosened:
        st.info(t.say("Ninguna nota tiene todas estas palabras; estas tienen algunas."))
    names = {s["source_id"]: s["source_name"] for s in rows("sources")}
    st.caption(t.count("{n} nota, la más parecida primero", "{n} notas, las más parecidas primero", len(results.found)))
    html("found", t, found=[(f, _marked(f)) for f in results.found], sources=names, telling=telling)
    table_box(t, "chasqui-search", lambda: [_row(f) for f in results.found])


def _find(words: str, narrowed: Narrowed) -> Results:
    with SHARED.cursor(setup().published) as cursor:
        return find(_index(), cursor, words, narrowed, SHOWN)


def _index() -> tantivy.Index:
    """The index as the last night left it; it is opened once and changed in place."""
    shelf = Shelf(setup().search)
    path = shelf.current
    if path is None:
        return shelf.open()
    index = _opened(path)
    index.reload()
    return index


@st.cache_resource(max_entries=1, show_spinner=False)
def _opened(path: Path) -> tantivy.Index:
    return open_index(path)


def _marked(found: Found) -> list[tuple[str, bool]]:
    """The snippet in pieces, and whether each is one of the words."""
    pieces, at = [], 0
    for start, end in found.marks:
        pieces += [(found.snippet[at:start], False), (found.snippet[start:end], True)]
        at = end
    return [(text, is_marked) for text, is_marked in [*pieces, (found.snippet[at:], False)] if text]


def _row(found: Found) -> dict[str, object]:
    return {
        "document_id": found.document_id,
        "published_on": found.published_on,
        "source_id": found.source_id,
        "title": clean(found.title),
        "url": found.url,
        "event_ids": ", ".join(found.event_ids),
    }


def _write() -> None:
    if words := st.session_state["box-q"]:
        st.query_params["q"] = words
    else:
        st.query_params.pop("q", None)
