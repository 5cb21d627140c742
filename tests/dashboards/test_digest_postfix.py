"""The command, a real mail server with TLS, real mailboxes, a real bounce: from groups.toml to who gets no more mail."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest

from tests.dashboards.lint import problems
from tests.dashboards.made import Told, publish_events
from tests.dashboards.postfix import Postfix, postfix, why_not

pytestmark = [
    pytest.mark.server,
    pytest.mark.timeout(300),
    pytest.mark.skipif(why_not() is not None, reason=why_not() or ""),
]
ROOT = Path(__file__).parents[2]
READERS = [f"lector{n}@example.org" for n in range(8)]
GROUPS = """
[[group]]
id = "transporte"
name = "Transportistas del Perú"
sectors = ["transport"]
recipients_file = "lista.txt"
csv = true
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Postfix]:
    with postfix() as running:
        yield running


def chasqui(home: Path, server: Postfix, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {
        "HOME": str(home / "home"),
        "GROUPS": str(home / "groups.toml"),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(server.port),
        "SMTP_CA_FILE": str(server.ca_file),
        "MAIL_FROM": "chasqui@example.org",
        "MAIL_SECRET": "0123456789abcdef0123456789abcdef",
        "MAIL_PER_MINUTE": "0",
        "BOUNCE_ADDRESS": "bounces@example.org",
        "BOUNCE_MAILBOX": str(server.mailbox("bounces")),
        "PUBLIC_URL": "https://chasqui.example.org",
        "OPERATOR_ADDRESS": "lector9@example.org",
    }
    environment = os.environ | {f"CHASQUI_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "flows.main", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=200, check=False)


def test_a_week_reaches_its_readers_and_comes_back_from_one(server: Postfix, tmp_path: Path) -> None:
    (tmp_path / "groups.toml").write_text(GROUPS, encoding="utf-8")
    (tmp_path / "lista.txt").write_text("\n".join([*READERS, "nadie@example.org", "alguien@roto.example"]))
    published = tmp_path / "home/chasqui.duckdb"
    publish_events(published, [Told("a", ("murder",), killed=1)], nights=(datetime.now(UTC),))
    first = chasqui(tmp_path, server, "digest", "--send", "--week", "2026-W43")
    assert first.returncode == 0, first.stderr
    assert "9 sent" in first.stdout
    assert "nadie@example.org refused: 550 5.1.1" in first.stdout

    server.wait_for("bounces", 1)
    again = chasqui(
        tmp_path, server, "digest", "--send", "--week", "2026-W43"
    )  # nothing left to do but to read what came back
    assert again.returncode == 0, again.stderr
    listed = chasqui(tmp_path, server, "unsubscribe", "list").stdout
    assert {line.split("\t")[0] for line in listed.splitlines()} == {"nadie@example.org", "alguien@roto.example"}

    letters = [letter for reader in READERS for letter in server.wait_for(reader.partition("@")[0], 1)]
    assert len(letters) == len(READERS)
    message = BytesParser(EmailMessage, policy=default).parsebytes(letters[0])
    assert message["Return-Path"].startswith("<bounces+")
    assert message["Subject"] == "Transportistas del Perú: 1 hecho y 1 muerto (19–25 de octubre)"
    page = message.get_body(("html",))
    assert page is not None
    assert list(problems(page.get_content())) == []
    assert not message.defects


def test_stale_data_are_not_sent_and_the_operator_is_told_once(server: Postfix, tmp_path: Path) -> None:
    (tmp_path / "groups.toml").write_text(GROUPS, encoding="utf-8")
    (tmp_path / "lista.txt").write_text("lector8@example.org")
    publish_events(tmp_path / "home/chasqui.duckdb", nights=(datetime(2026, 10, 20, tzinfo=UTC),))
    for _ in range(2):
        held = chasqui(tmp_path, server, "digest", "--send", "--week", "2026-W43")
        assert held.returncode == 1
        assert "held back: the last good night ended 2026-10-19 19:00 Lima time" in held.stderr
    notices = server.wait_for("lector9", 1)
    assert len(notices) == 1
    assert b"held back" in notices[0]
    assert not server.mailbox("lector8").exists()
