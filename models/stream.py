"""JSON lines in, JSON lines out: the form in which other programs use the models, a line that is wrong costing itself only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from models.reader.decrees import read_norms
from models.reader.figures import read_figures
from models.understand import Answer, Text, Understander, mask_together
from warehouse.records import LIMA, Mention

LINES_AT_ONCE = 64
MAXIMUM_CHARACTERS = 5_000_000


class LineError(ValueError):
    """A line that cannot be answered; the message says why."""


@dataclass(slots=True)
class Tally:
    """How many lines were answered and how many refused."""

    answered: int = 0
    refused: int = 0


def published_day(value: object) -> date | None:
    """The day in Lima of an ISO date or date-time; None for null or an empty string."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise LineError("published must be an ISO date or null")
    try:
        if len(value) <= 10:
            return date.fromisoformat(value)
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise LineError(f"published is not an ISO date: {value[:40]!r}") from error
    try:
        return instant.astimezone(LIMA).date() if instant.tzinfo else instant.date()
    except OverflowError as error:
        raise LineError(f"published is beyond the calendar: {value[:40]!r}") from error


def parse_line(line: str) -> tuple[Any, Text]:
    """(id, text) of one input line.

    Raises:
        LineError: not a JSON object, or a field of the wrong type; the id is put in front when it could be read.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LineError(f"not JSON: {str(error)[:80]}") from error
    if not isinstance(row, dict):
        raise LineError("not a JSON object")
    title, text = row.get("title"), row.get("text")
    for name, value in (("title", title), ("text", text)):
        if value is not None and not isinstance(value, str):
            raise LineError(f"{name} must be a string")
    if title is None and text is None:
        raise LineError("neither title nor text")
    if len(title or "") + len(text or "") > MAXIMUM_CHARACTERS:
        raise LineError(f"longer than {MAXIMUM_CHARACTERS} characters")
    today = datetime.now(LIMA).date()
    return row.get("id"), Text(_clean(title or ""), _clean(text or ""), published_day(row.get("published")), today)


def _clean(text: str) -> str:
    """Lone surrogates, which JSON can carry and UTF-8 cannot, become replacement marks; lengths stay."""
    return text.encode("utf-8", "replace").decode("utf-8") if any("\ud800" <= c <= "\udfff" for c in text) else text


def classify_row(key: Any, found: Answer) -> dict[str, Any]:
    """One answer in the fixed shape of ``chasqui classify``."""
    return {
        "id": key,
        "sectors": found.sectors,
        "events": found.events,
        "scores": {label: round(value, 4) for label, value in found.scores.items()},
        "mentions": [_mention_row(m) for m in found.mentions],
    }


def _mention_row(mention: Mention) -> dict[str, Any]:
    """A mention as it is answered: a month is no date, so where no more is known it stands under its own name."""
    row = mention.as_json()
    if mention.date and mention.date_precision == "month":
        row |= {"date": None, "month": mention.date.isoformat()[:7]}
    return row


def classify_lines(lines: Iterable[str], understander: Understander, tally: Tally) -> Iterator[str]:
    """Answers of `classify_row` in the order of the lines; the first is answered alone, so that it comes soon."""

    def answer(keys: Sequence[Any], texts: Sequence[Text]) -> list[dict[str, Any]]:
        each = understander.answer_each(texts)
        return [
            {"id": k, "error": f} if isinstance(f, str) else classify_row(k, f) for k, f in zip(keys, each, strict=True)
        ]

    return answer_lines(lines, answer, tally)


def norms_row(key: Any, text: Text) -> dict[str, Any]:
    """One answer of ``chasqui norms``: what the text's norms are, declare, and where."""
    return {"id": key, "norms": [n.as_json() for n in read_norms(text.text, text.published, text.title)]}


def figures_row(key: Any, text: Text) -> dict[str, Any]:
    """One answer of ``chasqui figures``: the statistics the text claims."""
    return {"id": key, "figures": [f.as_json() for f in read_figures(text.text, text.published, text.title)]}


def mask_row(key: Any, text: Text) -> dict[str, Any]:
    """One answer of ``chasqui mask``: title and text with private data masked, and where it stood."""
    title, body = mask_together(text.title, text.text)
    spans = [{"field": f, **asdict(s)} for f, m in (("title", title), ("text", body)) for s in m.spans]
    return {"id": key, "title": title.text, "text": body.text, "spans": spans}


def read_lines(lines: Iterable[str], row: Callable[[Any, Text], dict[str, Any]], tally: Tally) -> Iterator[str]:
    """Answers of a function of one text, in the order of the lines."""
    return answer_lines(lines, lambda keys, texts: [row(k, t) for k, t in zip(keys, texts, strict=True)], tally)


Answerer = Callable[[Sequence[Any], Sequence[Text]], list[dict[str, Any]]]


def answer_lines(lines: Iterable[str], answer: Answerer, tally: Tally) -> Iterator[str]:
    """Answers in the order of the lines; blank lines are passed over, a wrong one gives ``{"id", "error"}``."""
    source = (line for line in lines if line.strip())
    size = 1
    while part := list(islice(source, size)):
        size = LINES_AT_ONCE
        yield from _answer(part, answer, tally)


def _answer(part: list[str], answer: Answerer, tally: Tally) -> Iterator[str]:
    parsed: list[tuple[Any, Text | str]] = []
    for line in part:
        try:
            parsed.append(parse_line(line))
        except LineError as error:
            parsed.append((_id_of(line), str(error)))
    good = [(key, text) for key, text in parsed if isinstance(text, Text)]
    found = iter(answer([key for key, _ in good], [text for _, text in good]))
    for key, text in parsed:
        row = next(found) if isinstance(text, Text) else {"id": key, "error": text}
        if "error" in row:
            tally.refused += 1
        else:
            tally.answered += 1
        yield _clean(json.dumps(row, ensure_ascii=False))


def _id_of(line: str) -> Any:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row.get("id") if isinstance(row, dict) else None
