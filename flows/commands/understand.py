"""``chasqui classify`` and its kin: JSON lines through the models."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from flows.settings import load_settings
from models.stream import Tally, classify_lines, figures_row, mask_row, norms_row, read_lines
from models.understand import Understander

ROWS = {"norms": norms_row, "figures": figures_row, "mask": mask_row}


def classify_file(path: Path | None) -> int:
    """Classify a file of JSON lines, or standard input; 1 when a line was refused."""
    understander = Understander(load_settings().model)
    return _answer(path, lambda lines, tally: classify_lines(lines, understander, tally))


def read_file(kind: str, path: Path | None) -> int:
    """Read norms, figures or private spans of a file of JSON lines; 1 when a line was refused."""
    return _answer(path, lambda lines, tally: read_lines(lines, ROWS[kind], tally))


def _answer(path: Path | None, run: Callable[[Iterable[str], Tally], Iterator[str]]) -> int:
    tally = Tally()
    if path is None:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr] - a real stream, not a test double
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] - a real stream, not a test double
    stream = sys.stdin if path is None else path.open(encoding="utf-8", errors="replace", newline="\n")
    try:
        for line in run(stream, tally):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    finally:
        if path is not None:
            stream.close()
    if tally.refused:
        print(f"chasqui: {tally.refused} of {tally.refused + tally.answered} lines were refused", file=sys.stderr)
    return 1 if tally.refused else 0
