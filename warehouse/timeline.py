"""The timeline question: events filtered by sector, type, place and time, listed or counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb

from warehouse.query import Answer, ask
from warehouse.sqlfiles import statements

SQL = statements("timeline")
Period = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the timeline is narrowed to; empty or None narrows nothing. ``region`` is a prefix of UBIGEO codes."""

    sectors: Sequence[str] = ()
    events: Sequence[str] = ()
    region: str | None = None
    since: date | None = None
    until: date | None = None

    def parameters(self) -> dict[str, object]:
        """As the queries name them."""
        return {
            "sectors": list(self.sectors),
            "events": list(self.events),
            "region": self.region,
            "since": self.since,
            "until": self.until,
        }


def list_events(con: duckdb.DuckDBPyConnection, filters: Filters) -> Answer:
    """Events in order of their day."""
    return ask(con, SQL["list_events"], filters.parameters())


def count_events(con: duckdb.DuckDBPyConnection, filters: Filters, by: Period) -> Answer:
    """Events counted by period, empty periods included."""
    return ask(con, SQL["count_events"], {**filters.parameters(), "by": by})
