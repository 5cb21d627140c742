"""The HTML page around the dashboard: Streamlit's own, in the reader's language and bound to this server.

Streamlit's page says it is English, is called Streamlit and tries every folder of its address for a server; and its one
inline script would have the policy allow all of them. Not here: the pages' content, which comes through the socket.
"""

from __future__ import annotations

import json
import re
import secrets
from functools import cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from dashboards.app.door import policy
from dashboards.language import LOCALES

PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
NAMES = ("", "timeline", "map", "events", "event", "laws", "sources", "search", "sql", "review")
AGENT_LINK = re.compile(r"<link rel=\"service-desc\"[^>]*>")


def routes(base_path: str = "") -> list[Route]:
    """The addresses that show the dashboard.

    Args:
        base_path: path under which a proxy serves it, without slashes around it.
    """
    base = f"/{base_path.strip('/')}" if base_path.strip("/") else ""

    async def show(request: Request) -> HTMLResponse:
        code = request.query_params.get("lang", "es")
        nonce = secrets.token_urlsafe(16)
        page = _page().format(lang=code if code in LOCALES else "es", nonce=nonce, base=json.dumps(base))
        headers = {"cache-control": "no-cache", "content-security-policy": policy(nonce)}
        return HTMLResponse(page, headers=headers)

    return [Route(f"{base}/{name}", show, methods=["GET"]) for name in NAMES]


@cache
def _page() -> str:
    page = AGENT_LINK.sub("", PAGE.read_text(encoding="utf-8")).replace("{", "{{").replace("}", "}}")
    page = page.replace('<html lang="en">', '<html lang="{lang}">').replace(
        "<title>Streamlit</title>", "<title>Chasqui</title>"
    )
    here = "location.origin+{base}"
    bound = f'<script nonce="{{nonce}}">window.__streamlit={{{{BACKEND_BASE_URL:{here},MAIN_PAGE_BASE_URL:{here}}}}}</script>'
    return page.replace("<script>", '<script nonce="{nonce}">').replace("<head>", f"<head>{bound}", 1)
