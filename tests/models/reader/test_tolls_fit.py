"""Weights from sums, and from who is marked as hit."""

from __future__ import annotations

from models.reader.fit.tolls import Tally, learn_tolls
from models.reader.linear import BIAS, score
from models.reader.told import Person


def _person(value: int, *names: str) -> Person:
    return Person(value, 0, is_title=False, features={BIAS, *names})


def test_who_was_hit_is_learnt_from_how_many() -> None:
    people = [[_person(value, "hurt"), _person(1, "told")] for value in (2, 3, 4, 5)] * 5
    tallies = [Tally(each, frozenset({each[0].value}), [None, None]) for each in people]
    table = learn_tolls(tallies, penalty=0.1)
    assert score(table, ["hurt"]) > 0.9
    assert score(table, ["told"]) < 0.1


def test_who_is_marked_counts_where_sums_say_nothing() -> None:
    """One of two was hit: only the mark says which."""
    people = [[_person(1, "hurt"), _person(1, "told")] for _ in range(20)]
    blind = learn_tolls([Tally(each, frozenset({1}), [None, None]) for each in people], penalty=0.1)
    assert score(blind, ["hurt"]) == score(blind, ["told"])
    seen = learn_tolls([Tally(each, frozenset({1}), [True, False]) for each in people], penalty=0.1)
    assert score(seen, ["hurt"]) > 0.9 > 0.1 > score(seen, ["told"])


def test_nothing_to_learn_from() -> None:
    assert learn_tolls([], penalty=1.0) == {}
