"""``chasqui status``: how the last runs ended, from the operational state alone; no server is asked."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flows.settings import Home, load_settings
from flows.steps.report import as_markdown, summary_line
from warehouse.ops import Ops
from warehouse.records import LIMA

RUNS = 10


def show_status(run_id: str | None, form: str) -> int:
    """Print the last runs, or one run's whole report.

    Returns:
        0; 1 when the last night did not end well, or there is none, so that a script can ask.
    """
    home = Home(load_settings().home)
    runs = _runs(home)
    if run_id is not None:
        chosen = [run for run in runs if run["run_id"] == run_id]
        if not chosen:
            raise FileNotFoundError(f"no run {run_id!r}; chasqui status lists the last ones")
        print(json.dumps(chosen[0], ensure_ascii=False) if form == "json" else _whole(chosen[0]))
    elif form == "json":
        print(json.dumps(runs[:RUNS], ensure_ascii=False))
    else:
        for run in runs[:RUNS]:
            print(_line(run))
        if not runs:
            print(f"no run yet in {home.root}")
    nights = [run for run in runs if run["kind"] == "nightly" and run["state"] != "running"]
    return 0 if nights and nights[0]["state"] == "done" else 1


def _runs(home: Home) -> list[dict[str, Any]]:
    if not home.ops.exists():
        return []
    with Ops(home.ops) as ops:
        rows = [dict(row) for row in ops.rows("last_runs")]
    return [{**row, "report": json.loads(row["report"]) if row["report"] else {}} for row in rows]


def _line(run: dict[str, Any]) -> str:
    began = datetime.fromisoformat(run["started_at"]).astimezone(LIMA)
    report = run["report"]
    if run["state"] == "running":
        said = "at work, or cut off"
    elif report.get("error"):
        said = report["error"]
    elif "outcomes" in report:
        said = summary_line(report)
        sick = [n["source_id"] for n in report.get("sources", []) if n["health"] != "healthy"]
        said += f"; not healthy: {', '.join(sick[:6])}{'…' if len(sick) > 6 else ''}" if sick else ""
    else:
        said = ""
    return f"{began:%Y-%m-%d %H:%M}  {run['kind']:<8} {run['state']:<8} {run['run_id']}  {said}"


def _whole(run: dict[str, Any]) -> str:
    return as_markdown(run["report"]) if "outcomes" in run["report"] else _line(run)
