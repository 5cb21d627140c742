"""The sources night by night: a strip a source, a field a night, its state in form as well as colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import altair as alt

from dashboards.charts.style import PALETTES, Scheme, config

LINE = 24  # pixels a source
STATES = ("healthy", "quiet", "broken")
SHAPES = ("circle", "triangle-up", "cross")


@dataclass(frozen=True, slots=True)
class SourceNight:
    """A source on a night."""

    source: str
    night: date
    state: str


def health_chart(
    nights: Sequence[SourceNight],
    state_names: Mapping[str, str],
    scheme: Scheme = "light",
    width: int | Literal["container"] = 480,
) -> alt.TopLevelMixin:
    """A strip a source.

    Args:
        nights: one a source and night.
        state_names: what healthy, quiet and broken are called.
        scheme: surroundings.
        width: of the plot in pixels, or what its place has.
    """
    palette = PALETTES[scheme]
    rows = [
        {"source": n.source, "night": n.night.isoformat(), "state": state_names.get(n.state, n.state)}
        | {"tip": f"{n.source} · {n.night}: {state_names.get(n.state, n.state)}"}
        for n in nights
    ]
    names = [state_names[s] for s in STATES]
    colours = [palette.series[4], palette.series[2], palette.series[0]]
    legend = alt.Legend(title=None, orient="bottom")
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            x=alt.X("night:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, ticks=False, domain=False)),
            y=alt.Y("source:N", axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=160, labelPadding=6)),
            color=alt.Color("state:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
            shape=alt.Shape("state:N", scale=alt.Scale(domain=names, range=list(SHAPES)), legend=legend),
            tooltip="tip:N",
        )
    )
    height = LINE * max(len({n.source for n in nights}), 1)
    return chart.properties(
        width=width, height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    ).configure(**config(palette))
