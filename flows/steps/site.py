"""site: the static edition, written after the night has published. A failure here makes no night a bad one."""

from __future__ import annotations

from dashboards.site.export import Exported, export_site
from dashboards.site.shelf import SiteError
from flows.steps.night import Night
from warehouse.query import QueryError, open_published


def export_site_of(night: Night) -> Exported | None:
    """Write the site to the folder that the settings name; None when that failed, and the report says why."""
    assert night.settings.site_dir is not None
    try:
        with open_published(night.home.published) as con:
            return export_site(con, night.settings.site_dir, permalink_base=night.settings.permalink_base)
    except (OSError, SiteError, QueryError) as error:
        night.report["site_error"] = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
        return None
