"""Which sentence tells an event, when a network's look is heard beside the words."""

from __future__ import annotations

from datetime import date

from models.look import Look
from models.reader.focus import focus_on, looked_at
from models.reader.reading import read

TITLE = "Noche de miedo en la ruta"
FIRST = "Los choferes de la empresa contaron lo que vivieron."
SECOND = "Dos sujetos balearon una combi en el paradero."
THIRD = "A otra unidad le dispararon en la misma cuadra."
TEXT = f"{FIRST} {SECOND} {THIRD}"


def start_of(sentence: str) -> int:
    return TEXT.index(sentence)


def look(sentence: str, share: float) -> Look:
    return Look("text", start_of(sentence), start_of(sentence) + len(sentence), share)


def test_attention_falls_to_the_sentences_it_covers() -> None:
    reading = read(TITLE, TEXT, date(2026, 3, 4))
    across = Look("text", start_of(SECOND), len(TEXT), 0.8)
    seen = looked_at(reading, [Look("title", 0, 0, 0.1), look(FIRST, 0.1), across])
    assert [sentence.field for sentence in reading.sentences] == ["title", "text", "text", "text"]
    assert seen[:2] == [0.1, 0.1]
    assert 0.75 < seen[2] + seen[3] <= 0.8


def test_between_two_sentences_of_like_words_the_look_decides() -> None:
    reading = read(TITLE, TEXT, date(2026, 3, 4))
    alone = focus_on(reading, ["attack"])["attack"]
    assert alone.evidence in {2, 3}
    other = 5 - alone.evidence
    chosen = focus_on(reading, ["attack"], {"attack": [look((SECOND, THIRD)[other - 2], 0.95)]})["attack"]
    assert chosen.evidence == other
    assert abs(sum(chosen.scores) - 1.0) < 1e-6


def test_without_looks_only_the_words_speak() -> None:
    reading = read(TITLE, TEXT, date(2026, 3, 4))
    assert focus_on(reading, ["attack"], {"murder": [look(FIRST, 1.0)]}) == focus_on(reading, ["attack"])
