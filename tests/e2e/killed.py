"""Run one night by its plain steps and die by SIGKILL at a named place: ``python -m tests.e2e.killed PLACE`` (settings by environment).

The places are the worst ones: something is done and what says so is not.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import flows.steps.collect
import flows.steps.keeping
import flows.steps.understanding
import warehouse.load
import warehouse.ops
import warehouse.publish
from flows.progress import PlainReporter
from flows.settings import load_settings
from flows.steps.night import new_night
from flows.steps.order import run_night
from warehouse.batch import write_parquet


def die(*_: Any, **__: Any) -> None:
    """As a power cut: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def after(function: Callable[..., Any], calls: int = 1) -> Callable[..., Any]:
    """The function, dying once it has been carried out ``calls`` times."""
    done = 0

    def wrapped(*arguments: Any, **named: Any) -> Any:
        nonlocal done
        result = function(*arguments, **named)
        done += 1
        if done == calls:
            die()
        return result

    return wrapped


def _labels_written(path: Any, schema: Any, rows: Any) -> None:
    write_parquet(path, schema, rows)
    if path.name == "mentions.parquet":
        die()


def _load_half(con: Any, batch: str, files: Any) -> bool:
    class Dying:
        def execute(self, sql: str, *more: Any) -> Any:
            result = con.execute(sql, *more)
            return die() if sql == warehouse.load.SQL["insert_labels"] else result

    return warehouse.load.load_batch(Dying(), batch, files)  # type: ignore[arg-type]


def _link_half(con: Any, *_: Any, **__: Any) -> None:
    con.execute("BEGIN")
    con.execute("INSERT INTO event_mentions SELECT 'e-half', mention_id FROM mentions")
    die()


PLACES: dict[str, Callable[[], None]] = {
    # a list was asked, its answer is in the child's log, the parent has not read it
    "poll": lambda: setattr(flows.steps.collect, "_ingest", die),
    # the first of two sources is fetched and taken in, the second is not
    "crawl": lambda: setattr(flows.steps.collect, "run_job", after(flows.steps.collect.run_job, calls=3)),
    # documents lie on the disk, the frontier does not know
    "extract": lambda: setattr(warehouse.ops.Ops, "record_reading", die),
    # labels and mentions lie on the disk, the batch is not marked understood
    "understand": lambda: setattr(flows.steps.understanding.staged, "write_parquet", _labels_written),
    # half of a batch is in the warehouse's open transaction
    "load": lambda: setattr(flows.steps.keeping, "load_batch", _load_half),
    # mentions are linked in an open transaction, events not yet consolidated
    "link": lambda: setattr(flows.steps.keeping, "link", _link_half),
    # the new file is whole beside the old one, not in its place
    "publish": lambda: setattr(warehouse.publish, "_verify", die),
}


if __name__ == "__main__":
    PLACES[sys.argv[1]]()
    run_night(new_night(load_settings(), PlainReporter(), "nightly"))
