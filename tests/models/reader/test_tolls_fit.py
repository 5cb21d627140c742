"""Weights from sums alone: nobody says who was hit."""

from __future__ import annotations

from models.reader.fit.tolls import Tally, learn_tolls
from models.reader.linear import BIAS, score
from models.reader.toll import Person


def _person(value: int, *names: str) -> Person:
    return Person(value, set(), set(), 0, is_title=False, features={BIAS, *names})


def test_who_was_hit_is_learnt_from_how_many() -> None:
    tallies = [Tally([_person(value, "hurt"), _person(1, "told")], frozenset({value})) for value in (2, 3, 4, 5)] * 5
    table = learn_tolls(tallies, penalty=0.1)
    assert score(table, ["hurt"]) > 0.9
    assert score(table, ["told"]) < 0.1


def test_nothing_to_learn_from() -> None:
    assert learn_tolls([], penalty=1.0) == {}
