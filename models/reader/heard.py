"""The network's hints as the reader asks for them: by sentence, beside its own scores. Without a network those stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.hints import Hints
from models.reader.text import Sentence

Stretch = tuple[str, int, int, int]  # what is asked of, the sentence, start and end in it


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of one document."""

    sentences: Sequence[Sentence] = ()
    hints: Hints | None = None

    def weight(self, about: str) -> float:
        """How much the reader's own score of a place counts beside what was heard."""
        return 1.0 if self.hints is None else self.hints.weights.get(about, 1.0)

    def loudest(self, kind: str, stretches: Iterable[Stretch]) -> float:
        """What was heard where an item is told of: the highest score of its stretches, a logit; 0 where nothing was.

        Args:
            kind: the event type that is asked about; empty where it makes no difference.
            stretches: where the item is told of.
        """
        if self.hints is None:
            return 0.0
        scores: list[float] = []
        for asked, index, start, end in stretches:
            sentence = self.sentences[index]
            score = self.hints.of((asked, kind), sentence.field, sentence.start + start, sentence.start + end)
            scores += [] if score is None else [score]
        return max(scores, default=0.0)


SILENT = Heard()
