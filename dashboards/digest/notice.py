"""A few plain words to the operator, as an edition."""

from __future__ import annotations

from html import escape

from dashboards.digest.render import Edition

PAGE = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{subject}</title></head><body><p>{text}</p></body></html>\n'


def notice_edition(subject: str, text: str) -> Edition:
    """A notice of one paragraph."""
    return Edition(subject, PAGE.format(subject=escape(subject), text=escape(text)), f"{text}\n", text, "en")
