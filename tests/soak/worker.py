"""One process that runs night after night as it is told, and says how it fares: ``python -m tests.soak.worker``.

A line of JSON in: a day, and whether a poll or the week's digest is wanted. A line out: how it ended, and what this process and
the home hold. Settings come from the environment. Never killed itself, so that what it gathers over months would show.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, date, datetime
from typing import Any

import altair as alt
import psutil

from dashboards.charts.png import to_png
from flows.mail import post_of
from flows.progress import JsonReporter
from flows.settings import Home, Settings, load_settings
from flows.steps.digest import DigestRun, groups_of, last_week, send_digests
from flows.steps.night import new_night
from flows.steps.order import run_night, run_poll
from warehouse.query import ask, open_published

ME = psutil.Process()


def run(settings: Settings, kind: str) -> dict[str, Any]:
    """One run; a failure is an answer."""
    began = time.monotonic()
    said: dict[str, Any] = {"state": "done"}
    try:
        if kind == "digest":
            week = last_week(settings.day())
            report = send_digests(DigestRun(settings, groups_of(settings), week), post_of(settings), datetime.now(UTC))
            said |= {"week": str(week), "pending": report["pending"]}
        else:
            night = new_night(settings, JsonReporter(), kind)
            report = (run_night if kind == "nightly" else run_poll)(night)
            said |= {k: report.get(k) for k in ("outcomes", "reasons", "cleaned", "pages_waiting", "new_documents")}
    except Exception as error:  # noqa: BLE001 - whatever it is, the soak goes on without a hand
        said = {"state": "failed", "error": f"{type(error).__name__}: {error}"}
    return said | {"seconds": round(time.monotonic() - began, 1), "kind": kind}


def held(home: Home) -> dict[str, Any]:
    """What this process and the home hold now."""
    archive = sum(p.stat().st_size for p in home.archive.rglob("*.warc.gz"))
    said = {
        "rss": ME.memory_info().rss,
        "files": ME.num_fds(),
        "threads": ME.num_threads(),
        "children": len(ME.children(recursive=True)),
        "warehouse": home.warehouse.stat().st_size,
        "published": home.published.stat().st_size,
        "ops": home.ops.stat().st_size,
        "archive": archive,
        "used": sum(p.stat().st_blocks * 512 for p in home.root.rglob("*") if p.is_file()),
    }
    with open_published(home.published) as con:
        said["documents"], said["events"] = ask(
            con, "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM events)"
        ).rows[0]
    return said


def warm_up() -> None:
    """Draw a picture: its maker takes memory and fonts once, with the first digest that has a chart, which is no leak."""
    to_png(alt.Chart(alt.InlineData([{"x": 1, "y": 1}])).mark_bar().encode(x="x:Q", y="y:Q"))


def main() -> None:
    """Answer until there is nobody to answer."""
    warm_up()
    settings = load_settings()
    home = Home(settings.home)
    for line in sys.stdin:
        asked = json.loads(line)
        today = settings.model_copy(update={"today": date.fromisoformat(asked["day"])})
        said = run(today, asked["kind"])
        try:
            said |= held(home)
        except Exception as error:  # noqa: BLE001 - a night that never published has nothing to be measured
            said["not measured"] = f"{type(error).__name__}: {error}"
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    main()
