"""Bills as the service of Congress gives them: one row archived for itself, or a whole answer of its list in a file."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from spiders.extract.build import Read
from spiders.extract.dates import parse_instant
from spiders.extract.page import NotArticle, Page, Unreadable

PORTAL = "https://wb2server.congreso.gob.pe/spley-portal/"
LIST = "https://api.congreso.gob.pe/spley-portal-service/proyecto-ley/lista-con-filtro"
# Where the portal shows a bill, by series; of the Senate's no address is known, so the portal itself is named.
SHOWN_AT = {"C": "#/expediente/{period}/{number}", "D": "#/diputados/expediente/{period}/{number}"}


def bill_rows(page: Page) -> list[dict[str, Any]]:
    """The rows of a page of JSON.

    Raises:
        Unreadable: not JSON, or a row without number or title.
        NotArticle: JSON of another shape; a changed shape must not look like "no bills".
    """
    try:
        data = json.loads(page.body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("broken_json") from error
    rows: Any = [data] if isinstance(data, dict) and "pleyNum" in data else None
    if rows is None:
        inside = data.get("data") if isinstance(data, dict) else None
        rows = inside.get("proyectos") if isinstance(inside, dict) else None
    if not isinstance(rows, list):
        raise NotArticle("json_of_unknown_shape")
    rows = [row for row in rows if isinstance(row, dict)]
    if any(not row.get("proyectoLey") or not row.get("titulo") for row in rows):
        raise Unreadable("bill_without_number_or_title")
    return rows


def read_bills(page: Page) -> list[Read]:
    """One document a bill, of what the list says of it."""
    return [_read_bill(row, page) for row in bill_rows(page)]


def _read_bill(row: dict[str, Any], page: Page) -> Read:
    title = str(row["titulo"])
    lines = [
        title + ".",
        f"Presentado por: {row.get('desProponente') or 'no consta'}.",
        f"Autores: {row['autores']}." if row.get("autores") else "",
        f"Estado: {row.get('desEstado') or 'no consta'}.",
    ]
    dated = parse_instant(row.get("fecPresentacion"))
    series = row.get("codTipoParl") or "C"
    key = {"codTipoParl": series, "perParId": row.get("perParId"), "pleyNum": row.get("pleyNum")}
    is_item = "pleyNum=" in page.url
    portal = page.source.home if page.source and page.source.home else PORTAL
    shown = SHOWN_AT.get(series, "").format(period=key["perParId"], number=key["pleyNum"])
    return Read(
        kind="bill",
        title=f"Proyecto de Ley {row['proyectoLey']}: {title}",
        text="\n\n".join(line for line in lines if line),
        published_at=dated[0] if dated else None,
        published_from="header" if dated else None,
        published_precision="day" if dated else "unknown",
        language="es",
        url=portal + shown,
        identity=None if is_item else f"{LIST}?{urlencode(key)}",
    )
