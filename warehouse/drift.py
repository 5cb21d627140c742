"""How often and how surely each label was given in the last closed week, from the published file (view ``label_drift``).

Not here: the rule that warns of a jump (``checks.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.sqlfiles import statements

SQL = statements("drift")


@dataclass(frozen=True, slots=True)
class LabelWeek:
    """One label in one week; ``usual_share`` is that of the eight weeks before."""

    week: date
    label: str
    documents_read: int
    label_share: float
    usual_share: float | None
    mean_probability: float | None
    uncertain_share: float


def last_closed_week(con: duckdb.DuckDBPyConnection) -> list[LabelWeek]:
    """Every label, zeros included; none while the file knows one week only."""
    return [LabelWeek(*row) for row in con.execute(SQL["last_closed_week"]).fetchall()]
