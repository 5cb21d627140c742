"""A broadcaster: items of a few lines, whose only date is a ``<time>`` element."""

from __future__ import annotations

from typing import ClassVar

from tests.newsroom.data import Page
from tests.newsroom.sites.base import Site


class Broadcast(Site):
    """``/n<number>/<slug>``."""

    template: ClassVar[str] = "broadcast.html.j2"
    article_pattern: ClassVar[str] = r"/n\d+/[a-z0-9-]+$"
    feed_path: ClassVar[str | None] = "/rss.xml"
    listing_path: ClassVar[str | None] = "/noticias"

    def path_of(self, page: Page) -> str:
        """Number and slug."""
        return f"/{page.slug}" if page.kind == "static" else f"/n{page.number or 1}/{page.slug}"
