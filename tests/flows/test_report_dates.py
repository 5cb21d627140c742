"""A report's own day dates none of the happenings it looks back on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.steps.reading import DATE_SLACK, credible
from flows.steps.understanding import as_written
from spiders.extract import Page, extract
from warehouse.records import Document, DocumentKind, Evidence, Mention

PUBLISHED = date(2026, 1, 20)


def document(text: str, kind: DocumentKind = "report") -> Document:
    at = datetime(2026, 1, 20, 5, tzinfo=UTC)
    return Document("d1", "uno", "https://uno.pe/a", "https://uno.pe/a", kind, "Informe", text, "es", at, "pdf", "day", None, None, None, "h", b"")  # fmt: skip


def mention(day: date | None) -> Mention:
    evidence = Evidence("text", 0, 5, "El 16")
    return Mention(
        "murder", 0, ("transport",), "happened", evidence, date=day, date_precision="day" if day else "unknown"
    )


@pytest.mark.parametrize(
    ("text", "day", "kept"),
    [
        ("El 16 de enero mataron a un chofer.", date(2026, 1, 16), True),
        ("El 5 de setiembre de 2025 quemaron un bus.", date(2025, 9, 5), True),
        ("El ataque (03/02/2025) dejó dos heridos.", date(2025, 2, 3), True),
        ("On August 9, 2025 a driver was shot.", date(2025, 8, 9), True),
        ("El martes mataron a un chofer.", date(2026, 1, 13), False),
        ("Mataron a un chofer en Comas.", PUBLISHED, False),
        ("El 26 de enero mataron a otro.", date(2026, 1, 6), False),
    ],
)
def test_only_a_day_that_is_written_counts(text: str, day: date, kept: bool) -> None:  # noqa: FBT001
    found = as_written(document(text), mention(day))
    assert (found.date, found.date_precision) == ((day, "day") if kept else (None, "unknown"))


def test_news_is_read_as_news_and_unknown_stays_unknown() -> None:
    news = document("El martes mataron a un chofer.", "article")
    assert as_written(news, mention(PUBLISHED)) == mention(PUBLISHED)
    assert as_written(document("Sin fecha."), mention(None)) == mention(None)


def test_a_plain_file_without_a_day_has_none() -> None:
    (found,) = extract(
        Page("https://file.invalid/uno/x/nota.txt", b"Nota\n\nMataron a un chofer en Comas.", "text/plain")
    )
    assert (found.kind, found.published_at) == ("report", None)


def test_a_page_dated_ahead_of_the_clock_has_no_date() -> None:
    """The warehouse takes the last day of publication for the last day that is known: one wrong year would empty it."""
    fetched = datetime(2026, 1, 20, 7, tzinfo=UTC)
    ahead = replace(document("Nota", "article"), published_at=fetched + timedelta(days=365))
    found = credible(ahead, "uno", fetched + DATE_SLACK)
    assert (found.published_at, found.published_from, found.published_precision) == (None, None, "unknown")
    assert credible(document("Nota"), "uno", fetched + DATE_SLACK).published_at is not None
