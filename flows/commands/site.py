"""``chasqui dashboard export``: the static edition of the published file."""

from __future__ import annotations

from pathlib import Path

from dashboards.site.export import WEEKS, Exported, export_site
from flows.settings import Home, Settings, load_settings
from warehouse.query import open_published


def export(folder: Path, weeks: int) -> None:
    """Write the site and say what was written."""
    written = write_site(load_settings(), folder, weeks)
    print(f"{folder}: {written.files} files, {written.bytes / 1e6:.1f} MB, {written.events} events of {weeks} weeks")


def write_site(settings: Settings, folder: Path, weeks: int = WEEKS) -> Exported:
    """Write the site of the published file."""
    with open_published(Home(settings.home).published) as con:
        return export_site(con, folder, weeks, settings.permalink_base)
