"""Timeline: events by week, with the emergencies in force and the laws of the time; a week leads to its events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from dashboards.app import filters
from dashboards.app.data import Row, rows
from dashboards.app.show import figure, html, scheme
from dashboards.charts.timeline import Mark, Span, WeekCell, timeline_chart
from dashboards.charts.titles import weeks_title
from dashboards.language import Tongue
from warehouse.timeline import Filters

SERIES = 5  # told apart by colour and dash; what is rarer goes together
WEEK = timedelta(days=6)


def draw(t: Tongue) -> None:
    """Draw the page."""
    st.title(t.say("Línea de tiempo"))
    called = filters.names(t)
    chosen = filters.choose(t, called)
    by, form = _forms(t)
    found = rows("weekly" if by == "type" else "weekly_sectors", **chosen.parameters())
    if not found:
        st.info(t.say("Aún no se ha leído ninguna semana."))
        return
    names = called.types if by == "type" else {**called.sectors, "none": t.say("sin sector preciso")}
    cells, kinds = _cells(t, found, names)
    spans = [
        Span(r["first_day"], r["last_day"], f"{r['norm']}: {', '.join(r['departments'])}")
        for r in rows("emergency_spans", region=chosen.region)
    ]
    marks = [Mark(r["day"], r["number"]) for r in rows("laws") if r["day"] and r["source_count"]]
    chart = timeline_chart(
        cells, kinds, [t.short_month(date(2000, n, 1)) for n in range(1, 13)], t.say("hechos"),
        spans=spans, marks=marks, form=form, scheme=scheme(), width="container",
    )  # fmt: skip
    title = weeks_title(t, by)
    figure(t, title, _told(t, found), chart, _table(t, found, names), "chasqui-weekly", note=_note(t, chosen, by))
    _weeks(t, found)


def _forms(t: Tongue) -> tuple[str, Literal["stacked", "lines"]]:
    by = filters.switch("by", t.say("Contar por"), {"type": t.say("Tipo principal"), "sector": t.say("Sector")})
    # Sectors overlap: stacked, an event of two would be drawn twice.
    return by, "stacked" if by == "type" else "lines"


def _cells(t: Tongue, found: list[Row], names: Mapping[str, str]) -> tuple[list[WeekCell], list[str]]:
    """One cell a week and kind; kinds beyond what colours tell apart go together."""
    totals = Counter[str]()
    for row in found:
        if row["label"]:
            totals[row["label"]] += row["event_count"]
    main = [label for label, _ in totals.most_common(SERIES if len(totals) <= SERIES else SERIES - 1)]
    rest = t.say("otros")
    kinds = [names[label] for label in main] + ([rest] if len(totals) > len(main) else [])
    counts = Counter[tuple[date, str]]()
    for row in found:
        if row["label"]:
            counts[row["week"], names[row["label"]] if row["label"] in main else rest] += row["event_count"]
    weeks = {row["week"]: row["documents_read"] for row in found}
    cells = [
        WeekCell(w, k, counts[w, k] if read else None, _events_of(t, w))
        for w, read in weeks.items()
        for k in kinds or [rest]
    ]
    return cells, kinds or [rest]


def _events_of(t: Tongue, week: date) -> str:
    """The page of a week's events, filtered as this one is."""
    kept = [(k, v) for k, v in filters.kept() if k not in {"since", "until"}]
    lang = [("lang", t.code)] if t.code != "es" else []
    return "events?" + urlencode([("since", week.isoformat()), ("until", (week + WEEK).isoformat()), *kept, *lang])


def _note(t: Tongue, chosen: Filters, by: str) -> str:
    unsure = rows("undated", **chosen.parameters())[0]
    parts = [
        t.say("Cada hecho cuenta una vez, en su tipo más grave.")
        if by == "type"
        else t.say("Un hecho de dos sectores cuenta en ambos.")
    ]
    if unsure["dated_by_report"]:
        parts.append(t.count("De {n} hecho no se dice el día: está en la semana de su primera nota.",
                             "De {n} hechos no se dice el día: están en la semana de su primera nota.", unsure["dated_by_report"]))  # fmt: skip
    parts.append(
        t.say(
            "Franjas: estados de emergencia en vigor. Rombos: normas. Raya: semana sin notas leídas. La última semana aún crece."
        )
    )
    return " ".join(parts)


def _told(t: Tongue, found: list[Row]) -> str:
    totals = Counter[date]()
    for row in found:
        totals[row["week"]] += row["event_count"]
    told = ", ".join(f"{t.short_day(week)} {number}" for week, number in sorted(totals.items())[-16:])
    return t.say("Hechos por semana, desde el lunes: {weeks}.", weeks=told or "–")


def _table(t: Tongue, found: list[Row], names: Mapping[str, str]) -> list[Row]:
    return [
        {
            t.say("Semana"): r["week"],
            t.say("Grupo"): names[r["label"]] if r["label"] else "–",
            t.say("Hechos"): r["event_count"],
            t.say("Muertos"): r["killed"],
            t.say("Heridos"): r["wounded"],
            t.say("Fechados por la nota"): r["dated_by_report"],
            t.say("Notas leídas"): r["documents_read"],
            t.say("Fuentes sanas"): r["sources_healthy"],
        }
        for r in found
    ]


def _weeks(t: Tongue, found: list[Row]) -> None:
    """Ways from a week to its events."""
    totals = Counter[date]()
    for row in found:
        totals[row["week"]] += row["event_count"]
    weeks = [
        (t.span(week, week + WEEK), number, _events_of(t, week))
        for week, number in sorted(totals.items(), reverse=True)[:26]
        if number
    ]
    st.header(t.say("Ver los hechos de una semana"))
    html("weeks", t, weeks=weeks)
