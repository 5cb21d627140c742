"""What a network heard bears on what the reader says; without a network the reader's own judgement stands."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from models.classifier import Classifier
from models.hints import Hints, Layout
from models.reader import places
from models.reader.heard import SILENT, Heard
from models.reader.mentions import read_mentions
from models.reader.reading import read

TITLE = "Balean a chofer en Comas"
TEXT = "El martes 3 de marzo balearon a un chofer en Comas. Otro hecho se registró en Ate el lunes 2 de marzo."
PUBLISHED = date(2026, 3, 4)


def loud(word: str, about: str, kind: str, score: float) -> Hints:
    """A network that hears one word of the text, whatever stands elsewhere."""
    at = TEXT.index(word)
    where = Layout({"title": [], "text": [at]}, {"title": [], "text": [at + len(word)]}, [0], [0])
    return Hints(where, lambda: [np.array([[score]], np.float32)], {(about, kind): 0}, {about: 1.0})


def test_without_a_network_nothing_changes() -> None:
    assert SILENT.weight("place") == 1.0
    assert SILENT.loudest("murder", [("place", 0, 0, 5)]) == 0.0


def test_the_loudest_stretch_is_heard() -> None:
    reading = read(TITLE, TEXT, PUBLISHED)
    heard = Heard(reading.sentences, loud("Ate", "place", "attack", 3.0))
    second = next(s for s in reading.sentences if "Ate" in s.raw)
    start = second.raw.index("Ate")
    assert heard.loudest("attack", [("place", 1, 0, 5), ("place", second.index, start, start + 3)]) == 3.0
    assert heard.loudest("arson", [("place", second.index, start, start + 3)]) == 0.0, "another type asks elsewhere"


@pytest.mark.parametrize(("word", "district"), [("Comas", "Comas"), ("Ate", "Ate")])
def test_a_place_that_is_heard_is_said(word: str, district: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "CLEAR", 1.1)  # whatever is likely without
    hints = loud(word, "place", "attack", 25.0)
    (mention,) = read_mentions(TITLE, TEXT, PUBLISHED, ["transport"], ["attack"], hints=hints)
    assert mention.district == district


def test_where_the_answer_is_clear_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "CLEAR", 0.0)
    (mention,) = read_mentions(
        TITLE, TEXT, PUBLISHED, ["transport"], ["attack"], hints=loud("Ate", "place", "attack", 25.0)
    )
    assert mention.district == "Comas"


def test_the_shipped_model_points() -> None:
    (found,) = Classifier.load().predict([(TITLE, TEXT)])
    assert found.hints is not None
    assert {about for about, _ in found.hints.columns} == {"place", "shared"}
    at = TEXT.index("Comas")
    other = TEXT.index("Ate")
    here, there = (found.hints.of(("place", "attack"), "text", start, start + 4) for start in (at, other))
    assert here is not None
    assert there is not None
    assert here > there
