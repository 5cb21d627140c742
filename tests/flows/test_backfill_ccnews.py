"""CC-NEWS from its server: planned from the listing, read as it comes, each file once, whatever is missing or cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import flows.steps.backfill.run as running
from flows.commands.backfill import Asked, plan_line
from flows.commands.backfill import backfill as backfill_as_asked
from flows.failures import UsageError
from flows.progress import PlainReporter
from flows.settings import Settings, load_settings
from flows.steps.backfill.ccnews import list_files, months_of
from flows.steps.backfill.plan import missing, segments_of, weigh
from flows.steps.backfill.run import Work, run_backfill
from flows.steps.disk import DiskLowError
from flows.steps.night import new_night
from spiders.transfer import NotThereError, RemoteFile, TransferError
from tests.flows.ccnews_server import Shelf, serve_ccnews
from tests.flows.test_backfill import Now, documents
from tests.flows.warcs import REGISTRY, Capture, article, write_warc

OCTOBER = [date(2025, 10, 1)]


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with serve_ccnews() as served:
        yield served


@pytest.fixture
def settings(shelf: Shelf, tmp_path: Path) -> Settings:
    registry = tmp_path / "sources.toml"
    registry.write_text(REGISTRY, encoding="utf-8")
    return load_settings(
        home=tmp_path / "home", sources=registry, cc_news_url=shelf.base, contact="tests", request_timeout_s=5
    )


def warc(folder: Path, captures: list[Capture]) -> bytes:
    path = folder / "made.warc.gz"
    write_warc(path, captures)
    return path.read_bytes()


def name(number: int) -> str:
    return f"CC-NEWS-20251001000000-{number:05d}.warc.gz"


def backfill(settings: Settings, submit: Any = Now) -> dict[str, Any]:
    night = new_night(settings, PlainReporter(), "backfill")
    files = [(key, replace(file, pause_s=0.0)) for key, file in list_files(settings, OCTOBER)]
    segments = missing(segments_of(night, files), again=False)
    return run_backfill(night, Work(iter(segments), len(segments)), submit, at_once=2)


def test_a_month_is_read_from_its_listing_and_no_file_twice(shelf: Shelf, settings: Settings, tmp_path: Path) -> None:
    shelf.files[name(1)] = warc(tmp_path, [article(n) for n in range(3)])
    shelf.files[name(2)] = warc(tmp_path, [article(n, host="elsewhere.example.com") for n in range(3)])
    offsets = write_warc(tmp_path / "cut.warc.gz", [article(n) for n in range(10, 14)])
    shelf.files[name(3)] = (tmp_path / "cut.warc.gz").read_bytes()[: offsets[3] + 300]  # the file ends within a record
    shelf.lacking.append(name(4))
    first = backfill(settings)
    assert first["pages"]["new"] == 3 + 3
    read = {file["name"]: file for file in first["files"]}
    assert (read[name(2)]["considered"], read[name(2)]["elsewhere"]) == (0, 3)
    assert [n for n, file in read.items() if file["is_cut"]] == [name(3)]
    assert [(f["file"], f["reason"].rpartition(": ")[2]) for f in first["failed_files"]] == [(name(4), "HTTP 404")]
    shelf.asked.clear()
    shelf.lacking.clear()
    shelf.files[name(4)] = warc(tmp_path, [article(20)])  # it is there now
    second = backfill(settings)
    assert second["pages"] == {"new": 1}
    assert [(m, n) for m, n, _ in shelf.asked] == [("GET", "warc.paths.gz"), ("GET", name(4))]
    assert len(documents(settings)) == 7
    left = {p.name for p in (settings.home / "backfill").rglob("*") if p.is_file()}
    assert left == {"kept", "summary.json"}  # nothing of what came was put on the disk but what was kept


@pytest.mark.parametrize("has_ranges", [True, False])
def test_a_transfer_that_is_cut_goes_on_where_it_was(
    shelf: Shelf, settings: Settings, tmp_path: Path, *, has_ranges: bool
) -> None:
    shelf.has_ranges = has_ranges
    shelf.files[name(1)] = whole = warc(tmp_path, [article(n) for n in range(300)])
    shelf.cuts[name(1)] = [100_000, 0, 150_000 if not has_ranges else 50_000]
    shelf.busy[name(1)] = 1
    ((_, file),) = list_files(settings, OCTOBER)
    with replace(file, pause_s=0.0).open() as stream:
        assert stream.read() == whole
        assert stream.tell() == len(whole)
    ranges = [asked for method, asked_name, asked in shelf.asked if (method, asked_name) == ("GET", name(1))]
    assert ranges[:2] == [None, None]  # refused, then begun
    assert all(asked and asked.startswith("bytes=") and asked != "bytes=0-" for asked in ranges[2:])
    assert len(ranges) == 5


def test_a_server_that_gives_no_byte_more_is_given_up(shelf: Shelf, settings: Settings, tmp_path: Path) -> None:
    shelf.files = {name(n): warc(tmp_path, [article(n)]) for n in (1, 2)}
    shelf.cuts[name(1)] = [700] + [0] * 20
    report = backfill(settings)
    assert report["pages"] == {"new": 1}
    assert "700 bytes came, given up" in report["failed_files"][0]["reason"]
    shelf.cuts.clear()
    assert backfill(settings)["pages"] == {"new": 1}


def test_a_file_that_changed_on_the_way_is_no_file(shelf: Shelf, settings: Settings) -> None:
    shelf.files[name(1)] = b"a" * 200_000
    shelf.cuts[name(1)] = [100_000]
    ((_, file),) = list_files(settings, OCTOBER)
    with replace(file, pause_s=0.0).open() as stream:
        assert stream.read(10) == b"a" * 10
        shelf.files[name(1)] = b"b" * 200_001
        with pytest.raises(TransferError, match="changed"):
            stream.read()


def test_what_is_to_be_read_is_said_before(shelf: Shelf, settings: Settings, tmp_path: Path) -> None:
    shelf.files = {name(n): warc(tmp_path, [article(n)]) for n in (1, 2)}
    night = new_night(settings, PlainReporter(), "backfill")
    segments = segments_of(night, list_files(settings, OCTOBER))
    sizes = weigh(segments)
    assert sizes == [len(shelf.files[name(n)]) for n in (1, 2)]
    assert plan_line(night, 3, sizes).startswith(
        "3 files, 1 read before; 0.0 MB to read; pages of 2 hosts of 2 sources"
    )
    shelf.has_head = False
    assert weigh(segments) == [None, None]
    assert "2 files of unknown size" in plan_line(night, 2, [None, None])


def test_a_dry_run_reads_no_file(
    shelf: Shelf,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shelf.files[name(1)] = warc(tmp_path, [article(1)])
    monkeypatch.setattr("flows.commands.backfill.load_settings", lambda: settings)
    assert backfill_as_asked(Asked(cc_news=("2025-10",), dry_run=True)) == 0
    assert f"to read: {name(1)}" in capsys.readouterr().out
    assert shelf.asked_for("HEAD", name(1)) == 1
    assert shelf.asked_for("GET", name(1)) == 0
    assert not (settings.home / "ops.sqlite").exists()


def test_a_month_without_a_listing_and_a_listing_that_is_none(shelf: Shelf, settings: Settings) -> None:
    with pytest.raises(NotThereError, match="no listing of CC-NEWS for 2025-10"):
        list_files(settings, OCTOBER)
    shelf.files["../../../../etc/passwd"] = b""
    with pytest.raises(TransferError, match="a path of a WARC file"):
        list_files(settings, OCTOBER)
    with pytest.raises(UsageError):
        months_of(["2025-13"])
    assert months_of(["2025-11", "2025-10", "2025-11"]) == [date(2025, 10, 1), date(2025, 11, 1)]


def test_a_file_elsewhere_is_asked_for_over_http_only(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    with (
        pytest.raises(TransferError, match="not an http"),
        RemoteFile(f"file://{tmp_path}/secret", "t").open() as stream,
    ):
        stream.read()


def test_before_the_disk_is_full_no_file_more_is_asked_for(
    shelf: Shelf, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.files = {name(n): warc(tmp_path, [article(n)]) for n in range(4)}
    looks = iter([None, None, DiskLowError("1.0 GB left")])

    def look(_night: object) -> None:
        if (answer := next(looks)) is not None:
            raise answer

    monkeypatch.setattr(running, "require_room", look)
    with pytest.raises(DiskLowError):
        backfill(settings)
    assert sum(shelf.asked_for("GET", name(n)) for n in range(4)) == 2
    assert len(documents(settings)) == 2  # what had come is kept
    monkeypatch.undo()
    assert backfill(settings)["pages"] == {"new": 2}
