"""Events by department on a map of Peru."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt

from dashboards.charts.style import PALETTES, Scheme, config

GEOMETRY = Path(__file__).with_name("peru_departments.json")  # names its source and licence


@cache
def _features() -> list[dict[str, Any]]:
    return json.loads(GEOMETRY.read_text(encoding="utf-8"))["features"]


def departments_map(
    counts: Mapping[str, int], scheme: Scheme = "light", width: int = 240, height: int = 340
) -> alt.TopLevelMixin:
    """A map shaded by number, which stands on it; departments without events are empty.

    Args:
        counts: events by department code of two digits.
        scheme: surroundings.
        width: in pixels.
        height: in pixels.
    """
    palette = PALETTES[scheme]
    features = [
        {**f, "properties": {**f["properties"], "events": counts.get(f["properties"]["code"], 0)}} for f in _features()
    ]
    shapes = alt.Chart(
        alt.Data(
            values={"type": "FeatureCollection", "features": features},
            format=alt.DataFormat(property="features", type="json"),
        )
    )
    most = max((1, *counts.values()))
    # The file's rings are flat coordinates; at these latitudes a plain plot of degrees is Peru's shape.
    land = (
        shapes.mark_geoshape(stroke=palette.surface, strokeWidth=1)
        .encode(
            color=alt.condition(
                "datum.properties.events > 0",
                alt.Color(
                    "properties.events:Q",
                    scale=alt.Scale(domain=[1, max(most, 2)], range=list(palette.ramp)),
                    legend=None,
                ),
                alt.value(palette.empty),
            ),
            tooltip=[alt.Tooltip("properties.name:N"), alt.Tooltip("properties.events:Q")],
        )
        .project(type="identity", reflectY=True)
    )
    numbered = [f["properties"] for f in features if f["properties"]["events"]]
    numbers = (
        alt.Chart(alt.Data(values=numbered))
        .mark_text(fontSize=13, fontWeight="bold", stroke=palette.surface, strokeWidth=3, strokeJoin="round")
        .encode(longitude="label_lon:Q", latitude="label_lat:Q", text="events:Q", color=alt.value(palette.ink))
        .project(type="identity", reflectY=True)
    )
    fill = numbers.mark_text(fontSize=13, fontWeight="bold")
    return alt.layer(land, numbers, fill).properties(width=width, height=height).configure(**config(palette))
