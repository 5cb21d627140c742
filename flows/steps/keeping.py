"""load, link, check, publish: the warehouse's evening, in one connection."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import duckdb

from flows.homes import warehouse_at
from flows.steps.health import source_nights
from flows.steps.night import Night
from models.gazetteer import units
from models.taxonomy import load as load_taxonomy
from warehouse.bills import replace_bill_states
from warehouse.check import CheckResult, run_checks
from warehouse.link import Linked, link
from warehouse.load import (
    BatchFiles,
    Counts,
    count_rows,
    load_batch,
    record_night,
    replace_districts,
    replace_labels,
    replace_sources,
)
from warehouse.memory import remember
from warehouse.official import seed
from warehouse.publish import About, Published, publish
from warehouse.reviews.holding import hold_loaded
from warehouse.reviews.taking import Taken, take_in
from warehouse.store import open_warehouse


class BlockedError(Exception):
    """A blocking check failed; yesterday's file stays."""

    def __init__(self, message: str, concerns: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.concerns = concerns  # names of the rules


@contextmanager
def warehouse_of(night: Night) -> Iterator[duckdb.DuckDBPyConnection]:
    """The night's writer connection."""
    with open_warehouse(warehouse_at(night.settings)) as con:
        yield con


def load_all(night: Night, con: duckdb.DuckDBPyConnection, model: str) -> int:
    """Load every understood batch and note the night; returns how many were loaded now."""
    write_references(night, con)
    loaded = load_waiting(night, con)
    with night.ops() as ops:
        record_night(con, night.run_id, night.started_at, model, source_nights(night, ops))
    return loaded


def write_references(night: Night, con: duckdb.DuckDBPyConnection) -> None:
    """Write what rows refer to: labels, sources, districts, official series."""
    taxonomy = load_taxonomy()
    replace_labels(
        con, [(e.axis, e.id, n, e.es, e.en) for n, e in enumerate((*taxonomy.sectors, *taxonomy.events), start=1)]
    )
    replace_sources(
        con, [(s.id, s.name, s.owner, s.kind, s.region, s.language, s.home) for s in night.registry.sources]
    )
    replace_districts(con, district_rows())
    seed(con)


def load_waiting(night: Night, con: duckdb.DuckDBPyConnection) -> int:
    """Load every batch that was understood and is not loaded yet; returns how many."""
    loaded = 0
    for folder in sorted(night.home.batches.glob("*")):
        files = BatchFiles.of(folder)
        if files.are_ready:
            loaded += load_batch(con, folder.name, files)
    replace_bill_states(con)
    hold_loaded(con)
    return loaded


def district_rows() -> list[tuple[Any, ...]]:
    """Code, department, province, district, latitude, longitude, population of every district, from the gazetteer."""
    names = {code: unit.name for code, unit in units().items()}
    return [
        (
            code,
            names[f"{code[:2]}0000"],
            names[f"{code[:4]}00"],
            unit.name,
            unit.latitude,
            unit.longitude,
            unit.population,
        )
        for code, unit in units().items()
        if unit.level == "district"
    ]


def link_all(night: Night, con: duckdb.DuckDBPyConnection, reason: str = "report") -> Linked:
    """Mentions that are not linked yet become events; ``reason`` is what the ledger gives for changes."""
    return link(con, night.run_id, load_taxonomy().primary_order, reason=reason)


def take_reviews(night: Night, con: duckdb.DuckDBPyConnection) -> Taken:
    """What persons judged since the last night counts from now on; the ledger says that it was they."""
    with night.ops() as ops:
        taken = take_in(con, ops, night.home.journal)
    if taken.taken:
        link(con, night.run_id, load_taxonomy().primary_order, reason="review")
    return taken


def check_all(night: Night, con: duckdb.DuckDBPyConnection) -> list[CheckResult]:
    """Run the rules.

    Raises:
        BlockedError: a blocking one is broken.
    """
    results = run_checks(con, night.run_id)
    blocking = [r for r in results if r.blocks]
    if blocking:
        names = ", ".join(f"{r.name} ({r.failures} rows)" for r in blocking)
        raise BlockedError(f"not published, the last file stays: {names}", tuple(r.name for r in blocking))
    return results


def publish_all(night: Night, con: duckdb.DuckDBPyConnection) -> tuple[Published, Counts]:
    """Publish, then drop the batches that are safe in the warehouse: the archive keeps the pages."""
    remember(con, night.home.journal)  # what a reader may have seen must outlive the warehouse
    about = About(night.settings.permalink_base, night.settings.data_licence)
    published = publish(con, night.home.published, about)
    for folder in night.home.batches.glob("*"):
        if BatchFiles.of(folder).are_ready:
            shutil.rmtree(folder)
    return published, count_rows(con)


def as_report(results: list[CheckResult]) -> list[dict[str, Any]]:
    """Broken rules, for the run report."""
    return [asdict(r) for r in results if r.failures]
