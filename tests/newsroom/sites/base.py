"""What every site does: which of its pages stand at the moment, feeds, listings, robots.txt, pages with validators.

A family says where its pages live, which ways lead in, and which template dresses a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.newsroom.data import Card, Page
from tests.newsroom.web import Web

FEED_WINDOW = 15
LISTING_PAGE = 20
RELATED = 4


class Site:
    """One outlet or office on its port."""

    template: ClassVar[str] = "article.html.j2"
    article_pattern: ClassVar[str]
    link_pattern: ClassVar[str | None] = None
    feed_path: ClassVar[str | None] = None
    full_text_feed: ClassVar[bool] = False
    listing_path: ClassVar[str | None] = None
    section_route: ClassVar[str] = "/seccion/{section:path}"
    forbidden: ClassVar[tuple[str, ...]] = ("/buscar", "/usuario/")

    def __init__(self, card: Card, pages: Sequence[Page], web: Web) -> None:
        self.card = card
        self.web = web
        self._all = tuple(pages)
        self._first = {p.slug: p for p in pages if p.version_of is None}
        self._stood_at: datetime | None = None
        self._standing: list[Page] = []
        self._by_path: dict[str, Page] = {}

    @property
    def base(self) -> str:
        """Its address, without a slash at the end."""
        return self.web.bases[self.card.id]

    # What a family says of itself.

    def path_of(self, page: Page) -> str:
        """Path of a page on this site."""
        raise NotImplementedError

    def ways(self) -> list[tuple[str, str]]:
        """(kind, path) of the ways into this site, as the registry is to name them."""
        ways = [("feed", self.feed_path)] if self.feed_path else []
        return [*ways, *([("listing", self.listing_path)] if self.listing_path else [])]

    def routes(self) -> list[Route]:
        """Its own addresses, besides robots.txt and the pages."""
        routes = [Route("/", self.answer_listing), Route(self.section_route, self.answer_listing)]
        if self.feed_path:
            routes.append(Route(self.feed_path, self.answer_feed))
        if self.listing_path:
            routes.append(Route(self.listing_path, self.answer_listing))
        return routes

    def all_routes(self) -> list[Route]:
        """Everything this site answers."""
        return [
            Route("/robots.txt", self.answer_robots),
            *self.routes(),
            Route("/{path:path}", self.answer_page),
        ]

    def section_url(self, section: str) -> str:
        """Where a section's pages are listed."""
        return self.section_route.replace("{section:path}", section)

    # Which pages stand.

    def current(self) -> list[Page]:
        """Pages that stand now, each in its latest version at its first address, newest first."""
        now = self.web.now
        if self._stood_at == now:  # thousands of requests of one night ask for the same
            return list(self._standing)
        standing: dict[str, Page] = {}
        for page in sorted(self._all, key=lambda p: p.stands_from):
            if page.stands_from <= now:
                standing[page.address_slug] = self.placed(page)
        today = now.date()
        pages = [p for p in standing.values() if p.gone_on is None or p.gone_on > today]
        self._standing = sorted(pages, key=lambda p: (p.first_at, p.slug), reverse=True)
        self._by_path = {self.path_of(p): p for p in self._standing}
        self._stood_at = now
        return list(self._standing)

    def placed(self, page: Page) -> Page:
        """A version as it stands: its own text at the address and under the date of the first."""
        first = self._first.get(page.address_slug, page)
        updated = page.last_change if page.version_of else page.updated
        return page.model_copy(
            update={
                "slug": first.slug,
                "section": first.section,
                "number": first.number,
                "published": first.published,
                "gone_on": page.gone_on or first.gone_on,
                "robots": first.robots,
                "updated": updated if updated and updated <= self.web.now else None,
            }
        )

    def listed(self) -> list[Page]:
        """Pages that feeds and listings name: no static ones."""
        return [p for p in self.current() if p.kind != "static"]

    def statics(self) -> list[Page]:
        """Pages such as "about us"."""
        return [p for p in self.current() if p.kind == "static"]

    def related(self, page: Page) -> list[Page]:
        """Stories named beside a page: always the same ones, so that the page does not change with the day."""
        earlier = [p for p in self._first.values() if p.kind != "static" and p.first_at < page.first_at]
        return sorted(earlier, key=lambda p: p.first_at)[-RELATED:]

    def find(self, path: str) -> Page | None:
        """The page at a path."""
        self.current()
        return self._by_path.get(path)

    # Answers.

    def render(self, template: str, **values: Any) -> str:
        """One template with what all of them need."""
        sections = sorted({p.section for p in self._all if p.section})
        return self.web.templates.get_template(template).render(
            site=self, card=self.card, base=self.base, sections=sections, **values
        )

    async def answer_robots(self, request: Request) -> Response:
        """robots.txt, with the pages that lie in a forbidden place."""
        paths = sorted({self.path_of(p) for p in self._first.values() if p.robots == "disallowed"})
        text = self.render("robots.txt.j2", paths=[*self.forbidden, *paths], sitemap=self.sitemap_path())
        return Response(text, media_type="text/plain")

    def sitemap_path(self) -> str | None:
        """Path of the sitemap that robots.txt names."""
        return None

    async def answer_feed(self, request: Request) -> Response:
        """The newest items, and no more than the window holds."""
        atom = self.card.feed == "atom"
        pages = self.listed()[:FEED_WINDOW]
        text = self.render("atom.xml.j2" if atom else "rss.xml.j2", pages=pages)
        return with_validators(text, "application/atom+xml" if atom else "application/rss+xml", newest(pages))

    async def answer_listing(self, request: Request) -> Response:
        """Every page there is, newest first, twenty a page."""
        section = request.path_params.get("section")
        pages = [p for p in self.listed() if section is None or f"{p.section}/".startswith(f"{section}/")]
        number = page_number(request, "page")
        shown = pages[(number - 1) * LISTING_PAGE : number * LISTING_PAGE]
        if (section is not None and not pages) or (number > 1 and not shown):
            return self.missing()
        more = number * LISTING_PAGE < len(pages)
        here = request.url.path
        text = self.render(
            "listing.html.j2",
            pages=[(p, self.listed_url(p)) for p in shown],
            heading=section or "Últimas noticias",
            next_url=f"{here}?page={number + 1}" if more else None,
            previous_url=f"{here}?page={number - 1}" if number > 1 else None,
        )
        return Response(text, media_type="text/html")

    def listed_url(self, page: Page) -> str:
        """How a listing links a page: relative, as most do."""
        return self.path_of(page)

    async def answer_page(self, request: Request) -> Response:
        """One page, or the site's 404."""
        page = self.find(request.url.path)
        return self.missing() if page is None else self.show(page)

    def show(self, page: Page) -> Response:
        """A page that stands."""
        template = "static.html.j2" if page.kind == "static" else self.template
        text = self.render(template, page=page, url=self.base + self.path_of(page), related=self.related(page))
        return with_validators(text, "text/html", page.last_change)

    def missing(self) -> Response:
        """What this site says of an address it does not know."""
        return Response(self.render("missing.html.j2"), status_code=404, media_type="text/html")


def page_number(request: Request, name: str) -> int:
    """The page a listing's address asks for, from 1."""
    value = request.query_params.get(name, "1")
    return max(1, int(value)) if value.isdigit() else 1


def newest(pages: Sequence[Page]) -> datetime | None:
    """The latest change among pages."""
    return max((p.last_change for p in pages), default=None)


def with_validators(text: str | bytes, media_type: str, changed_at: datetime | None) -> Response:
    """An answer that can be asked for conditionally; the server turns it into a 304 where that fits."""
    response = Response(text, media_type=media_type)
    response.headers["ETag"] = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:20]}"'
    if changed_at is not None:
        changed_at = changed_at.astimezone(UTC)
        response.headers["Last-Modified"] = format_datetime(changed_at.replace(microsecond=0), usegmt=True)
    return response
