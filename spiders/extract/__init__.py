"""Archived bytes to Documents: one reader a format, all pure functions of the page."""

from __future__ import annotations

from spiders.extract.article import parse_html, read_article
from spiders.extract.bills import bills_of, read_bills
from spiders.extract.build import Read, build
from spiders.extract.official import is_gazette_norm, is_legacy_bill, read_gazette_norm, read_legacy_bill
from spiders.extract.page import NotArticle, Page, Unreadable, is_binary
from spiders.extract.pdf import read_pdf
from spiders.extract.plain import read_plain
from warehouse.records import Document

__all__ = ["NotArticle", "Page", "Unreadable", "bills_of", "extract"]

TEXT_SUFFIXES = (".md", ".txt")


def extract(page: Page) -> list[Document]:
    """The documents of one archived page: mostly one; a long report gives several, a list of bills one each.

    Raises:
        NotArticle: the page came well and is no article.
        Unreadable: the bytes are not what they claim to be.
    """
    return [build(page, read) for read in _read(page)]


def _read(page: Page) -> list[Read]:
    head = page.body[:1024].lstrip()
    kind = (page.content_type or "").partition(";")[0].strip().lower()
    if head.startswith(b"%PDF-") or kind == "application/pdf":
        return read_pdf(page)
    if is_binary(page.body):
        raise NotArticle("not_text")
    if kind == "application/json" or (not kind and head[:1] in b"{[" and head):
        return read_bills(page)
    if kind in {"text/plain", "text/markdown"} or (not kind and page.url.lower().endswith(TEXT_SUFFIXES)):
        return [read_plain(page)]
    if kind.startswith(("image/", "video/", "audio/", "application/zip", "application/octet-stream")):
        raise NotArticle("not_text")
    tree, markup = parse_html(page)
    if is_gazette_norm(tree):
        return [read_gazette_norm(page, tree)]
    if is_legacy_bill(markup):
        return [read_legacy_bill(tree)]
    return [read_article(page, tree)]
