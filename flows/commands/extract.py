"""``chasqui extract``: pages of any origin to Documents."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from flows.settings import load_settings
from spiders.extract import NotArticle, Page, Unreadable, extract
from spiders.fetch import FetchError, fetch_page

TYPES = {".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf", ".json": "application/json"}


def extract_pages(pages: list[str]) -> int:
    """Print one JSON line a document; a page that gives none is said on standard error and makes the exit code 1."""
    failed = 0
    for name in pages:
        try:
            page = _page(name)
            for document in extract(page):
                print(json.dumps(document.as_json(), ensure_ascii=False), flush=True)
        except (NotArticle, Unreadable, FetchError) as error:
            failed += 1
            print(f"chasqui: {name}: {error}", file=sys.stderr)
        except OSError as error:
            failed += 1
            print(f"chasqui: {name}: {error.strerror or error}", file=sys.stderr)
    return 1 if failed else 0


def _page(name: str) -> Page:
    if name.startswith(("http://", "https://")):
        settings = load_settings()
        return fetch_page(name, settings.user_agent, settings.request_timeout_s, allow_loopback=settings.allow_loopback)
    path = Path(name)
    return Page(url=path.absolute().as_uri().replace("file://", "https://file.invalid"), body=path.read_bytes())
