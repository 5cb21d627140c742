"""Plain text for pre-training: folders and files of paragraphs, corpus rows, and the two-language word list.

Only training and calibration rows are read as text: a test text is never seen, not even unlabelled.
"""

from __future__ import annotations

import csv
import json
import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon.tsv"


def paragraphs(paths: Sequence[Path]) -> Iterator[str]:
    """One paragraph at a time from ``.txt``, ``.txt.xz`` and ``.jsonl`` files, and from folders of them."""
    for path in paths:
        if path.is_dir():
            yield from paragraphs(sorted(p for p in path.iterdir() if p.suffix in {".txt", ".xz", ".jsonl"}))
        elif path.suffix == ".jsonl":
            if not path.name.startswith("test"):
                yield from _rows(path)
        else:
            opener = lzma.open if path.suffix == ".xz" else open
            with opener(path, "rt", encoding="utf-8") as lines:
                yield from (line.strip() for line in lines if line.strip())


def _rows(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield f"{row['title']}. {row['text']}"


def lexicon(path: Path = LEXICON) -> list[tuple[str, str]]:
    """Spanish and English words that mean about the same, typed by hand for this subject."""
    with path.open(encoding="utf-8") as lines:
        return [(row["es"], row["en"]) for row in csv.DictReader(lines, delimiter="\t")]
