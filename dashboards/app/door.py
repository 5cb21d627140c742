"""The door in front of the dashboard: the token of a protected instance, and what every answer forbids the browser.

It stands before Streamlit, so that without the token nothing is answered, no page, no socket, no file. Not here: reviewers
signing in (``signin``).
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "chasqui_dashboard"
COOKIE_DAYS = 30
HEALTH = "/_stcore/health"  # tells that the server lives, nothing else
HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}
CLOSED = """<!DOCTYPE html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Chasqui</title><h1>Chasqui</h1><p>Esta instancia pide una clave: abra el enlace completo que le dieron.</p>
<p lang="en">This instance asks for a token: open the whole link you were given.</p></html>"""


def policy(nonce: str = "") -> str:
    """What a page may load and run: nothing from elsewhere, no inline script but the one with the nonce.

    Styles are inline throughout Streamlit, and Vega compiles its expressions.
    """
    scripts = "'self' 'unsafe-eval'" + (f" 'nonce-{nonce}'" if nonce else "")
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


class Door:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, token: str = "", base_path: str = "") -> None:
        self._app = app
        self._token = token
        self._health = f"/{base_path}{HEALTH}" if base_path else HEALTH

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in or turn away."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if not self._token or connection.url.path == self._health or self._has_cookie(connection):
            await self._app(scope, receive, _with_headers(send) if scope["type"] == "http" else send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._answer(connection)(scope, receive, _with_headers(send))

    def _has_cookie(self, connection: HTTPConnection) -> bool:
        return hmac.compare_digest(connection.cookies.get(COOKIE, "").encode(), self._proof().encode())

    def _proof(self) -> str:
        """What the cookie holds: who reads it does not learn the token."""
        return sha256(f"chasqui dashboard {self._token}".encode()).hexdigest()

    def _answer(self, connection: HTTPConnection) -> Response:
        given = connection.query_params.get("token", "")
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return HTMLResponse(CLOSED, status_code=401)
        # The token leaves the address at once: it shall not stand in histories and shared links.
        rest = urlencode([(k, v) for k, v in parse_qsl(connection.url.query) if k != "token"])
        name = connection.url.path.rpartition("/")[2]
        answer = RedirectResponse(f"{name or '.'}{'?' + rest if rest else ''}", status_code=303)
        answer.set_cookie(
            COOKIE, self._proof(), max_age=COOKIE_DAYS * 86400, httponly=True, samesite="lax",
            secure=connection.url.scheme == "https",
        )  # fmt: skip
        return answer


def _with_headers(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in {"content-security-policy": policy(), **HEADERS}.items():
                headers.setdefault(name, value)
        await send(message)

    return wrapped
