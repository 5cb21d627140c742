"""Maps of Peru: areas shaded by a number (events, or events per 100,000 people), districts as points.

Not here: the small map of the mail (``departments``), which carries its numbers as text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import altair as alt

from dashboards.charts.style import PALETTES, Palette, Scheme, config

Level = Literal["departments", "provinces"]
GEOMETRY = Path(__file__).parent  # peru_departments.json and peru_provinces.json name their source and licence
TALL = 1.45  # Peru's height over its width


@dataclass(frozen=True, slots=True)
class Point:
    """A district's capital town."""

    name: str
    latitude: float
    longitude: float
    events: int


@cache
def _features(level: Level) -> list[dict[str, Any]]:
    return json.loads((GEOMETRY / f"peru_{level}.json").read_text(encoding="utf-8"))["features"]


def drawn_codes(level: Level) -> frozenset[str]:
    """Codes of the areas that have a shape: two digits of a department, four of a province."""
    return frozenset(f["properties"]["code"] for f in _features(level))


def areas_map(
    values: Mapping[str, float],
    level: Level,
    title: str,
    *,
    points: Sequence[Point] = (),
    scheme: Scheme = "light",
    width: int | Literal["container"] = 340,
) -> alt.TopLevelMixin:
    """A map shaded by number; areas without one are empty.

    Args:
        values: by area code; absent and zero are both drawn empty.
        level: which areas.
        title: of the legend and the tooltips: what is counted.
        points: districts, their area by number; the areas are then left unshaded.
        scheme: surroundings.
        width: in pixels, or what its place has.
    """
    palette = PALETTES[scheme]
    height = round((340 if width == "container" else width) * TALL)
    layers = [_areas({} if points else values, level, title, palette)]
    if level == "provinces":
        layers.append(_outlines(palette))
    if points:
        layers.append(_points(points, title, palette))
    return (
        alt.layer(*layers)
        .properties(width=width, height=height, autosize=alt.AutoSizeParams(type="fit", contains="padding"))
        .configure(**config(palette))
    )


def _shapes(features: Sequence[Mapping[str, Any]]) -> alt.Chart:
    # As text: Altair would walk through and copy every vertex at each step of a chart's making.
    text = json.dumps({"features": features}, ensure_ascii=False)
    return alt.Chart(alt.Data(values=text, format=alt.DataFormat(property="features", type="json")))


def _areas(values: Mapping[str, float], level: Level, title: str, palette: Palette) -> alt.Chart:
    features = []
    for f in _features(level):
        at = f["properties"]
        name = f"{at['name']}, {at['department']}" if level == "provinces" else at["name"]
        value = values.get(at["code"], 0)
        features.append({**f, "properties": {"tip": f"{name}: {value:g} {title}", "value": value}})
    most = max((1.0, *values.values()))
    legend = alt.Legend(title=title, orient="bottom", gradientLength=180, titleLimit=300, tickCount=4)
    colour = alt.Color(
        "properties.value:Q",
        scale=alt.Scale(domain=[0, most], range=list(palette.ramp)),
        legend=legend if values else None,
    )
    # The file's rings are flat coordinates; at these latitudes a plain plot of degrees is Peru's shape.
    return (
        _shapes(features)
        .mark_geoshape(stroke=palette.surface, strokeWidth=0.6)
        .encode(
            color=alt.condition("datum.properties.value > 0", colour, alt.value(palette.empty)),
            tooltip="properties.tip:N",
        )
        .project(type="identity", reflectY=True)
    )


def _outlines(palette: Palette) -> alt.Chart:
    return (
        _shapes(_features("departments"))
        .mark_geoshape(filled=False, stroke=palette.past, strokeWidth=0.8, tooltip=None)
        .project(type="identity", reflectY=True)
    )


def _points(points: Sequence[Point], title: str, palette: Palette) -> alt.Chart:
    rows = [
        {"tip": f"{p.name}: {p.events} {title}", "lon": p.longitude, "lat": p.latitude, "events": p.events}
        for p in points
    ]
    most = max((p.events for p in points), default=1)
    size = alt.Size(
        "events:Q", scale=alt.Scale(domain=[0, max(most, 2)], range=[0, 700]),
        legend=alt.Legend(title=title, orient="bottom", titleLimit=300, tickMinStep=1, symbolFillColor=palette.now, values=sorted({1, most})),
    )  # fmt: skip
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_circle(color=palette.now, opacity=0.75, stroke=palette.surface, strokeWidth=1)
        .encode(
            longitude="lon:Q", latitude="lat:Q", size=size,
            tooltip="tip:N",
        )
        .project(type="identity", reflectY=True)
    )  # fmt: skip
