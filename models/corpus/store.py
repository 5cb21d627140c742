"""Corpus documents as they lie in ``models/corpus/*.jsonl``, and the split by story.

A line carries the text, its labels, its mentions in the shape of ``chasqui classify``, the hard negatives with their
reasons, and the spans of private data. Not here: how drafts become lines (``drafts.py``), what is allowed (``check.py``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict, cast

Split = Literal["train", "calibration", "test"]
SPLITS: tuple[Split, ...] = ("train", "calibration", "test")
FOLDER = Path(__file__).parent
PRESS: Literal["press"] = "press"
READ_ON = date(2026, 11, 23)  # all texts were there by then
TRAIN_FILES = 4  # train-1.jsonl …: files that a reviewer can still open


class Span(TypedDict):
    """A stretch of private data; offsets are code points into the named field."""

    kind: str  # name | phone | plate | account
    field: str  # title | text
    start: int
    end: int


class Place(TypedDict):
    """Where words stand; offsets are code points into the named field."""

    field: str  # title | text
    start: int
    end: int


class Victim(TypedDict):
    """One who was killed or wounded, or several told only together, and every noun phrase that means them."""

    state: Literal["killed", "wounded"]
    count: int
    is_total: bool  # a total over victims that are listed themselves
    spans: list[Place]


class Row(TypedDict):
    """One document of the corpus."""

    id: str
    story: str
    outlet: str
    register: str
    lang: str
    published: str | None
    title: str
    text: str
    sectors: list[str]
    events: list[str]
    mentions: list[dict[str, Any]]
    hard: list[str]
    private: list[Span]
    victims: NotRequired[list[Victim]]  # of documents read for it: they add up to the mentions' counts, totals apart
    build: NotRequired[Literal["press"]]  # it has the build of a real piece: what is told when, news and background


def split_of(story: str) -> Split:
    """The split of a story: fixed by its name alone, so that it never moves as the corpus grows."""
    point = int.from_bytes(hashlib.sha256(story.encode()).digest()[:4], "big") % 100
    return "test" if point < 14 else "calibration" if point < 28 else "train"


def read(split: Split | None = None, folder: Path = FOLDER) -> list[Row]:
    """All documents of one split, or of all."""
    names = SPLITS if split is None else (split,)
    return [row for name in names for path in sorted(folder.glob(f"{name}*.jsonl")) for row in read_file(path)]


def read_file(path: Path) -> list[Row]:
    """The documents of one file."""
    with path.open(encoding="utf-8") as lines:
        return [cast(Row, json.loads(line)) for line in lines if line.strip()]


def write(rows: Iterable[Row], folder: Path = FOLDER) -> dict[Split, int]:
    """Write the whole corpus, replacing what lay there; returns how many documents each split holds."""
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[Split, list[Row]] = {name: [] for name in SPLITS}
    for row in sorted(rows, key=lambda row: (row["story"], row["id"])):
        parts[split_of(row["story"])].append(row)
    for name, members in parts.items():
        for path in folder.glob(f"{name}*.jsonl"):
            path.unlink()
        if name == "train":
            for part in range(TRAIN_FILES):
                _write_file(folder / f"{name}-{part + 1}.jsonl", members[part::TRAIN_FILES])
        else:
            _write_file(folder / f"{name}.jsonl", members)
    return {name: len(members) for name, members in parts.items()}


def _write_file(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def digest(rows: Iterable[Row]) -> str:
    """A hash of texts and labels, in the order of ids: what a figure was measured on."""
    state = hashlib.sha256()
    for row in sorted(rows, key=lambda row: row["id"]):
        state.update(
            json.dumps([row[key] for key in ("id", "title", "text", "sectors", "events")], ensure_ascii=False).encode()
        )
    return state.hexdigest()


def sentences_of(row: Row) -> Iterator[str]:
    """Title and paragraphs, for measures over plain text."""
    yield row["title"]
    yield from (part for part in row["text"].split("\n") if part.strip())
