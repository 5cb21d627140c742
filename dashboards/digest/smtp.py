"""Handing one message to the mail server, and what the server said.

Belongs here: the conversation. Not here: which message, when again (``deliver``).
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, Self

Verdict = Literal["sent", "later", "refused"]
Tls = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one try. ``later`` also stands for a connection that broke: nobody knows what the server kept."""

    verdict: Verdict
    code: int | None
    text: str

    def __str__(self) -> str:
        return f"{self.code or 'no answer'} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    timeout_s: float = 60


class Mailer(Protocol):
    """Whatever can take a message."""

    def send(self, return_path: str, recipient: str, message: bytes) -> Reply:
        """Hand one message over for one recipient."""
        ...


class SmtpMailer:
    """One connection, kept as long as the server keeps it, opened again when it broke."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._link: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye."""
        if self._link is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._link.quit()
            self._link = None

    def greet(self) -> str | None:
        """Connect, seal, log in and leave; what went wrong, or None."""
        try:
            self._connected()
        except (smtplib.SMTPException, OSError) as error:
            return f"{type(error).__name__}: {error}"
        self.close()
        return None

    def send(self, return_path: str, recipient: str, message: bytes) -> Reply:
        """Hand one message over; every way in which that can go wrong is a reply, never an exception."""
        try:
            link = self._connected()
            code, text = link.mail(return_path, [f"size={len(message)}"] if link.has_extn("size") else [])
            if code >= 400:  # we are not welcome at all, which says nothing of the recipient
                self._reset(link, code)
                return Reply("later", code, f"sender: {_words(text)}")
            code, text = link.rcpt(recipient)
            if code < 400:
                code, text = link.data(message)
            if code >= 400:
                self._reset(link, code)
        except smtplib.SMTPResponseException as error:  # greeting, TLS, authentication, DATA
            self._drop()
            return Reply("later", error.smtp_code, f"{type(error).__name__}: {_words(error.smtp_error)}")
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Reply("later", None, f"{type(error).__name__}: {error}")
        return _reply(code, text)

    def _connected(self) -> smtplib.SMTP:
        if self._link is not None:
            return self._link
        s = self._server
        context = ssl.create_default_context(cafile=str(s.ca_file) if s.ca_file else None)
        if s.tls == "tls":
            link: smtplib.SMTP = smtplib.SMTP_SSL(s.host, s.port, timeout=s.timeout_s, context=context)
        else:
            link = smtplib.SMTP(s.host, s.port, timeout=s.timeout_s)
        try:
            if s.tls == "starttls":
                link.starttls(context=context)  # a server that offers none is refused: no mail in the clear
            if s.user:
                link.login(s.user, s.password)
            link.ehlo_or_helo_if_needed()
        except BaseException:
            link.close()
            raise
        self._link = link
        return link

    def _reset(self, link: smtplib.SMTP, code: int) -> None:
        """Clear the server's mind for the next message; 421 says that it hangs up."""
        if code == 421:
            self._drop()
            return
        try:
            link.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None


def _reply(code: int, text: bytes) -> Reply:
    verdict: Verdict = "sent" if code < 400 else "later" if code < 500 else "refused"
    return Reply(verdict, code, _words(text))


def _words(text: bytes | str) -> str:
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(plain.split())[:300]
