"""One night in a process of its own, by its plain steps: ``python -m tests.soak.struck PLACE SITES``; it dies at the place.

The places are those of ``tests.e2e.killed``, and ``reading``: all pages are fetched, none is read. ``nowhere`` lets it live.
"""

from __future__ import annotations

import sys

import flows.steps.collect
import flows.steps.order
from flows.progress import PlainReporter
from flows.settings import load_settings
from flows.steps.night import new_night
from tests.e2e.killed import PLACES, after, die


def strike(place: str, sites: int) -> None:
    """Lay the trap."""
    collect = flows.steps.collect
    if place == "crawl":  # every list is asked, the pages of the first site are fetched
        collect.run_job = after(collect.run_job, calls=sites + 1)
    elif place == "reading":
        flows.steps.order.read_all = die  # type: ignore[assignment] - it never returns
    elif place != "nowhere":
        PLACES[place]()


if __name__ == "__main__":
    strike(sys.argv[1], int(sys.argv[2]))
    flows.steps.order.run_night(new_night(load_settings(), PlainReporter(), "nightly"))
