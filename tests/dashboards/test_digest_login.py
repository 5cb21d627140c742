"""A mail server that wants TLS and a login: only who has both hands mail over, and nothing goes in the clear."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from dashboards.digest.smtp import Server, SmtpMailer
from tests.dashboards.certificate import make_certificate
from tests.dashboards.post_office import PostOffice, free_port

USER, PASSWORD = "chasqui", "a password of the tests"
MESSAGE = b"From: chasqui@example.org\r\nTo: lector@example.org\r\nSubject: Hola\r\n\r\nHola\r\n"


class Guarded(Controller):
    """Takes mail over TLS, from who logs in."""

    def __init__(self, office: PostOffice, root: Path, port: int) -> None:
        make_certificate(root)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(root / "cert.pem", root / "key.pem")
        super().__init__(
            office,
            hostname="127.0.0.1",
            port=port,
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=self._knows,
        )

    def _knows(self, *about: Any) -> AuthResult:
        given = about[-1]
        known = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=known, handled=False)


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[tuple[PostOffice, Server]]:
    office, port = PostOffice(), free_port()
    controller = Guarded(office, tmp_path, port)
    controller.start()
    try:
        yield office, Server("127.0.0.1", port, "starttls", USER, PASSWORD, tmp_path / "cert.pem", timeout_s=20)
    finally:
        controller.stop()


def send(server: Server) -> tuple[str, int | None]:
    with SmtpMailer(server) as mailer:
        reply = mailer.send("chasqui@example.org", "lector@example.org", MESSAGE)
    return reply.verdict, reply.code


def test_with_tls_and_the_password_mail_goes(guarded: tuple[PostOffice, Server]) -> None:
    office, server = guarded
    with SmtpMailer(server) as mailer:
        assert mailer.greet() is None
    assert send(server) == ("sent", 250)
    assert len(office.taken) == 1


@pytest.mark.parametrize(
    "change",
    [{"password": "another"}, {"user": "", "password": ""}, {"tls": "none"}, {"ca_file": None}],
    ids=["wrong password", "no login", "in the clear", "a certificate nobody vouches for"],
)
def test_otherwise_nothing_goes_and_it_is_tried_again_later(
    guarded: tuple[PostOffice, Server], change: dict[str, Any]
) -> None:
    office, server = guarded
    assert send(replace(server, **change))[0] in {"later", "refused"}
    assert office.taken == []


def test_a_password_is_in_no_picture_of_the_server(guarded: tuple[PostOffice, Server]) -> None:
    assert PASSWORD not in repr(guarded[1])
