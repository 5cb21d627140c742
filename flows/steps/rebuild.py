"""rebuild: a new warehouse from the journal and the archive, for one that is damaged or lost. No page is asked for again.

Here: the order. Not here: what the journal gives back (``warehouse.memory``), reading pages again (``again``).
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from flows.steps import evening
from flows.steps.again import read_again
from flows.steps.keeping import load_waiting, warehouse_of, write_references
from flows.steps.night import Night, only_one
from flows.steps.understanding import understand_all
from warehouse.backup import set_aside
from warehouse.memory import recall, settle_lost
from warehouse.outbox import Outbox

LONG_AGO = date(2000, 1, 1)


def run_rebuild(night: Night) -> dict[str, Any]:
    """Set the warehouse aside and make it anew: events keep their ids, the ledger and the reviews come back."""
    with only_one(night.home, "nightly"):
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
        night.report["set_aside"] = set_aside(night.home.warehouse, stamp)
        night.report["mail_recalled"] = settle_mail(night)
        night.report["read_again"] = read_again(night, LONG_AGO, None)
        understand_all(night)
        with warehouse_of(night) as con:
            night.report["recalled"] = asdict(recall(con, night.home.journal))
            write_references(night, con)
            load_waiting(night, con)
            evening.join(night, con, reason="model")
            night.report["lost_events"] = settle_lost(con)
            evening.show(night, con)
    return night.report


def settle_mail(night: Night) -> int:
    """Tell the operational state of mail sent and addresses suppressed that only the journal knows of."""
    with night.ops() as ops:
        return Outbox(ops, night.home.journal).settle()
