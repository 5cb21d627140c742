from __future__ import annotations

from datetime import date

from models.stream import classify_row
from models.understand import Answer
from warehouse.records import DatePrecision, Evidence, Mention


def told(precision: DatePrecision) -> dict[str, object]:
    evidence = Evidence("text", 0, 4, "Pide")
    mention = Mention("extortion", 1, (), "happened", evidence, date(2025, 2, 1), precision)
    return classify_row("a", Answer([], ["extortion"], {}, (), [mention]))["mentions"][0]


def test_a_month_is_no_date() -> None:
    row = told("month")
    assert (row["date"], row["date_precision"], row["month"]) == (None, "month", "2025-02")


def test_a_day_and_a_week_are() -> None:
    for precision in ("day", "week"):
        row = told(precision)
        assert row["date"] == "2025-02-01"
        assert "month" not in row
