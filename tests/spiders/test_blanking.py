"""A blanked record is gone; its neighbours stay where they are."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from spiders.archive import ArchiveError, ArchiveWriter, iter_records, read_record
from spiders.blanking import NotARecordError, blank_record

AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_record_goes_and_the_others_stay(tmp_path: Path, gone: int) -> None:
    writer = ArchiveWriter(tmp_path, "uno", "r")
    bodies = [f"<p>Página de prueba número {n}: Zenobia Quilcahuamán.</p>".encode() for n in range(3)]
    stored = [writer.write(f"https://x.pe/{n}", 200, [], body, AT) for n, body in enumerate(bodies)]
    writer.close()
    path = tmp_path / stored[0].file
    size = path.stat().st_size
    blank_record(path, stored[gone].offset)
    assert path.stat().st_size == size
    assert [r.body for r in iter_records(path)] == [b for n, b in enumerate(bodies) if n != gone]
    assert bodies[gone] not in gzip.decompress(path.read_bytes())
    for n, each in enumerate(stored):
        if n == gone:
            with pytest.raises(ArchiveError):
                read_record(tmp_path, each.file, each.offset, each.digest)
        else:
            assert read_record(tmp_path, each.file, each.offset, each.digest).body == bodies[n]


def test_no_record_begins_there(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(b"WARC/1.1")[:-4])
    with pytest.raises(NotARecordError):
        blank_record(path, 0)
