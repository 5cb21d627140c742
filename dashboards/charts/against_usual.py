"""This week against the usual: a bar for now, a tick for what is usual, one line a sector or type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from dashboards.charts.style import PALETTES, Scheme, config

LINE = 26  # pixels a row


@dataclass(frozen=True, slots=True)
class Compared:
    """One line."""

    label: str
    now: int
    usual: float


def against_usual_chart(
    rows: Sequence[Compared], now_label: str, usual_label: str, scheme: Scheme = "light", width: int = 320
) -> alt.TopLevelMixin:
    """Bars with a tick each; form tells them apart, not colour alone.

    Args:
        rows: in the order to be shown.
        now_label: what the bar is called.
        usual_label: what the tick is called.
        scheme: surroundings.
        width: of the plot in pixels.
    """
    palette = PALETTES[scheme]
    values = [{"label": r.label, "now": r.now, "usual": r.usual} for r in rows]
    most = max((max(r.now, r.usual) for r in rows), default=1)
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y(
            "label:N", sort=None, axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=190, labelPadding=6)
        ),
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("now:Q", title=now_label),
            alt.Tooltip("usual:Q", title=usual_label, format=".1f"),
        ],
    )
    scale = alt.Scale(domain=[0, max(most, 3) * 1.1])
    bars = base.mark_bar(color=palette.now, height=12).encode(
        x=alt.X(
            "now:Q", scale=scale, axis=alt.Axis(title=f"▬ {now_label}   | {usual_label}", tickMinStep=1, tickCount=5)
        )
    )
    ticks = base.mark_tick(color=palette.ink, thickness=3, size=20).encode(x=alt.X("usual:Q", scale=scale))
    return (bars + ticks).properties(width=width, height=LINE * max(len(rows), 1)).configure(**config(palette))
