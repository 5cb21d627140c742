"""understand: documents of the batches that wait become labels, mentions, norms and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from flows.steps.night import Night
from models.spelling import Spelling, spelling_of
from models.understand import Text, Understander, Understood
from spiders.dates import MONTHS
from warehouse import batch as staged
from warehouse.load import BatchFiles
from warehouse.records import LIMA, Document, Mention, Understanding

AT_ONCE = 64


@dataclass(slots=True)
class Rows:
    """What one batch's documents gave, as rows."""

    understood: list[dict[str, object]] = field(default_factory=list)
    labels: list[dict[str, object]] = field(default_factory=list)
    mentions: list[dict[str, object]] = field(default_factory=list)
    norms: list[dict[str, object]] = field(default_factory=list)
    figures: list[dict[str, object]] = field(default_factory=list)

    def add(self, document: Document, found: Understood, model: str) -> None:
        """Take one document's reading in."""
        mentions = tuple(as_written(document, mention) for mention in found.mentions)
        record = Understanding(document.id, model, found.labels, mentions)
        self.understood.append({"document_id": document.id, "model": model, "title_masked": found.title_masked})
        self.labels += [
            {"document_id": document.id, "axis": x.axis, "label": x.label, "probability": x.probability, "band": x.band}
            for x in found.labels
            if x.band != "no"
        ]
        self.mentions += staged.mention_rows(record, dict(enumerate(found.evidence_masked)))
        self.norms += staged.norm_rows(document.id, (asdict(n) for n in found.norms))
        self.figures += staged.figure_rows(document.id, found.figures)

    def add_all(self, understander: Understander, documents: Sequence[Document]) -> list[dict[str, str]]:
        """Understand documents and take their readings in; returns those that could not be, and why."""
        refused = []
        texts = [Text(d.title, d.text, published_day(d)) for d in documents]
        for document, found in zip(documents, understander.understand_each(texts), strict=True):
            if isinstance(found, str):  # kept without labels; its title is not shown, since nobody masked it
                refused.append({"document": document.id, "reason": found})
                self.understood.append({"document_id": document.id, "model": understander.version, "title_masked": ""})
            else:
                self.add(document, found, understander.version)
        return refused

    def write(self, files: BatchFiles) -> None:
        """Write the batch's files, the one that says that it is ready last."""
        staged.write_parquet(files.labels, staged.LABELS, self.labels)
        staged.write_parquet(files.mentions, staged.MENTIONS, self.mentions)
        staged.write_parquet(files.norms, staged.NORMS, self.norms)
        staged.write_parquet(files.figures, staged.FIGURES, self.figures)
        staged.write_parquet(files.understood, staged.UNDERSTOOD, self.understood)


def understand_all(night: Night) -> tuple[int, str]:
    """Label and read every batch that has not been; returns documents understood and the model's version."""
    folders = sorted(night.home.batches.glob("*"))
    waiting = [f for f in map(BatchFiles.of, folders) if f.documents.exists() and not f.are_ready]
    understander = Understander(night.settings.model)
    count = 0
    spelling = Spelling(0, 0)
    for files in waiting:
        documents = staged.read_documents(files.documents)
        rows = Rows()
        with night.reporter.bar("classifying", len(documents)) as bar:
            for start in range(0, len(documents), AT_ONCE):
                part = documents[start : start + AT_ONCE]
                refused = rows.add_all(understander, part)
                if refused:
                    night.report.setdefault("not_understood", []).extend(refused)
                bar.advance(len(part))
        rows.write(files)
        count += len(documents)
        spelling += spelling_of(d.text for d in documents)
    night.report["spelled_share"] = spelling.share
    return count, understander.version


def published_day(document: Document) -> date | None:
    """The day relative dates count from; None when no more than the month is known."""
    if document.published_at is None or document.published_precision not in {"instant", "day"}:
        return None
    return document.published_at.astimezone(LIMA).date()


def as_written(document: Document, mention: Mention) -> Mention:
    """A mention of a report without a day that its text does not write.

    A report looks back on months: "el martes" in it is not the Tuesday before it came out, as it would be in the news. Its own
    day serves to tell the year of a written day, no more.
    """
    day = mention.date
    if document.kind != "report" or day is None or mention.date_precision != "day":
        return mention
    months = "|".join(name for name, number in MONTHS.items() if number == day.month)
    forms = rf"\b0?{day.day}[º°]?\s+de\s+(?:{months})\b|\b(?:{months})\s+{day.day}\b|\b0?{day.day}/0?{day.month}\b"
    if re.search(forms, document.text, re.IGNORECASE):
        return mention
    return replace(mention, date=None, date_precision="unknown")
