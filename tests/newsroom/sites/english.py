"""A site in English, whose meta tags are a day behind; its JSON-LD is right."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from tests.newsroom.data import LIMA, Page
from tests.newsroom.sites.base import Site


class English(Site):
    """``/2026/10/<slug>``."""

    template: ClassVar[str] = "english.html.j2"
    article_pattern: ClassVar[str] = r"^https?://[^/]+/\d{4}/\d{2}/[a-z0-9-]+$"
    feed_path: ClassVar[str | None] = "/rss"
    listing_path: ClassVar[str | None] = "/archive"
    section_route: ClassVar[str] = "/section/{section:path}"
    forbidden: ClassVar[tuple[str, ...]] = ("/search", "/preview/")

    def path_of(self, page: Page) -> str:
        """Year, month and slug."""
        return f"/{page.slug}" if page.kind == "static" else f"/{page.first_at.astimezone(LIMA):%Y/%m}/{page.slug}"

    @staticmethod
    def wrong_day(page: Page) -> str:
        """What its meta tags say: the day before, as if midnight were elsewhere."""
        return (page.first_at - timedelta(days=1)).isoformat()
