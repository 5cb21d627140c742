"""``chasqui classify`` and its kin: JSON lines through the models."""

from __future__ import annotations

import sys
from pathlib import Path

from flows.settings import load_settings
from models.stream import Tally, classify_lines
from models.understand import Understander


def classify_file(path: Path | None) -> int:
    """Classify a file of JSON lines, or standard input; 1 when a line was refused."""
    understander = Understander(load_settings().model)
    tally = Tally()
    stream = sys.stdin if path is None else path.open(encoding="utf-8", errors="replace")
    try:
        for line in classify_lines(stream, lambda: understander, tally):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    finally:
        if path is not None:
            stream.close()
    if tally.refused:
        print(f"chasqui: {tally.refused} of {tally.refused + tally.answered} lines were refused", file=sys.stderr)
    return 1 if tally.refused else 0
