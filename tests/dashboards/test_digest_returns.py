"""What comes back: a delivery-status report as Postfix 3.7 wrote it, unsubscriptions by mail, and letters that are neither."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboards.digest.bounces import read_mailbox, take
from dashboards.digest.mailboxes import ImapFolder, MailboxError, Maildir, mailbox_of
from dashboards.digest.tokens import Subscription, message_key, unsubscribe_token
from tests.dashboards.dovecot import PASSWORD, USER, dovecot, why_not
from tests.dashboards.post_office import SENDER
from warehouse.ops import Ops
from warehouse.outbox import Outbox, StoredEdition

needs_dovecot = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")
REPORT = (Path(__file__).parent / "delivery_status.eml").read_bytes()
ADDRESS = "a@roto.example"
KEY = message_key(SENDER.secret, "digest", "g", "2026-W43", ADDRESS)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Ops(tmp_path / "ops.sqlite") as ops:
        opened = Outbox(ops, tmp_path / "journal")
        opened.queue(StoredEdition("e", "digest", "g", "2026-W43", datetime.now(UTC), None, {}), [(KEY, ADDRESS)])
        yield opened


def report(key: str = KEY, status: str = "5.1.1", action: str = "failed") -> bytes:
    text = REPORT.replace(b"KEY", key.encode())
    return text.replace(b"Status: 5.1.1", f"Status: {status}".encode()).replace(
        b"Action: failed", f"Action: {action}".encode()
    )


def test_an_address_that_does_not_exist_is_given_up_once_the_report_comes(outbox: Outbox) -> None:
    assert take(report(), outbox, SENDER) == "bounce"
    assert outbox.suppressed()[0][:3] == (ADDRESS, "*", "bounced")
    assert take(report(), outbox, SENDER) == "bounce"  # the same report again
    assert len(outbox.suppressed()) == 1


def test_a_delay_is_no_failure(outbox: Outbox) -> None:
    assert take(report(action="delayed", status="4.4.1"), outbox, SENDER) == "delay"
    assert outbox.suppressed() == []


def test_a_report_on_somebody_elses_mail_changes_nothing(outbox: Outbox) -> None:
    """Anybody can write a report; only the address it came to says that it is about a copy of ours."""
    take(report(key="a" * 24), outbox, SENDER)
    assert outbox.suppressed() == []
    assert take(report(key="nobody"), outbox, SENDER) == "other"


def test_unsubscribing_by_mail_needs_the_signed_word(outbox: Outbox) -> None:
    token = unsubscribe_token(SENDER.secret, Subscription("g", ADDRESS))
    assert take(f"Subject: unsubscribe {token}x\n\n".encode(), outbox, SENDER) == "other"
    assert take(f"Subject: Unsubscribe {token}\n\n".encode(), outbox, SENDER) == "unsubscription"
    assert outbox.suppressed()[0][:3] == (ADDRESS, "g", "unsubscribed")


def test_what_is_understood_leaves_the_mailbox_and_the_rest_stays(outbox: Outbox, tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "box")
    for raw in (
        report(),
        b"Subject: Hola\n\nGracias por el correo",
        b"\xff\xfe\x00 no mail at all",
        b"Subject: x\n\n" + b"x" * 2_000_000,
    ):
        box.add(raw)
    assert read_mailbox(mailbox_of(str(tmp_path / "box")), outbox, SENDER) == {"bounce": 1, "other": 3}
    assert len(mailbox.Maildir(tmp_path / "box")) == 3


def test_a_mailbox_is_named_by_a_path_or_an_address(tmp_path: Path) -> None:
    assert mailbox_of("/var/mail/bounces") == Maildir(Path("/var/mail/bounces"))
    named = mailbox_of("imaps://bounces%40example.org@mail.example.org/Devueltos", "secret")
    assert named == ImapFolder("mail.example.org", 993, "bounces@example.org", "secret", "Devueltos")
    for bad in ("imap://a@b.pe/", "imaps://b.pe/INBOX", "imaps://a:hunter2@b.pe/", "pop3://a@b.pe/"):
        with pytest.raises(MailboxError, match="imaps://USER@HOST") as caught:
            mailbox_of(bad)
        assert "hunter2" not in str(caught.value)


@needs_dovecot
@pytest.mark.server
def test_a_mailbox_on_a_server_is_read_like_a_maildir(outbox: Outbox) -> None:
    with dovecot() as server:
        where = f"imaps://{USER.replace('@', '%40')}@127.0.0.1:{server.port}"
        server.put(report(), b"Subject: Hola\n\nGracias", b"Subject: x\n\n" + b"x" * 2_000_000)
        box = mailbox_of(where, PASSWORD, server.ca_file)
        assert read_mailbox(box, outbox, SENDER) == {"bounce": 1, "other": 2}
        assert outbox.suppressed()[0][:3] == (ADDRESS, "*", "bounced")
        assert len(server.held()) == 2
        assert read_mailbox(box, outbox, SENDER) == {"other": 2}  # what is not for us stays, unread
        assert not [path for path in server.held() if "S" in path.name.partition(":2,")[2]]
        for wrong in (
            mailbox_of(where, "otra clave", server.ca_file),
            mailbox_of(where, PASSWORD),
            mailbox_of(f"{where}/Nada", PASSWORD, server.ca_file),
        ):
            with pytest.raises(MailboxError, match=f"{USER} at 127.0.0.1: ") as caught:
                read_mailbox(wrong, outbox, SENDER)
            assert "clave" not in str(caught.value)
