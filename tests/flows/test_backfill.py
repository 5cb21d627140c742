"""Backfill: WARC files of others into the warehouse, each record once, whatever is cut off, killed or read twice."""

from __future__ import annotations

import gzip
import multiprocessing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.progress import PlainReporter
from flows.settings import Settings, load_settings
from flows.steps.backfill.plan import find_files, forget, missing, segments_of
from flows.steps.backfill.run import Work, run_backfill
from flows.steps.backfill.segment import Segment, SegmentRead, read_segment
from flows.steps.night import Night, new_night
from tests.flows.warcs import CRAWLED, REGISTRY, Capture, article, write_warc
from warehouse.store import open_warehouse

HTML = ("Content-Type", "text/html; charset=utf-8")


@dataclass(frozen=True)
class Now:
    segment: Segment

    def result(self) -> SegmentRead:
        return read_segment(self.segment)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    registry = tmp_path / "sources.toml"
    registry.write_text(REGISTRY, encoding="utf-8")
    return load_settings(home=tmp_path / "home", sources=registry)


def backfill(settings: Settings, *paths: Path, again: bool = False, submit: Any = Now) -> dict[str, Any]:
    night = new_night(settings, PlainReporter(), "backfill")
    segments = missing(segments_of(night, find_files(map(str, paths))), again=again)
    forget(segments)
    size = sum(path.stat().st_size for path in paths if path.exists())
    return run_backfill(night, Work(iter(segments), len(segments), size), submit, at_once=2)


def documents(settings: Settings) -> dict[str, tuple[Any, ...]]:
    sql = "SELECT url, title, published_on, published_from, fetched_at, version FROM documents"
    with open_warehouse(settings.home / "warehouse.duckdb") as con:
        return {row[0]: row[1:] for row in con.execute(sql).fetchall()}


def test_every_record_ends_in_one_outcome(settings: Settings, tmp_path: Path) -> None:
    zipped = article(6)
    lying = article(7)
    records = [
        article(1),
        article(2),
        article(2, at=CRAWLED - timedelta(days=3), extra="Antes."),  # an older capture of the same address
        article(3, host="m.dos.example.pe"),
        article(4, host="elsewhere.example.com"),
        article(5, day=None),
        Capture(zipped.url, gzip.compress(zipped.body), headers=(HTML, ("Content-Encoding", "gzip"))),
        Capture(lying.url, lying.body, headers=(HTML, ("Content-Encoding", "gzip"))),  # as CC-NEWS stores them
        Capture("https://uno.example.pe/noticias/no", b"gone", status="404 Not Found"),
        Capture("https://uno.example.pe/about", b"<html><body>Who we are</body></html>"),
        Capture("https://uno.example.pe/robots.txt", b"User-agent: *"),
        Capture("https://uno.example.pe/noticias/1", b"fetchTimeMs: 1", kind="metadata"),
    ]
    write_warc(tmp_path / "cc.warc.gz", records)
    report = backfill(settings, tmp_path / "cc.warc.gz")
    (file,) = report["files"]
    assert file["records"] == len(records) - 2
    assert (
        file["elsewhere"] == 2
    )  # one host that no source has; one that no entry names, though it folds to one that is
    assert sum(file["outcomes"].values()) == file["considered"] == file["records"] - file["elsewhere"]
    assert sum(report["pages"].values()) == file["considered"]
    assert report["pages"] == {"new": 5, "duplicate": 1, "http_error": 1, "not_article": 1}
    kept = documents(settings)
    assert len(kept) == 5
    assert "Antes." not in str(kept)


def test_a_date_comes_from_the_page_never_from_the_crawl(settings: Settings, tmp_path: Path) -> None:
    future = article(9, day=date(2026, 3, 1))
    write_warc(tmp_path / "a.warc.gz", [article(1, day=date(2025, 9, 1)), article(2, day=None), future])
    backfill(settings, tmp_path / "a.warc.gz")
    dated = {url.rpartition("-")[2]: row[1] for url, row in documents(settings).items()}
    assert dated["1"] == date(2025, 9, 2)
    assert dated["2"] is None
    assert dated["9"] is None  # later than the capture: a mistake, not a date


def test_a_cut_off_tail_costs_only_itself(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "cut.warc.gz"
    offsets = write_warc(path, [article(n) for n in range(8)])
    path.write_bytes(path.read_bytes()[: offsets[6] + 300])
    report = backfill(settings, path)
    (file,) = report["files"]
    assert file["is_cut"]
    assert report["pages"] == {"new": 6, "unreadable": 1}


@pytest.mark.soak
def test_damage_within_a_file_keeps_what_stands_before_it(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "torn.warc.gz"
    offsets = write_warc(path, [article(n) for n in range(8)])
    torn = bytearray(path.read_bytes())
    torn[offsets[5] + 100 : offsets[5] + 140] = bytes(40)
    path.write_bytes(torn)
    report = backfill(settings, path)
    assert report["files"][0]["is_cut"]
    assert report["pages"]["new"] == 5


def test_a_file_that_is_no_warc_does_not_stop_the_others(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"this is no archive at all")
    write_warc(tmp_path / "b.warc", [article(1)], gzip=False)
    report = backfill(settings, tmp_path / "*.warc*")
    assert [f["file"] for f in report["failed_files"]] == ["a.warc.gz"]
    assert report["pages"] == {"new": 1}


@pytest.mark.soak
def test_a_file_is_read_once_under_any_name(settings: Settings, tmp_path: Path) -> None:
    write_warc(tmp_path / "a.warc.gz", [article(n) for n in range(3)])
    backfill(settings, tmp_path / "a.warc.gz")
    (tmp_path / "a.warc.gz").rename(tmp_path / "renamed.warc.gz")
    assert backfill(settings, tmp_path / "renamed.warc.gz")["files"] == []
    again = backfill(settings, tmp_path / "renamed.warc.gz", again=True)
    assert again["pages"] == {"unchanged": 3}
    assert len(documents(settings)) == 3


@pytest.mark.soak
def test_a_newer_capture_is_a_new_version_and_an_older_one_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    # a murder, which the model is sure of with one word more or less: a lone event that went would stop the publish
    write_warc(tmp_path / "1.warc.gz", [article(0)])
    write_warc(tmp_path / "2.warc.gz", [article(0, extra="Corregido.", at=CRAWLED + timedelta(days=1))])
    write_warc(tmp_path / "3.warc.gz", [article(0, extra="Primero.", at=CRAWLED - timedelta(days=1))])
    assert backfill(settings, tmp_path / "1.warc.gz")["pages"] == {"new": 1}
    assert backfill(settings, tmp_path / "2.warc.gz")["pages"] == {"changed": 1}
    assert backfill(settings, tmp_path / "3.warc.gz")["pages"] == {"duplicate": 1}
    ((*_, fetched_at, version),) = documents(settings).values()
    assert version == 2
    assert fetched_at == datetime(2025, 10, 21, 8, tzinfo=UTC)


@pytest.mark.soak
@pytest.mark.parametrize("cut_off", ["reading", "keeping", "noting", "loading"])
def test_cut_off_anywhere_the_next_run_finishes(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut_off: str
) -> None:
    for name, numbers in {"a": range(4), "b": range(4, 8), "c": range(2, 6)}.items():
        write_warc(tmp_path / f"{name}.warc.gz", [article(n) for n in numbers])
    place = {
        "reading": "flows.steps.backfill.segment._put",
        "keeping": "flows.steps.backfill.keep._put_batch",
        "noting": "warehouse.ops.Ops.record_captures",
        "loading": "flows.steps.backfill.run.load_waiting",
    }[cut_off]
    with monkeypatch.context() as broken:
        calls = []

        def dies(*_args: object, **_named: object) -> None:
            calls.append(1)
            raise KeyboardInterrupt

        broken.setattr(place, dies)
        with pytest.raises(KeyboardInterrupt):
            backfill(settings, tmp_path / "*.warc.gz")
    assert calls
    report = backfill(settings, tmp_path / "*.warc.gz")
    assert len(documents(settings)) == 8
    if cut_off == "loading":
        assert report["files"] == []  # nothing had to be read again
    else:
        assert report["pages"] == {"new": 8, "unchanged": 4}
    left = [p.name for p in (settings.home / "backfill").rglob("*") if p.is_file() and p.suffix != ".json"]
    assert left == ["kept"] * 3
    with open_warehouse(settings.home / "warehouse.duckdb") as con:
        row = con.execute("SELECT count(*), count(DISTINCT document_id) FROM documents").fetchone()
    assert row == (8, 8)


def test_a_process_that_has_read_ends_with_its_reader(settings: Settings, tmp_path: Path) -> None:
    write_warc(tmp_path / "a.warc.gz", [article(1)])
    night = new_night(settings, PlainReporter(), "backfill")
    (segment,) = segments_of(night, find_files([str(tmp_path / "a.warc.gz")]))
    worker = multiprocessing.get_context("spawn").Process(target=read_segment, args=[segment])
    worker.start()
    worker.join(60)
    assert worker.exitcode == 0


def test_kept_pages_are_archived_and_nothing_else_is(settings: Settings, tmp_path: Path) -> None:
    write_warc(tmp_path / "a.warc.gz", [article(1), article(2, host="elsewhere.example.com")])
    backfill(settings, tmp_path / "a.warc.gz")
    night: Night = new_night(settings, PlainReporter(), "nightly")
    with night.ops() as ops:
        (page,) = ops.rows("known_page", "https://uno.example.pe/noticias/caso-1")
    assert page["document_ids"]
    files = [p for p in (settings.home / "archive").rglob("*") if p.is_file()]
    assert [p.parent.name for p in files] == ["uno"]
    assert b"elsewhere" not in gzip.decompress(files[0].read_bytes())
