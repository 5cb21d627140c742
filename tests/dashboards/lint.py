"""Rules for HTML in mail, as the clients' own documentation and caniemail.com give them, checked on a parsed page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

FORBIDDEN = frozenset("script iframe object embed form input button video audio link base svg canvas".split())
LAYOUT = re.compile(
    r"(?:^|;)\s*(?:position|float|display:\s*(?:flex|grid)|background-image|transform|filter|z-index)\b"
)
REMOTE = re.compile(r"url\(|@import|expression\(|behavior:", re.IGNORECASE)
SCHEMES = ("https://", "http://", "mailto:")
CLIP_BYTES = 102_000  # where Gmail cuts
LONGEST_LINE = 998  # RFC 5322; quoted-printable folds, yet some gateways recode


def problems(page: str) -> Iterator[str]:
    """What is wrong with a mail's HTML part; nothing when it is well."""
    if not page.lstrip().lower().startswith("<!doctype html>"):
        yield "no doctype: clients fall into quirks mode"
    if len(page.encode()) > CLIP_BYTES:
        yield f"{len(page.encode())} bytes: clients clip"
    tree = html.document_fromstring(page)
    yield from _of_page(tree)
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield from _of_element(element)
        else:
            yield f"comment or instruction: {html.tostring(element)[:60]!r}"


def _of_page(tree: html.HtmlElement) -> Iterator[str]:
    if not tree.get("lang"):
        yield "no language for screen readers"
    for name in ("viewport", "color-scheme"):
        if not tree.xpath(f"//meta[@name='{name}']"):
            yield f"no meta {name}"
    if len(tree.xpath("//h1")) != 1:
        yield "not exactly one h1"
    for style in tree.xpath("//style"):
        if REMOTE.search(style.text or ""):
            yield "a style that loads something"


def _of_element(element: html.HtmlElement) -> Iterator[str]:
    tag, style = element.tag, element.get("style", "")
    if tag in FORBIDDEN:
        yield f"<{tag}> is stripped or refused by clients"
    for name in element.attrib:
        if name.lower().startswith("on"):
            yield f"<{tag} {name}>"
    if LAYOUT.search(style) or REMOTE.search(style):
        yield f"style that clients do not know: {style[:80]}"
    if tag == "a" and not element.get("href", "").startswith(SCHEMES):
        yield f"link to {element.get('href')!r}"
    if tag == "img":
        if not element.get("src", "").startswith("cid:"):
            yield f"picture from {element.get('src')!r}: blocked, and tells who reads"
        if element.get("alt") is None or not element.get("width"):
            yield "picture without alt or width"
    if tag == "table" and element.get("role") != "presentation":
        yield "table for layout that screen readers announce"
