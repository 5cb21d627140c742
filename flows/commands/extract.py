"""``chasqui extract``: pages of any origin to Documents."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from flows.settings import Settings, load_settings
from spiders.extract import NotArticle, Page, Unreadable, extract
from spiders.fetch import FetchError, Pace, fetch_page
from spiders.registry import DELAY_S

TYPES = {".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf", ".json": "application/json"}


def extract_pages(pages: list[str]) -> int:
    """Print one JSON line a document; a page that gives none is said on standard error and makes the exit code 1."""
    failed = 0
    settings = load_settings() if any(map(_is_address, pages)) else None
    pace = _pace(settings.delay_s) if settings else None
    for name in pages:
        try:
            page = _fetch(name, settings, pace) if settings and _is_address(name) else _read(name)
            for document in extract(page):
                print(json.dumps(document.as_json(), ensure_ascii=False), flush=True)
        except (NotArticle, Unreadable, FetchError) as error:
            failed += 1
            print(f"chasqui: {name}: {error}", file=sys.stderr)
        except OSError as error:
            failed += 1
            print(f"chasqui: {name}: {error.strerror or error}", file=sys.stderr)
    return 1 if failed else 0


def _is_address(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def _pace(delay_s: float | None) -> Pace | None:
    return None if delay_s == 0 else Pace(max(DELAY_S, delay_s or 0))  # zero is the newsroom's, on loopback


def _fetch(url: str, settings: Settings, pace: Pace | None) -> Page:
    return fetch_page(
        url, settings.user_agent, settings.request_timeout_s, allow_loopback=settings.allow_loopback, pace=pace
    )


def _read(name: str) -> Page:
    path = Path(name)
    return Page(url=path.absolute().as_uri().replace("file://", "https://file.invalid"), body=path.read_bytes())
