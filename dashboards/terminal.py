"""The timeline in a terminal, and answers as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboards.spreadsheet import harmless
from warehouse.query import Answer

BAR = "█"
BAR_WIDTH = 24


def as_json(answer: Answer) -> str:
    """A list of objects."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_plain)


def as_csv(answer: Answer) -> str:
    """Comma-separated values with a header; lists joined by semicolons, and no headline a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(
        [[harmless(";".join(map(str, v)) if isinstance(v, list) else v) for v in row] for row in answer.rows]
    )
    return out.getvalue()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def print_answer(console: Console, answer: Answer) -> None:
    """Any answer as a table."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in answer.columns:
        table.add_column(column, overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(_cell(v)) for v in row))
    console.print(table)
    if answer.is_cut:
        console.print(f"(cut at {len(answer.rows)} rows)", style="dim")


def print_events(console: Console, answer: Answer) -> None:
    """Events, one a row, as a person reads them."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("date", "what", "whom", "where", "killed", "wounded", "sources", "first report"):
        table.add_column(name, overflow="fold", justify="right" if name in {"killed", "wounded", "sources"} else "left")
    for values in answer.rows:
        row = dict(zip(answer.columns, values, strict=True))
        place = ", ".join(
            x for x in (row["district"], row["province"] if not row["district"] else None, row["department"]) if x
        )
        what = ", ".join(row["types"]) + ("" if row["status"] == "happened" else f" ({row['status']})")
        table.add_row(
            str(row["date"] or "unknown"),
            what,
            ", ".join(row["sectors"]) or "–",
            place or "unknown",
            _count(row["killed"]),
            _count(row["wounded"]),
            str(row["source_count"]),
            Text(row["title"]),  # a masked name stands in brackets, which are no markup
        )
    console.print(table)
    console.print(f"{len(answer.rows)} events", style="dim")


def print_counts(console: Console, answer: Answer) -> None:
    """Counts by period, with bars."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("period", "events", "killed", "wounded", ""):
        table.add_column(name, justify="left" if name in {"period", ""} else "right")
    most = max((row[1] for row in answer.rows), default=0)
    for period, events, killed, wounded, by_report in answer.rows:
        bar = BAR * round(BAR_WIDTH * events / most) if most else ""
        note = f" ({by_report} by day of report)" if by_report else ""
        table.add_row(str(period), str(events), str(killed), str(wounded), f"[cyan]{bar}[/cyan][dim]{note}[/dim]")
    console.print(table)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _count(value: int | None) -> str:
    return "?" if value is None else str(value)
