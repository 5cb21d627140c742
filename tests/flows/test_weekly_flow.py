"""The flows of the mail on a real Prefect server: due groups are served once, the round goes on, reports name no address."""

from __future__ import annotations

import json
import threading
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import prefect  # as when another flow has run in this process before
import pytest

from dashboards.digest.groups import DAYS
from flows.server import prefect_server
from tests.dashboards.made import Told, publish_events
from tests.dashboards.post_office import post_office
from warehouse.records import LIMA

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]
GROUPS = """
[[group]]
id = "transporte"
name = "Transportistas"
sectors = ["transport"]
recipients_file = "lista.txt"
day = "{today}"
hour = 0
"""


def test_due_groups_are_served_once_and_the_round_takes_up_what_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "groups.toml").write_text(GROUPS.format(today=DAYS[datetime.now(LIMA).weekday()]))
    (tmp_path / "lista.txt").write_text("lectora@example.org\nlector@example.org\n")
    publish_events(tmp_path / "home/chasqui.duckdb", [Told("a")], nights=(datetime.now(UTC),))
    with post_office() as office, prefect_server(tmp_path / "prefect", timeout_s=300) as api:
        assert prefect.settings.get_current_settings().api.url == api
        settings = {
            "HOME": tmp_path / "home",
            "GROUPS": tmp_path / "groups.toml",
            "SMTP_HOST": office.server.host,
            "SMTP_PORT": office.server.port,
            "SMTP_TLS": "none",
            "MAIL_FROM": "chasqui@example.org",
            "MAIL_SECRET": "0123456789abcdef0123456789abcdef",
            "MAIL_RETRY_S": "2.2",  # longer than the run waits, not than the next one does
            "MAIL_PATIENCE_S": "2",
        }
        for name, value in settings.items():
            monkeypatch.setenv(f"CHASQUI_{name}", str(value))
        from flows.weekly import mail_round, weekly_digest

        office.on_rcpt = lambda a: "451 4.7.1 Greylisted" if a.startswith("lector@") else "250 OK"
        assert weekly_digest()["groups"] == {"transporte": {"pending": 1, "sent": 1}}
        office.on_rcpt = lambda _: "250 OK"
        went_on = mail_round()
        assert (went_on["done"]["sent"], went_on["alerts"]) == (1, {})
        assert weekly_digest()["done"].get("sent", 0) == 0
        request = urllib.request.Request(
            f"{api}/artifacts/filter", data=b"{}", headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            artifacts = json.load(answer)
    threads = {thread.name for thread in threading.enumerate()}
    assert not threads & {"EventsWorkerThread", "APILogWorkerThread"}, (
        "nothing goes on talking to a server that is gone"
    )
    assert sorted(m.recipient for m in office.taken) == ["lector@example.org", "lectora@example.org"]
    reports = [a["data"] for a in artifacts if a["key"] == "digest-report"]
    assert any("| transporte | sent | 2 |" in r for r in reports)
    assert "@" not in "".join(reports)
