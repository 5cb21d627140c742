"""The Congress bill portal: one list, asked for with a JSON body, in three series."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.newsroom.data import LIMA, Bill, Page
from tests.newsroom.sites.base import Site

LIST_PATH = "/spley-portal-service/proyecto-ley/lista-con-filtro"
PERIOD = 2026  # 2026 to 2031
SUFFIX = {"C": "CR", "D": "CD", "S": "S"}
BILL_SLUG = re.compile(r"^0*(\d+)-2026-2031-(cr|cd|s)$")


class Bills(Site):
    """POST only. A missing period is HTTP 400; without a series only the C series comes, with HTTP 200."""

    article_pattern: ClassVar[str] = r"/lista-con-filtro\?codTipoParl=[CDS]&perParId=\d{4}&pleyNum=\d+$"
    page_rows: ClassVar[int] = 5
    forbidden: ClassVar[tuple[str, ...]] = ()

    def path_of(self, page: Page) -> str:
        """No page of its own: the list, asked for this bill alone."""
        return f"{LIST_PATH}?codTipoParl={series_of(page)}&perParId={PERIOD}&pleyNum={number_of(page)}"

    def ways(self) -> list[tuple[str, str]]:
        """The list, series by series, in pages small enough to be several."""
        return [
            ("bills", f"{LIST_PATH}?perParId={PERIOD}&codTipoParl={series}&pageSize={self.page_rows}")
            for series in SUFFIX
        ]

    def routes(self) -> list[Route]:
        """The list; the front end says nothing without scripts."""
        return [Route("/", self.answer_front), Route(LIST_PATH, self.answer_list, methods=["POST"])]

    async def answer_front(self, request: Request) -> Response:
        """An empty shell."""
        return Response('<!DOCTYPE html><app-root></app-root><script src="main.js"></script>', media_type="text/html")

    def show(self, page: Page) -> Response:
        """The shell again."""
        return Response('<!DOCTYPE html><app-root></app-root><script src="main.js"></script>', media_type="text/html")

    async def answer_list(self, request: Request) -> Response:
        """Bills of one series, newest number first, paged by ``rowStart`` and ``pageSize`` of the body."""
        asked = _asked(await request.body())
        if "perParId" not in asked:
            errors = [{"field": "perParId", "message": "no debe ser nulo"}]
            return JSONResponse({"code": 400, "status": "error", "errors": errors}, status_code=400)
        series = asked.get("codTipoParl") or "C"
        bills = [p for p in self.listed() if asked["perParId"] == PERIOD and series_of(p) == series]
        if asked.get("pleyNum") is not None:
            bills = [p for p in bills if number_of(p) == asked["pleyNum"]]
        if words := str(asked.get("palabras") or "").lower():
            bills = [p for p in bills if words in p.title.lower()]
        bills.sort(key=number_of, reverse=True)
        start, size = _whole(asked.get("rowStart"), 0), _whole(asked.get("pageSize"), len(bills) or 1)
        rows = [self._row(p) for p in bills[start : start + size]]
        body = {
            "code": 200,
            "status": "success",
            "data": {"proyectos": rows, "rowsTotal": len(bills)},
            "timestamp": self.web.now.astimezone(LIMA).isoformat(),
        }
        return JSONResponse(body)

    def _row(self, page: Page) -> dict[str, Any]:
        bill = page.bill or Bill(series=series_of(page))
        day = datetime.combine(page.first_at.astimezone(LIMA).date(), datetime.min.time(), LIMA)
        return {
            "perParId": PERIOD,
            "pleyNum": number_of(page),
            "proyectoLey": f"{number_of(page):05d}/2026-2031-{SUFFIX[bill.series]}",
            "desEstado": bill.state,
            "fecPresentacion": day.isoformat(timespec="milliseconds"),
            "titulo": page.title,
            "desProponente": bill.proponent,
            "autores": bill.authors,
            "codTipoParl": bill.series,
            "codTipoParlActual": bill.series,
            "rowsTotal": 0,
        }


def series_of(page: Page) -> Any:
    """C, D or S: from its own table, its section, or the ending of its slug."""
    if page.bill:
        return page.bill.series
    if page.section.upper() in SUFFIX:
        return page.section.upper()
    found = BILL_SLUG.match(page.slug)
    return {"cr": "C", "cd": "D", "s": "S"}[found.group(2)] if found else "D"


def number_of(page: Page) -> int:
    """Its number within the series."""
    found = BILL_SLUG.match(page.slug)
    return page.number if page.number is not None else int(found.group(1)) if found else 1


def _asked(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body or b"{}")
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}


def _whole(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) and value >= 0 else otherwise
