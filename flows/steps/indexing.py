"""index: what the night read is made findable. A night that has published is a good one, whatever becomes of this step."""

from __future__ import annotations

import duckdb

from flows.steps.night import Night
from models.reader.mask import mask_version
from models.understand import mask_together
from warehouse.search.shelf import SearchError, Shelf
from warehouse.search.update import Indexed, update


def index_all(night: Night, con: duckdb.DuckDBPyConnection) -> Indexed | None:
    """Bring the search index up to the warehouse; None when that failed, and the report says why."""
    try:
        return update(con, Shelf(night.home.search), shown, mask_version())
    except (OSError, ValueError, duckdb.Error, SearchError) as error:
        night.report["search_error"] = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
        return None


def shown(title: str, text: str) -> tuple[str, str]:
    """A document as the analyst tier shows it; a text that breaks the masker is not shown, and so not found."""
    try:
        masked = mask_together(title, text)
    except Exception:  # noqa: BLE001 - a hostile text may break any reader; the page itself is counted when it is understood
        return "", ""
    return masked[0].text, masked[1].text
