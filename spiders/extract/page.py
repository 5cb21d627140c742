"""The page as it was archived, what the list that named it said of it, and how its bytes become text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from spiders.dates import is_bare_day
from spiders.registry import Source
from warehouse.records import DatePrecision

META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_-]+)""", re.IGNORECASE)
HEADER_CHARSET = re.compile(r"charset\s*=\s*\"?([\w-]+)", re.IGNORECASE)
LATIN_NAMES = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
DAY_LISTS = frozenset({"gazette", "gazette_today", "gobpe", "bills"})
LOCAL_HOST = "file.invalid"  # stands for the host in the address of a page read from a file
BINARY_SAMPLE, BINARY_SHARE = 4096, 0.05  # bytes looked at; of them, control characters beyond which they are no text
STRAY_SHARE = 0.3  # stray bytes for a good character beyond ASCII; in Windows-1252 nearly all of them look stray
CONTROL = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))
MAXIMUM_TEXT = 2_000_000  # characters of markup that are read at all


class NotArticle(Exception):  # noqa: N818 - an outcome, not a fault
    """A page that came well and is no article; the message is the counted reason."""


class Unreadable(Exception):  # noqa: N818 - an outcome, not a fault
    """Bytes that cannot be read as what they claim to be; the message is the counted reason."""


@dataclass(frozen=True, slots=True)
class Page:
    """One archived answer. ``hint_*`` is what the feed, sitemap or listing said of it."""

    url: str
    body: bytes
    content_type: str | None = None
    digest: str | None = None
    source: Source | None = None
    hint_title: str | None = None
    hint_published_at: datetime | None = None
    hint_from: str | None = None

    @property
    def source_id(self) -> str:
        """Id of the source; ``file`` for a page that came from none."""
        return self.source.id if self.source else "file"

    @property
    def hint_precision(self) -> DatePrecision:
        """How exact the list's date is: official lists print a day, and a feed's bare day is kept as its midnight in Lima."""
        if self.hint_from in DAY_LISTS or (self.hint_published_at and is_bare_day(self.hint_published_at)):
            return "day"
        return "instant"

    @property
    def is_local(self) -> bool:
        """Whether it is a file of this machine, whose address says nothing of it."""
        return urlsplit(self.url).hostname == LOCAL_HOST


def is_binary(body: bytes) -> bool:
    """Whether bytes are those of a picture, an archive or a program, whatever they are called."""
    sample = body[:BINARY_SAMPLE]
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    return len(sample) - len(sample.translate(None, CONTROL)) > BINARY_SHARE * len(sample)


def decode(body: bytes, content_type: str | None) -> str:
    """Markup as text: the charset the header names, else the page's own, else UTF-8, else Windows-1252.

    A declared charset that the bytes contradict is not believed, but a few stray bytes do not contradict UTF-8; ISO-8859-1 is read as Windows-1252, as browsers do.
    """
    named = [m.group(1) for m in [HEADER_CHARSET.search(content_type or "")] if m]
    named += [m.group(1).decode("ascii") for m in [META_CHARSET.search(body[:4096])] if m]
    for name in [*named, "utf-8"]:
        codec = "cp1252" if name.lower() in LATIN_NAMES else name
        try:
            text = body.decode(codec)
        except (LookupError, ValueError):  # UnicodeError is one; the charset called "undefined" always raises it
            continue
        if codec == "cp1252" and "Ã" in text:  # UTF-8 bytes served under a Latin name
            text = _nearly_utf8(body) or text
        return text[:MAXIMUM_TEXT]
    return (_nearly_utf8(body) or body.decode("cp1252", "replace"))[:MAXIMUM_TEXT]


def _nearly_utf8(body: bytes) -> str | None:
    """UTF-8 with U+FFFD for stray bytes, as browsers show it; None where they are no rarity, as in any other charset."""
    text = body.decode("utf-8", "replace")
    strays = text.count("\ufffd")
    others = len(text) - len(text.encode("ascii", "ignore")) - strays
    return text if strays <= STRAY_SHARE * others else None
