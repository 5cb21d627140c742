"""Data-quality rules before publishing: they are data (``checks.toml``); a broken blocking one stops the publish.

Here: running the rules and noting what came of them. Not here: the rules (``checks.toml``) and their SQL (``sql/checks.sql``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from warehouse.load import replace_rows
from warehouse.sqlfiles import statements
from warehouse.turns import in_turn

RULES = Path(__file__).parent / "checks.toml"
SQL = statements("checks")

Severity = Literal["blocking", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold: ``sql`` gives the rows that break it."""

    name: str
    says: str
    severity: Severity
    sql: str
    values: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One rule's result; ``failures`` counts rows that break it, ``examples`` names a few of them."""

    name: str
    severity: Severity
    failures: int
    says: str
    examples: tuple[str, ...]

    @property
    def blocks(self) -> bool:
        """Whether this result stops the publish."""
        return self.severity == "blocking" and self.failures > 0


def load_rules() -> Iterator[Rule]:
    """The rules, in the file's order."""
    with RULES.open("rb") as file:
        for entry in tomllib.load(file)["rule"]:
            yield _rule(**entry)


def _rule(
    name: str,
    says: str,
    kind: str,
    severity: Severity,
    table: str = "",
    key: str = "",
    columns: Sequence[str] = (),
    target: str = "",
    values: Sequence[str] | None = None,
) -> Rule:
    template = SQL[name if kind == "sql" else kind]
    sql = template.format(
        table=table,
        key=key,
        columns=", ".join(columns),
        column=columns[0] if columns else "",
        target=target,
        source_days=SQL["source_days"],
    )
    return Rule(name, says, severity, sql, tuple(values) if values is not None else None)


def run_checks(con: duckdb.DuckDBPyConnection, run_id: str) -> list[CheckResult]:
    """Run every rule and record the results; when nothing blocks, also the rows that the next night is measured by."""
    results = [_run(con, rule) for rule in load_rules()]
    rows = [(run_id, r.name, r.severity, r.failures, r.says, list(r.examples)) for r in results]
    in_turn(con, lambda: replace_rows(con, "check_results", ["run_id", "name"], rows))
    if not any(r.blocks for r in results):
        in_turn(con, lambda: [con.execute(SQL[s], {"run": run_id}) for s in ("drop_row_counts", "record_row_counts")])
    return results


def _run(con: duckdb.DuckDBPyConnection, rule: Rule) -> CheckResult:
    values = {"values": list(rule.values)} if rule.values is not None else None
    row = con.execute(SQL["result"].format(rows=rule.sql), values).fetchone()
    assert row is not None
    return CheckResult(rule.name, rule.severity, row[0], rule.says, tuple(row[1]))
