"""news-please over the same WARC files, reading only: run in an environment of its own, prints one JSON line."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from newsplease import NewsPlease  # pyright: ignore[reportMissingImports] - a rival, in its own environment
from warcio.archiveiterator import ArchiveIterator


def main(folder: Path) -> None:
    """Read every answer of every file."""
    began, documents, characters = time.monotonic(), 0, 0
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "response":
                    article = NewsPlease.from_warc(record, decode_errors="replace", fetch_images=False)
                    documents += bool(article and article.maintext)
                    characters += len(article.maintext or "") if article else 0
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    said = {
        "documents": documents,
        "wall_seconds": round(time.monotonic() - began, 1),
        "cpu_seconds": round(cpu, 1),
        "cpu_milliseconds_per_document": round(1000 * cpu / max(documents, 1), 1),
        "characters_per_document": round(characters / max(documents, 1)),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
