"""``chasqui link``: documents with their mentions as JSON lines in, the event of each mention out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from warehouse.linking import DocumentError, link_lines


def link_file(path: Path | None) -> int:
    """Link a file of JSON lines, or standard input; 1 when a line was refused. All are read before the first is answered."""
    if path is None:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    refused: list[int] = []

    def refuse(line: int, error: DocumentError) -> None:
        refused.append(line)
        print(f"chasqui: line {line}: {error}", file=sys.stderr)

    stream = sys.stdin if path is None else path.open(encoding="utf-8", errors="replace", newline="\n")
    try:
        numbers: list[int] = []
        documents = _documents(stream, numbers)
        for row in link_lines(documents, lambda position, error: refuse(numbers[position], error)):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    finally:
        if path is not None:
            stream.close()
    sys.stdout.flush()
    return 1 if refused else 0


def _documents(lines: Iterable[str], numbers: list[int]) -> Iterator[dict[str, Any]]:
    """Documents of lines; ``numbers`` gets the line of each. What is no document at all comes as an empty one, to be refused."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        numbers.append(number)
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        yield row if isinstance(row, dict) else {}
