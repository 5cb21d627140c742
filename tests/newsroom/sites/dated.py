"""A daily with the day in its addresses, a sitemap index, and AMP twins."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.newsroom.data import LIMA, Page
from tests.newsroom.sites.base import Site, newest, with_validators

NEWS_WINDOW = timedelta(hours=48)
NEWS_FEWEST = 5  # a news sitemap is never quite empty
AMP_EVERY = 5  # of the archive sitemap's addresses, so many are named by their AMP twin too


class Dated(Site):
    """``/sociedad/2026/10/05/<slug>-<number>`` and ``/amp/sociedad/...``."""

    template: ClassVar[str] = "dated.html.j2"
    article_pattern: ClassVar[str] = r"^https?://[^/]+(?:/amp)?/[a-z-]+(?:/[a-z-]+)*/\d{4}/\d{2}/\d{2}/[a-z0-9-]+-\d+$"
    forbidden: ClassVar[tuple[str, ...]] = ("/buscador", "/archivo/")

    def path_of(self, page: Page) -> str:
        """Section, day, slug and number."""
        return f"/{page.section or 'sociedad'}/{page.first_at.astimezone(LIMA):%Y/%m/%d}/{page.slug}-{page.number or 1}"

    def ways(self) -> list[tuple[str, str]]:
        """The sitemap index alone."""
        return [("sitemap", "/sitemap.xml")]

    def sitemap_path(self) -> str | None:
        """Named in robots.txt."""
        return "/sitemap.xml"

    def routes(self) -> list[Route]:
        """Sitemaps and AMP twins."""
        return [
            *super().routes(),
            Route("/ultimas-noticias", self.answer_listing),
            Route("/sitemap.xml", self.answer_index),
            Route("/sitemap/noticias.xml", self.answer_news),
            Route("/sitemap/{month}.xml", self.answer_month),
            Route("/amp/{path:path}", self.answer_amp),
        ]

    async def answer_index(self, request: Request) -> Response:
        """Names the news sitemap and one of each month."""
        pages = self.listed()
        months = sorted({f"{p.first_at.astimezone(LIMA):%Y-%m}" for p in pages}, reverse=True)
        text = self.render(
            "sitemap_index.xml.j2", paths=["/sitemap/noticias.xml", *(f"/sitemap/{m}.xml" for m in months)]
        )
        return with_validators(text, "application/xml", newest(pages))

    async def answer_news(self, request: Request) -> Response:
        """The last 48 hours."""
        pages = self.listed()
        recent = [p for p in pages if p.first_at >= self.web.now - NEWS_WINDOW] or pages[:NEWS_FEWEST]
        text = self.render("sitemap.xml.j2", news=True, pages=[(p, self.path_of(p)) for p in recent])
        return with_validators(text, "application/xml", newest(recent))

    async def answer_month(self, request: Request) -> Response:
        """Everything of a month; some pages by their AMP twin as well."""
        month = request.path_params["month"]
        pages = [p for p in self.listed() if f"{p.first_at.astimezone(LIMA):%Y-%m}" == month]
        if not pages:
            return self.missing()
        named = [(p, self.path_of(p)) for p in pages]
        named += [(p, "/amp" + self.path_of(p)) for p in pages if (p.number or 0) % AMP_EVERY == 0]
        text = self.render("sitemap.xml.j2", news=False, pages=named)
        return with_validators(text, "application/xml", newest(pages))

    async def answer_amp(self, request: Request) -> Response:
        """The lean twin of a page."""
        page = self.find("/" + request.path_params["path"])
        if page is None:
            return self.missing()
        text = self.render("amp.html.j2", page=page, url=self.base + self.path_of(page))
        return with_validators(text, "text/html", page.last_change)
