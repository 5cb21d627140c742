"""From a document to labels, mentions, norms and masked text: the classifier and the reader together, as everything else uses them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.classifier import load_model
from models.reader import read_mentions
from models.reader.decrees import NormReading, read_norms
from models.reader.mask import SHOWN, Masked, Span, find_private
from models.reader.text import LIMIT
from warehouse.records import Label, Mention

GAP = "\n\n"  # between title and text when they are read as one
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
    norms: list[NormReading]


class Understander:
    """Keeps the model loaded between batches."""

    def __init__(self, model: str = "", threads: int = 2) -> None:
        self._classifier = load_model(model or None, threads=threads)

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
            title_masked, evidence_masked = _masked(text, mentions)
            understood.append(
                Understood(
                    sectors=prediction.sectors,
                    events=prediction.events,
                    scores=prediction.probabilities,
                    labels=prediction.labels(),
                    mentions=mentions,
                    title_masked=title_masked,
                    evidence_masked=evidence_masked,
                    norms=read_norms(text.text, text.published, text.title),
                )
            )
        return understood

    def understand_each(self, texts: Sequence[Text]) -> list[Understood | str]:
        """As `understand`, but a text that breaks the models gives the reason in its place and costs itself only."""
        try:
            return list(self.understand(texts))
        except Exception as error:  # noqa: BLE001 - whatever a hostile text breaks is named, and the others go on
            if len(texts) == 1:
                return [f"{type(error).__name__}: {str(error)[:200]}"]
        return [found for text in texts for found in self.understand_each([text])]


def mask_together(title: str, text: str) -> tuple[Masked, Masked]:
    """Title and text masked. The whole document is read at once: a surname alone is known from its full name elsewhere.

    What lies beyond the reader's limit is left out: nothing unread is ever shown.
    """
    at = len(title) + len(GAP)
    text = text[: max(0, LIMIT - at)]
    spans = find_private(f"{title}{GAP}{text}")
    return _piece(title, spans, 0), _piece(text, spans, at)


def _piece(piece: str, spans: Sequence[Span], at: int) -> Masked:
    """A piece of a document, which begins at ``at`` in it, with the document's private spans shown as what they are."""
    shown: list[str] = []
    own: list[Span] = []
    done = 0
    for span in spans:
        start, end = max(span.start - at, 0), min(span.end - at, len(piece))
        if start < end:
            shown += [piece[done:start], SHOWN[span.kind]]
            own.append(Span(span.kind, start, end))
            done = end
    return Masked("".join([*shown, piece[done:]]), tuple(own))


def _masked(text: Text, mentions: Sequence[Mention]) -> tuple[str, list[str]]:
    """Title and evidence of a document, masked."""
    title, body = mask_together(text.title, text.text)
    readable = max(0, LIMIT - len(text.title) - len(GAP))
    evidence = []
    for mention in mentions:
        field, spans = (
            (text.title, title.spans) if mention.evidence.field == "title" else (text.text[:readable], body.spans)
        )
        start, end = mention.evidence.start, min(mention.evidence.end, len(field))
        evidence.append(shorten(_piece(field[start:end], spans, start).text))
    return title.text, evidence


def shorten(text: str, limit: int = EVIDENCE_CHARACTERS) -> str:
    """Text cut at a word to at most ``limit`` characters, the cut marked."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
