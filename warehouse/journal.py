"""The journal: what pages cannot give back, as JSON lines that are only ever appended to.

Belongs here: appending a line so that it outlives a power cut, and reading lines back. Not here: what lines mean
(whoever writes them says so). A torn last line, left by a crash, is skipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from warehouse.durable import sync


def append(path: Path, record: dict[str, Any]) -> None:
    """Write one record and wait until it is on the disk."""
    append_lines(path, [json.dumps(record, ensure_ascii=False)])


def append_lines(path: Path, lines: Iterable[str]) -> None:
    """Write records that are JSON already, and wait until all are on the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b") as file:  # noqa: PTH123 - the mode is given once
        if not _ends_whole(file.fileno()):
            file.write(b"\n")  # what a crash tore must not swallow what comes after it
        file.writelines(f"{line}\n".encode() for line in lines)
        file.flush()
        os.fsync(file.fileno())
    sync(path.parent)  # a file that is new must keep its name


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Records in the order in which they were written."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue


def _ends_whole(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
