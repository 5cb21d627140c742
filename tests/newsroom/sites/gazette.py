"""The official gazette: a list for each day, twenty norms a page with the total printed, and the norms."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.newsroom.data import LIMA, Page
from tests.newsroom.sites.base import Site

DAY_LIST = "/?fechaIni={day}&fechaFin={day}&tipoPublicacion=NL&ci=ONLY&start=0"

TODAY_LIST = "/Normas/LoadNormasLegales?Length=0"


class Gazette(Site):
    """``/dispositivo/NL/<op>``. A norm page's own ``<title>`` is that of another norm of its day."""

    template: ClassVar[str] = "gazette_norm.html.j2"
    article_pattern: ClassVar[str] = r"/dispositivo/NL/\d+-\d+$"
    page_size: ClassVar[int] = 20

    def path_of(self, page: Page) -> str:
        """By its op number."""
        return f"/dispositivo/NL/{page.slug}"

    def ways(self) -> list[tuple[str, str]]:
        """The day list, where ``{day}`` is filled in by whoever asks; and the newest day by the other route."""
        return [("gazette", DAY_LIST), ("gazette_today", TODAY_LIST)]

    def routes(self) -> list[Route]:
        """The search page is the home page."""
        return [Route("/", self.answer_day), Route(TODAY_LIST.partition("?")[0], self.answer_newest)]

    async def answer_newest(self, request: Request) -> Response:
        """All norms of the newest day that has any, on one page."""
        norms = self.listed()
        newest = norms[0].first_at.astimezone(LIMA).date() if norms else None
        shown = [(p, self.path_of(p)) for p in norms if p.first_at.astimezone(LIMA).date() == newest]
        return Response(self.render("gazette_newest.html.j2", norms=shown), media_type="text/html")

    async def answer_day(self, request: Request) -> Response:
        """Norms from the first to the last day asked for."""
        query = request.query_params
        first, last = _day(query.get("fechaIni")), _day(query.get("fechaFin"))
        start = int(query["start"]) if query.get("start", "").isdigit() else 0
        norms = [p for p in self.listed() if first <= f"{p.first_at.astimezone(LIMA):%Y%m%d}" <= last]
        days = f"fechaIni={first}&fechaFin={last}&tipoPublicacion=NL&ci=ONLY"
        further = start + self.page_size
        text = self.render(
            "gazette_day.html.j2",
            norms=[(p, self.path_of(p)) for p in norms[start:further]],
            total=len(norms),
            first=_slashed(first),
            last=_slashed(last),
            page=start // self.page_size + 1,
            page_count=max(1, -(-len(norms) // self.page_size)),
            next_url=f"/?{days}&start={further}" if further < len(norms) else None,
        )
        return Response(text, media_type="text/html")

    def siblings(self, page: Page) -> list[Page]:
        """Other norms of the same day, else the ones before: what the sidebar names."""
        day = page.first_at.date()
        same = [p for p in self._first.values() if p.first_at.date() == day and p.slug != page.slug]
        return same or self.related(page)


def _day(text: str | None) -> str:
    try:
        return f"{date.fromisoformat(text or ''):%Y%m%d}"
    except ValueError:
        return "00000000"


def _slashed(day: str) -> str:
    return f"{day[6:]}/{day[4:6]}/{day[:4]}"
