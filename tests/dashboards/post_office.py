"""A mail server on loopback that behaves as told: takes, defers, refuses, hangs up."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from dashboards.digest.message import Sender
from dashboards.digest.smtp import Server

SENDER = Sender(
    address="chasqui@example.org",
    name="Chasqui",
    secret="a secret of the tests, long enough",
    public_url="https://chasqui.example.org",
    unsubscribe_mailbox="bounces@example.org",
    bounce_address="bounces@example.org",
)


@dataclass
class Letter:
    """One message the server took."""

    sender: str
    recipient: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return BytesParser(EmailMessage, policy=default).parsebytes(self.raw)


@dataclass
class PostOffice:
    """What was asked and taken. ``on_rcpt`` and ``on_data`` may answer instead of 250, or hang up by returning None."""

    taken: list[Letter] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    on_rcpt: Callable[[str], str | None] = lambda _: "250 OK"
    on_data: Callable[[Letter], str | None] = lambda _: "250 OK"
    server: Server = field(default_factory=lambda: Server("", 0, "none"))

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.tried.append(address)
        answer = self.on_rcpt(address)
        if answer is None:
            server.transport.abort()
            return "421 gone"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        letter = Letter(envelope.mail_from, envelope.rcpt_tos[0], envelope.original_content)
        answer = self.on_data(letter)
        if answer is None or answer.startswith("250"):
            self.taken.append(letter)
        if answer is None:  # kept, and nobody is told so
            server.transport.abort()
            return "421 gone"
        return answer


def free_port() -> int:
    """A port that nobody had a moment ago; aiosmtpd cannot choose one by itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open while the block runs."""
    office = PostOffice()
    port = free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        office.server = Server("127.0.0.1", port, "none", timeout_s=20)
        yield office
    finally:
        controller.stop()
