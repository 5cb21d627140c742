"""No secret is written anywhere: nights and digests that end well or fail, in debug mode, and everything they leave is searched."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from flows.server import prefect_server
from flows.settings import Home, Settings
from tests.dashboards.post_office import PostOffice, post_office
from tests.e2e.helpers import environment, settings_for
from tests.newsroom import Newsroom

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]
ROOT = Path(__file__).parents[2]
PLANTED = {
    name: f"PLANTED-{name}-0123456789abcdef0123456789"
    for name, field in Settings.model_fields.items()
    if field.annotation is SecretStr
}
PLANTED["ping_url"] = f"http://127.0.0.1:9/{PLANTED['ping_url']}"  # nobody listens there
ENVIRONMENT = {"PGPASSWORD": "PGPASSWORDplanted"}
NEEDLES = [value.rpartition("/")[2].encode() for value in (*PLANTED.values(), *ENVIRONMENT.values())]


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as open_office:
        yield open_office


def run(settings: Settings, api: str, *arguments: str, **environ: str) -> bytes:
    """A command in debug mode; all it said."""
    done = subprocess.run(
        [sys.executable, "-m", "flows.main", "--debug", *arguments],
        cwd=ROOT,
        env={
            **environment(settings),
            **ENVIRONMENT,
            "PREFECT_API_URL": api,
            "PREFECT_LOGGING_LEVEL": "DEBUG",
            **environ,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=240,
        check=False,
    )
    return f"[{arguments[0]} ended with {done.returncode}]\n".encode() + done.stdout


def test_nothing_that_is_left_behind_holds_a_secret(
    office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "lista.txt").write_text("lectora@example.org\n")
    (tmp_path / "groups.toml").write_text(
        '[[group]]\nid = "todos"\nname = "Todos"\nsectors = ["transport"]\nrecipients_file = "lista.txt"\n'
    )
    with Newsroom(sites=("correo-norteno",)) as newsroom:
        settings = settings_for(
            newsroom, tmp_path, groups=tmp_path / "groups.toml", smtp_host="127.0.0.1", smtp_port=office.server.port, smtp_tls="none",
            smtp_user="somebody", mail_from="chasqui@example.org", operator_address="guardia@example.org", mail_patience_s=1,
            log_format="json", **PLANTED,
        )  # fmt: skip
        with prefect_server(tmp_path / "prefect", timeout_s=240) as api:
            said = [
                run(settings, api, "nightly"),  # its ping is not heard
                run(
                    settings, api, "nightly", CHASQUI_MODEL=str(tmp_path / "nowhere")
                ),  # it fails, and the mail server wants no login
                run(settings, api, "digest", "--send"),
                run(settings, api, "doctor"),
                run(settings, api, "status", "--format", "json"),
                run(settings, api, "sources", "check", "no-such-source"),
                run(settings, api, "nightly", CHASQUI_SMTP_PORT="no number"),
            ]
    endings = [text.split(b"]")[0].decode() for text in said]
    assert endings[:2] == ["[nightly ended with 0", "[nightly ended with 1"], said[0][-2000:]
    assert b"Traceback" in said[1]
    assert b"the ping was not heard" in said[0]
    assert b"the operator could not be told" in said[1]
    home = Home(settings.home)
    assert home.metrics.with_name("metrics.nightly.prom").is_file()
    left = {str(path): path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    assert any(name.endswith("prefect.db") for name in left), "the Prefect server's own memory is searched too"
    found = [
        (name, needle.decode())
        for name, content in [*left.items(), *((f"output {n}", text) for n, text in enumerate(said))]
        for needle in NEEDLES
        if needle in content
    ]
    assert found == []
