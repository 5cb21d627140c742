"""Bills in the warehouse: the words of their states, and the load of their rows.

Here: which stage a word stands for, and what a row of the list adds to what is known. Not here: reading the list
(spiders), or whose number in the press is which bill (the macro ``bill_id_of`` in ``views/``).
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.sqlfiles import statements
from warehouse.turns import in_turn

STATES = Path(__file__).with_name("bill_states.toml")
SQL = statements("bills")
STEPS = ("insert_filings", "insert_steps", "merge_bills")


def load_bills(con: duckdb.DuckDBPyConnection, bills: Path) -> None:
    """Take a batch's bills in, within the caller's transaction. A row older than what is known changes no bill."""
    con.execute(SQL["stage"], {"bills": str(bills)})
    for step in STEPS:
        con.execute(SQL[step])


def replace_bill_states(con: duckdb.DuckDBPyConnection) -> None:
    """Write the words and give every bill and step the stage of its word, so that a word added today counts for the past."""
    with STATES.open("rb") as file:
        stages = tomllib.load(file)["stage"]
    rows = [(word, stage["name"], n) for n, stage in enumerate(stages, start=1) for word in stage["words"]]

    def write() -> None:
        con.register(
            "f_states",
            pa.table([pa.array(list(c)) for c in zip(*rows, strict=True)], names=["word", "stage", "position"]),
        )
        for step in ("drop_states", "insert_states", "name_bill_stages", "name_step_stages"):
            con.execute(SQL[step])
        con.unregister("f_states")

    in_turn(con, write)
