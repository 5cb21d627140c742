"""The flow ``weekly_digest`` on a real Prefect server: due groups are served once, the report is an artifact without addresses."""

from __future__ import annotations

import json
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.server import prefect_server
from tests.dashboards.made import Told, publish_events
from tests.dashboards.post_office import post_office

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]
GROUPS = (
    '[[group]]\nid = "transporte"\nname = "Transportistas"\nsectors = ["transport"]\nrecipients_file = "lista.txt"\n'
)


def test_the_flow_serves_due_groups_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "groups.toml").write_text(GROUPS)
    (tmp_path / "lista.txt").write_text("lectora@example.org\nlector@example.org\n")
    publish_events(tmp_path / "home/chasqui.duckdb", [Told("a")], nights=(datetime.now(UTC),))
    with post_office() as office, prefect_server(tmp_path / "prefect", timeout_s=300) as api:
        settings = {
            "HOME": tmp_path / "home",
            "GROUPS": tmp_path / "groups.toml",
            "SMTP_HOST": office.server.host,
            "SMTP_PORT": office.server.port,
            "SMTP_TLS": "none",
            "MAIL_FROM": "chasqui@example.org",
            "MAIL_SECRET": "0123456789abcdef0123456789abcdef",
            "TODAY": "2026-10-26",
        }
        for name, value in settings.items():
            monkeypatch.setenv(f"CHASQUI_{name}", str(value))
        from flows.weekly import weekly_digest

        assert weekly_digest()["groups"] == {"transporte": {"sent": 2}}
        assert weekly_digest()["done"].get("sent", 0) == 0
        request = urllib.request.Request(
            f"{api}/artifacts/filter", data=b"{}", headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            artifacts = json.load(answer)
    assert sorted(m.recipient for m in office.taken) == ["lector@example.org", "lectora@example.org"]
    reports = [a["data"] for a in artifacts if a["key"] == "digest-report"]
    assert any("| transporte | sent | 2 |" in r for r in reports)
    assert "@" not in "".join(reports)
