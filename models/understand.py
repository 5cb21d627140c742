"""From a document to labels, mentions and masked text: the classifier and the reader together, as everything else uses them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from models.classifier import Classifier
from models.reader import read_mentions
from models.reader.mask import SHOWN, Span, find_private
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
                    **_masked(text, mentions),
                )
            )
        return understood


def _masked(text: Text, mentions: Sequence[Mention]) -> dict[str, Any]:
    """Title and evidence with private data masked. The whole document is read: a surname alone is known from its full name."""
    gap = "\n\n"
    offset = len(text.title) + len(gap)
    spans = find_private(f"{text.title}{gap}{text.text}")
    evidence = []
    for mention in mentions:
        shift = 0 if mention.evidence.field == "title" else offset
        evidence.append(shorten(_hide(mention.evidence.text, spans, mention.evidence.start + shift)))
    return {"title_masked": _hide(text.title, spans, 0), "evidence_masked": evidence}


def _hide(piece: str, spans: Sequence[Span], at: int) -> str:
    """A piece of a text, which begins at ``at`` in it, with the text's private spans shown as what they are."""
    shown, done = [], 0
    for span in spans:
        start, end = max(span.start - at, 0), min(span.end - at, len(piece))
        if start < end:
            shown += [piece[done:start], SHOWN[span.kind]]
            done = end
    return "".join([*shown, piece[done:]])


def shorten(text: str, limit: int = EVIDENCE_CHARACTERS) -> str:
    """Text cut at a word to at most ``limit`` characters, the cut marked."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
