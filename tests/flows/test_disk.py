"""Room on the disk: the forecast, the stop before it is full, and what a retention lets go."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.progress import PlainReporter
from flows.settings import Home, load_settings
from flows.steps.disk import DiskLowError, let_go, measure, require_room
from flows.steps.night import new_night

REGISTRY = """[[source]]
id = "uno"
name = "Uno"
kind = "ngo"
ways = [{ kind = "feed", url = "https://uno.pe/rss" }]
retention_days = 30
[[source]]
id = "dos"
name = "Dos"
kind = "ngo"
ways = [{ kind = "feed", url = "https://dos.pe/rss" }]
"""


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(REGISTRY, encoding="utf-8")
    return path


def segment(home: Home, name: str, days_old: int, size: int = 1000) -> Path:
    path = home.archive / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    at = (datetime.now(UTC) - timedelta(days=days_old)).timestamp()
    os.utime(path, (at, at))
    return path


def test_only_files_beyond_their_sources_retention_go_and_none_that_waits(registry: Path) -> None:
    night = new_night(load_settings(sources=registry), PlainReporter(), "nightly")
    old, waiting, young = (
        segment(night.home, f"uno/{n}.warc.gz", days) for n, days in (("a", 40), ("b", 40), ("c", 5))
    )
    other = segment(night.home, "dos/a.warc.gz", 400)
    with night.ops() as ops, ops.transaction() as db:
        for name, state in (("uno/a.warc.gz", "done"), ("uno/b.warc.gz", "fetched")):
            db.execute(
                "INSERT INTO frontier (canonical_url, source_id, url, way, discovered_at, state, warc_file) VALUES (?, 'uno', '', 'feed', '', ?, ?)",
                (name, state, name),
            )
    assert let_go(night) == {"files": 1, "bytes": 1000}
    assert [p.exists() for p in (old, waiting, young, other)] == [False, True, True, True]
    with night.ops() as ops:
        pointers = dict(ops._db.execute("SELECT canonical_url, warc_file FROM frontier").fetchall())
    assert pointers == {"uno/a.warc.gz": None, "uno/b.warc.gz": "uno/b.warc.gz"}


def test_the_forecast_counts_what_the_last_days_brought() -> None:
    settings = load_settings(keep_free_gb=0)
    home = Home(settings.home).make()
    now = datetime.now(UTC)
    assert measure(home, settings, now).days_left is None
    for name, days, size in (("a", 100, 5_000_000), ("b", 4, 3_000_000), ("c", 0, 1_000_000)):
        segment(home, f"uno/{name}.warc.gz", days, size)
    room = measure(home, settings, now)
    assert (room.archive, room.grown, room.grown_days) == (9_000_000, 4_000_000, 4)
    assert room.days_left == room.free // 1_000_000


def test_nothing_is_fetched_when_less_is_left_than_is_to_be_kept() -> None:
    require_room(new_night(load_settings(keep_free_gb=0), PlainReporter(), "nightly"))
    with pytest.raises(DiskLowError, match="keep_free_gb is 1e\\+06"):
        require_room(new_night(load_settings(keep_free_gb=1_000_000), PlainReporter(), "nightly"))
