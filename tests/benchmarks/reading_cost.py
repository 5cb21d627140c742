"""What a document costs when one and when two processes read, as the night does it: ``python -m tests.benchmarks.reading_cost FOLDER``.

The folder holds pages as ``bench_extract`` leaves them. They are archived so often that a night of five thousand is read; CPU
seconds are those of all processes, their start and the handing over of pages included; medians of rounds in turn. A module of
its own, since each reading process imports the program that was started.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from flows.progress import PlainReporter
from flows.settings import Settings
from flows.steps.night import Night, new_night
from flows.steps.reading import read_side_by_side, readers
from spiders.archive import ArchiveWriter

PAGES = 5000
ROUNDS = 3


def archive_pages(night: Night, folder: Path) -> list[Any]:
    """Put the pages into the night's archive; the rows by which they are read."""
    told = json.loads((folder / "pages.json").read_text(encoding="utf-8"))
    writer = ArchiveWriter(night.home.archive, "all", night.run_id)
    rows: list[Any] = []
    while len(rows) < PAGES:
        for name, (url, kind, source) in told.items():
            stored = writer.write(url, 200, [("Content-Type", kind)], (folder / name).read_bytes(), datetime.now(UTC))
            where = {"warc_file": stored.file, "warc_offset": stored.offset, "digest": stored.digest}
            known = {"source_id": source, "url": url, "content_type": kind, "way": "listing"}
            rows.append({**where, **known, "title": None, "published_at": None})
    writer.close()
    return rows


def cpu_a_document(night: Night, rows: list[Any], workers: int) -> float:
    """CPU seconds a document when so many processes read."""
    night.settings = night.settings.model_copy(update={"workers": workers})
    before = _cpu_s()
    with readers(night, len(rows)) as pool:
        results = read_side_by_side(night, pool, rows)
    assert all(result.documents for result in results)
    return (_cpu_s() - before) / len(rows)


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def main(folder: Path) -> None:
    """Print the cost of one and of two."""
    with tempfile.TemporaryDirectory() as home:
        values = {"home": home, "sources": folder / "sources.toml", "contact": "benchmark"}
        night = new_night(Settings.model_validate(values), PlainReporter(), "nightly")
        rows = archive_pages(night, folder)
        rounds = [(cpu_a_document(night, rows, 1), cpu_a_document(night, rows, 2)) for _ in range(ROUNDS)]
    one, two = (1e3 * median(costs) for costs in zip(*rounds, strict=True))
    ratio = median(two / one for one, two in rounds)
    print(f"{len(rows)} pages: one reader {one:.2f} CPU ms a document, two {two:.2f}: {ratio:.2f} x")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
