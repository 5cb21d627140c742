"""The one listener meant to be public: it takes back subscriptions, and does nothing else.

Asking for the page changes nothing (scanners open every link in a mail); the button, or the mail client's own one-click
POST (RFC 8058), does. It knows no session, shows no data but a veiled address, and writes no address into its log.
HTTPS is the reverse proxy's work (docs/mail.md).
"""

from __future__ import annotations

import re
import threading
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from dashboards.digest.tokens import Subscription, read_token
from dashboards.language import tongue

ONE_CLICK = re.compile(r"\bList-Unsubscribe(?:=|\"\s+)One-Click\b")  # as form data, or as a part of a multipart form
BODY_BYTES = 2048
PATH_BYTES = 1024
TIMEOUT_S = 10
AT_ONCE = 32
STYLE = "body{font:17px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1d2733;background:#fff}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.3rem;background:#b3261e;color:#fff}@media(prefers-color-scheme:dark){body{color:#eef1f4;background:#171d24}}"
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'sha256-"
    + b64encode(sha256(STYLE.encode()).digest()).decode()
    + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Connection": "close",
}

Suppress = Callable[[Subscription], bool]
Language = Callable[[str], str | None]  # of a group; None: there is no such group any more


class UnsubscribeServer(ThreadingHTTPServer):
    """Serves until ``shutdown``.

    Args:
        address: host and port to listen on.
        secret: what tokens are signed with.
        suppress: takes a subscription back; called from several threads, one at a time.
        language: of a group.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], secret: str, suppress: Suppress, language: Language) -> None:
        super().__init__(address, _Handler)
        self.secret = secret
        self.language = language
        self._suppress = suppress
        self._one = threading.Lock()
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def unsubscribe(self, subscription: Subscription) -> None:
        """Take a subscription back."""
        with self._one:
            self._suppress(subscription)

    def process_request(self, request: Any, client_address: Any) -> None:
        """No more than so many at once; who comes after that is hung up on."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """One request, whose place is free again afterwards."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: UnsubscribeServer  # type: ignore[assignment] - the only one that makes this handler
    server_version = "chasqui"
    sys_version = ""
    timeout = TIMEOUT_S

    def do_GET(self) -> None:
        if self.path == "/health":
            self._answer(HTTPStatus.OK, "ok")
            return
        subscription = self._subscription()
        if subscription is None:
            return
        t = tongue(self.server.language(subscription.group_id) or "es")
        ask = t.say("¿Dejar de enviar este boletín a {address}?", address=_veiled(subscription.address))
        button = t.say("Sí, darme de baja")
        form = f'<p>{escape(ask)}</p><form method="post"><button name="confirm" value="yes">{escape(button)}</button></form>'
        self._page(HTTPStatus.OK, t.code, t.say("Darse de baja"), form)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        subscription = self._subscription()
        if subscription is None:
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > BODY_BYTES:
            self._answer(HTTPStatus.BAD_REQUEST, "bad length")
            return
        body = self.rfile.read(int(length)).decode("latin-1")
        if not ONE_CLICK.search(body) and body != "confirm=yes":
            self._answer(HTTPStatus.BAD_REQUEST, "not an unsubscription")
            return
        self.server.unsubscribe(subscription)
        t = tongue(self.server.language(subscription.group_id) or "es")
        done = t.say("Hecho: {address} no recibirá más este boletín.", address=_veiled(subscription.address))
        self._page(HTTPStatus.OK, t.code, t.say("Darse de baja"), f"<p>{escape(done)}</p>")

    def _subscription(self) -> Subscription | None:
        prefix, _, token = self.path.partition("/u/")
        found = read_token(self.server.secret, token) if not prefix and len(self.path) <= PATH_BYTES else None
        if found is None:
            self._answer(HTTPStatus.NOT_FOUND, "no such page")
        return found

    def _page(self, status: HTTPStatus, language: str, title: str, body: str) -> None:
        head = f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        self._answer(
            status,
            f"{head}<title>{escape(title)}</title><style>{STYLE}</style></head><body><h1>{escape(title)}</h1>{body}</body></html>",
        )

    def _answer(self, status: HTTPStatus, text: str) -> None:
        raw = text.encode()
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.close_connection = True
        if self.command != "HEAD":
            self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Nothing: paths hold signed addresses. The proxy in front counts."""


def _veiled(address: str) -> str:
    """Enough to know one's own address by, too little to learn another's."""
    local, _, domain = address.partition("@")
    return f"{local[:1]}…@{domain}"
