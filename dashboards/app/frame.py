"""What stands around every page: its name, the language, the way to the other pages, how fresh the data are.

Not here: the pages themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.navigation.page import Page

from dashboards.app import filters
from dashboards.app.data import rows
from dashboards.app.setup import setup
from dashboards.app.show import html, plain
from dashboards.app.views import event, events, laws, maps, overview, review, search, sources, sql, timeline
from dashboards.language import LOCALES, Tongue, tongue
from warehouse.query import QueryError

SOURCE_LANGUAGE = "es"
ICON = "📣"  # an icon by name would be fetched from the network


def draw() -> None:
    """Draw the page the address names."""
    t = tongue(language())
    st.set_page_config(page_title="Chasqui", page_icon=ICON, layout="wide")
    pages = _pages(t)
    current = st.navigation(list(pages.values()), position="hidden")
    html("style", t)
    _side(t, pages)
    try:
        _banner(t)
        current.run()
    except QueryError as error:
        st.error(plain(str(error)), icon=":material/error:")
    html("foot", t)


def language() -> str:
    """The language the address asks for."""
    code = st.query_params.get("lang", SOURCE_LANGUAGE)
    return code if code in LOCALES else SOURCE_LANGUAGE


def _pages(t: Tongue) -> dict[str, Page]:
    def page(draw_page: Callable[[Tongue], None], title: str, icon: str, path: str = "") -> Page:
        return st.Page(
            partial(draw_page, t), title=title, icon=f":material/{icon}:", url_path=path or None, default=not path
        )

    return {
        "overview": page(overview.draw, t.say("Panorama"), "dashboard"),
        "timeline": page(timeline.draw, t.say("Línea de tiempo"), "bar_chart", "timeline"),
        "map": page(maps.draw, t.say("Mapa"), "map", "map"),
        "events": page(events.draw, t.say("Hechos"), "list", "events"),
        "laws": page(laws.draw, t.say("Normas y emergencias"), "gavel", "laws"),
        "sources": page(sources.draw, t.say("Fuentes"), "rss_feed", "sources"),
        "search": page(search.draw, t.say("Buscar"), "search", "search"),
        "sql": page(sql.draw, "SQL", "terminal", "sql"),
        "review": page(review.draw, t.say("Revisión"), "rule", "review"),
        "event": page(event.draw, t.say("Un hecho"), "article", "event"),
    }


def _side(t: Tongue, pages: dict[str, Page]) -> None:
    kept = [*([] if t.code == SOURCE_LANGUAGE else [("lang", t.code)]), *filters.kept()]
    with st.sidebar:
        html("name", t)
        for name, page in pages.items():
            if name != "event":
                st.page_link(page, query_params=kept)


def _banner(t: Tongue) -> None:
    found = rows("freshness")[0]
    night = found["night_at"]
    other = next(code for code in LOCALES if code != t.code)
    here = [(k, v) for k in st.query_params for v in st.query_params.get_all(k) if k != "lang"]
    address = urlencode([("lang", other), *here])
    path = urlsplit(st.context.url or "").path
    is_old = night is None or (setup().now() - night).total_seconds() > setup().stale_hours * 3600
    html("banner", t, found=found, night=night, is_old=is_old, other=other, address=f"{path}?{address}")
