"""News pages: trafilatura for the body, the page's own data for the rest."""

from __future__ import annotations

import re
from functools import cache

import trafilatura
from lxml import etree, html
from trafilatura.settings import Extractor

from spiders.dates import at_day, day_in_url
from spiders.extract.build import Read
from spiders.extract.metadata import Metadata, printed_day, read_metadata
from spiders.extract.page import NotArticle, Page, Unreadable, decode

FEWEST_WORDS = 20  # a broadcaster's item can be three lines; less than this is a caption
TEASER_WORDS = 120  # a page its publisher locks, with less text than this, shows only its opening
# Inserts that name other stories: left in, they would lend this one their labels.
INSERT_LINE = re.compile(
    r"^\W*(?:(?:puedes|puede|pueden) ver(?: también)?|(?:lee|lea|mira|mire|ve|vea) (?:también|además|aquí|más)|"
    r"ver más|te (?:recomendamos|puede interesar)|también (?:te puede interesar|puedes leer)|más información|"
    r"(?:nota|noticia)s? relacionadas?|no te pierdas|read (?:also|more)|related)\s*[:|].*$",
    re.IGNORECASE | re.MULTILINE,
)
PROSE_LINE, PROSE_WORDS = (
    15,
    120,
)  # a page that says nothing of itself is an article when its lines and text are so long
BOX_SHARE = 0.5  # of what trafilatura took; a smaller box is a caption or a note
BODY_BOX = re.compile(
    r"cuerpo|contenido-noticia|articulo|article-?body|entry-content|story-?body|nota-?texto", re.IGNORECASE
)
ASIDE_BOX = re.compile(r"relacionad|related|sidebar|widget|mas-?leid", re.IGNORECASE)  # names other stories
LINK_SHARE = 0.5  # of a box's words; one with more of them in links is a list of other stories
ERROR_TITLE = re.compile(  # "Error judicial: liberan a…" is a story, and so is "404 denuncias…"
    r"^\W*(?:error(?:\W*$|\s*\||\s+[45]\d\d\b|"
    r"\W+(?:(?:del?|al cargar)\s+)?(?:(?:el|la)\s+)?(?:servidor|interno|p[aá]gina|not found|establishing)\b)|"
    r"404(?:\b(?!\s+\w)|\s+(?:not|error|p[aá]gina))|(?:la )?p[aá]gina no (?:encontrada|existe|disponible)|not found|access denied|"
    r"servicio no disponible|service unavailable|en mantenimiento|just a moment|attention required)",
    re.IGNORECASE,
)


def parse_html(page: Page) -> tuple[html.HtmlElement, str]:
    """The page's tree and its markup as text."""
    markup = decode(page.body, page.content_type)
    if "\x00" in markup:
        markup = markup.replace("\x00", "")
    if not markup.strip():
        raise Unreadable("empty")
    try:
        # lxml refuses text that carries an encoding declaration of its own
        tree = html.document_fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken_html") from error
    return tree, markup


def read_article(page: Page, tree: html.HtmlElement) -> Read:
    """One news page.

    Raises:
        NotArticle: an error page, a page with nearly no text, or a source's page that neither says it is an article nor bears
            a date.
    """
    meta = read_metadata(tree)
    title = meta.title or page.hint_title or ""
    if ERROR_TITLE.match(title):
        raise NotArticle("error_page")
    extracted = trafilatura.bare_extraction(tree, options=_options())  # works on a copy of it
    text = (extracted.text if extracted is not None and not isinstance(extracted, dict) else None) or ""
    box = _body_without_paragraphs(tree)
    if len(box.split()) >= BOX_SHARE * len(text.split()):
        text = box or text
    text = INSERT_LINE.sub("", text.replace("\n", "\n\n"))
    if text.startswith(title) and title:
        text = text[len(title) :]
    if len(text.split()) < FEWEST_WORDS:
        raise NotArticle("too_little_text")
    return _dated(page, tree, meta, title, text)


@cache
def _options() -> Extractor:
    """Options of trafilatura, made once: reading its settings costs as much as a short page."""
    return Extractor(output_format="python", fast=True, comments=False, tables=False)


def _body_without_paragraphs(tree: html.HtmlElement) -> str:
    """The body of a page that parts its paragraphs by ``<br>`` inside one named box; empty for any other page.

    trafilatura counts paragraphs: without any it takes the whole page, menu and cookie note included.
    """
    for box in tree.iter("div", "section", "article"):
        name = f"{box.get('id') or ''} {box.get('class') or ''}"
        if not BODY_BOX.search(name) or ASIDE_BOX.search(name):
            continue
        if box.find(".//p") is not None or box.find("br") is None:
            continue
        lines = _lines(box)
        words = len(lines.split())
        in_links = sum(len(link.text_content().split()) for link in box.iter("a"))
        if words >= FEWEST_WORDS and in_links <= LINK_SHARE * words:
            return lines
    return ""


def _lines(box: html.HtmlElement) -> str:
    """Text of a box, a new paragraph at each ``<br>``."""
    parts = [box.text or ""]
    for node in box:
        if node.tag == "br":
            parts.append("\n\n")
        elif isinstance(node.tag, str) and node.tag not in {"script", "style"}:
            parts.append(node.text_content())
        parts.append(node.tail or "")
    return "".join(parts)


def _is_prose(text: str) -> bool:
    """Whether a text is mostly whole sentences and enough of them, as no menu, form or list of headlines is."""
    lines = [len(line.split()) for line in text.splitlines()]
    return sum(n for n in lines if n >= PROSE_LINE) >= max(PROSE_WORDS, 0.6 * sum(lines))


def _dated(page: Page, tree: html.HtmlElement, meta: Metadata, title: str, text: str) -> Read:
    """The reading with the best date there is: the page's own data, then the list that named it, then its address,
    then a day printed as its date.
    """
    if meta.published:
        (published, precision), origin = meta.published, meta.published_from
    elif page.hint_published_at:
        published, precision, origin = page.hint_published_at, page.hint_precision, page.hint_from
    elif day := None if page.is_local else day_in_url(page.url):  # a folder's name says when a copy was saved
        published, precision, origin = at_day(day), "day", "url"
    elif day := printed_day(tree):
        published, precision, origin = at_day(day), "day", "text"
    elif page.source is not None and page.source.requires_date:
        raise NotArticle("undated_on_a_flat_site")
    elif meta.is_article or (page.source is None and _is_prose(text)):  # named by a person, not by a list
        published, precision, origin = None, "unknown", None
    else:
        raise NotArticle("no_article_data_and_no_date")
    return Read(
        kind="article",
        title=title,
        text=text,
        published_at=published,
        published_from=origin,
        published_precision=precision,
        updated_at=meta.updated[0] if meta.updated else None,
        byline=meta.byline,
        section=meta.section,
        canonical=meta.canonical,
        language=meta.language,
        is_teaser=not meta.is_free and len(text.split()) < TEASER_WORDS,
    )
