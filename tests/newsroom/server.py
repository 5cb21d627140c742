"""All sites in one background thread: a port each on loopback, what they were asked, and how they misbehave."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.newsroom.answers import deliver, settle, take
from tests.newsroom.data import LAST_DAY, Page, Press, load_press
from tests.newsroom.faults import Faults
from tests.newsroom.register import registry_toml
from tests.newsroom.sites import Site, make_site
from tests.newsroom.web import Seen, Web, end_of

HOST = "127.0.0.1"
START_S = 15.0
STOP_S = 10.0
STRANGERS = ("decoy", "admin")  # hosts no source registers: nobody has any business there


class NewsroomNotServedError(RuntimeError):
    """The newsroom's thread did not come up."""


class NewsroomBrokenError(RuntimeError):
    """A site raised; the cause is the first error."""


class Newsroom:
    """The press of the data files on loopback, for as long as the ``with`` block lasts.

    Args:
        today: the day it is; pages published later are not there yet. An instant is good too.
        sites: ids of the sites to serve; all when None.
        press: other data than that of the files.
    """

    def __init__(
        self,
        today: date | datetime = LAST_DAY,
        sites: Collection[str] | None = None,
        press: Press | None = None,
    ) -> None:
        press = press or load_press()
        self.press = press if sites is None else press.only(sites)
        self.web = Web(end_of(today))
        self.sites: dict[str, Site] = {c.id: make_site(c, self.press.of(c.id), self.web) for c in self.press.cards}
        self.faults = Faults(self.web)
        self._apps: dict[int, tuple[str, Starlette]] = {}
        self._sockets: list[socket.socket] = []
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._mistakes: list[Exception] = []  # of the newsroom itself, which no test should take for a site's

    def __enter__(self) -> Self:
        for site in self.sites.values():
            app = Starlette(routes=site.all_routes())
            self.web.bases[site.card.id] = self._open(site.card.id, app)
            self.web.mirrors[site.card.id] = [self._open(site.card.id, app) for _ in range(site.card.mirrors)]
        for name in STRANGERS:
            self.web.bases[name] = self._open(name, Starlette(routes=[Route("/{path:path}", _stranger)]))
        self._serve()
        return self

    def _serve(self) -> None:
        config = uvicorn.Config(
            self._answer,
            interface="asgi3",
            proxy_headers=False,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)  # cut connections are meant
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": self._sockets}, name="newsroom", daemon=True
        )
        self._thread.start()
        deadline = time.monotonic() + START_S
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                self.__exit__(None, None, None)
                raise NewsroomNotServedError(f"no answer after {START_S} s")
            time.sleep(0.01)

    def _stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(STOP_S)
        for opened in self._sockets:
            opened.close()
        self._sockets.clear()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        if self._mistakes and kind is None:
            raise NewsroomBrokenError("a site of the newsroom failed by itself") from self._mistakes[0]

    # For tests.

    def registry_toml(self) -> str:
        """The registry of these sites, with the ports they have."""
        return registry_toml(self.sites.values(), self.web)

    def requests(self, site: str | None = None) -> list[Seen]:
        """All requests so far, or those of one site."""
        with self.web.lock:
            return [seen for seen in self.web.seen if site is None or seen.site == site]

    def forget_requests(self) -> None:
        """Start the log anew."""
        with self.web.lock:
            self.web.seen.clear()

    def stray_requests(self) -> list[Seen]:
        """Requests to hosts that no source registers: there must be none."""
        return [seen for seen in self.requests() if seen.site in STRANGERS]

    def set_today(self, day: date | datetime) -> None:
        """Let it be another day, or an instant of one."""
        self.web.now = end_of(day)

    def set_fault(self, path: str, name: str, times: int | None = None) -> None:
        """Let answers go wrong; see ``faults`` for names and for how a path is written."""
        self.faults.set(path, name, times)

    def clear_faults(self) -> None:
        """All is well again."""
        self.faults.clear()

    @contextmanager
    def down(self) -> Iterator[None]:
        """Nobody is there while the block runs: connections are refused. Afterwards all sites stand at their ports again."""
        self._stop()
        yield
        self._sockets = [_bound(port) for port in self._apps]
        self._serve()

    def url(self, site: str, path: str = "/") -> str:
        """An address on a site."""
        return self.web.bases[site] + path

    def url_of(self, page: Page) -> str:
        """Where a page stands (or will)."""
        site = self.sites[page.site]
        return site.base + site.path_of(site.placed(page))

    # The server's side.

    def _open(self, site: str, app: Starlette) -> str:
        opened = _bound(0)
        port = opened.getsockname()[1]
        self._sockets.append(opened)
        self._apps[port] = (site, app)
        return f"http://{HOST}:{port}"

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        host, port = scope["server"]
        site, app = self._apps[port]
        asked = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        query = scope["query_string"].decode("latin-1")
        path = scope["path"] + (f"?{query}" if query else "")
        try:
            answer = await take(app, scope, receive)
        except Exception as mistake:
            self._mistakes.append(mistake)
            raise
        fault = self.faults.find(site, path)
        if fault is not None:
            answer = self.faults.apply(fault, answer, site, path)
        answer = settle(answer, asked)
        conditional = "if-none-match" in asked or "if-modified-since" in asked
        seen = Seen(
            scope["method"], site, f"{host}:{port}", path, answer.status,
            asked.get("user-agent", ""), conditional, fault,
        )  # fmt: skip
        self.web.write(seen)
        await deliver(answer, scope["method"], receive, send)


def _bound(port: int) -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind((HOST, port))
    opened.listen(128)
    return opened


async def _stranger(request: object) -> PlainTextResponse:
    return PlainTextResponse("nobody should be here")
