"""Map: departments, provinces or districts by number of events, or by events per 100,000 people."""

from __future__ import annotations

import altair as alt
import streamlit as st

from dashboards.app import filters
from dashboards.app.data import Row, rows
from dashboards.app.show import figure, scheme
from dashboards.charts.areas import Level, Point, areas_map, drawn_codes
from dashboards.charts.titles import areas_title
from dashboards.language import Tongue

DIGITS = {"departments": 2, "provinces": 4, "districts": 6}
NAMED = 12  # places in the words for those who do not see the map


def draw(t: Tongue) -> None:
    """Draw the page."""
    st.title(t.say("Mapa"))
    called = filters.names(t)
    chosen = filters.choose(t, called)
    first, second = st.columns(2)
    with first:
        level = filters.switch("level", t.say("Lugares"), {
            "departments": t.say("Departamentos"), "provinces": t.say("Provincias"), "districts": t.say("Distritos")
        })  # fmt: skip
    with second:
        measure = filters.switch("measure", t.say("Medida"), {
            "count": t.say("Hechos"), "rate": t.say("Por 100 000 habitantes")
        })  # fmt: skip
    digits = DIGITS[level]
    counts = {r["code"]: r for r in rows("map", **chosen.parameters(), digits=digits)}
    unknown = counts.pop(None, {"event_count": 0})["event_count"]
    places = {p["code"]: p for p in rows("places", digits=digits)}
    values = _values(counts, places, measure)
    st.markdown(f"**{t.say('Lugar desconocido o menos preciso: {n}', n=t.number(unknown))}**")
    if not values:
        st.info(t.say("No consta ningún hecho con estos filtros."))
        return
    title = areas_title(t, level, is_rate=measure == "rate")
    ranked = sorted(values, key=lambda c: (-values[c], c))
    told = ", ".join(f"{_name(places[c])} {t.number(round(values[c], 1))}" for c in ranked[:NAMED])
    note = _note(t, measure)
    figure(t, title, f"{title}: {told}.", _chart(t, level, values, places, measure), [_row(t, places[c], counts[c]) for c in ranked],
           f"chasqui-{level}", note=note)  # fmt: skip


def _values(counts: dict[str, Row], places: dict[str, Row], measure: str) -> dict[str, float]:
    if measure == "count":
        return {code: r["event_count"] for code, r in counts.items() if code in places}
    return {code: rate for code, r in counts.items() if (rate := _rate(places.get(code), r)) is not None}


def _rate(place: Row | None, counted: Row) -> float | None:
    if place is None or not place["population"]:
        return None
    return counted["event_count"] * 100_000 / place["population"]


def _chart(t: Tongue, level: str, values: dict[str, float], places: dict[str, Row], measure: str) -> alt.TopLevelMixin:
    unit = t.say("hechos") if measure == "count" else t.say("hechos por 100 000 habitantes")
    if level == "districts":
        points = [
            Point(_name(places[c]), places[c]["latitude"], places[c]["longitude"], round(v, 1))  # type: ignore[arg-type] - a rate is drawn as a count is
            for c, v in values.items()
            if places[c]["latitude"] is not None
        ]
        return areas_map({}, "departments", unit, points=points, scheme=scheme())
    areas: Level = "provinces" if level == "provinces" else "departments"
    shaded = {c: round(v, 2) for c, v in values.items() if c in drawn_codes(areas)}
    return areas_map(shaded, areas, unit, scheme=scheme())


def _note(t: Tongue, measure: str) -> str:
    return (
        t.say("Población: proyección para 2025. En lugares pequeños un solo hecho da una tasa alta.")
        if measure == "rate"
        else ""
    )


def _name(place: Row) -> str:
    parts = [place["district"], place["province"], place["department"]]
    return ", ".join(p for n, p in enumerate(parts) if p and p not in parts[:n])


def _row(t: Tongue, place: Row, counted: Row) -> Row:
    rate = _rate(place, counted)
    return {
        t.say("Lugar"): _name(place),
        "UBIGEO": place["code"],
        t.say("Hechos"): counted["event_count"],
        t.say("Muertos"): counted["killed"],
        t.say("Heridos"): counted["wounded"],
        t.say("Población (2025)"): place["population"],
        t.say("Hechos por 100 000 habitantes"): None if rate is None else round(rate, 2),
    }
