"""Corpus rows as word pieces with what is known of each piece: whose evidence it is, whether it is a name or a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from models.classifier.pieces import TITLE_PIECES, clean, cut
from models.corpus.store import Row
from models.fold import fold
from models.taxonomy import Taxonomy

Array = npt.NDArray[np.int64]
NAME, PLACE = 1, 2
WORDS = 32  # bits from here on: the piece belongs to a keyword of the label


@dataclass(frozen=True, slots=True)
class Run:
    """A title or a sentence: ids, two bits a label (evidence, keyword), and the kind of each piece."""

    ids: Array
    bits: Array
    kinds: Array
    paragraph: int


@dataclass(frozen=True, slots=True)
class Example:
    """One document ready for training."""

    title: Run
    sentences: tuple[Run, ...]
    targets: npt.NDArray[np.float32]
    hard: npt.NDArray[np.bool_]


def examples(tokenizer: Tokenizer, rows: Sequence[Row], tree: Taxonomy) -> list[Example]:
    """All rows, in order."""
    labels = tree.names
    patterns = [entry.pattern() for entry in tree.entries]
    ranks = {label: rank for rank, label in enumerate(labels)}
    pieces = cut(tokenizer, [(clean(row["title"]), clean(row["text"])) for row in rows], limit=20_000)
    titles = tokenizer.encode_batch([clean(row["title"]) for row in rows], add_special_tokens=False)
    found: list[Example] = []
    for row, cut_row, title in zip(rows, pieces, titles, strict=True):
        evidence = {
            field: [*_evidence(row, field, ranks), *_keywords(row, field, patterns)] for field in ("title", "text")
        }
        swaps = {field: _swappable(row, field) for field in ("title", "text")}
        offsets = title.offsets[:TITLE_PIECES]
        head = Run(
            np.asarray(title.ids[:TITLE_PIECES], dtype=np.int64),
            _mark(offsets, evidence["title"]),
            _mark(offsets, swaps["title"]),
            -1,
        )
        body = tuple(
            Run(
                np.asarray(sentence.ids, dtype=np.int64),
                _mark(sentence.offsets, evidence["text"]),
                _mark(sentence.offsets, swaps["text"]),
                row["text"].count("\n", 0, sentence.start),
            )
            for sentence in cut_row.sentences
        )
        present = {*row["sectors"], *row["events"]}
        doubtful = {reason.split(":")[0] for reason in row["hard"]}
        found.append(
            Example(
                head,
                body,
                np.asarray([label in present for label in labels], dtype=np.float32),
                np.asarray([label in doubtful for label in labels], dtype=np.bool_),
            )
        )
    return found


def _evidence(row: Row, field: str, ranks: dict[str, int]) -> list[tuple[int, int, int]]:
    spans: list[tuple[int, int, int]] = []
    for mention in row["mentions"]:
        if mention["status"] == "recalled" or mention["evidence"]["field"] != field:
            continue
        bits = sum(
            1 << ranks[label] for label in {mention["type"], *mention["sectors"]} & {*row["sectors"], *row["events"]}
        )
        spans.append((mention["evidence"]["start"], mention["evidence"]["end"], bits))
    return spans


def _keywords(row: Row, field: str, patterns: Sequence[re.Pattern[str]]) -> list[tuple[int, int, int]]:
    folded = fold(row["title"] if field == "title" else row["text"])
    return [
        (*hit.span(), 1 << WORDS + rank) for rank, pattern in enumerate(patterns) for hit in pattern.finditer(folded)
    ]


def _swappable(row: Row, field: str) -> list[tuple[int, int, int]]:
    spans = [
        (span["start"], span["end"], NAME)
        for span in row["private"]
        if span["field"] == field and span["kind"] == "name"
    ]
    content = row["title"] if field == "title" else row["text"]
    places = {
        mention[level]
        for mention in row["mentions"]
        for level in ("department", "province", "district")
        if mention[level]
    }
    for place in places:
        start = content.find(place)
        while start >= 0:
            spans.append((start, start + len(place), PLACE))
            start = content.find(place, start + 1)
    return spans


def _mark(offsets: Iterable[tuple[int, int]], spans: Sequence[tuple[int, int, int]]) -> Array:
    places = list(offsets)
    marks = [0] * len(places)
    for start, end, value in spans:
        for index, (a, b) in enumerate(places):
            if a < end and start < b:
                marks[index] |= value
    return np.asarray(marks, dtype=np.int64)
