"""Pages of the State: norms of the gazette, and files of bills on the old Congress server."""

from __future__ import annotations

import re

from lxml import html

from spiders.dates import SLASHED_DATE, at_day, find_day, make_day
from spiders.extract.build import Read
from spiders.extract.page import NotArticle, Page

PUBLISHED_LABEL = re.compile(r"Fecha de publicación:\s*(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)
LEGACY_BILL = re.compile(r"Expediente del Proyecto de Ley\s+(\d{5})\s*(.*?)\s*(?:$|\n|\|)", re.IGNORECASE | re.DOTALL)
LEGACY_TABLE_HEAD = re.compile(r"\s+(?:Proyectos? de Ley|Fecha\s+T[ií]tulo).*$", re.DOTALL)
LEGACY_MARK = "tradocestproc"


def is_gazette_norm(tree: html.HtmlElement) -> bool:
    """Whether the page is one norm of the official gazette."""
    return bool(tree.xpath("//*[@id='visor-html']") or tree.xpath("//div[@class='story']//h1[@class='sumilla']"))


def read_gazette_norm(page: Page, tree: html.HtmlElement) -> Read:
    """One norm: only what stands in its box, since the page's own title may be another norm's.

    The title is kind and number with the summary behind, as people cite it; the date is that printed as publication.
    """
    boxes = tree.xpath("//div[@class='story']") or tree.xpath("//*[@id='visor-html']")
    box = boxes[0]
    summary = _join(box.xpath(".//h1[contains(@class,'sumilla')]"))
    number = _join(box.xpath(".//h2"))
    paragraphs = [" ".join(p.text_content().split()) for p in box.iter("p", "li", "td")]
    text = "\n\n".join(p for p in paragraphs if p)
    if not text:
        raise NotArticle("too_little_text")
    outside = " ".join(" ".join(tree.itertext()).split())
    printed = PUBLISHED_LABEL.search(outside)
    day = find_day(printed.group(1)) if printed else None
    if day:
        published, origin, precision = at_day(day), "header", "day"
    elif page.hint_published_at:
        published, origin, precision = page.hint_published_at, page.hint_from, "day"
    else:
        published, origin, precision = None, None, "unknown"
    title = ": ".join(part for part in (_sentence(number), summary) if part)
    return Read("norm", title, text, published, origin, precision, language="es")


def _join(nodes: list[html.HtmlElement]) -> str:
    return " ".join(" ".join(n.text_content().split()) for n in nodes).strip()


def _sentence(text: str) -> str:
    """Kind and number with a capital, whatever case the gazette's style sheet leaves in the markup."""
    words = text.split(" N°", 1)
    words[0] = words[0].capitalize() if words[0].isupper() or words[0].islower() else words[0]
    return " N°".join(words)


def is_legacy_bill(markup: str) -> bool:
    """Whether the page is a bill's file on the Lotus Notes server of Congress (2001 to 2016)."""
    return LEGACY_MARK in markup[:200_000].lower() and "Expediente" in markup


def read_legacy_bill(tree: html.HtmlElement) -> Read:
    """A bill's file: its title, the steps as lines, the filing day (the oldest step)."""
    rows = [
        " ".join(" ".join(cell.itertext()).split())
        for row in tree.iter("tr")
        if not row.xpath(".//table")
        for cell in [row]
    ]
    lines = [line for line in rows if line]
    whole = "\n".join(lines)
    m = LEGACY_BILL.search(" ".join(tree.text_content().split("\n")))
    headings = [" ".join(b.text_content().split()) for b in tree.iter("b")]
    named = (
        " ".join(LEGACY_TABLE_HEAD.sub("", m.group(2)).split())[:300]
        if m
        else next((h for h in headings if len(h) > 20), "")
    )
    title = f"Proyecto de Ley {m.group(1)}: {named}" if m else named
    if not title:
        raise NotArticle("no_title")
    days = [d for d in (make_day(int(y), int(mo), int(d)) for d, mo, y in SLASHED_DATE.findall(whole)) if d]
    filed = min(days) if days else None
    return Read("bill", title, whole, at_day(filed) if filed else None, "text" if filed else None,
                "day" if filed else "unknown", language="es")  # fmt: skip
