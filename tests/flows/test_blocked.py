"""A night whose data break a blocking rule publishes nothing: yesterday's file stays, and the run says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.progress import PlainReporter
from flows.settings import load_settings
from flows.steps.keeping import BlockedError
from flows.steps.night import Night, new_night
from flows.steps.order import run_night
from warehouse.ingest import Ingested
from warehouse.publish import publish
from warehouse.store import open_warehouse


def breaking(night: Night, con: duckdb.DuckDBPyConnection, model: str) -> int:
    """A load that leaves a label of no taxonomy."""
    con.execute("INSERT INTO document_labels VALUES ('d1', 'event', 'murther', 1, 'yes')")
    return 0


def quiet(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Every step but those that ask the network or load the model."""
    canned = {"poll": Ingested(), "crawl": Ingested(), "extract": {}, "understand": (0, "m")}
    if name == "load":
        return breaking
    return (lambda *_: canned[name]) if name in canned else function


def test_a_blocked_night_keeps_yesterdays_file(tmp_path: Path) -> None:
    night = new_night(load_settings(home=tmp_path), PlainReporter(), "nightly")
    with open_warehouse(night.home.warehouse) as con:
        publish(con, night.home.published)
    before = night.home.published.read_bytes()
    with pytest.raises(BlockedError, match="unknown_labels"):
        run_night(night, quiet)
    assert night.home.published.read_bytes() == before
    assert "unknown_labels" in night.report["error"]
    with open_warehouse(night.home.warehouse) as con:
        kept = con.execute("SELECT examples FROM check_results WHERE name = 'unknown_labels'").fetchone()
        counted = con.execute("SELECT count(*) FROM row_counts").fetchone()
    assert kept == (["event murther"],)
    assert counted == (0,), "a blocked night is not what the next one is measured by"
