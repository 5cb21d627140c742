"""What a network hears in the words of a document: a score a word piece for each question of the reader, asked for by place in the text.

The classifier makes them (``models.classifier.pointer``), the reader weighs them beside its own judgement and does without where there are
none, as ``models.look``. Not here: the network, and what the reader asks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

Field = Literal["title", "text"]
Question = tuple[str, str]  # what is asked, and for which event type ("" for all)
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the pieces of a document stand: in its fields (code points), and in the windows the network read."""

    starts: Mapping[Field, Sequence[int]]
    ends: Mapping[Field, Sequence[int]]
    windows: Sequence[int]  # by piece, those of the title first
    positions: Sequence[int]

    def pieces(self, field: Field, start: int, end: int) -> tuple[int, int] | None:
        """The first of the pieces that a stretch of a field touches, and the one after the last; ``None`` where none was read."""
        first, last = bisect_right(self.ends[field], start), bisect_left(self.starts[field], end)
        before = 0 if field == "title" else len(self.starts["title"])
        return (before + first, before + last) if first < last else None


class Hints:
    """The scores (pieces, questions) of a document, made when they are first asked for: many a document is clear without."""

    def __init__(
        self,
        layout: Layout,
        scores: Callable[[], Sequence[Floats]],
        columns: Mapping[Question, int],
        weights: Mapping[str, float],
    ) -> None:
        """``scores``: makes those of each window (pieces, questions); ``weights``: of the reader's own judgement, by what is asked."""
        self._layout, self._scores = layout, scores
        self.columns, self.weights = columns, weights

    @cached_property
    def _sums(self) -> npt.NDArray[np.float64]:
        """The scores summed up along the pieces: one row more than there are pieces."""
        made, self._scores = self._scores(), list  # what they were made from can go
        where = zip(self._layout.windows, self._layout.positions, strict=True)
        rows = [made[window][position] for window, position in where]
        whole = np.zeros((len(rows) + 1, len(self.columns)), dtype=np.float64)
        if rows:
            np.cumsum(np.stack(rows), axis=0, out=whole[1:])
        return whole

    def of(self, question: Question, field: Field, start: int, end: int) -> float | None:
        """The mean score of the pieces of a stretch; ``None`` where the network has no such question, or read nothing there."""
        column, found = self.columns.get(question), self._layout.pieces(field, start, end)
        if column is None or found is None:
            return None
        first, last = found
        return float((self._sums[last, column] - self._sums[first, column]) / (last - first))
