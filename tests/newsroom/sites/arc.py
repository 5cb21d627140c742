"""Dailies on a hosted newsroom system: no date in the address, feeds, section listings, a mirror host."""

from __future__ import annotations

from typing import ClassVar

from tests.newsroom.data import Page
from tests.newsroom.sites.base import Site


class Arc(Site):
    """``/lima/policiales/<slug>-noticia/``. Every third link of a listing leads to the mirror host, if there is one."""

    template: ClassVar[str] = "arc.html.j2"
    article_pattern: ClassVar[str] = r"^https?://[^/]+(?:/[a-z0-9-]+)+-noticia/?$"
    feed_path: ClassVar[str | None] = "/arc/outboundfeeds/rss/"
    listing_path: ClassVar[str | None] = "/ultimas-noticias/"
    section_route: ClassVar[str] = "/archivo/{section:path}/"
    forbidden: ClassVar[tuple[str, ...]] = ("/buscar/", "/tags/", "/*?outputType=amp")

    def path_of(self, page: Page) -> str:
        """The section, then the slug."""
        return f"/{page.section or 'actualidad'}/{page.slug}-noticia/"

    def listed_url(self, page: Page) -> str:
        """On the mirror host now and then, as the same story is stored under several."""
        mirrors = self.web.mirrors.get(self.card.id, [])
        if mirrors and len(page.slug) % 3 == 0:
            return mirrors[0] + self.path_of(page)
        return self.path_of(page)
