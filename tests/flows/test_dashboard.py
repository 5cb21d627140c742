"""``chasqui dashboard`` refuses settings that would show the data to everybody, or let nobody in."""

from __future__ import annotations

import io
import sys

import pytest

from dashboards.app.signin import hash_secret, is_hash, signs_in
from flows.commands.dashboard import check, print_secret
from flows.failures import UsageError
from flows.settings import Settings, SettingsError


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"dashboard_host": "0.0.0.0"}, "dashboard_token"),
        ({"dashboard_host": "::"}, "dashboard_token"),
        ({"dashboard_host": "example.org"}, "dashboard_token"),
        ({"dashboard_token": "short"}, "dashboard_token"),
        ({"reviewers": {"ana": "in the clear"}}, "ana"),
    ],
)
def test_open_doors_and_secrets_in_the_clear_are_refused(settings: dict[str, object], name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        check(Settings(**settings))  # type: ignore[arg-type] - pydantic judges the values


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"dashboard_host": "::1"},
        {"dashboard_host": "0.0.0.0", "dashboard_token": "t" * 16},
        {"reviewers": {"ana": hash_secret("una clave larga")}},
    ],
)
def test_this_machine_alone_or_a_token_will_do(settings: dict[str, object]) -> None:
    check(Settings(**settings))  # type: ignore[arg-type] - pydantic judges the values


def test_a_secret_is_hashed_and_opens(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("una clave larga\n"))
    print_secret()
    hashed = capsys.readouterr().out.strip()
    assert is_hash(hashed)
    assert "una clave" not in hashed
    assert signs_in({"ana": hashed}, "ana", "una clave larga")


def test_a_short_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("corta\n"))
    with pytest.raises(UsageError):
        print_secret()
