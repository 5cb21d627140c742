"""Weeks over time: events by kind, states of emergency as shaded bands behind them, laws as marks above.

Days are UTC days throughout: a chart that read them in the browser's own zone would shift Peru's weeks by one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import altair as alt

from dashboards.charts.style import PALETTES, Palette, Scheme, config

LABELS = 6  # under the axis, so that they fit a phone
NUMBERED = 16  # weeks up to which every bar carries its number
BAND_OPACITY = 0.09  # of one emergency; where several are in force at once it is darker
DAY = timedelta(days=1)
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class WeekCell:
    """Events of one kind in a week. ``events`` None: nothing was read that week. ``address``: where a click on it leads."""

    monday: date
    kind: str
    events: int | None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A state of emergency."""

    first_day: date
    last_day: date
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A law."""

    day: date
    label: str


def timeline_chart(
    cells: Sequence[WeekCell],
    kinds: Sequence[str],
    months: Sequence[str],
    unit: str,
    *,
    spans: Sequence[Span] = (),
    marks: Sequence[Mark] = (),
    form: Literal["stacked", "lines"] = "stacked",
    scheme: Scheme = "light",
    width: int | Literal["container"] = 640,
    height: int = 260,
) -> alt.TopLevelMixin:
    """Events by week; weeks without any stand as empty room, those without reading carry a dash.

    Args:
        cells: one a week and kind, zeros included.
        kinds: in the order of stacking, as many as the palette tells apart at most.
        months: twelve short names for the axis.
        unit: title of the count's axis.
        spans: emergencies; those outside the weeks are left out.
        marks: laws, likewise.
        form: stacked bars, or a line a kind.
        scheme: surroundings.
        width: of the plot in pixels, or what its place has.
        height: in pixels.
    """
    palette = PALETTES[scheme]
    mondays = sorted({c.monday for c in cells})
    if not mondays:
        return alt.Chart(alt.Data(values=[])).mark_bar().properties(width=width, height=height)
    first, end = mondays[0], mondays[-1] + 7 * DAY
    totals = {m: sum(c.events or 0 for c in cells if c.monday == m) for m in mondays}
    unread = [m for m in mondays if all(c.events is None for c in cells if c.monday == m)]
    most = max(max(totals.values()) if form == "stacked" else max((c.events or 0 for c in cells), default=0), 3)
    x = alt.X("from:T", scale=alt.Scale(type="utc"), axis=_axis(mondays, months))
    y = alt.Y(
        "events:Q",
        scale=alt.Scale(domain=[0, most * 1.18]),
        axis=alt.Axis(title=unit, tickMinStep=1, tickCount=5, domain=False, ticks=False),
    )
    rows = [_row(c, kinds, months) for c in cells if c.events is not None]
    shown = [s for s in spans if s.first_day < end and s.last_day >= first]
    layers = [_room(first, end, x)]
    if shown:
        layers.append(_bands(shown, first, end, x, palette))
    layers += _bars(rows, kinds, x, y, palette) if form == "stacked" else _lines(rows, kinds, x, y, palette)
    texts = [
        _text(m, totals[m], str(totals[m]))
        for m in mondays
        if totals[m] and form == "stacked" and len(mondays) <= NUMBERED
    ]
    texts += [_text(m, 0, "–") for m in unread]
    if texts:
        layers.append(
            alt.Chart(alt.Data(values=texts))
            .mark_text(dy=-7, fontSize=12, fontWeight="bold", color=palette.ink)
            .encode(x=x, y=y, text="text:N")
        )
    laws = [m for m in marks if first <= m.day < end]
    if laws:
        layers.append(_laws(laws, x, palette))
    return (
        alt.layer(*layers)
        .properties(width=width, height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure(**config(palette))
    )


def _axis(mondays: Sequence[date], months: Sequence[str]) -> alt.Axis:
    every = max(1, -(-len(mondays) // LABELS))
    named = ",".join(f"'{m}'" for m in months)
    shown = [_instant(m) for m in mondays[::-1][::every][::-1]]  # the newest week is always named
    return alt.Axis(
        title=None,
        values=alt.ExprRef(json.dumps(shown)),  # plain values would become calls that Vega's interpreter reads as years
        labelExpr=f"utcdate(datum.value) + ' ' + [{named}][utcmonth(datum.value)]",
        grid=False,
        labelOverlap=True,
        labelFlush=True,
    )


def _room(first: date, end: date, x: alt.X) -> alt.Chart:
    """Nothing to see: it holds the axis open from the first Monday to the end of the last week."""
    rows = [{"from": _instant(first)}, {"from": _instant(end)}]
    return alt.Chart(alt.Data(values=rows)).mark_point(opacity=0, tooltip=None).encode(x=_tight(x))


def _tight(x: alt.X) -> alt.X:
    return x.copy().scale(type="utc", nice=False, padding=0)


def _bars(
    rows: Sequence[dict[str, Any]], kinds: Sequence[str], x: alt.X, y: alt.Y, palette: Palette
) -> list[alt.Chart]:
    return [
        alt.Chart(alt.Data(values=_stacked(rows)))
        .mark_rect()
        .encode(x=x, x2="to:T", y=y, y2="low:Q", color=_colours(kinds, palette), tooltip="tip:N", **_links(rows))
    ]


def _stacked(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where each piece of a bar begins and ends; done here since the bars have both their edges in time."""
    heights: dict[int, int] = {}
    found = []
    for row in sorted(rows, key=lambda r: r["order"]):
        low = heights.get(row["from"], 0)
        heights[row["from"]] = low + row["events"]
        if row["events"]:
            found.append({**row, "low": low, "events": low + row["events"]})
    return found


def _lines(
    rows: Sequence[dict[str, Any]], kinds: Sequence[str], x: alt.X, y: alt.Y, palette: Palette
) -> list[alt.Chart]:
    base = alt.Chart(alt.Data(values=[r | {"from": r["middle"]} for r in rows])).encode(
        x=x, y=y, color=_colours(kinds, palette),
        tooltip="tip:N",
    )  # fmt: skip
    dashes = alt.StrokeDash("kind:N", sort=list(kinds), legend=None)  # told apart without colour
    return [base.mark_line(strokeWidth=2.5).encode(strokeDash=dashes), base.mark_circle(size=28).encode(**_links(rows))]


def _links(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    return {"href": "address:N"} if any("address" in row for row in rows) else {}


def _row(cell: WeekCell, kinds: Sequence[str], months: Sequence[str]) -> dict[str, Any]:
    day = f"{cell.monday.day} {months[cell.monday.month - 1]}"
    return {
        "from": _instant(cell.monday),
        "middle": _instant(cell.monday + 3 * DAY),
        "to": _instant(cell.monday + 6 * DAY),
        "week": cell.monday.isoformat(),
        "kind": cell.kind,
        "order": list(kinds).index(cell.kind),
        "events": cell.events,
        "tip": f"{day} · {cell.kind}: {cell.events}",
        **({"address": cell.address} if cell.address else {}),
    }


def _text(monday: date, events: int, text: str) -> dict[str, Any]:
    return {"from": _instant(monday + 3 * DAY), "events": events, "text": text}


def _instant(day: date) -> int:
    return (day - EPOCH).days * 86_400_000


def _colours(kinds: Sequence[str], palette: Palette) -> alt.Color:
    return alt.Color(
        "kind:N",
        sort=list(kinds),
        scale=alt.Scale(domain=list(kinds), range=list(palette.series[: len(kinds)])),
        legend=alt.Legend(title=None, orient="bottom", columns=3, symbolType="square") if len(kinds) > 1 else None,
    )


def _bands(spans: Sequence[Span], first: date, end: date, x: alt.X, palette: Palette) -> alt.Chart:
    rows = [
        {"from": _instant(max(s.first_day, first)), "to": _instant(min(s.last_day + DAY, end)), "label": s.label}
        for s in spans
    ]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_rect(color=palette.band, opacity=BAND_OPACITY)
        .encode(x=x, x2="to:T", tooltip="label:N")
    )


def _laws(laws: Sequence[Mark], x: alt.X, palette: Palette) -> alt.Chart:
    rows = [{"from": _instant(m.day), "label": m.label} for m in laws]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_point(shape="diamond", filled=True, size=90, color=palette.ink, stroke=palette.surface, strokeWidth=1)
        .encode(x=x, y=alt.value(8), tooltip="label:N")
    )
