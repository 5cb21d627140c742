"""news-please over the same WARC files, reading only: run in an environment of its own, prints one JSON line.

    RIVAL/bin/python tests/benchmarks/newsplease_reader.py FOLDER TEXTS

The texts go to the file TEXTS, by address.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from newsplease import NewsPlease  # pyright: ignore[reportMissingImports] - a rival, in its own environment
from warcio.archiveiterator import ArchiveIterator


def main(folder: Path, texts: Path) -> None:
    """Read every answer of every file."""
    found: dict[str, str] = {}
    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.monotonic()
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "response":
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    article = NewsPlease.from_warc(record, decode_errors="replace", fetch_images=False)
                    found[url] = (article.maintext or "") if article else ""
    took = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    texts.write_text(json.dumps(found), encoding="utf-8")
    print(json.dumps({"pages": len(found), "wall_seconds": took, "cpu_seconds": cpu}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
