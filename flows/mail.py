"""The settings' mail: who sends, through which server, how fast. Says what is missing before anything is sent."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from dashboards.digest.deliver import Pace
from dashboards.digest.groups import ADDRESS
from dashboards.digest.mailboxes import Mailbox, MailboxError, mailbox_of
from dashboards.digest.message import Sender
from dashboards.digest.smtp import Server, SmtpMailer
from flows.dns import Txt, lookup_txt
from flows.sender_records import Domains, look_at_records
from flows.settings import Settings, SettingsError

SECRET_LENGTH = 32
LOOK_S = 10
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Post:
    """Everything needed to send."""

    sender: Sender
    server: Server
    pace: Pace
    mailbox: Mailbox | None = None  # that takes what comes back


def post_of(settings: Settings) -> Post:
    """The settings' mail.

    Raises:
        SettingsError: something is missing or unsafe; the message says what to set.
    """
    problems = list(mail_problems(settings))
    if problems:
        raise SettingsError(f"mail cannot be sent: {'; '.join(problems)}")
    s = settings
    bounces = s.bounce_address or s.mail_from
    return Post(
        Sender(
            address=s.mail_from,
            name=s.mail_name,
            secret=s.mail_secret.get_secret_value(),
            public_url=s.public_url,
            unsubscribe_mailbox=s.unsubscribe_address or bounces,
            bounce_address=bounces,
        ),
        Server(s.smtp_host, s.smtp_port, s.smtp_tls, s.smtp_user, s.smtp_password.get_secret_value(), s.smtp_ca_file),
        Pace(per_minute=s.mail_per_minute, first_pause_s=s.mail_retry_s, patience_s=s.mail_patience_s),
        _mailbox(s),
    )


def _mailbox(settings: Settings) -> Mailbox | None:
    s = settings
    return (
        mailbox_of(s.bounce_mailbox, s.bounce_password.get_secret_value(), s.smtp_ca_file) if s.bounce_mailbox else None
    )


def mail_problems(settings: Settings) -> list[str]:
    """What stands in the way of sending, each as what to do."""
    s = settings
    problems = []
    if not s.smtp_host:
        problems.append("set smtp_host")
    if not ADDRESS.fullmatch(s.mail_from):
        problems.append("set mail_from to an address")
    if len(s.mail_secret.get_secret_value()) < SECRET_LENGTH:
        problems.append(f"set mail_secret to {SECRET_LENGTH} random characters or more")
    for name in ("bounce_address", "unsubscribe_address", "operator_address"):
        value = getattr(s, name)
        if value and not ADDRESS.fullmatch(value):
            problems.append(f"{name} {value!r} is no address")
    if s.smtp_tls == "none" and s.smtp_host and s.smtp_host not in LOOPBACK:
        problems.append(f"smtp_tls none is for a server on this machine, not for {s.smtp_host}")
    try:
        _mailbox(s)
    except MailboxError as error:
        problems.append(f"bounce_mailbox: {error}")
    if s.smtp_user and s.smtp_tls == "none" and s.smtp_host not in LOOPBACK:
        problems.append("a password is not sent in the clear")
    return problems


def mail_warnings(settings: Settings) -> list[str]:
    """What works, but not as well as it should."""
    s = settings
    found = []
    if not s.public_url:
        found.append("no public_url: people can unsubscribe by mail only, and one-click unsubscription is off")
    elif not s.public_url.startswith("https://"):
        found.append("public_url is not https: one-click unsubscription is off")
    if not s.bounce_mailbox:
        found.append("no bounce_mailbox: bounces and unsubscriptions by mail are not read")
    if not s.operator_address:
        found.append("no operator_address: nobody is told when a digest is held back")
    return found


def look_at_mail(settings: Settings, txt: Txt = lookup_txt) -> Iterator[tuple[str, str, str]]:
    """(state, what, advice) for `chasqui doctor`: settings, the server's greeting, the sender's records, the public listener."""
    if not settings.groups.exists() and not settings.smtp_host:
        return  # no digest is wanted here
    problems = mail_problems(settings)
    for problem in problems:
        yield "fail", "mail cannot be sent", problem
    for warning in mail_warnings(settings):
        yield "warn", warning, "see docs/mail.md"
    if problems:
        return
    trouble = SmtpMailer(post_of(settings).server).greet()
    yield (
        ("fail", f"{settings.smtp_host}: {trouble}", "see docs/mail.md")
        if trouble
        else ("ok", f"{settings.smtp_host} takes us", "")
    )
    yield from _mailbox_answers(settings)
    yield from look_at_records(_domains(settings), txt)
    if settings.public_url:
        yield _listener(settings.public_url)


def _mailbox_answers(settings: Settings) -> Iterator[tuple[str, str, str]]:
    box = _mailbox(settings)
    if box is None:
        return
    letters = 0

    def counted(_: bytes | None) -> bool:
        nonlocal letters
        letters += 1
        return False

    try:
        box.go_through(counted)
    except MailboxError as error:
        yield "fail", f"bounces are not read: {error}", "see bounce_mailbox and bounce_password in docs/settings.md"
    else:
        yield "ok", f"the mailbox of bounces can be read: {letters} letters wait there", ""


def _domains(settings: Settings) -> Domains:
    sender, envelope = (
        a.rpartition("@")[2] for a in (settings.mail_from, settings.bounce_address or settings.mail_from)
    )
    return Domains(sender, envelope, settings.dkim_selector)


def _listener(public_url: str) -> tuple[str, str, str]:
    """Whether unsubscribe addresses lead to our listener, which answers an unsigned one in its own way."""
    url = f"{public_url.rstrip('/')}/u/-"
    try:
        urllib.request.urlopen(url, timeout=LOOK_S)  # noqa: S310 - the operator's own address
    except urllib.error.HTTPError as answer:
        if answer.code == 404 and answer.headers.get("X-Robots-Tag") == "noindex, nofollow":
            return "ok", f"{public_url} leads to the unsubscribe listener", ""
    except (OSError, ValueError) as error:
        return "fail", f"{public_url}: {error}", "start `chasqui unsubscribe serve` behind your proxy"
    return "fail", f"{public_url} answers, but not with our listener", "pass /u/ on to `chasqui unsubscribe serve`"
