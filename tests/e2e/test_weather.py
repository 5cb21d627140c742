"""What a small server meets: feeds that turn over, a full disk, a file nobody may write, a clock set back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from flows.progress import PlainReporter
from flows.settings import Home
from flows.steps.night import new_night
from flows.steps.order import run_night, run_poll
from tests.e2e.helpers import environment, settings_for
from tests.newsroom import Newsroom
from tests.newsroom.data import load_press
from warehouse.ops import Ops
from warehouse.query import ask, open_published
from warehouse.records import LIMA

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
OTHER_WAY = re.compile(r'\{ kind = "(?:listing|sitemap)"[^}]*\},?\s*')
BUSY_DAY = date(2026, 11, 14)
ARTICLES = 120
WORDS = "vecinos mercado comisaría avenida dirigente chofer mañana denuncia agentes cámara motocicleta paradero reunión alcaldesa".split()


def busy_press():
    """Radio Sonda on a day with 120 items, twelve minutes apart."""
    press = load_press().only(["radio-sonda"])
    model = next(p for p in press.pages if p.site == "radio-sonda")
    start = datetime(2026, 11, 14, 0, 5, tzinfo=LIMA)
    more = [
        model.model_copy(
            update={
                "slug": f"nota-del-dia-{n}",
                "number": 800_000 + n,
                "title": f"Nota {n}: {WORDS[n % 14]} y {WORDS[(n * 5 + 3) % 14]}",
                "text": " ".join(WORDS[(n * k + k) % 14] for k in range(1, 40)) + f" número {n}.",
                "published": start + timedelta(minutes=12 * n),
                "updated": None,
                "tells": (),
                "recalls": (),
                "sectors": (),
                "events": (),
            }
        )
        for n in range(ARTICLES)
    ]
    return replace(press, pages=()).with_pages(more)


def feed_only(newsroom: Newsroom, folder: Path):
    """Settings whose registry knows the feed and no other way in."""
    settings = settings_for(newsroom, folder, today=BUSY_DAY)
    text = settings.sources.read_text(encoding="utf-8")  # type: ignore[union-attr]  # settings_for names a file
    settings.sources.write_text(OTHER_WAY.sub("", text), encoding="utf-8")  # type: ignore[union-attr]  # settings_for names a file
    return settings


def test_polling_loses_none_of_120_items_from_a_window_of_15(tmp_path: Path) -> None:
    with Newsroom(press=busy_press()) as newsroom:
        settings = feed_only(newsroom, tmp_path)
        for hour in range(2, 25, 2):  # ten new items in two hours: the window of fifteen always overlaps
            newsroom.set_today(datetime(2026, 11, 14, 0, 5, tzinfo=LIMA) + timedelta(hours=hour))
            report = run_poll(new_night(settings, PlainReporter(), "poll"))
            assert report["gaps"] == []
        with Ops(Home(settings.home).ops) as ops:
            assert ops.rows("frontier_counts")[0][1] == ARTICLES


def test_without_polling_the_gap_is_reported(tmp_path: Path) -> None:
    with Newsroom(press=busy_press()) as newsroom:
        settings = feed_only(newsroom, tmp_path)
        newsroom.set_today(datetime(2026, 11, 14, 4, 0, tzinfo=LIMA))
        run_poll(new_night(settings, PlainReporter(), "poll"))
        newsroom.set_today(datetime(2026, 11, 14, 23, 59, tzinfo=LIMA))
        report = run_poll(new_night(settings, PlainReporter(), "poll"))
        assert [g["source_id"] for g in report["gaps"]] == ["radio-sonda"]


@pytest.fixture
def small_disk(tmp_path: Path):
    """A file system of four megabytes."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip(f"no small disk to be had: {done.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_one_clear_line_and_the_next_night_mends_it(small_disk: Path, tmp_path: Path) -> None:
    with Newsroom(sites=["correo-norteno"]) as newsroom:
        settings = settings_for(newsroom, tmp_path, home=small_disk / "home", keep_free_gb=0)
        (small_disk / "ballast").write_bytes(b"x" * 3_300_000)
        code = "from flows.progress import PlainReporter; from flows.settings import load_settings; from flows.steps.night import new_night; from flows.steps.order import run_night; run_night(new_night(load_settings(), PlainReporter(), 'nightly'))"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment(settings),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert (
            "No space left" in done.stderr
            or "disk is full" in done.stderr.lower()
            or "could not write" in done.stderr.lower()
        )
        (small_disk / "ballast").unlink()
        subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
        report = run_night(new_night(settings, PlainReporter(), "nightly"))
        assert report["kept"]["documents"] >= 20


def test_a_published_file_nobody_may_write_is_replaced_all_the_same(tmp_path: Path) -> None:
    with Newsroom(sites=["observatorio-cupos"]) as newsroom:
        settings = settings_for(newsroom, tmp_path)
        for _ in range(2):
            run_night(new_night(settings, PlainReporter(), "nightly"))
        published = Home(settings.home).published
        assert published.stat().st_mode & 0o222 == 0
        with open_published(published) as reader:
            assert ask(reader, "SELECT count(*) FROM runs").rows == [(2,)]


def test_a_clock_set_back_a_day_loses_nothing(tmp_path: Path) -> None:
    with Newsroom(sites=["radio-sonda"]) as newsroom:
        settings = settings_for(newsroom, tmp_path)
        first = run_night(new_night(settings, PlainReporter(), "nightly"))
        back = new_night(settings, PlainReporter(), "nightly")
        back.run_id = "20200101T000000-nightly-1"
        back.started_at -= timedelta(days=1)
        second = run_night(back)
        assert second["kept"] == first["kept"]
        assert "error" not in second


def test_two_runs_that_begin_in_the_same_second_are_two_runs(tmp_path: Path) -> None:
    with Newsroom(sites=["radio-sonda"]) as newsroom:
        settings = settings_for(newsroom, tmp_path)
        ids = {new_night(settings, PlainReporter(), "poll").run_id for _ in range(20)}
    assert len(ids) == 20
