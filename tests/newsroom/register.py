"""The registry file of a running newsroom: one ``[[source]]`` a site, with the ports it really has."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from tests.newsroom.sites import Site
from tests.newsroom.web import Web


def registry_toml(sites: Iterable[Site], web: Web) -> str:
    """All sites in the form of ``spiders/sources.toml``."""
    return "\n".join(_entry(site, web) for site in sites)


def _entry(site: Site, web: Web) -> str:
    card = site.card
    host = urlsplit(site.base).netloc
    fields: dict[str, Any] = {
        "id": card.id,
        "name": card.name,
        "owner": card.owner,
        "kind": card.kind,
        "region": card.region,
        "language": card.language,
        "home": f"{site.base}/",
        "article_pattern": site.article_pattern,
        "link_pattern": site.link_pattern,
        "requires_date": card.family == "wordpress" or None,  # its static pages have the form of articles
        "delay_s": 0.0,
        "minimum_items": 1 if site.card.family != "gazette" and site.listed() else 0,
    }
    lines = ["[[source]]", *(f"{name} = {_value(value)}" for name, value in fields.items() if value is not None)]
    ways = ", ".join(f"{{ kind = {_value(kind)}, url = {_value(site.base + path)} }}" for kind, path in site.ways())
    lines.append(f"ways = [{ways}]")
    mirrors = [urlsplit(base).netloc for base in web.mirrors.get(card.id, [])]
    if mirrors:
        lines.append(f"mirrors = {{ {', '.join(f'{_value(m)} = {_value(host)}' for m in mirrors)} }}")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    """A TOML value; JSON's strings, numbers and booleans are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
