"""Words that the vocabulary can only spell are counted; ordinary ones are not."""

from __future__ import annotations

from models.spelling import Spelling, spelling_of


def test_words_are_counted_with_their_repeats_and_numbers_are_none() -> None:
    assert spelling_of(["Extorsión extorsión en 2026: S/ 5,000", "extorsión"]) == Spelling(3, 0)


def test_what_the_model_has_never_seen_is_spelled() -> None:
    found = spelling_of(["Asesinan a chofer de combi", "kryptozoológico xylofonazo"])
    assert found == Spelling(5, 2)
    assert found.share == 0.4
    assert (found + spelling_of(["chofer " * 5])).share == 0.2


def test_of_nothing_nothing_is_said() -> None:
    assert spelling_of([]).share is None
