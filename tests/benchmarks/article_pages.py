"""The extraction benchmark: every HTML page of the newsroom with its true text, over all families of sites."""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass
from pathlib import Path

from spiders.registry import Source, load_registry
from tests.newsroom import Newsroom
from tests.newsroom.data import Page
from tests.newsroom.wording import INSERT

NOT_HTML = frozenset({"report", "bill", "static"})


@dataclass(frozen=True, slots=True)
class BenchmarkPage:
    """One page as served, and what a perfect reader would take from it."""

    family: str
    url: str
    html: bytes
    content_type: str
    true_text: str
    true_title: str
    page: Page
    source: Source


def load_pages(newsroom: Newsroom, registry: Path) -> list[BenchmarkPage]:
    """All pages that stand in a running newsroom, fetched over HTTP; its registry is written to a file for their sources."""
    registry.write_text(newsroom.registry_toml(), encoding="utf-8")
    sources = {s.id: s for s in load_registry(registry).sources}
    pages = []
    for site in newsroom.sites.values():
        for page in site.current():
            if page.kind in NOT_HTML:
                continue
            url = site.base + site.path_of(page)
            with urllib.request.urlopen(url, timeout=10) as answer:
                html, kind = answer.read(), answer.headers["Content-Type"]
            pages.append(
                BenchmarkPage(site.card.family, url, html, kind, _true_text(page), page.title, page, sources[page.site])
            )
    return pages


def _true_text(page: Page) -> str:
    """Lead and paragraphs; the lines that name other stories are none of this one."""
    return INSERT.sub("", "\n\n".join([*([page.lead] if page.lead else []), *page.paragraphs])).strip()
