"""A protected instance shows nothing without its token; every answer forbids the browser to ask elsewhere."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboards.app.door import COOKIE, Door
from dashboards.app.shell import routes

TOKEN = "t" * 20


async def secret_page(request: Request) -> PlainTextResponse:
    del request
    return PlainTextResponse("data")


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("data")
    await websocket.close()


def client(token: str = "") -> TestClient:
    inner = [
        *routes(),
        Route("/_stcore/health", secret_page),
        Route("/media/{name}", secret_page),
        WebSocketRoute("/_stcore/stream", socket),
    ]
    return TestClient(Starlette(routes=inner, middleware=[Middleware(Door, token=token)]))


@pytest.mark.parametrize("path", ["/", "/events", "/media/table.csv", "/?token=wrong", "/?token="])
def test_without_the_token_nothing_is_answered(path: str) -> None:
    answer = client(TOKEN).get(path)
    assert answer.status_code == 401
    assert "data" not in answer.text
    assert "static/js" not in answer.text


def test_without_the_token_no_socket_opens() -> None:
    with pytest.raises(WebSocketDisconnect), client(TOKEN).websocket_connect("/_stcore/stream"):
        pass


def test_the_token_opens_once_and_leaves_the_address() -> None:
    visitor = client(TOKEN)
    answer = visitor.get(f"/events?sector=transport&token={TOKEN}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "events?sector=transport"
    assert TOKEN not in answer.headers["set-cookie"]
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert visitor.get("/media/table.csv").text == "data"
    with visitor.websocket_connect("/_stcore/stream") as opened:
        assert opened.receive_text() == "data"


def test_a_made_up_cookie_opens_nothing() -> None:
    visitor = client(TOKEN)
    visitor.cookies.set(COOKIE, TOKEN)
    assert visitor.get("/media/table.csv").status_code == 401


def test_health_answers_those_who_watch_the_server() -> None:
    assert client(TOKEN).get("/_stcore/health").status_code == 200


def test_the_page_is_in_the_readers_language_and_may_load_nothing_from_elsewhere() -> None:
    answer = client().get("/map?lang=en")
    assert '<html lang="en">' in answer.text
    assert "<title>Chasqui</title>" in answer.text
    assert '<html lang="es">' in client().get("/?lang=../../x").text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert client().get("/media/x").headers["x-content-type-options"] == "nosniff"
