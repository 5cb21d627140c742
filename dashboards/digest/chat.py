"""The digest as a text of at most 900 characters, to paste into a chat.

Facts and links only, no headlines: the marks that chats take for bold or italics (``*_~```) come from us alone.
"""

from __future__ import annotations

import re

from dashboards.digest.records import Content, Happening
from dashboards.digest.words import Words
from dashboards.language import Tongue

LIMIT = 900
EVENTS = 8
MARKS = re.compile(r"[*_~`]")


def chat_text(tongue: Tongue, content: Content, words: Words) -> str:
    """Heading, lead, as many events as fit, how many do not."""
    head = [f"*{_plain(content.group.name)}* · {words.span()}", *(_plain(s) for s in words.lead()[:2])]
    events = [_event(words, e) for e in content.events[:EVENTS]]
    tail = [] if words.says_all_is_well() else [_plain(words.health())]  # once is enough
    text = ""
    for kept in range(len(events), -1, -1):
        left = len(content.events) - kept
        more = [tongue.count("Y {n} hecho más.", "Y {n} hechos más.", left)] if left else []
        text = "\n".join([*head, *events[:kept], *more, *tail])
        if len(text) <= LIMIT:
            return text
    return text[: LIMIT - 1] + "…"


def _event(words: Words, event: Happening) -> str:
    facts = ", ".join(words.facts(event))
    line = f"• {words.what(event)[0]}: {words.where(event)}, {words.when(event)}"
    link = next((v.url for v in event.voices if v.url), None)
    said = ". ".join(s.rstrip(".") for s in (line, facts[:1].upper() + facts[1:]) if s) + "."
    return _plain(said) + (f" {link}" if link else "")


def _plain(text: str) -> str:
    return MARKS.sub("", text)
