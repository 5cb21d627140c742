"""Bills as the service of Congress gives them: one row archived for itself, or a whole answer of its list in a file."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from spiders.dates import parse_instant
from spiders.extract.build import Read
from spiders.extract.page import NotArticle, Page, Unreadable
from warehouse.records import CHAMBER_SERIES, LIMA, Bill, Chamber, Document

PORTAL = "https://wb2server.congreso.gob.pe/spley-portal/"
LIST = "https://api.congreso.gob.pe/spley-portal-service/proyecto-ley/lista-con-filtro"
CHAMBERS: dict[str, Chamber] = {series: chamber for chamber, series in CHAMBER_SERIES.items()}
NUMBER = re.compile(r"(\d{1,5})[/-](\d{4})(?:-(\d{4}))?-([A-Z]{1,3})")
FORMER = re.compile(r"\s*\(\s*ANTES\s+P\.?\s?L\.?\s*(?:N[.°º]*\s*)?([\d/-]+-[A-Z]{1,3})\s*\)", re.IGNORECASE)
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


def bills_of(page: Page, documents: Sequence[Document]) -> list[Bill]:
    """The bills of a page that was read into these documents, one each; none of a page that is no list of bills."""
    if (
        not documents
        or documents[0].kind != "bill"
        or (page.content_type or "").partition(";")[0] != "application/json"
    ):
        return []
    return [bill for row, document in zip(bill_rows(page), documents, strict=True) if (bill := _bill(row, document.id))]


def _bill(row: dict[str, Any], document_id: str) -> Bill | None:
    """A row's bill; None without a whole key, or with a number of a form not known."""
    period, number = row.get("perParId"), row.get("pleyNum")
    chamber, printed = CHAMBERS.get(row.get("codTipoParl") or "C"), normal_number(str(row["proyectoLey"]))
    if not isinstance(period, int) or not isinstance(number, int) or chamber is None or printed is None:
        return None
    title = " ".join(str(row["titulo"]).split())
    former = FORMER.search(title)
    filed = parse_instant(row.get("fecPresentacion"))
    return Bill(
        period=period,
        chamber=chamber,
        number=number,
        document_id=document_id,
        printed_number=printed,
        title=FORMER.sub("", title).strip(),
        state=" ".join(str(row.get("desEstado") or "").split()) or None,
        filed_on=filed[0].astimezone(LIMA).date() if filed else None,
        proponent=" ".join(str(row.get("desProponente") or "").split()) or None,
        authors=tuple(name.strip() for name in str(row.get("autores") or "").split(";") if name.strip()),
        former_number=normal_number(former[1]) if former else None,
    )


def normal_number(printed: str) -> str | None:
    """``07538/2023-CR`` and ``00871-2026-2031-CD`` as texts' numbers are kept: PL 7538/2023-CR, PL 00871/2026-2031-CD."""
    m = NUMBER.fullmatch(printed.strip().upper())
    if m is None:
        return None
    number, year, until, letters = m.groups()
    return f"PL {int(number):05d}/{year}-{until}-{letters}" if until else f"PL {int(number)}/{year}-{letters}"


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
