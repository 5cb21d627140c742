"""The gazette by its two routes: what the day lists name against what the other site lists as today's, by op code."""

from __future__ import annotations

import json
from typing import Any

from flows.steps.night import Night
from spiders.discover.gazette import op_code
from warehouse.ops import Ops

NAMED = 20  # codes a report names of a difference; it counts all


def compare_routes(night: Night, ops: Ops) -> list[dict[str, Any]]:
    """One row a source that was asked by both routes; a route that failed is no difference, its way says so."""
    today = f"{night.settings.day():%Y%m%d}"
    rows = []
    for source in night.registry.enabled():
        other: set[str] = set()
        lists: set[str] = set()
        list_of_today: set[str] = set()
        for way in ops.rows("listed_by", source.id, night.run_id):
            codes = {code for url in json.loads(way["last_listed"] or "[]") if (code := op_code(url))}
            if way["kind"] == "gazette_today":
                other |= codes
            elif way["kind"] == "gazette":
                lists |= codes
                list_of_today |= codes if today in way["url"] else set()
        if other and lists:
            rows.append(_row(source.id, other - lists, list_of_today - other, len(other & lists)))
    return rows


def _row(source_id: str, beyond: set[str], lacking: set[str], both: int) -> dict[str, Any]:
    return {
        "source": source_id,
        "both": both,
        "not_in_day_lists": len(beyond),
        "not_in_todays_list": len(lacking),
        "codes": sorted(beyond | lacking)[:NAMED],
    }
