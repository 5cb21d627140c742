"""The operator is told of what needs a hand: once a day a cause, in fixed words, never at the run's cost."""

from __future__ import annotations

import errno
import sqlite3
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from flows.failures import cause_of, remedy_for
from flows.progress import PlainReporter
from flows.settings import Settings, load_settings
from flows.steps.disk import DiskLowError
from flows.steps.keeping import BlockedError
from flows.steps.night import Night, new_night
from flows.steps.order import begin, run_night, run_poll
from spiders.registry import RegistryError
from tests.dashboards.post_office import PostOffice, free_port, post_office
from warehouse.ingest import Ingested
from warehouse.ops import Ops

REGISTRY = (
    '[[source]]\nid = "uno"\nname = "Uno"\nkind = "ngo"\nways = [{ kind = "feed", url = "https://uno.pe/rss" }]\n'
)
NUMBERS = count()
Wrap = Callable[[str, Callable[..., Any]], Callable[..., Any]]


class Heard(PlainReporter):
    """Keeps what a run says."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def line(self, text: str) -> None:
        self.lines.append(text)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as open_office:
        yield open_office


def settings_of(tmp_path: Path, port: int, **more: Any) -> Settings:
    (tmp_path / "sources.toml").write_text(REGISTRY)
    mail = {
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_tls": "none",
        "mail_from": "chasqui@example.org",
        "mail_secret": "0123456789abcdef0123456789abcdef",
        "operator_address": "guardia@example.org",
    }
    return load_settings(home=tmp_path / "home", sources=tmp_path / "sources.toml", **{**mail, **more})


def failing_with(error: BaseException) -> Wrap:
    """Every run ends where lists are asked."""

    def fail(*_: object) -> Ingested:
        raise error

    return lambda name, function: fail if name == "poll" else function


def run(settings: Settings, error: BaseException, kind: str = "nightly") -> Night:
    night = new_night(settings, Heard(), kind)
    night.run_id += str(next(NUMBERS))  # two of one second
    with pytest.raises(type(error)):
        (run_night if kind == "nightly" else run_poll)(night, failing_with(error))
    return night


def texts(office: PostOffice) -> list[str]:
    return [letter.message.get_body(("plain",)).get_content() for letter in office.taken]  # type: ignore[union-attr] - a message of ours has that part, or the test fails


def test_a_failed_night_is_told_once_a_day_with_what_since_when_and_what_to_do(
    office: PostOffice, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path, office.server.port)
    with Ops(new_night(settings, Heard(), "nightly").home.ops) as ops:
        ops.start_run("20261101T070000-nightly-1", "nightly")
        ops.end_run("20261101T070000-nightly-1", "done", {})
        ended = ops.last_good_night()
    assert ended is not None
    blocked = BlockedError("not published: unknown_labels (1 rows)", ("unknown_labels",))
    first = run(settings, blocked)
    run(settings, blocked)
    run(settings, DiskLowError("1.0 GB left"))
    assert [letter.recipient for letter in office.taken] == ["guardia@example.org"] * 2
    told, full = texts(office)
    assert "a blocking rule is broken (unknown_labels)" in told
    assert f"{ended.year}-{ended.month:02d}" in told
    assert "chasqui forget" in told
    assert f"chasqui status {first.run_id}" in told
    assert "make room" in full
    assert "the operator was told" in first.reporter.lines  # type: ignore[union-attr] - it keeps its lines, or the test fails


def test_a_poll_that_fails_once_or_twice_wakes_nobody(office: PostOffice, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, office.server.port)
    for _ in range(2):
        run(settings, ConnectionError("away"), "poll")
    assert office.taken == []
    run(settings, ConnectionError("away"), "poll")
    run(settings, ConnectionError("away"), "poll")
    assert len(office.taken) == 1
    assert "poll" in office.taken[0].message["Subject"]


def test_neither_secrets_nor_names_leave_in_the_mail(office: PostOffice, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, office.server.port)
    run(settings, ValueError("password=tRuEno99 in the page on Rosalinda Quispe Mamani, phone 987654321"))
    (letter,) = office.taken
    for planted in (b"tRuEno99", b"Quispe", b"987654321", b"0123456789abcdef"):
        assert planted not in letter.raw
    assert "it failed (ValueError)" in texts(office)[0]


def test_a_night_that_was_killed_is_told_by_the_next_start(office: PostOffice, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, office.server.port)
    with Ops(new_night(settings, Heard(), "nightly").home.ops) as ops:
        ops.start_run("20261114T070000-nightly-1", "nightly")
    run(settings, ConnectionError("and then the network went"))
    killed, failed = texts(office)
    assert "ended without a word" in killed
    assert "a server cannot be reached" in failed


def test_a_mail_server_that_is_down_changes_nothing_and_the_next_run_tells(tmp_path: Path) -> None:
    began = time.monotonic()
    night = run(settings_of(tmp_path, free_port()), DiskLowError("1.0 GB left"))
    assert time.monotonic() - began < 10
    assert "the operator could not be told: no answer" in night.reporter.lines  # type: ignore[union-attr] - it keeps its lines, or the test fails
    with Ops(night.home.ops) as ops:
        assert [r["state"] for r in ops.rows("last_runs")] == ["failed"]
    with post_office() as office:
        run(settings_of(tmp_path, office.server.port), DiskLowError("1.0 GB left"))
        assert len(office.taken) == 1


@pytest.mark.parametrize("unset", ["smtp_host", "operator_address"])
def test_nobody_is_told_where_mail_is_not_set_up(unset: str, office: PostOffice, tmp_path: Path) -> None:
    night = run(settings_of(tmp_path, office.server.port, **{unset: ""}), ValueError("x"))
    assert office.tried == []
    assert not [line for line in night.reporter.lines if "told" in line]  # type: ignore[union-attr] - it keeps its lines, or the test fails


def test_whoever_stops_a_night_is_not_told_of_it(office: PostOffice, tmp_path: Path) -> None:
    run(settings_of(tmp_path, office.server.port), KeyboardInterrupt())
    assert office.taken == []


def test_a_run_that_cannot_begin_is_noted_and_told(office: PostOffice, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, office.server.port)
    (tmp_path / "sources.toml").write_text("[[source]]\nid = 3\n")
    with pytest.raises(RegistryError):
        begin(settings, Heard(), "nightly")
    assert "`chasqui sources list`" in texts(office)[0]
    with Ops(settings.home / "ops.sqlite") as ops:
        assert [(r["kind"], r["state"]) for r in ops.rows("last_runs")] == [("nightly", "failed")]


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (sqlite3.OperationalError("database or disk is full"), "the disk is full"),
        (sqlite3.OperationalError("database is locked"), "it failed (OperationalError)"),
        (sqlite3.DatabaseError("file is not a database"), "a database file is damaged"),
        (PermissionError("not yours"), "a file or folder cannot be used"),
        (ConnectionRefusedError("nobody there"), "a server cannot be reached"),
    ],
)
def test_causes_are_told_apart(error: Exception, what: str) -> None:
    assert remedy_for(cause_of(error)).what == what
