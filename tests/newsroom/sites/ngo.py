"""An organisation that publishes reports and a monthly bulletin as PDF, and now and then a note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from starlette.responses import Response

from tests.newsroom.data import Card, Page
from tests.newsroom.pdf import make_pdf
from tests.newsroom.sites.base import Site, with_validators
from tests.newsroom.web import Web

BULLETIN_SECTIONS = ("boletin", "boletines")


class Ngo(Site):
    """``/informes`` lists ``/informes/<slug>.pdf``, ``/boletines/<slug>.pdf`` and ``/notas/<slug>``."""

    template: ClassVar[str] = "ngo.html.j2"
    article_pattern: ClassVar[str] = r"/(?:informes|boletines)/[a-z0-9-]+\.pdf$|/notas/[a-z0-9-]+$"
    listing_path: ClassVar[str | None] = "/informes"
    section_route: ClassVar[str] = "/tema/{section:path}"

    def __init__(self, card: Card, pages: Sequence[Page], web: Web) -> None:
        super().__init__(card, pages, web)
        self._made: dict[str, bytes] = {}  # by path and change: a PDF is set once

    def path_of(self, page: Page) -> str:
        """PDFs by kind, notes as pages."""
        if page.kind == "static":
            return f"/{page.slug}"
        if page.kind != "report":
            return f"/notas/{page.slug}"
        return f"/{'boletines' if page.section in BULLETIN_SECTIONS else 'informes'}/{page.slug}.pdf"

    def show(self, page: Page) -> Response:
        """Reports as PDF, made once."""
        if page.kind != "report":
            return super().show(page)
        key = f"{self.path_of(page)} {page.last_change}"
        if key not in self._made:
            self._made[key] = make_pdf(page, self.card.name, monthly=page.section in BULLETIN_SECTIONS)
        return with_validators(self._made[key], "application/pdf", page.last_change)
