"""Plain text and Markdown files, with or without a header of ``key: value`` lines, and the bills service's JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from spiders.extract.build import Read
from spiders.extract.dates import at_day, find_dateline, parse_instant
from spiders.extract.page import NotArticle, Page, Unreadable, decode

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
FRONT_FIELD = re.compile(r"^(\w+):[ \t]*(>-?|\|-?)?[ \t]*(.*(?:\n[ \t]+.*)*)$", re.MULTILINE)
MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
MARKDOWN_MARK = re.compile(r"\*{1,3}|^#{1,6}\s+|^>\s?", re.MULTILINE)
DATELINE_WITHIN = 1500  # characters; further down, a line with a date is another text's
PORTAL_BILL = "https://wb2server.congreso.gob.pe/spley-portal/#/expediente/{period}/{number}"


def read_plain(page: Page) -> Read:
    """A text file: its first line is the title unless a header names one."""
    text = decode(page.body, page.content_type).replace("\r\n", "\n")
    header = FRONT_MATTER.match(text)
    fields: dict[str, str] = {}
    if header:
        fields = {m[1]: " ".join(m[3].split()).strip("'\"") for m in FRONT_FIELD.finditer(header.group(1))}
        text = text[header.end() :]
    text = MARKDOWN_MARK.sub("", MARKDOWN_LINK.sub(r"\1", text)).strip()
    first, _, rest = text.partition("\n")
    title = fields.get("title") or page.hint_title or first
    if not title.strip() or not text.strip():
        raise Unreadable("empty")
    dated = parse_instant(fields.get("publication_date") or fields.get("date"))
    if dated is None and (day := find_dateline(text[:DATELINE_WITHIN].splitlines())):
        dated, origin = (at_day(day), "day"), "text"
    else:
        origin = "header" if dated else None
    body = rest if not fields.get("title") and rest.strip() else text
    kind = "norm" if "rank" in fields else "report"
    return Read(kind, title, body, dated[0] if dated else None, origin, dated[1] if dated else "unknown")  # type: ignore[arg-type]


def read_json(page: Page) -> list[Read]:
    """The bills service's list: one document a bill, of what the list says.

    Raises:
        Unreadable: not JSON, or another shape than the service's; a changed shape must not look like "no bills".
        NotArticle: JSON without any text to read.
    """
    try:
        data = json.loads(page.body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("broken_json") from error
    rows: Any = data.get("data") if isinstance(data, dict) else None
    rows = rows.get("proyectos") if isinstance(rows, dict) else None
    if not isinstance(rows, list):
        raise NotArticle("json_of_unknown_shape")
    return [_read_bill(row) for row in rows if isinstance(row, dict)]


def _read_bill(row: dict[str, Any]) -> Read:
    number, title = str(row.get("proyectoLey") or ""), str(row.get("titulo") or "")
    if not number or not title:
        raise Unreadable("bill_without_number_or_title")
    lines = [
        title + ".",
        f"Presentado por: {row.get('desProponente') or 'no consta'}.",
        f"Autores: {row['autores']}." if row.get("autores") else "",
        f"Estado: {row.get('desEstado') or 'no consta'}.",
    ]
    dated = parse_instant(row.get("fecPresentacion"))
    return Read(
        kind="bill",
        title=f"Proyecto de Ley {number}: {title}",
        text="\n\n".join(line for line in lines if line),
        published_at=dated[0] if dated else None,
        published_from="header" if dated else None,
        published_precision="day" if dated else "unknown",
        canonical=PORTAL_BILL.format(period=row.get("perParId"), number=row.get("pleyNum")),
        language="es",
        part=int(row["pleyNum"]) if str(row.get("pleyNum", "")).isdigit() else None,
    )
