"""Who of the persons of a text is told of again, and what the corpus marks of them."""

from __future__ import annotations

from typing import Any

import pytest

from models.corpus import store
from models.corpus.check import check_victims
from models.reader import toll
from models.reader.fit.cases import Case
from models.reader.fit.marks import Chooser, Marks
from models.reader.linear import using
from models.reader.phrases import phrases
from models.reader.reading import read
from models.reader.told import MODEL, Person, Telling, before
from models.reader.victims import Kind

TEXT = "Un cobrador de 23 años fue baleado el martes en Comas. El joven fue llevado al hospital. Una vecina miraba."


def people(text: str, kind: Kind = "wounded") -> list[Person]:
    reading = read("", text, None)
    return toll.people(reading, range(len(reading.sentences)), kind, {})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Resultó herido un mozo. El mozo fue llevado al hospital.", 1),
        ("Un cobrador fue baleado en la pierna. La víctima fue llevada al hospital.", 1),
        ("Luis Ramos fue baleado en la pierna. Ramos fue llevado al hospital.", 1),
        ("Un mozo resultó herido en la pierna. Una cajera sufrió cortes en la mano.", 2),
    ],
)
def test_who_is_told_again_is_one_person(text: str, told: int) -> None:
    assert len(people(text)) == told


def test_before_the_first_fit_everybody_is_new() -> None:
    with using({MODEL: {}}):
        assert len(people("Resultó herido un mozo. El mozo fue llevado al hospital.")) == 2


def test_those_told_of_last_are_looked_at_first() -> None:
    reading = read("", "El chofer murió.", None)
    telling = Telling(phrases(reading.sentences[0], [])[0], reading.sentences[0], is_hit=True)
    driver, *others = (Person(1, at, is_title=False) for at in (20, *range(1, 14)))
    assert before([driver, *others], telling)[0] is driver, "introduced first, told of last"


@pytest.mark.parametrize(
    ("text", "gender", "age"),
    [
        ("Una cobradora de 23 años cayó.", "f", "23"),
        ("El chofer (45) cayó.", "m", "45"),
        ("Su hija cayó.", "f", ""),
        ("The driver fell.", "", ""),
    ],
)
def test_gender_and_age(text: str, gender: str, age: str) -> None:
    sentence = read("", text, None).sentences[0]
    telling = Telling(phrases(sentence, [])[0], sentence, is_hit=False)
    assert (telling.gender, telling.age) == (gender, age)


def marked(*victims: tuple[str, int, bool, list[str]], wounded: int = 1) -> store.Row:
    """A document whose victims are marked by the words that mean them."""
    listed: list[Any] = [
        {
            "state": state,
            "count": count,
            "is_total": is_total,
            "spans": [{"field": "text", "start": TEXT.index(w), "end": TEXT.index(w) + len(w)} for w in words],
        }
        for state, count, is_total, words in victims
    ]
    mention = {"type": "attack", "happening": 1, "status": "happened", "killed": None, "wounded": wounded}
    return store.Row(
        id="d1", story="s1", outlet="diario", register="regional", lang="es", published=None, title="Nota", text=TEXT,
        sectors=[], events=["attack"], mentions=[mention], hard=[], private=[], victims=listed,
    )  # fmt: skip


def test_marks_say_who_was_hit_and_who_is_the_same() -> None:
    case = Case(marked(("wounded", 1, False, ["Un cobrador", "El joven"])))
    chooser = Chooser(Marks(case))
    found = toll.people(case.reading, range(len(case.reading.sentences)), "wounded", {}, chooser)
    assert [Marks(case).befell(each, "wounded") for each in found] == [True, False]
    assert [Marks(case).befell(each, "killed") for each in found] == [False, False]
    (young, neighbour) = [each.right for each in chooser.decisions]
    assert young == [True, False], "el joven is the collector"
    assert neighbour == [False, True], "a neighbour who was not hit is nobody marked"


def test_where_numbers_differ_nothing_is_known() -> None:
    case = Case(marked(("wounded", 2, False, ["Un cobrador"]), wounded=2))
    (collector, *_) = toll.people(case.reading, range(len(case.reading.sentences)), "wounded", {})
    assert Marks(case).befell(collector, "wounded") is None


def test_marks_that_do_not_add_up_are_found() -> None:
    assert not list(check_victims(marked(("wounded", 1, False, ["Un cobrador"]))))
    assert not list(
        check_victims(marked(("wounded", 1, False, ["Un cobrador"]), ("wounded", 3, True, ["El joven"])))
    ), "a total is none of them"
    assert "2 wounded are marked" in next(iter(check_victims(marked(("wounded", 2, False, ["Un cobrador"])))))
    beyond = marked(("wounded", 1, False, ["Un cobrador"]))
    beyond.get("victims", [])[0]["spans"][0]["end"] = 10_000
    assert "out of bounds" in next(iter(check_victims(beyond)))
