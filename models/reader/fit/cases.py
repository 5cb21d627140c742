"""A document of the corpus as the fit sees it: read once, with what the earlier models say of it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from models.corpus.store import READ_ON, Row
from models.reader import told, toll, victims, when
from models.reader.cues import Cues, is_known, sentence_features, stems
from models.reader.focus import Focus, foci
from models.reader.kinds import VIOLENT
from models.reader.linear import Table, score, softmax, total, using
from models.reader.reading import Reading, read
from models.reader.stretches import stretches
from models.reader.sums import find_sums
from models.reader.undated import fix_days

FOLDS = 5


class Case:
    """One document with its reading; ``foci``, ``gate`` and first days come from models that have not seen its story.

    ``undated`` is the same document as if nobody had said when it was published, where its words fix a day all the same.
    """

    def __init__(self, row: Row, *, as_undated: bool = False) -> None:
        published = date.fromisoformat(row["published"][:10]) if row["published"] else None
        self.row = row
        self.reading: Reading = read(row["title"], row["text"], None if as_undated else published, published or READ_ON)
        self.undated = None if as_undated or published is None else _undated(row, self.reading)
        self.fold = zlib.crc32(row["story"].encode()) % FOLDS
        self.kinds = [kind for kind in row["events"] if is_known(kind)] if self.reading.sentences else []
        self.sums = find_sums(self.reading.sentences)
        self.foci: dict[str, Focus] = {}
        self.gate: dict[int, float] = {}
        self.same: Table = {}
        self.tolls: dict[victims.Kind, list[float]] = {}
        self.days: dict[str, when.Options] = {}
        self.first_days: dict[str, date] = {}
        self.sentences: dict[str, list[list[str]]] = {}
        words = [stems(s.folded) for s in self.reading.sentences]
        for kind in self.kinds:
            cues = Cues([s.folded for s in self.reading.sentences], kind)
            self.sentences[kind] = [sentence_features(self.reading, words, cues, i, kind) for i in range(len(words))]

    @property
    def is_murder(self) -> bool:
        """Whether the document tells of a murder."""
        return "murder" in self.kinds

    @property
    def is_round_up(self) -> bool:
        """Whether the document tells several happenings, so that a count of one is not the document's."""
        return bool(stretches(self.reading))

    def truths(self, kind: str) -> list[dict[str, Any]]:
        """The counted mentions of ``kind``."""
        return [m for m in self.row["mentions"] if m["type"] == kind and m["status"] != "recalled"]

    def wounds(self) -> dict[int, list[str]]:
        """What the wound model sees, by sentence with a word of wounding."""
        named = {
            s.index: victims.wound_features(self.reading, s, is_murder=self.is_murder)
            for s in self.reading.sentences
            if self.reading.own(s.index)
        }
        return {index: names for index, names in named.items() if names}

    def focus_by(self, table: Table) -> None:
        """Take the foci that a sentence model gives."""
        scores = {kind: softmax([total(table, names) for names in rows]) for kind, rows in self.sentences.items()}
        self.foci = foci(self.reading, scores)
        self.days = {kind: when.options(self.reading, focus) for kind, focus in self.foci.items()}
        if self.undated:
            self.undated.focus_by(table)

    def date_by(self, table: Table) -> None:
        """Take the days that a first look gives."""
        with using({when.FIRST: table}):
            self.first_days = when.first_days(self.days)
        if self.undated:
            self.undated.date_by(table)

    def gate_by(self, table: Table) -> None:
        """Take the judgement of the sentences of wounding that a wound model gives."""
        self.gate = {index: score(table, names) for index, names in self.wounds().items()}

    def people(self, kind: victims.Kind) -> list[toll.Person]:
        """The persons told of, as the model of the toll sees them."""
        if (
            self.is_round_up
            or not any(name in VIOLENT for name in self.kinds)
            or (kind == "killed" and not self.is_murder)
        ):
            return []
        scores = {name: focus.scores for name, focus in self.foci.items()}
        with using({told.MODEL: self.same}):
            return victims.persons(self.reading, kind, self.gate, scores, is_murder=self.is_murder)

    def same_by(self, table: Table) -> None:
        """Take who is told again from a model."""
        self.same = table

    def toll_by(self, kind: victims.Kind) -> Callable[[Table], None]:
        """Take the sums that a model of the toll gives."""

        def take(table: Table) -> None:
            with using({toll.model(kind): table}):
                self.tolls[kind] = toll.toll(kind, self.people(kind))

        return take


def _undated(row: Row, reading: Reading) -> Case | None:
    without = [[replace(hit, day=None) if hit.kind == "day_month" else hit for hit in hits] for hits in reading.dates]
    fixed = fix_days(reading.sentences, without, reading.published)
    if any(hit.day for hits in fixed for hit in hits if hit.kind == "day_month"):
        return Case(row, as_undated=True)
    return None


def by_folds(
    cases: Sequence[Case], fit: Callable[[Sequence[Case]], dict[str, float]], take: Callable[[Case, Table], None]
) -> dict[str, float]:
    """Give every case the judgement of a model that has not seen its fold; return the model of all."""
    for part in range(FOLDS):
        table = fit([case for case in cases if case.fold != part])
        for case in cases:
            if case.fold == part:
                take(case, table)
    return fit(cases)
