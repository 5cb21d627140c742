from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from spiders.archive import ArchiveError, ArchiveWriter, iter_records, read_record

NOW = datetime(2026, 11, 1, 7, tzinfo=UTC)


def write_two(folder: Path) -> tuple:
    writer = ArchiveWriter(folder, "uno", "r1")
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
    stored = tuple(writer.write(f"https://uno.pe/{n}", 200, headers, f"<p>cupo {n}</p>".encode(), NOW) for n in (1, 2))
    writer.close()
    return stored


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    first, second = write_two(tmp_path)
    for stored, number in ((second, 2), (first, 1)):
        archived = read_record(tmp_path, stored.file, stored.offset, stored.digest)
        assert archived.body == f"<p>cupo {number}</p>".encode()
        assert archived.url == f"https://uno.pe/{number}"
        assert archived.fetched_at == NOW
    assert (tmp_path / first.file).stat().st_mode & 0o077 == 0


def test_other_tools_read_it(tmp_path: Path) -> None:
    stored = write_two(tmp_path)[0]
    with (tmp_path / stored.file).open("rb") as stream:
        records = [
            (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"))
            for r in ArchiveIterator(stream, check_digests=True)
        ]
    assert records == [("warcinfo", None), ("response", "https://uno.pe/1"), ("response", "https://uno.pe/2")]


def test_a_half_written_tail_is_named_and_costs_only_itself(tmp_path: Path) -> None:
    first, second = write_two(tmp_path)
    path = tmp_path / first.file
    path.write_bytes(path.read_bytes()[:-30])
    assert read_record(tmp_path, first.file, first.offset, first.digest).body
    assert [r.url for r in iter_records(path)] == ["https://uno.pe/1"]
    with pytest.raises(ArchiveError):
        read_record(tmp_path, second.file, second.offset, second.digest)


def test_wherever_a_file_is_cut_off_a_record_is_whole_or_refused(tmp_path: Path) -> None:
    _, last = write_two(tmp_path)
    path = tmp_path / last.file
    whole = path.read_bytes()
    for end in range(last.offset, len(whole) - 12):  # the last bytes are the gzip member's own sum
        path.write_bytes(whole[:end])
        with pytest.raises(ArchiveError):
            read_record(tmp_path, last.file, last.offset, last.digest)


def test_a_changed_body_is_noticed(tmp_path: Path) -> None:
    stored = write_two(tmp_path)[0]
    with pytest.raises(ArchiveError, match="does not match"):
        read_record(tmp_path, stored.file, stored.offset, "sha1:" + "A" * 32)


def test_segments_rotate_and_a_resumed_run_starts_a_new_one(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "uno", "r1", segment_bytes=100)
    files = [writer.write(f"https://uno.pe/{n}", 200, [], b"x" * 200, NOW).file for n in range(3)]
    writer.close()
    assert len(set(files)) >= 2
    resumed = ArchiveWriter(tmp_path, "uno", "r1")
    assert resumed.write("https://uno.pe/9", 200, [], b"y", NOW).file not in files
    resumed.close()


def test_a_run_without_a_page_leaves_no_file(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "uno", "r1")
    writer.sync()
    writer.close()
    assert not list(tmp_path.iterdir())
