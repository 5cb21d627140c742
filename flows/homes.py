"""Which home the warehouse has: the file in the home, or the lake that the settings name."""

from __future__ import annotations

from pathlib import Path

from flows.settings import Home, Settings
from warehouse.lake import PREFIX, Lake


def warehouse_at(settings: Settings) -> Path | Lake:
    """The home in force.

    Raises:
        LakeError: the setting names something else than a lake.
    """
    home = Home(settings.home)
    if not settings.warehouse_url:
        return home.warehouse
    return Lake(settings.warehouse_url, settings.warehouse_files or home.lake)


def warehouse_named(text: str, files: Path) -> Path | Lake:
    """The home that a person names, by path or by address."""
    return Lake(text, files) if text.startswith(PREFIX) else Path(text)
