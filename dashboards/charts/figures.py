"""Charts as people meet them: with a title that says what is counted, words for those who do not see it, and their table.

One function a figure, used by every edition. Not here: how a chart is drawn (the modules beside), where rows come from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import altair as alt

from dashboards.charts.areas import Level, Point, areas_map, drawn_codes
from dashboards.charts.health import SourceNight, health_chart
from dashboards.charts.profile import Cell, Ranked, profile_chart, ranking_chart
from dashboards.charts.style import Scheme
from dashboards.charts.timeline import Mark, Span, WeekCell, timeline_chart
from dashboards.charts.titles import areas_title, weeks_title
from dashboards.language import Tongue

KINDS = ("murder", "arson", "attack", "kidnapping", "extortion")  # told apart in the timeline; the rest is one colour
POPULATION_YEAR = 2025  # of the estimate in the published file's table districts
FEWEST_PEOPLE = 5000  # below it a rate says more about chance than about the place
PER = 100_000
SPOKEN = 12  # numbers read out in an alternative text
Width = int | Literal["container"]
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with all that must stand beside it."""

    name: str
    title: str
    note: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    draw: Callable[[Scheme, Width], alt.TopLevelMixin]


@dataclass(frozen=True, slots=True)
class Place:
    """A department, province or district, with its people; ``population`` None: not known."""

    code: str
    name: str
    population: int | None


def weeks_figure(
    t: Tongue,
    events: Sequence[tuple[date, str]],
    documents: Mapping[date, int],
    type_names: Mapping[str, str],
    spans: Sequence[Span] = (),
    marks: Sequence[Mark] = (),
    form: Literal["stacked", "lines"] = "stacked",
) -> Figure:
    """Events by week and main type.

    Args:
        t: language.
        events: (Monday, primary type) of each.
        documents: what was read, by Monday; every week to be shown stands here.
        type_names: of the event types.
        spans: states of emergency.
        marks: laws.
        form: stacked bars, or a line a type.
    """
    other = t.say("Otros")
    named = [type_names[k] for k in KINDS] + [other]
    counted = Counter((monday, type_names[k] if k in KINDS else other) for monday, k in events)
    mondays = sorted(documents)
    cells = [WeekCell(m, k, counted[m, k] if documents[m] else None) for m in mondays for k in named]
    totals = {m: sum(counted[m, k] for k in named) for m in mondays}
    note = t.say(
        "Cada hecho cuenta una vez, en la semana en que ocurrió o, si no se dice el día, en la de la primera nota. La última semana aún crece."
    )
    if spans:
        note += " " + t.say("Franjas moradas: estados de emergencia; más oscuras, más decretos a la vez.")
    if marks:
        note += " " + t.say("Rombos: leyes y decretos.")
    if not all(documents.values()):
        note += " " + t.say("«–»: no se leyó nada.")
    said = ", ".join(f"{t.short_day(m)} {t.number(totals[m])}" for m in mondays[-SPOKEN:] if documents[m])
    months = [t.short_day(date(2000, n, 1)).split()[-1].rstrip(".") for n in range(1, 13)]
    return Figure(
        name="weeks" if form == "stacked" else "weeks-lines",
        title=weeks_title(t),
        note=note,
        alt=t.say("Hechos por semana, desde el lunes: {weeks}.", weeks=said or "–"),
        columns=(t.say("lunes"), *named, t.say("hechos"), t.say("notas leídas")),
        rows=tuple((m, *(counted[m, k] for k in named), totals[m], documents[m]) for m in reversed(mondays)),
        draw=lambda scheme, width: timeline_chart(
            cells, named, months, t.say("hechos"), spans=spans, marks=marks, form=form, scheme=scheme, width=width
        ),
    )


def areas_figure(
    t: Tongue, level: Level, counts: Mapping[str, int], places: Sequence[Place], unplaced: int, *, is_rate: bool = False
) -> Figure:
    """Events, or events per 100,000 people, by department or province.

    Args:
        t: language.
        level: which areas.
        counts: events by code.
        places: all areas of the level.
        unplaced: events whose place is not known so finely.
        is_rate: divide by population.
    """
    people = {p.code: p.population for p in places if p.population and p.population >= FEWEST_PEOPLE}
    rates = {code: n * PER / people[code] for code, n in counts.items() if code in people}
    values = {c: round(r, 2) for c, r in rates.items()} if is_rate else dict(counts)
    names = {p.code: p.name for p in places}
    ordered = sorted(counts, key=lambda c: (-values.get(c, 0), names.get(c, c)))
    note = [_unplaced(t, unplaced)]
    if is_rate:
        note.append(
            t.say(
                "Población estimada por el Ministerio de Salud para {year}; sin tasa donde viven menos de {fewest}. Con pocos hechos la tasa salta.",
                year=POPULATION_YEAR, fewest=t.number(FEWEST_PEOPLE),
            )
        )  # fmt: skip
    if undrawn := [names[c] for c in ordered if c not in drawn_codes(level) and c in names]:
        note.append(t.say("Sin contorno en el mapa, pero en la tabla: {names}.", names=t.join(undrawn)))
    unit = t.say("hechos por 100 000 hab.") if is_rate else t.say("hechos")
    columns = (
        t.say("código"),
        t.say("lugar"),
        t.say("hechos"),
        t.say("población {year}", year=POPULATION_YEAR),
        t.say("por 100 000 hab."),
    )
    population = {p.code: p.population for p in places}
    said = ", ".join(f"{names.get(c, c)} {t.number(values[c])}" for c in ordered[:SPOKEN] if c in values)
    return Figure(
        name=f"{level}-rate" if is_rate else level,
        title=areas_title(t, level, is_rate=is_rate),
        note=" ".join(n for n in note if n),
        alt=t.say("Mapa del Perú. {said}.", said=said or "–"),
        columns=columns,
        rows=tuple(
            (c, names.get(c, c), counts[c], population.get(c), round(rates[c], 2) if c in rates else None)
            for c in ordered
        ),
        draw=lambda scheme, width: areas_map(values, level, unit, scheme=scheme, width=width),
    )


def points_figure(t: Tongue, points: Sequence[Point], unplaced: int) -> Figure:
    """Events by district, each at its capital town."""
    ordered = sorted(points, key=lambda p: (-p.events, p.name))
    said = ", ".join(f"{p.name} {t.number(p.events)}" for p in ordered[:SPOKEN])
    return Figure(
        name="districts",
        title=areas_title(t, "districts"),
        note=f"{_unplaced(t, unplaced)} {t.say('Cada punto está en la capital del distrito, no en el lugar del hecho.')}".strip(),
        alt=t.say("Mapa del Perú. {said}.", said=said or "–"),
        columns=(t.say("lugar"), t.say("hechos")),
        rows=tuple((p.name, p.events) for p in ordered),
        draw=lambda scheme, width: areas_map(
            {}, "provinces", t.say("hechos"), points=ordered, scheme=scheme, width=width
        ),
    )


def ranking_figure(
    t: Tongue, name: Literal["types", "sectors"], counts: Mapping[str, int], names: Mapping[str, str]
) -> Figure:
    """Events by type, or by sector; an event of two stands in both."""
    ordered = sorted((k for k in names if counts.get(k)), key=lambda k: -counts[k])
    ranked = [Ranked(names[k], counts[k]) for k in ordered]
    titles = {"types": t.say("Hechos por tipo"), "sectors": t.say("Hechos por sector golpeado")}
    return Figure(
        name=name,
        title=titles[name],
        note=t.say("Un hecho de dos tipos cuenta en ambos.")
        if name == "types"
        else t.say("Un hecho de dos sectores cuenta en ambos."),
        alt=", ".join(f"{r.label} {t.number(r.count)}" for r in ranked) + "." if ranked else t.say("Sin datos."),
        columns=(t.say("tipo") if name == "types" else t.say("sector"), t.say("hechos")),
        rows=tuple((r.label, r.count) for r in ranked),
        draw=lambda scheme, width: ranking_chart(ranked, t.say("hechos"), scheme, width),
    )


def profile_figure(
    t: Tongue, counts: Mapping[tuple[str, str], int], sector_names: Mapping[str, str], type_names: Mapping[str, str]
) -> Figure:
    """What befell which sector: events by (sector, type)."""
    sectors = [s for s in sector_names if any(counts.get((s, e)) for e in type_names)]
    types = [e for e in type_names if any(counts.get((s, e)) for s in sectors)]
    cells = [
        Cell(sector_names[s], type_names[e], n)
        for (s, e), n in sorted(counts.items())
        if n and s in sectors and e in types
    ]
    said = ", ".join(
        f"{c.sector}/{c.type.lower()} {t.number(c.events)}" for c in sorted(cells, key=lambda c: -c.events)[:SPOKEN]
    )
    return Figure(
        name="profile",
        title=t.say("Qué le pasó a cada sector"),
        note=t.say(
            "Hechos por sector y tipo. Un hecho de dos tipos o sectores cuenta en cada uno, así que las filas no se suman."
        ),
        alt=said + "." if said else t.say("Sin datos."),
        columns=(t.say("sector"), *(type_names[e] for e in types)),
        rows=tuple((sector_names[s], *(counts.get((s, e), 0) for e in types)) for s in sectors),
        draw=lambda scheme, width: profile_chart(
            cells, [sector_names[s] for s in sectors], [type_names[e] for e in types], t.say("hechos"), scheme, width
        ),
    )


def health_figure(t: Tongue, nights: Sequence[SourceNight]) -> Figure:
    """How the sources did, night by night."""
    names = {"healthy": t.say("bien"), "quiet": t.say("sin notas nuevas"), "broken": t.say("no responde")}
    last = max((n.night for n in nights), default=None)
    counted = Counter(n.state for n in nights if n.night == last)
    said = ", ".join(f"{names[s]} {t.number(counted[s])}" for s in names if counted[s])
    return Figure(
        name="sources",
        title=t.say("Las fuentes, noche a noche"),
        note=t.say("Una fuente sin notas nuevas o que no responde puede esconder hechos."),
        alt=t.say("Última noche: {said}.", said=said or "–"),
        columns=(t.say("fuente"), t.say("noche"), t.say("estado")),
        rows=tuple(
            (n.source, n.night, names.get(n.state, n.state))
            for n in sorted(nights, key=lambda n: (n.night, n.source), reverse=True)
        ),
        draw=lambda scheme, width: health_chart(nights, names, scheme, width),
    )


def _unplaced(t: Tongue, number: int) -> str:
    if not number:
        return ""
    return t.count(
        "Lugar desconocido: {n} hecho del que ninguna nota lo dice con esta precisión; no está en el mapa.",
        "Lugar desconocido: {n} hechos de los que ninguna nota lo dice con esta precisión; no están en el mapa.",
        number,
    )
