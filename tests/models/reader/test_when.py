"""What is weighed when a day is looked for, and against saying none."""

from __future__ import annotations

from datetime import date

from models.reader import when
from models.reader.focus import Focus
from models.reader.reading import read

PUBLISHED = date(2026, 3, 4)


def against_any(kind: str, text: str) -> list[str]:
    """What speaks for the answer that the text fixes no day of the event its first sentence tells."""
    reading = read("", text, PUBLISHED)
    focus = Focus(kind, [1.0] * len(reading.sentences), 0, [0.0] * len(reading.sentences))
    return when.options(reading, focus).items[-1]


def test_the_words_of_a_demand_say_whether_it_has_a_day() -> None:
    standing = against_any("extortion", "Cada mes les piden 500 soles. El ataque fue ayer.")
    assert {"none said mes", "none said soles"} <= set(standing)
    assert "none said ataqu" not in standing, "only its own sentence is heard"
    assert not [name for name in against_any("attack", "Cada mes los balean.") if name.startswith("none said")]


def test_a_text_without_a_sentence_fixes_no_day() -> None:
    reading = read("", "", PUBLISHED)
    assert "none extortion" in when.none_features(reading, Focus("extortion", [], 0, []), [])


def days_of(text: str, kind: str = "extortion", published: date = PUBLISHED) -> dict[tuple[date, str], str]:
    """The days that may be meant, by day and way, and the precision each would be said with."""
    reading = read("", text, published)
    focus = Focus(kind, [1.0] * len(reading.sentences), 0, [0.0] * len(reading.sentences))
    found = when.options(reading, focus)
    return {(each.day, each.way): found.precisions.get(each.day, "day") for each in when.candidates(reading)}


def test_a_month_without_a_day_is_its_first_and_no_day() -> None:
    assert days_of("En enero le pidieron 500 soles.")[date(2026, 1, 1), "month"] == "month"
    assert days_of("En noviembre le pidieron 500 soles.")[date(2025, 11, 1), "month"] == "month", (
        "the last of that name"
    )
    assert days_of("In February of 2026 they asked for 500 soles.")[date(2026, 2, 1), "month"] == "month"
    assert "month" not in {way for _, way in days_of("En abril de 2019 le pidieron 500 soles.")}, (
        "years ago is no deed of these days"
    )
    assert days_of("En enero le pidieron 500 soles. Fue el 1 de enero.")[date(2026, 1, 1), "past"] == "day"


def test_only_a_demand_is_known_by_its_month() -> None:
    found = when.options(read("", "El paro será en diciembre.", PUBLISHED), Focus("strike", [1.0, 1.0], 1, [0.0, 0.0]))
    assert date(2025, 12, 1) not in found.days, "what is announced would have happened a year ago"
    body = read("", "El cuerpo del chofer asesinado fue hallado en enero.", PUBLISHED)
    assert date(2026, 1, 1) not in when.options(body, Focus("murder", [1.0, 1.0], 1, [0.0, 0.0])).days


def test_publication_on_the_first_makes_no_day_of_a_month() -> None:
    first = date(2026, 10, 1)
    assert days_of("En octubre le dejaron una carta.", published=first)[first, "month"] == "month"
    again = days_of("En octubre le dejaron una carta. Hace dos semanas lo llamaron.", published=date(2026, 10, 15))
    assert again[first, "month"] == "week", "the nearer of the two"
