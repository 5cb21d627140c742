"""The models of the reader, one after another: which decisions each learns from, and how freely."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from models.corpus.store import Row
from models.fold import fold
from models.reader import told, toll, when
from models.reader.fit import examples
from models.reader.fit.cases import Case, by_folds
from models.reader.fit.learn import Decision, learn
from models.reader.fit.tolls import learn_tolls
from models.reader.linear import using
from models.reader.person_features import COMMON

LOWER = re.compile(r"(?<!\w)[a-záéíóúüñ]{2,}(?!\w)")
# How strongly each model's weights are held back: chosen on folds.
PENALTY = {
    "sentence": 3.0,
    "wound": 1.0,
    "date first": 3.0,
    "date": 3.0,
    "place": 10.0,
    "sum": 3.0,
    "same": 2.0,
    "toll": 6.0,
    "count": 3.0,
    "sector": 3.0,
    "deed": 3.0,
    "person": 1.0,
}
KINDS: tuple[toll.Kind, ...] = ("killed", "wounded")
AFTER_FOCUS: dict[str, Callable[[Case], Iterator[Decision]]] = {
    "date": examples.dates,
    "place": examples.scenes,
    "sum": examples.demands,
    "count": examples.counts,
    "sector": examples.sectors,
    "deed": examples.deeds,
}


def learner(name: str, make: Callable[[Case], Iterator[Decision]]) -> Callable[[Sequence[Case]], dict[str, float]]:
    """What fits one model to cases; their decisions are made once."""
    made: dict[int, list[Decision]] = {}

    def fit(cases: Sequence[Case]) -> dict[str, float]:
        for case in cases:
            if id(case) not in made:
                made[id(case)] = list(make(case))
        return learn([d for case in cases for d in made[id(case)]], penalty=PENALTY[name])

    return fit


def _tolls(cases: Sequence[Case], kind: toll.Kind) -> dict[str, float]:
    tallies = {id(case): examples.tally(case, kind) for case in cases}
    return by_folds(
        cases,
        lambda part: learn_tolls([tallies[id(case)] for case in part], penalty=PENALTY["toll"]),
        lambda case, table: case.toll_by(kind)(table),
    )


def fit(rows: Iterable[Row]) -> dict[str, dict[str, float]]:
    """All models from the rows given."""
    rows = list(rows)
    return fit_persons(rows) | fit_cases([case for row in rows if (case := Case(row)).kinds])


def fit_cases(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """The models of what happened."""
    models = {
        "sentence": by_folds(cases, learner("sentence", examples.sentences), Case.focus_by),
        "wound": by_folds(cases, learner("wound", examples.wounds), Case.gate_by),
    }
    models[when.FIRST] = by_folds(cases, learner(when.FIRST, examples.first_dates), Case.date_by)
    models[told.MODEL] = by_folds(cases, learner(told.MODEL, examples.sames), Case.same_by)
    for kind in KINDS:
        models[toll.model(kind)] = _tolls(cases, kind)
    return models | {name: learner(name, make)(cases) for name, make in AFTER_FOCUS.items()}


def fit_persons(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """The model of private persons, and the ordinary words that it knows."""
    ordinary = {COMMON: common(rows)}
    with using(ordinary):
        decisions = [d for row in rows for d in examples.people(row)]
    return ordinary | {"person": learn(decisions, penalty=PENALTY["person"])}


def common(rows: Iterable[Row], least: int = 3) -> dict[str, float]:
    """Folded words that the rows write in lower case at least so often."""
    counts = Counter(fold(word) for row in rows for word in LOWER.findall(row["text"]))
    return {word: 1.0 for word, count in counts.items() if count >= least}
