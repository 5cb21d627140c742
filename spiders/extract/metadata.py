"""What a news page says of itself in its head: JSON-LD first, then meta tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from lxml import html

from spiders.dates import Dated, find_dateline, parse_instant
from spiders.urls import canonical_url

ARTICLE_TYPES = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "OpinionNewsArticle", "Report"}
)
PUBLISHED_META = ("article:published_time", "datePublished", "date", "pubdate", "DC.date.issued", "parsely-pub-date")
UPDATED_META = ("article:modified_time", "dateModified", "og:updated_time")
# An article's own <header> may hold its date; the page's may hold today's.
OUTSIDE = "not(ancestor::nav or ancestor::aside or ancestor::footer or ancestor::header[not(ancestor::article)])"
WORD = re.compile(r"\w+")
SITE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")


@dataclass(slots=True)
class Metadata:
    """What was found; absent is None."""

    title: str | None = None
    published: Dated | None = None
    published_from: str | None = None
    updated: Dated | None = None
    byline: str | None = None
    section: str | None = None
    canonical: str | None = None
    language: str | None = None
    is_article: bool = False
    is_free: bool = True


def read_metadata(tree: html.HtmlElement) -> Metadata:
    """Metadata of a parsed page."""
    found = Metadata()
    metas = {
        (m.get("property") or m.get("name") or m.get("itemprop") or "").strip(): (m.get("content") or "").strip()
        for m in reversed(tree.findall(".//meta"))
    }
    link = tree.find(".//link[@rel='canonical']")
    found.canonical = (link.get("href") or "").strip() or None if link is not None else None
    items = [item for item in _json_ld(tree) if ARTICLE_TYPES & _types(item)]
    for item in _of_the_page(tree, items, metas.get("og:title", ""), found.canonical) if len(items) > 1 else items:
        _take_json_ld(found, item)
    if found.published is None:
        found.published = next((d for d in (parse_instant(metas.get(n)) for n in PUBLISHED_META) if d), None)
        if found.published is None:
            found.published = next((d for d in map(parse_instant, _stamps(tree)) if d), None)
        found.published_from = "meta" if found.published else None
    found.updated = found.updated or next((d for d in (parse_instant(metas.get(n)) for n in UPDATED_META) if d), None)
    found.is_article = found.is_article or metas.get("og:type") == "article"
    found.title = found.title or metas.get("og:title") or _heading(tree)
    found.byline = found.byline or metas.get("author") or None
    found.section = found.section or metas.get("article:section") or None
    found.language = (tree.get("lang") or "")[:2].lower() or None
    return found


def _heading(tree: html.HtmlElement) -> str | None:
    for tag in ("h1", "title"):
        node = tree.find(f".//{tag}")
        text = " ".join(node.text_content().split()) if node is not None else ""
        if text:
            return SITE_SUFFIX.sub("", text) if tag == "title" else text
    return None


def _json_ld(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _items(data)


def _items(data: object) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD in document order, those of ``@graph`` too."""
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item
        elif isinstance(item, dict):
            yield item
            if "@graph" in item:
                waiting.insert(0, item["@graph"])


def _stamps(tree: html.HtmlElement) -> list[str]:
    """Values of ``<time datetime>`` that speak of the article: marked as its date, else inside it; never of the page around."""
    marked = tree.xpath(f".//time[@datetime and (@itemprop='datePublished' or @pubdate) and {OUTSIDE}]/@datetime")
    inside = tree.xpath(f".//time[@datetime and (ancestor::article or ancestor::main) and {OUTSIDE}]/@datetime")
    return [str(value) for value in (*marked, *inside[:1])]


def printed_day(tree: html.HtmlElement) -> date | None:
    """The day printed in a box of its own, called a date, inside the article; several that differ are none."""
    boxes = tree.xpath(
        f".//*[(ancestor::article or ancestor::main) and {OUTSIDE} and (contains(@class, 'fecha') or contains(@class, 'date'))]"
    )
    days = {find_dateline([" ".join(box.text_content().split())]) for box in boxes} - {None}
    return days.pop() if len(days) == 1 else None


def _types(item: dict[str, Any]) -> set[str]:
    kinds = item.get("@type")
    return {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}


def _of_the_page(
    tree: html.HtmlElement, items: list[dict[str, Any]], title: str, canonical: str | None
) -> list[dict[str, Any]]:
    """Of several articles that a page's JSON-LD tells of, its own: by headline or address, else the first.

    Pages that recommend others may describe those too, even before their own. What bears no name speaks of the page.
    """
    headings = [heading.text_content() for heading in tree.iterfind(".//h1")]
    own = _names_of(title, SITE_SUFFIX.sub("", title), canonical, *headings)
    names = [_names_of(_text(item.get("headline")), *_addresses(item)) for item in items]
    if not any(own & said for said in names):
        own = names[0]
    return [item for item, said in zip(items, names, strict=True) if own & said or not said]


def _addresses(item: dict[str, Any]) -> Iterator[str | None]:
    for value in (item.get("url"), item.get("mainEntityOfPage")):
        yield _text(value.get("@id") or value.get("url") if isinstance(value, dict) else value)


def _names_of(*values: str | None) -> set[str]:
    """Titles and addresses in the form in which two of them are compared."""
    names = set()
    for value in values:
        try:
            names.add(canonical_url(value or ""))
        except ValueError:
            names.add(" ".join(WORD.findall(unescape(value or "").casefold())))
    return names - {""}


def _take_json_ld(found: Metadata, item: dict[str, Any]) -> None:
    found.is_article = True
    found.title = found.title or _text(item.get("headline"))
    if found.published is None and (published := parse_instant(_text(item.get("datePublished")))):
        found.published, found.published_from = published, "json-ld"
    found.updated = found.updated or parse_instant(_text(item.get("dateModified")))
    found.section = found.section or _text(item.get("articleSection"))
    found.byline = found.byline or _names(item.get("author"))
    if str(item.get("isAccessibleForFree", "true")).lower() == "false":
        found.is_free = False


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.strip() or None if isinstance(value, str) else None


def _names(value: object) -> str | None:
    people = value if isinstance(value, list) else [value]
    names = [_text(p.get("name") if isinstance(p, dict) else p) for p in people]
    return ", ".join(n for n in names if n) or None
