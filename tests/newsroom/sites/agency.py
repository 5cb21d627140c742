"""The wire agency: its body stands in one div, parted by ``<br>``, in no paragraph; its wires are copied by others."""

from __future__ import annotations

from typing import ClassVar

from tests.newsroom.data import Page
from tests.newsroom.sites.base import Site


class Agency(Site):
    """``/noticia-<slug>-<number>.aspx``. No JSON-LD; the date is in a meta tag."""

    template: ClassVar[str] = "agency.html.j2"
    article_pattern: ClassVar[str] = r"/noticia-[a-z0-9-]+-\d+\.aspx$"
    feed_path: ClassVar[str | None] = "/rss.aspx"
    listing_path: ClassVar[str | None] = "/archivo.aspx"
    section_route: ClassVar[str] = "/seccion-{section:path}.aspx"

    def path_of(self, page: Page) -> str:
        """Slug and number."""
        return f"/{page.slug}.aspx" if page.kind == "static" else f"/noticia-{page.slug}-{page.number or 1}.aspx"
