"""The labels a document can carry, read from ``taxonomy.toml``.

Here: names, order, keyword patterns, which type names an event. Not here: what a label means in hard cases
(``CODEBOOK.md``), thresholds (``artifact/labels.json``), how text is read (``classifier/``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from warehouse.records import Axis


class UnknownLabelError(ValueError):
    """A label that the taxonomy does not list; it is rejected, never mapped to a neighbour."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One label of one axis."""

    id: str
    axis: Axis
    es: str
    en: str
    description_es: str
    description_en: str
    keywords: tuple[str, ...]
    core: bool = False

    def pattern(self) -> re.Pattern[str]:
        """All keywords as one expression over folded text."""
        return re.compile(r"(?<!\w)(?:" + "|".join(self.keywords) + r")(?!\w)" if self.keywords else r"(?!)")


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Both axes, in the order of every listing."""

    sectors: tuple[Entry, ...]
    events: tuple[Entry, ...]
    primary_order: tuple[str, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Sectors, then event types: the order of the model's outputs."""
        return self.sectors + self.events

    @property
    def names(self) -> tuple[str, ...]:
        """All label ids in output order."""
        return tuple(entry.id for entry in self.entries)

    def axis_of(self, label: str) -> Axis:
        """The axis of a label.

        Raises:
            UnknownLabelError: the taxonomy does not list it.
        """
        for entry in self.entries:
            if entry.id == label:
                return entry.axis
        raise UnknownLabelError(f"label {label!r} is not in the taxonomy; known: {', '.join(self.names)}")

    def primary_type(self, types: Iterable[str]) -> str:
        """The type that names an event of several types."""
        ranks = {label: rank for rank, label in enumerate(self.primary_order)}
        found = list(types)
        for label in found:
            if label not in ranks:
                raise UnknownLabelError(f"event type {label!r} is not in the taxonomy; known: {', '.join(ranks)}")
        if not found:
            raise ValueError("an event needs at least one type")
        return min(found, key=ranks.__getitem__)


def load(path: Path | None = None) -> Taxonomy:
    """Read the taxonomy, the packaged one by default.

    Raises:
        ValueError: the file contradicts itself.
    """
    if path is None:
        return _packaged()
    return _parse(path.read_text(encoding="utf-8"))


@cache
def _packaged() -> Taxonomy:
    return _parse(files("models").joinpath("taxonomy.toml").read_text(encoding="utf-8"))


def _parse(content: str) -> Taxonomy:
    data = tomllib.loads(content)
    sectors, events = _entries(data, "sector"), _entries(data, "event")
    order = tuple(str(label) for label in data["primary_order"])
    names = [entry.id for entry in sectors + events]
    if len(set(names)) != len(names):
        raise ValueError("taxonomy: a label is listed twice")
    if sorted(order) != sorted(entry.id for entry in events):
        raise ValueError("taxonomy: primary_order must list every event type once")
    return Taxonomy(sectors, events, order)


def _entries(data: dict[str, Any], axis: Axis) -> tuple[Entry, ...]:
    rows = cast(list[dict[str, Any]], data[axis])
    return tuple(Entry(axis=axis, **{**row, "keywords": tuple(row.get("keywords", ()))}) for row in rows)
