"""Data-quality rules before publishing: they are data (``sql/checks.sql``); a broken blocking one stops the publish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import duckdb

from warehouse.sqlfiles import statements

Severity = Literal["blocking", "warning"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One rule's result; ``failures`` counts rows that break it."""

    name: str
    severity: Severity
    failures: int

    @property
    def blocks(self) -> bool:
        """Whether this result stops the publish."""
        return self.severity == "blocking" and self.failures > 0


def run_checks(con: duckdb.DuckDBPyConnection, run_id: str) -> list[CheckResult]:
    """Run every rule and record the results, in the file's order."""
    results: list[CheckResult] = []
    for key, sql in statements("checks").items():
        name, _, severity = key.rpartition("__")
        row = con.execute(sql).fetchone()
        results.append(CheckResult(name, "blocking" if severity == "blocking" else "warning", row[0] if row else 0))
    con.executemany(
        "INSERT OR REPLACE INTO check_results VALUES (?, ?, ?, ?)",
        [[run_id, r.name, r.severity, r.failures] for r in results],
    )
    return results
