"""The public listener: what it does, and what it leaves alone."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from dashboards.digest.tokens import Subscription, unsubscribe_token
from dashboards.digest.unsubscribe import UnsubscribeServer

SECRET = "a secret of the tests, long enough"
WHO = Subscription("transporte", "lectora@example.org")
PATH = f"/u/{unsubscribe_token(SECRET, WHO)}"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def gone() -> list[Subscription]:
    return []


@pytest.fixture
def port(gone: list[Subscription]) -> Iterator[int]:
    def suppress(subscription: Subscription) -> bool:
        gone.append(subscription)
        return True

    with UnsubscribeServer(("127.0.0.1", 0), SECRET, suppress, {"transporte": "es"}.get) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(
    port: int, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
) -> tuple[int, str, http.client.HTTPMessage]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    link.request(method, path, body, headers or {})
    answer = link.getresponse()
    text = answer.read().decode()
    link.close()
    return answer.status, text, answer.headers


def test_looking_changes_nothing_and_one_click_does(port: int, gone: list[Subscription]) -> None:
    status, page, headers = ask(port, "GET", PATH)
    assert status == 200
    assert "l…@example.org" in page
    assert "lectora" not in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert ask(port, "HEAD", PATH)[0] == 200
    assert gone == []
    assert ask(port, "POST", PATH, "List-Unsubscribe=One-Click", FORM)[0] == 200
    assert gone == [WHO]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("confirm=yes", "application/x-www-form-urlencoded"),
        ('--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n', "multipart/form-data; boundary=b"),
    ],
)  # fmt: skip
def test_the_button_and_the_other_form_of_one_click(port: int, gone: list[Subscription], body: str, kind: str) -> None:
    assert ask(port, "POST", PATH, body, {"Content-Type": kind})[0] == 200
    assert gone == [WHO]


def test_nothing_else_is_done(port: int, gone: list[Subscription]) -> None:
    assert ask(port, "POST", PATH, "x=1", FORM)[0] == 400
    assert ask(port, "POST", PATH, "List-Unsubscribe=One-Click" + "&" * 5000, FORM)[0] == 400
    assert ask(port, "POST", PATH, None, {"Transfer-Encoding": "chunked"})[0] == 400
    assert ask(port, "POST", PATH[:-2] + "xx", "List-Unsubscribe=One-Click", FORM)[0] == 404
    for path in ("/", "/u/", "/u/..%2f..", "/etc/passwd", "/x" + PATH, "/" + "a" * 3000):
        assert ask(port, "GET", path)[0] == 404
    assert ask(port, "PUT", PATH)[0] == 501
    assert gone == []


def test_slow_and_many_clients_do_not_shut_others_out(port: int) -> None:
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    try:
        started = time.monotonic()
        assert ask(port, "GET", "/health")[1] == "ok"
        assert time.monotonic() - started < 5
    finally:
        for each in idle:
            each.close()
