"""``chasqui warehouse``: the warehouse's homes."""

from __future__ import annotations

from pathlib import Path

from flows.homes import warehouse_named
from flows.settings import Home, load_settings
from flows.steps.night import only_one


def move_warehouse(source: str, target: str, files: Path | None) -> None:
    """Carry a warehouse over and say what arrived; no night may be at work meanwhile."""
    from warehouse.move import move

    settings = load_settings()
    home = Home(settings.home).make()
    folder = files or settings.warehouse_files or home.lake
    with only_one(home, "nightly"):
        moved = move(warehouse_named(source, folder), warehouse_named(target, folder))
    for table in moved:
        print(f"{table.table:<22} {table.rows:>9} rows  {table.hashes}")
    print(f"{len(moved)} tables, {sum(t.rows for t in moved)} rows: counts and hashes are the same in both.")
    print("Name the new home in warehouse_url; the old one stays where it is.")
