"""From a document to labels, mentions and masked text: the classifier and the reader together, as everything else uses them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.classifier import Classifier
from models.reader import mask, read_mentions
from warehouse.records import Label, Mention

EVIDENCE_CHARACTERS = 300  # what a published row may quote


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be understood. ``published`` is the day in Lima, from which relative dates count."""

    title: str
    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of one text; ``evidence_masked`` goes with ``mentions`` by position."""

    sectors: list[str]
    events: list[str]
    scores: dict[str, float]
    labels: tuple[Label, ...]
    mentions: list[Mention]
    title_masked: str
    evidence_masked: list[str]


class Understander:
    """Keeps the model loaded between batches."""

    def __init__(self, model: str = "", threads: int = 2) -> None:
        self._classifier = Classifier.load(Path(model) if model else None, threads=threads)

    @property
    def version(self) -> str:
        """Name and version of the classifier."""
        return self._classifier.version

    def understand(self, texts: Sequence[Text]) -> list[Understood]:
        """Labels and mentions of texts, in order."""
        predictions = self._classifier.predict([(t.title, t.text) for t in texts])
        understood = []
        for text, prediction in zip(texts, predictions, strict=True):
            mentions = read_mentions(
                text.title, text.text, text.published, prediction.sectors, prediction.events, prediction.probabilities
            )
            understood.append(
                Understood(
                    sectors=prediction.sectors,
                    events=prediction.events,
                    scores=prediction.probabilities,
                    labels=prediction.labels(),
                    mentions=mentions,
                    title_masked=mask(text.title).text,
                    evidence_masked=[shorten(mask(m.evidence.text).text) for m in mentions],
                )
            )
        return understood


def shorten(text: str, limit: int = EVIDENCE_CHARACTERS) -> str:
    """Text cut at a word to at most ``limit`` characters, the cut marked."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
