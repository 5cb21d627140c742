"""The portal of the State: a JSON search with Spanish dates and addresses as HTML anchors, and the pages it names."""

from __future__ import annotations

from html import escape
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.newsroom.data import Page
from tests.newsroom.sites.base import Site, page_number
from tests.newsroom.web import spanish_date

SHEET = 25
DEFAULT_ENTITY = "pcm"


class Gobpe(Site):
    """``/institucion/pcm/normas-legales/<number>-<slug>`` and ``/institucion/pcm/noticias/...``."""

    template: ClassVar[str] = "gobpe.html.j2"
    article_pattern: ClassVar[str] = r"/institucion/[a-z-]+/(?:normas-legales|noticias)/\d+-[a-z0-9-]+$"
    forbidden: ClassVar[tuple[str, ...]] = ("/admin2/",)

    def path_of(self, page: Page) -> str:
        """Entity, kind, number and slug."""
        if page.kind == "static":
            return f"/{page.slug}"
        shelf = "normas-legales" if page.kind == "norm" else "noticias"
        return f"/institucion/{_entity(page)}/{shelf}/{page.number or 1}-{page.slug}"

    def ways(self) -> list[tuple[str, str]]:
        """Norms, then news."""
        search = "/busquedas.json?contenido[]={}&institucion[]=pcm&orden=recientes&sheet=1"
        return [("gobpe", search.format(shelf)) for shelf in ("normas", "noticias")]

    def routes(self) -> list[Route]:
        """The search in both forms."""
        return [*super().routes(), Route("/busquedas.json", self.answer_search)]

    async def answer_search(self, request: Request) -> Response:
        """25 a sheet, newest first."""
        query = request.query_params
        shelves = set(query.getlist("contenido[]") + query.getlist("contenido")) or {"normas", "noticias"}
        entities = set(query.getlist("institucion[]") + query.getlist("institucion"))
        found = [
            p
            for p in self.listed()
            if ("normas" if p.kind == "norm" else "noticias") in shelves and (not entities or _entity(p) in entities)
        ]
        sheet = page_number(request, "sheet")
        shown = found[(sheet - 1) * SHEET : sheet * SHEET]
        results = [self._result(p) for p in shown]
        return JSONResponse({"data": {"attributes": {"results": results, "total": len(found), "sheet": sheet}}})

    def _result(self, page: Page) -> dict[str, Any]:
        name = page.norm.number if page.norm else page.title
        return {
            "id": page.number or 1,
            "name": name,
            "content": page.norm.summary if page.norm else page.paragraphs[0][:200],
            "publication": spanish_date(page.first_at),
            "institution": _entity(page).upper(),
            "url": f'<a class="link" href="{self.path_of(page)}">{escape(name)}</a>',
        }


def _entity(page: Page) -> str:
    return page.section or DEFAULT_ENTITY
