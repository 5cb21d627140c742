"""The night's drift report: label shares and scores of the last closed week beside those before, and words the model has to spell."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict
from typing import Any

from flows.steps.night import Night
from warehouse.drift import last_closed_week
from warehouse.query import open_published

NIGHTS = 56  # of which the usual share of spelled words is the median


def drift_of(night: Night) -> dict[str, Any]:
    """What moved, as the report keeps it."""
    with open_published(night.home.published) as con:
        labels = [asdict(label) | {"week": label.week.isoformat()} for label in last_closed_week(con)]
    with night.ops() as ops:
        reports = [json.loads(row["report"]) for row in ops.rows("good_nights", NIGHTS) if row["report"]]
    before = [share for report in reports if (share := report.get("spelled_share")) is not None]
    return {"labels": labels, "usual_spelled_share": statistics.median(before) if before else None}
