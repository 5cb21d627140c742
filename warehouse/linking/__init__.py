"""Which tellings are one happening: what a telling is, how alike two are, and how they group.

Nothing here knows of the warehouse's tables (``warehouse.link`` does). The decisions are functions of the tellings alone, so
that the order in which they arrived, and what else was read, never shows in the result.
"""

from __future__ import annotations

from warehouse.linking.lines import DocumentError, link_lines

__all__ = ["DocumentError", "link_lines"]
