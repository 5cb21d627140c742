"""A server of CC-NEWS on loopback: a listing, files, and what goes wrong with them on the way."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MONTH = "crawl-data/CC-NEWS/2025/10"


@dataclass
class Shelf:
    """What a server holds, and how it behaves; changed from the test's thread."""

    files: dict[str, bytes] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)  # listed, but gone
    cuts: dict[str, list[int]] = field(default_factory=dict)  # after so many bytes an answer's connection is cut
    busy: dict[str, int] = field(default_factory=dict)  # so many times 503
    has_ranges: bool = True
    has_head: bool = True
    base: str = ""
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)  # method, last part of the path, range

    def asked_for(self, method: str, name: str) -> int:
        """How often a file was asked for."""
        return sum((m, n) == (method, name) for m, n, _ in self.asked)

    def body(self, name: str) -> bytes | None:
        """The listing, or a file."""
        if name == "warc.paths.gz":
            names = sorted([*self.files, *self.lacking])
            return gzip.compress("".join(f"{MONTH}/{n}\n" for n in names).encode()) if names else None
        return self.files.get(name)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    shelf: Shelf

    def handle_error(self, request: Any, client_address: Any) -> None:
        return


class _Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        assert isinstance(self.server, _Server)
        shelf = self.server.shelf
        folder, _, name = self.path.strip("/").rpartition("/")
        asked = self.headers.get("Range")
        shelf.asked.append((self.command, name, asked))
        body = shelf.body(name) if folder == MONTH else None
        if shelf.busy.get(name, 0) and self.command == "GET":
            shelf.busy[name] -= 1
            self._send(503, b"", {"Retry-After": "0"})
        elif body is None or (self.command == "HEAD" and not shelf.has_head):
            self._send(404 if body is None else 405, b"", {})
        elif asked and shelf.has_ranges:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            said = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            self._send(206, body[start:], said, shelf.cuts.get(name))
        else:
            self._send(200, body, {}, shelf.cuts.get(name))

    def _send(self, status: int, body: bytes, headers: dict[str, str], cuts: list[int] | None = None) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(len(body)), "ETag": '"1"', **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body[: cuts.pop(0)] if cuts else body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        return


@contextmanager
def serve_ccnews() -> Iterator[Shelf]:
    """A server with an empty shelf."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.shelf = shelf = Shelf(base=f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield shelf
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
