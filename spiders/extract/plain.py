"""Plain text and Markdown files, with or without a header of ``key: value`` lines."""

from __future__ import annotations

import re

from spiders.dates import at_day, find_dateline, parse_instant
from spiders.extract.build import Read
from spiders.extract.page import Page, Unreadable, decode

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
FRONT_FIELD = re.compile(r"^(\w+):[ \t]*(>-?|\|-?)?[ \t]*(.*(?:\n[ \t]+.*)*)$", re.MULTILINE)
MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
MARKDOWN_MARK = re.compile(r"\*{1,3}|^#{1,6}\s+|^>\s?", re.MULTILINE)
DATELINE_WITHIN = 1500  # characters; further down, a line with a date is another text's


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
