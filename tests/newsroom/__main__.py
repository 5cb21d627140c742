"""Serve the newsroom for a person: ``python -m tests.newsroom [--today 2026-11-15] [--registry FILE]``."""

from __future__ import annotations

import argparse
import contextlib
import threading
from datetime import date
from pathlib import Path

from tests.newsroom.data import LAST_DAY
from tests.newsroom.server import Newsroom


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.newsroom", description="Serve the made-up press on loopback."
    )
    parser.add_argument("--today", type=date.fromisoformat, default=LAST_DAY, help="the day it is (default: the last)")
    parser.add_argument("--site", action="append", help="serve this site only; may be repeated")
    parser.add_argument("--registry", type=Path, help="write the registry of these sites to this file")
    parser.add_argument("--fault", action="append", default=[], metavar="PATH=NAME", help="let a path go wrong")
    asked = parser.parse_args()
    with Newsroom(asked.today, asked.site) as newsroom:
        for entry in asked.fault:
            path, _, name = entry.rpartition("=")
            newsroom.set_fault(path, name)
        if asked.registry:
            asked.registry.write_text(newsroom.registry_toml(), encoding="utf-8")
        for site in newsroom.sites.values():
            print(
                f"{newsroom.url(site.card.id):24} {len(site.listed()):3} pages  {site.card.name} ({site.card.family})"
            )
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
