"""What a run leaves behind for a monitor, and that telling never fails a night."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.serve import deployments
from flows.settings import Home, Settings, load_settings
from flows.steps.night import Night
from flows.steps.tell import exposition, ping, tell
from spiders.registry import Registry

ROOT = Path(__file__).parents[2]


class Reporter:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def line(self, text: str) -> None:
        self.lines.append(text)


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200 if self.path == "/good" else 500)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


def night(tmp_path: Path, **settings: Any) -> Night:
    home = Home(tmp_path).make()
    report = {
        "outcomes": {"new": 3},
        "pages_waiting": 1,
        "kept": {"documents": 9, "events": 2},
        "sources": [{"health": "quiet"}],
    }
    made = Settings(home=tmp_path, **settings)
    return Night("20261115T020000-nightly-1", made, home, Registry(()), Reporter(), report=report)  # type: ignore[arg-type]


def test_a_good_night_is_heard_and_a_failed_one_is_not(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    url, paths = asked
    tell(night(tmp_path, ping_url=f"{url}/good"), "failed")
    assert paths == []
    tell(night(tmp_path, ping_url=f"{url}/good"), "done")
    assert paths == ["/good"]


def test_what_cannot_be_told_is_logged_without_its_address(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    made = night(tmp_path, ping_url=f"{asked[0]}/secret-token", metrics_file=tmp_path / "no" / "such" / "m.prom")
    tell(made, "done")
    said = " ".join(made.reporter.lines)  # type: ignore[union-attr] - it keeps its lines, or the test fails
    assert "metrics not written" in said
    assert "ping was not heard" in said
    assert "secret-token" not in said


def test_a_ping_goes_to_web_addresses_only() -> None:
    with pytest.raises(ValueError, match="https"):
        ping("file:///etc/passwd")


def test_metrics_are_in_prometheus_text_format(tmp_path: Path) -> None:
    tell(night(tmp_path), "done")
    text = (tmp_path / "metrics.nightly.prom").read_text()
    assert 'chasqui_run_good{kind="nightly"} 1\n' in text
    assert 'chasqui_addresses{outcome="new"} 3\n' in text
    assert 'chasqui_sources{health="quiet"} 1\n' in text
    assert text.count("# TYPE chasqui_run_good gauge") == 1
    assert exposition(iter([("chasqui_addresses", {"outcome": 'a"b\nc'}, 1)])).splitlines()[-1] == (
        'chasqui_addresses{outcome="a\\"b\\nc"} 1'
    )


def test_the_deployment_file_has_the_schedules_that_serve_has(tmp_path: Path) -> None:
    (tmp_path / "groups.toml").write_text('[[group]]\nid = "transporte"\nname = "Transportistas"\n')
    served = {d.name: d for d in deployments(load_settings(groups=tmp_path / "groups.toml", train_python=tmp_path))}
    declared = {d["name"]: d for d in yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]}
    assert declared.keys() == served.keys()
    for name, deployment in served.items():
        assert declared[name]["entrypoint"].replace(":", ".") == deployment.entrypoint
        crons = [(s.schedule.cron, s.schedule.timezone) for s in deployment.schedules]
        assert [(s["cron"], s["timezone"]) for s in declared[name]["schedules"]] == crons
    assert declared["weekly_digest"]["schedules"] == [{"cron": "0 7 * * 1", "timezone": "America/Lima"}]
