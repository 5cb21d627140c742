"""An investigative outlet on WordPress: flat slugs, a feed with the whole text, static pages among the articles."""

from __future__ import annotations

from typing import ClassVar

from tests.newsroom.data import Page
from tests.newsroom.sites.base import Site


class WordPress(Site):
    """``/<slug>/`` for articles and for ``/quienes-somos/`` alike; JSON-LD in one ``@graph``."""

    template: ClassVar[str] = "wordpress.html.j2"
    article_pattern: ClassVar[str] = r"^https?://[^/]+/(?!feed|noticias|category)[a-z0-9-]+/$"
    feed_path: ClassVar[str | None] = "/feed/"
    listing_path: ClassVar[str | None] = "/noticias/"
    section_route: ClassVar[str] = "/category/{section:path}/"
    forbidden: ClassVar[tuple[str, ...]] = ("/wp-admin/", "/?s=")
    full_text_feed: ClassVar[bool] = True

    def path_of(self, page: Page) -> str:
        """The slug alone."""
        return f"/{page.slug}/"
