"""Through a real server on loopback: nobody misses the message, nobody gets two different ones."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboards.digest.deliver import Pace, deliver
from dashboards.digest.message import to_content
from dashboards.digest.render import UNSUBSCRIBE, Edition
from dashboards.digest.smtp import SmtpMailer
from dashboards.digest.tokens import message_key
from tests.dashboards.post_office import SENDER, PostOffice, post_office
from warehouse.ops import Ops
from warehouse.outbox import Outbox, StoredEdition

ROOT = Path(__file__).parents[2]
TEN = [f"lector{n}@example.org" for n in range(10)]
QUICK = Pace(per_minute=0, first_pause_s=0.01, longest_pause_s=0.02, patience_s=20)
EDITION = Edition(
    "Transportistas: 1 hecho", f'<p>Hola</p><a href="{UNSUBSCRIBE}">x</a>', f"Hola {UNSUBSCRIBE}", "Hola", "es"
)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Ops(tmp_path / "ops.sqlite") as ops:
        yield Outbox(ops, tmp_path / "journal")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


def queue(outbox: Outbox, recipients: list[str] = TEN, period: str = "2026-W43", edition: Edition = EDITION) -> None:
    stored = StoredEdition(
        f"digest/{period}/g", "digest", "g", period, datetime.now(UTC).replace(microsecond=0), None, to_content(edition)
    )
    outbox.queue(stored, [(message_key(SENDER.secret, "digest", "g", period, r), r) for r in recipients])


def send(outbox: Outbox, office: PostOffice, pace: Pace = QUICK) -> Counter[str]:
    with SmtpMailer(office.server) as mailer:
        return deliver(outbox, mailer, SENDER, pace).counts


def test_each_gets_one_and_a_second_run_sends_nothing(outbox: Outbox, office: PostOffice) -> None:
    queue(outbox)
    queue(outbox)  # a re-run queues nothing twice
    send(outbox, office)
    send(outbox, office)
    assert sorted(m.recipient for m in office.taken) == TEN
    assert all(m.message["To"] == m.recipient for m in office.taken)
    assert len({m.sender for m in office.taken}) == 10  # each under an address of its own


def test_what_is_queued_first_stands(outbox: Outbox, office: PostOffice) -> None:
    """The next night may know better; those who were served later get the same as those before them."""
    queue(outbox, TEN[:5])
    send(outbox, office)
    queue(outbox, TEN, edition=Edition("Otra cosa", "<p>Otra</p>", "Otra", "Otra", "es"))
    send(outbox, office)
    assert {m.message["Subject"] for m in office.taken} == {EDITION.subject}
    assert sorted(m.recipient for m in office.taken) == TEN


def test_greylisting_is_waited_for(outbox: Outbox, office: PostOffice) -> None:
    office.on_rcpt = lambda a: "250 OK" if office.tried.count(a) > 2 else "451 4.7.1 Greylisted, come back later"
    queue(outbox)
    counts = send(outbox, office)
    assert sorted(m.recipient for m in office.taken) == TEN
    assert (counts["postponed"], counts["sent"]) == (20, 10)


def test_one_refused_of_ten_stops_nobody(outbox: Outbox, office: PostOffice) -> None:
    office.on_rcpt = lambda a: "550 5.1.1 No such user" if a == TEN[3] else "250 OK"
    queue(outbox)
    counts = send(outbox, office)
    assert (counts["sent"], counts["refused"]) == (9, 1)
    assert outbox.refusals("digest", "2026-W43")[0][1:3] == (TEN[3], "refused")
    assert outbox.is_suppressed(TEN[3], "any group")
    queue(outbox, period="2026-W44")
    assert send(outbox, office)["suppressed"] == 1


def test_a_full_mailbox_is_given_up_after_three_weeks_a_refused_text_never(outbox: Outbox, office: PostOffice) -> None:
    office.on_rcpt = lambda a: "552 5.2.2 Mailbox full" if a == TEN[0] else "250 OK"
    office.on_data = lambda m: "554 5.7.1 Looks like spam" if m.recipient == TEN[1] else "250 OK"
    for week in range(40, 44):
        assert outbox.is_suppressed(TEN[0], "g") == (week == 43)
        queue(outbox, TEN[:2], period=f"2026-W{week}")
        send(outbox, office)
    assert not outbox.is_suppressed(TEN[1], "g")


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_a_dropped_connection_is_tried_again_with_the_same_message(
    outbox: Outbox, office: PostOffice, where: str
) -> None:
    turn = itertools.count()
    if where == "rcpt":
        office.on_rcpt = lambda _: None if next(turn) % 3 == 0 else "250 OK"
    else:  # the worst: the server has kept it and its 250 is lost
        office.on_data = lambda _: None if next(turn) % 3 == 0 else "250 OK"
    queue(outbox)
    send(outbox, office)
    assert {m.recipient for m in office.taken} == set(TEN)
    ids = {(m.recipient, m.message["Message-ID"]) for m in office.taken}
    bodies = {(m.recipient, m.raw) for m in office.taken}
    assert len(ids) == len(bodies) == 10


def test_a_server_that_wants_no_sender_loses_nobody(outbox: Outbox, office: PostOffice) -> None:
    """530 to MAIL says that we are set up wrong; it is no word about recipients."""
    with SmtpMailer(office.server) as mailer:
        office.on_rcpt = lambda _: "530 5.7.0 Authentication required"
        queue(outbox, TEN[:1])
        deliver(outbox, mailer, SENDER, Pace(per_minute=0, patience_s=0))
    closed = PostOffice(server=office.server)
    closed.server = type(office.server)("127.0.0.1", 9, "none", timeout_s=2)
    queue(outbox, TEN, period="2026-W44")
    done = deliver(outbox, SmtpMailer(closed.server), SENDER, Pace(per_minute=0, patience_s=0))
    assert done.pending
    assert outbox.counts("digest", "2026-W44") == {"g": {"pending": 10}}


def test_tls_is_not_given_up_in_silence(outbox: Outbox, office: PostOffice) -> None:
    server = type(office.server)(office.server.host, office.server.port, "starttls", timeout_s=5)
    queue(outbox, TEN[:1])
    deliver(outbox, SmtpMailer(server), SENDER, Pace(per_minute=0, patience_s=0))
    assert office.taken == []
    assert outbox.counts("digest", "2026-W43") == {"g": {"pending": 1}}


def test_the_rate_is_kept(outbox: Outbox, office: PostOffice) -> None:
    queue(outbox)
    slept: list[float] = []
    with SmtpMailer(office.server) as mailer:
        deliver(outbox, mailer, SENDER, Pace(per_minute=6), sleep=slept.append)
    assert 60 < max(slept) <= 90  # the tenth copy's slot is nine times ten seconds away, less what nine copies took


def test_old_news_is_given_up(outbox: Outbox, office: PostOffice) -> None:
    stored = StoredEdition(
        "e", "digest", "g", "2026-W40", datetime.now(UTC) - timedelta(days=4), None, to_content(EDITION)
    )
    outbox.queue(stored, [("k", TEN[0])])
    assert send(outbox, office)["expired"] == 1
    assert office.taken == []


@pytest.mark.parametrize("place", ["before_journal", "after_journal"])
def test_killed_between_the_servers_250_and_our_commit(tmp_path: Path, office: PostOffice, place: str) -> None:
    with Ops(tmp_path / "ops.sqlite") as ops:
        queue(Outbox(ops, tmp_path / "journal"))
    command = [sys.executable, "-m", "tests.dashboards.killed", str(tmp_path), str(office.server.port), place]
    died = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=120, check=False)
    assert died.returncode == -signal.SIGKILL
    assert len(office.taken) == 4
    with Ops(tmp_path / "ops.sqlite") as ops:
        outbox = Outbox(ops, tmp_path / "journal")
        outbox.settle()
        send(outbox, office)
    again = Counter(m.recipient for m in office.taken)
    assert set(again) == set(TEN)
    # What the journal knows is not sent again; what not even it knows comes twice, as the same message.
    assert sum(again.values()) == (11 if place == "before_journal" else 10)
    assert len({m.raw for m in office.taken}) == len({m.message["Message-ID"] for m in office.taken}) == 10


def test_a_restored_database_mails_nobody_twice_and_forgets_no_suppression(tmp_path: Path, office: PostOffice) -> None:
    with Ops(tmp_path / "ops.sqlite") as ops:
        outbox = Outbox(ops, tmp_path / "journal")
        outbox.suppress(TEN[0].upper(), "g", "unsubscribed")
        outbox.suppress(TEN[1], "g", "unsubscribed")
        outbox.resume(TEN[1], "g")
        queue(outbox)
        send(outbox, office)
    with Ops(tmp_path / "restored.sqlite") as ops:  # from a backup older than the mail, the journal newer
        outbox = Outbox(ops, tmp_path / "journal")
        queue(outbox)
        outbox.settle()
        assert send(outbox, office) == {"suppressed": 1, "expired": 0}
        assert [s[:2] for s in outbox.suppressed()] == [(TEN[0], "g")]
    assert sorted(m.recipient for m in office.taken) == TEN[1:]
