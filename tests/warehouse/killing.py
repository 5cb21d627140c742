"""Nights over made-up pages that can be cut off anywhere: ``python -m tests.warehouse.killing HOME NIGHT [ROOM]``.

One night loads its batch, links, journals and publishes. ``ROOM`` is how many bytes a file may grow to, as a full disk would
have it. Pages are the same for every run, so that what comes of nights that were cut off can be held against nights that were not.
"""

from __future__ import annotations

import resource
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.warehouse.filling import fill
from warehouse.link import link
from warehouse.memory import remember
from warehouse.publish import publish
from warehouse.reviews.holding import hold_loaded
from warehouse.store import open_warehouse

ORDER = ["murder", "attack"]
FIRST_NIGHT = datetime(2026, 11, 1, 7, tzinfo=UTC)
PAGES = 12  # a night
NAMES = "Rufino Quispe, Amanda Mamani, Teodoro Llacta, Zenón Huamán, Eulogio Ccori, Delfina Apaza".split(", ")


def pages(night: int) -> list[dict[str, Any]]:
    """A night's pages; every second happening is told again the night after."""
    made = []
    for n in range(PAGES):
        number = night * PAGES // 2 + n
        title = f"Matan a {NAMES[number % len(NAMES)]} en el paradero {number}"
        mention = {
            "type": "murder", "happening": 1, "status": "happened", "sectors": ["transport"], "date": f"2026-10-{1 + number % 28:02d}", "date_precision": "day",
            "ubigeo": "150110", "place_precision": "district", "killed": 1, "evidence": {"field": "title", "start": 0, "end": len(title), "text": title},
        }  # fmt: skip
        text = f"{title}. Era chofer de la línea {number} y vivía en la manzana {number * 7}."
        made.append({"id": f"p{night}-{n}", "title": title, "text": text, "published": mention["date"], "mentions": [mention]})  # fmt: skip
    return made


def run(home: Path, night: int) -> None:
    """One night; a batch that is in already is not loaded again."""
    with open_warehouse(home / "warehouse.duckdb") as con:
        fill(con, home / "batches", f"n{night}", pages(night))
        hold_loaded(con)
        link(con, f"n{night}", ORDER, at=FIRST_NIGHT + timedelta(days=night))
        remember(con, home / "journal")
        publish(con, home / "chasqui.duckdb")


if __name__ == "__main__":
    if len(sys.argv) > 3:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit fails, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    print("begun", flush=True)
    run(Path(sys.argv[1]), int(sys.argv[2]))
