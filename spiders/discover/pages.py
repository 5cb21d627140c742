"""Listing pages of a site: the links that have the form of its articles, and the next page."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import html

from spiders.discover.listing import Found, Listing, links, parse_html
from spiders.registry import Source


def read_page(body: bytes, url: str, source: Source) -> Listing:
    """Links of a listing page."""
    tree = parse_html(body)
    pattern = re.compile(source.link_pattern or source.article_pattern or "$^")
    found = tuple(Found(link, text or None) for link, text in links(tree, url) if pattern.search(link))
    return Listing(found, _next_page(tree, url))


def _next_page(tree: html.HtmlElement, url: str) -> tuple[str, ...]:
    """The further page a listing names by ``rel="next"``, in its head or in a link."""
    for node in tree.iter("link", "a"):
        if "next" in (node.get("rel") or "").lower().split() and (href := (node.get("href") or "").strip()):
            try:
                target = urljoin(url, href).partition("#")[0]
            except ValueError:
                continue
            return (target,) if target != url else ()
    return ()
