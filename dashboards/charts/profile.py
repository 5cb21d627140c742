"""Sectors and event types against each other: bars that rank, and a grid of what befell whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt

from dashboards.charts.style import PALETTES, Scheme, config

LINE = 30  # pixels a row
ROOM = 1.15  # over the longest bar, for its number


@dataclass(frozen=True, slots=True)
class Ranked:
    """One bar."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Events of a sector and a type."""

    sector: str
    type: str
    events: int


def ranking_chart(
    rows: Sequence[Ranked], unit: str, scheme: Scheme = "light", width: int | Literal["container"] = 320
) -> alt.TopLevelMixin:
    """Bars with their number at the end.

    Args:
        rows: in the order to be shown.
        unit: what is counted, for the tooltips.
        scheme: surroundings.
        width: of the plot in pixels, or what its place has.
    """
    palette = PALETTES[scheme]
    most = max((r.count for r in rows), default=0)
    base = alt.Chart(
        alt.Data(values=[{"label": r.label, "count": r.count, "tip": f"{r.label}: {r.count} {unit}"} for r in rows])
    ).encode(
        y=alt.Y(
            "label:N", sort=None, axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=150, labelPadding=6)
        ),
        x=alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, max(most, 1) * ROOM])),
        tooltip="tip:N",
    )
    bars = base.mark_bar(color=palette.now, height=16, cornerRadiusEnd=2)
    numbers = base.mark_text(align="left", dx=5, fontSize=13, fontWeight="bold", color=palette.ink).encode(
        text="count:Q"
    )
    return _finished(alt.layer(bars, numbers), len(rows), scheme, width)


def profile_chart(
    cells: Sequence[Cell],
    sectors: Sequence[str],
    types: Sequence[str],
    unit: str,
    scheme: Scheme = "light",
    width: int | Literal["container"] = 560,
) -> alt.TopLevelMixin:
    """A grid of sectors and types; the number stands in each field, so that no colour need be read.

    Args:
        cells: those that are not zero.
        sectors: rows, in order.
        types: columns, in order.
        unit: what is counted, for the tooltips.
        scheme: surroundings.
        width: of the plot in pixels, or what its place has.
    """
    palette = PALETTES[scheme]
    values = [
        {"sector": c.sector, "type": c.type, "events": c.events, "tip": f"{c.sector} · {c.type}: {c.events} {unit}"}
        for c in cells
    ]
    most = max((c.events for c in cells), default=1)
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("type:N", sort=list(types), scale=alt.Scale(domain=list(types)),
                axis=alt.Axis(title=None, orient="top", ticks=False, domain=False, labelAngle=-90, labelPadding=4)),
        y=alt.Y("sector:N", sort=list(sectors), scale=alt.Scale(domain=list(sectors)),
                axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=150, labelPadding=6)),
        tooltip="tip:N",
    )  # fmt: skip
    fields = base.mark_rect(stroke=palette.surface, strokeWidth=2).encode(
        color=alt.Color("events:Q", scale=alt.Scale(domain=[1, max(most, 2)], range=list(palette.ramp)), legend=None)
    )
    dark_field = f"datum.events > {most * 0.55}"
    numbers = base.mark_text(fontSize=12, fontWeight="bold").encode(
        text="events:Q", color=alt.condition(dark_field, alt.value(palette.surface), alt.value(palette.ink))
    )
    return _finished(alt.layer(fields, numbers), len(sectors), scheme, width)


def _finished(
    chart: alt.LayerChart | alt.FacetChart, rows: int, scheme: Scheme, width: int | Literal["container"]
) -> alt.TopLevelMixin:
    return chart.properties(
        width=width, height=LINE * max(rows, 1), autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    ).configure(**config(PALETTES[scheme]))
