"""Events by week as bars; the last week stands out, a week in which nothing was read is marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from dashboards.charts.style import PALETTES, Scheme, config

TALL = 4  # from three events on a chart has its full height
ROOM = 0.2  # of the tallest bar, for its number


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One bar. ``events`` None: nothing was read that week."""

    label: str  # unique, in order
    events: int | None


def weeks_chart(
    bars: Sequence[WeekBar], unread_label: str, scheme: Scheme = "light", width: int = 412, height: int = 130
) -> alt.TopLevelMixin:
    """Bars with their number on top.

    Args:
        bars: oldest first.
        unread_label: what stands where nothing was read, one character or two.
        scheme: surroundings.
        width: of the plot in pixels.
        height: of the plot in pixels, less where no week has three events.
    """
    palette = PALETTES[scheme]
    last = bars[-1].label if bars else ""
    rows = [
        {
            "week": b.label,
            "events": b.events or 0,
            "text": unread_label if b.events is None else str(b.events),
            "is_now": b.label == last,
        }
        for b in bars
    ]
    tallest = max((1, *(b.events or 0 for b in bars)))
    tall = height * min(1 + tallest, TALL) / TALL  # a week of one event is no tower, nor a dot under a void
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(
            "week:O",
            sort=[b.label for b in bars],
            axis=alt.Axis(
                title=None,
                labelAngle=0,
                ticks=False,
                labelPadding=8,
                labelOverlap=False,
                labelExpr="split(datum.label, ' ')",
            ),
            scale=alt.Scale(paddingInner=0.28, paddingOuter=0.1),
        ),
        y=alt.Y("events:Q", axis=None, scale=alt.Scale(domain=[0, tallest * (1 + ROOM * height / tall)])),
    )
    colour = alt.condition("datum.is_now", alt.value(palette.now), alt.value(palette.past))
    ink = alt.condition("datum.is_now", alt.value(palette.ink), alt.value(palette.quiet))
    bars_layer = base.mark_bar(cornerRadiusTopLeft=2, cornerRadiusTopRight=2).encode(color=colour)
    numbers = base.mark_text(dy=-9, fontSize=14, fontWeight="bold").encode(text="text:N", color=ink)
    return (bars_layer + numbers).properties(width=width, height=tall).configure(**config(palette))
