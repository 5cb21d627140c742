"""A corpus that has grown by what persons judged. The test and calibration splits stay as they are: judged documents are learnt from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from models.corpus import store

REVIEWS = "train-reviews.jsonl"
GROWN = "grown"  # folder of a work folder: it holds whole texts of others and is made anew by every training


def grow(corpus: Path, reviews: Path, into: Path) -> Path:
    """Copy the corpus and add judged documents to its train split; returns the folder.

    A judged document whose text stands in the test or calibration split is left out: nothing is learnt from what is measured by.
    """
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True, mode=0o700)  # judged documents are whole texts of others
    for path in sorted(corpus.glob("*.jsonl")):
        shutil.copy(path, into)
    held = {row["text"] for name in ("test", "calibration") for row in store.read(name, corpus)}
    added = [row for row in store.read_file(reviews) if row["text"] not in held]
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in added)
    (into / REVIEWS).write_text("".join(lines), encoding="utf-8")
    return into
