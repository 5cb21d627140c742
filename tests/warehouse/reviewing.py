"""A home whose nights take in what persons said: what the tests of reviews and of held mentions load and judge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tests.warehouse.filling import fill
from warehouse.check import run_checks
from warehouse.link import link
from warehouse.load import replace_districts, replace_labels
from warehouse.ops import Ops
from warehouse.publish import publish
from warehouse.query import open_published
from warehouse.reviews import Proposal, QueueItem, propose, queue
from warehouse.reviews.holding import hold_loaded
from warehouse.reviews.taking import take_in
from warehouse.store import open_warehouse

ORDER = ["murder", "attack", "extortion"]
FIRST = datetime(2026, 11, 1, 7, tzinfo=UTC)


def page(name: str, title: str, text: str, **more: Any) -> dict[str, Any]:
    mention = {
        "type": "murder", "happening": 1, "status": "happened", "sectors": ["transport"], "date": "2026-10-04", "date_precision": "day",
        "ubigeo": "150110", "place_precision": "district", "killed": 1, "evidence": {"field": "title", "start": 0, "end": len(title), "text": title},
    }  # fmt: skip
    return {"id": name, "title": title, "text": text, "published": "2026-10-05", "mentions": [mention | more]}


@dataclass(slots=True)
class Home:
    folder: Path
    con: duckdb.DuckDBPyConnection
    nights: list[int] = field(default_factory=list)

    def night(self, *documents: dict[str, Any]) -> None:
        """What a night does with documents and with the inbox."""
        number = len(self.nights) + 1
        self.nights.append(number)
        at = FIRST + timedelta(days=number)
        if documents:
            fill(self.con, self.folder / "batches", f"{number}-{self.folder.name}", documents)
            hold_loaded(self.con)
        link(self.con, f"n{number}", ORDER, at=at)
        with Ops(self.folder / "ops.sqlite") as ops:
            take_in(self.con, ops, self.folder / "journal")
        link(self.con, f"n{number}", ORDER, reason="review", at=at + timedelta(minutes=1))

    def publish(self) -> None:
        publish(self.con, self.folder / "chasqui.duckdb")

    def judge(self, **said: Any) -> None:
        """Judge what the file says that was published last."""
        with open_published(self.folder / "chasqui.duckdb") as published, Ops(self.folder / "ops.sqlite") as ops:
            propose(ops, published, Proposal(reviewer="ana", **said))

    def queue(self) -> list[QueueItem]:
        self.publish()
        with open_published(self.folder / "chasqui.duckdb") as published:
            return queue(published)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.con.execute(sql).fetchall()

    def event_of(self, document: str) -> str:
        return self.rows(f"SELECT DISTINCT event_id FROM event_mentions WHERE mention_id LIKE '{document}-%'")[0][0]

    def blocks(self) -> list[str]:
        return [r.name for r in run_checks(self.con, "x") if r.blocks and r.name != "documents_of_unknown_sources"]


@contextmanager
def new_home(folder: Path) -> Iterator[Home]:
    """A home without nights, with labels and districts."""
    with open_warehouse(folder / "warehouse.duckdb") as con:
        replace_labels(con, [("event", x, n, x, x) for n, x in enumerate(ORDER)] + [("sector", x, n, x, x) for n, x in enumerate(("transport", "bodegas"))])  # fmt: skip
        replace_districts(con, [("150110", "Lima", "Lima", "Comas", -11.9, -77.0, 1), ("210101", "Puno", "Puno", "Puno", -15.8, -70.0, 1)])  # fmt: skip
        yield Home(folder, con)


def again(document: dict[str, Any]) -> dict[str, Any]:
    """The same page, as another model reads it: nothing is taken from what was loaded before."""
    return document | {"mentions": [dict(m) for m in document["mentions"]]}
