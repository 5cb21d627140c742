"""Other people's words made harmless: headlines and addresses that pages gave, before anything shows them.

Not here: masking of persons (done before publishing), escaping for a format (templates do it).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# Marks that turn the direction of what follows, and characters that show nothing: none has any business in a headline.
# The joiner of emoji (U+200D) and their variant selector stay.
TURNING = re.compile("[\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
SPACES = re.compile(r"\s+")
ADDRESS_CHARACTERS = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+")


def clean(text: str, limit: int = 300) -> str:
    """One line without control characters or direction marks, cut at a word with an ellipsis."""
    text = TURNING.sub("", text)
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs", "Co"} else c for c in text)
    text = SPACES.sub(" ", text).strip()
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut).rstrip(" ,;:.-–—") + "…"


def safe_url(url: str | None) -> str | None:
    """The address if it leads to the web and hides nothing; None otherwise (``javascript:``, user:password@, spaces)."""
    if not url or not ADDRESS_CHARACTERS.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return url
