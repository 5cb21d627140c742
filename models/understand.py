"""From a document to labels, mentions, norms, figures and masked text: the classifier and the reader together, as everything else uses them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from models.classifier import Prediction, load_model
from models.reader import read_mentions
from models.reader.decrees import NormReading, read_norms
from models.reader.figures import read_figures
from models.reader.mask import SHOWN, Masked, Span, find_private
from models.reader.text import LIMIT
from warehouse.records import Evidence, Label, Mention

GAP = "\n\n"  # between title and text when they are read as one
EVIDENCE_CHARACTERS = 300  # what a published row may quote
PART = 16  # texts classified at once, while those before are read


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be understood.

    ``published`` is the day in Lima, from which relative dates count; without it, ``read_on`` is a day on which the text was there already.
    """

    title: str
    text: str
    published: date | None = None
    read_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told of one text to whoever gave it: labels and mentions."""

    sectors: list[str]
    events: list[str]
    scores: dict[str, float]
    labels: tuple[Label, ...]
    mentions: list[Mention]


@dataclass(frozen=True, slots=True)
class Understood(Answer):
    """What the warehouse keeps of one text beside the answer; ``evidence_masked`` goes with ``mentions`` by position."""

    title_masked: str
    evidence_masked: list[str]
    norms: list[NormReading]
    figures: list[dict[str, object]]


Found = TypeVar("Found")


class Understander:
    """Keeps the model loaded between batches. While one part of a batch is read, the next is being classified."""

    def __init__(self, model: str = "", threads: int = 2) -> None:
        self._classifier = load_model(model or None, threads=threads)
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="reader")

    @property
    def version(self) -> str:
        """Name and version of the classifier."""
        return self._classifier.version

    def answer_each(self, texts: Sequence[Text]) -> list[Answer | str]:
        """Labels and mentions of texts, in order; a text that breaks the models gives the reason in its place."""
        return self._each(texts, _answer)

    def understand(self, texts: Sequence[Text]) -> list[Understood]:
        """Everything the warehouse keeps of texts, in order."""
        return self._read(texts, _understood)

    def understand_each(self, texts: Sequence[Text]) -> list[Understood | str]:
        """As `understand`, but a text that breaks the models gives the reason in its place and costs itself only."""
        return self._each(texts, _understood)

    def _read(self, texts: Sequence[Text], read: Callable[[Text, Prediction], Found]) -> list[Found]:
        parts: list[Future[list[Found]]] = []
        for start in range(0, len(texts), PART):
            part = texts[start : start + PART]
            predictions = self._classifier.predict([(t.title, t.text) for t in part])
            parts.append(
                self._reader.submit(lambda p, q: [read(*each) for each in zip(p, q, strict=True)], part, predictions)
            )
        return [found for part in parts for found in part.result()]

    def _each(self, texts: Sequence[Text], read: Callable[[Text, Prediction], Found]) -> list[Found | str]:
        try:
            return list(self._read(texts, read))
        except Exception as error:  # noqa: BLE001 - whatever a hostile text breaks is named, and the others go on
            if len(texts) == 1:
                return [f"{type(error).__name__}: {str(error)[:200]}"]
        return [found for text in texts for found in self._each([text], read)]


def _mentions(text: Text, found: Prediction) -> list[Mention]:
    return read_mentions(
        text.title,
        text.text,
        text.published,
        found.sectors,
        found.events,
        found.probabilities,
        found.looks,
        found.uncertain,
        found.hints,
        text.read_on,
    )


def _answer(text: Text, found: Prediction) -> Answer:
    return Answer(found.sectors, found.events, found.probabilities, found.labels(), _mentions(text, found))


def _understood(text: Text, found: Prediction) -> Understood:
    mentions = _mentions(text, found)
    figures = read_figures(text.text, text.published, text.title)
    title_masked, masked = _masked(text, [m.evidence for m in mentions] + [f.evidence for f in figures])
    claims = [f.as_row() | {"evidence": shown} for f, shown in zip(figures, masked[len(mentions) :], strict=True)]
    return Understood(
        found.sectors, found.events, found.probabilities, found.labels(), mentions, title_masked, masked[: len(mentions)],
        read_norms(text.text, text.published, text.title), claims,
    )  # fmt: skip


def mask_together(title: str, text: str) -> tuple[Masked, Masked]:
    """Title and text masked. The whole document is read at once: a surname alone is known from its full name elsewhere.

    What lies beyond the reader's limit is left out: nothing unread is ever shown.
    """
    title = title[:LIMIT]
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


def _masked(text: Text, quoted: Sequence[Evidence]) -> tuple[str, list[str]]:
    """Title and evidence of a document, masked."""
    title, body = mask_together(text.title, text.text)
    readable = max(0, LIMIT - len(text.title) - len(GAP))
    evidence = []
    for each in quoted:
        field, spans = (
            (text.title[:LIMIT], title.spans) if each.field == "title" else (text.text[:readable], body.spans)
        )
        start, end = each.start, min(each.end, len(field))
        evidence.append(shorten(_piece(field[start:end], spans, start).text))
    return title.text, evidence


def shorten(text: str, limit: int = EVIDENCE_CHARACTERS) -> str:
    """Text cut at a word to at most ``limit`` characters, the cut marked."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
