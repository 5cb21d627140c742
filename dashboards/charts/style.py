"""Colours and type of every chart, for light and dark surroundings."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from typing import Any, Literal

Scheme = Literal["light", "dark"]
HEX = re.compile(r"#[0-9a-f]{6}\b")
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


@dataclass(frozen=True, slots=True)
class Palette:
    """One surrounding."""

    surface: str
    ink: str
    quiet: str
    line: str
    empty: str  # a department without events, a week without reading
    past: str
    now: str
    ramp: tuple[str, str]  # few, many
    series: tuple[str, ...]  # told apart by the colour-blind too (Okabe and Ito's, shaded for the surface)
    band: str  # an emergency behind the weeks


PALETTES: dict[Scheme, Palette] = {
    "light": Palette(
        "#ffffff",
        "#1d2733",
        "#5b6673",
        "#d9dee4",
        "#eceff2",
        "#a9b8c9",
        "#b3261e",
        ("#f6c9bd", "#b3261e"),
        ("#a3211a", "#d55e00", "#e0a100", "#0b7a5c", "#2f7fc1", "#9aa5b1"),
        "#7b5ea7",
    ),
    "dark": Palette(
        "#171d24",
        "#eef1f4",
        "#a4afbb",
        "#36414d",
        "#2a333d",
        "#5d7186",
        "#ff8a75",
        ("#6b3a35", "#ff8a75"),
        ("#ff7a66", "#f0a04b", "#f3d35c", "#3fc39a", "#63b3ee", "#7f8b97"),
        "#b79ce6",
    ),
}


def darkened(spec: str) -> str:
    """A chart's specification made for light surroundings, for dark ones: each colour of the one palette for that of the other."""
    light, dark = (
        [c for part in astuple(PALETTES[scheme]) for c in ((part,) if isinstance(part, str) else part)]
        for scheme in ("light", "dark")
    )
    pairs = dict(zip(light, dark, strict=True))
    return HEX.sub(lambda found: pairs.get(found[0], found[0]), spec)


def config(palette: Palette) -> dict[str, Any]:
    """What every chart shares."""
    text = {
        "labelColor": palette.quiet,
        "labelFont": FONT,
        "labelFontSize": 12,
        "titleColor": palette.quiet,
        "titleFont": FONT,
    }
    return {
        "background": palette.surface,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            **text,
            "domainColor": palette.line,
            "tickColor": palette.line,
            "gridColor": palette.line,
            "titleFontSize": 12,
        },
        "legend": text,
    }
