"""From what a format's reader found to a `Document`: identity, folding, hashes, language."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from spiders.extract.page import Page
from spiders.extract.sketch import minhash
from spiders.urls import canonical_url, document_id
from warehouse.records import DatePrecision, Document, DocumentKind

WORD = re.compile(r"\w+")
COMBINING = re.compile(r"[\u0300-\u036f]+")
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe]"
)
LANGUAGE_SAMPLE = 2000  # characters
# Of each language, small words that its neighbours (Portuguese, Italian, Catalan; German, Dutch) do not have.
SMALL_WORDS = {
    "es": frozenset("el los las del y una con su sus al lo pero está fue hay muy también desde hasta sobre".split()),
    "en": frozenset("the and of to with that his her their was were from has have but by which who not".split()),
}
SMALL_WORDS_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Read:
    """What a format's reader took from a page."""

    kind: DocumentKind
    title: str
    text: str
    published_at: datetime | None = None
    published_from: str | None = None
    published_precision: DatePrecision = "unknown"
    updated_at: datetime | None = None
    byline: str | None = None
    section: str | None = None
    canonical: str | None = None  # as the page itself says
    identity: str | None = (
        None  # of one of several things on a page: the address it is known by, whatever the page's own
    )
    language: str | None = None
    part: int | None = None
    page_first: int | None = None
    page_last: int | None = None
    is_teaser: bool = False
    url: str | None = None  # where a person opens it, when the address asked for shows people nothing


def tidy(text: str) -> str:
    """Text without invisible characters, with single spaces, paragraphs parted by one empty line."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """Lower case without accents or punctuation: the form in which texts are compared."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return " ".join(WORD.findall(COMBINING.sub("", decomposed)))


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 code, or None when the text is too short or the detector unsure.

    A page that declares a language whose small words fill its text is believed; asking the detector costs as much as reading.
    """
    words = text[:LANGUAGE_SAMPLE].lower().split()
    if len(words) < 8:
        return None
    if declared in SMALL_WORDS and sum(w in SMALL_WORDS[declared] for w in words) >= SMALL_WORDS_SHARE * len(words):
        return declared
    language, probability = _identifier().classify(text[:LANGUAGE_SAMPLE])
    return str(language) if probability > 0.9 else None


def build(page: Page, read: Read) -> Document:
    """The document of one reading. The page's own canonical link is believed on the source's own hosts only."""
    mirrors = page.source.mirrors if page.source else {}
    canonical = canonical_url(read.identity or page.url, mirrors)
    if read.canonical:
        try:
            said = canonical_url(read.canonical, mirrors)
        except ValueError:
            said = canonical
        path = said.partition("://")[2].partition("/")[2]
        if said.split("/")[2] == canonical.split("/")[2] and path:
            canonical = said
    title, text = tidy(read.title).replace("\n", " "), tidy(read.text)
    folded = fold(f"{title} {text}")
    return Document(
        id=document_id(canonical, read.part),
        source_id=page.source_id,
        url=read.url or page.url,
        canonical_url=canonical,
        kind=read.kind,
        title=title,
        text=text,
        language=detect_language(f"{title}. {text}", read.language) or read.language,
        published_at=read.published_at,
        published_from=read.published_from,
        published_precision=read.published_precision,
        updated_at=read.updated_at,
        byline=read.byline,
        section=read.section,
        text_hash=hashlib.sha256(folded.encode()).hexdigest(),
        minhash=minhash(folded),
        page_first=read.page_first,
        page_last=read.page_last,
        is_teaser=read.is_teaser,
        digest=page.digest,
    )
