"""What a pointer learns: the reader's decisions, where in the text each of their items is told of, and the reader's own scores of them.

The scores come from models that have not seen the document's story, as at run time. Not here: the pointer (``models.train.pointer``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.corpus.store import Row
from models.hints import Field
from models.reader import places
from models.reader.cues import MODEL as SENTENCE
from models.reader.fit import examples
from models.reader.fit.cases import Case, by_folds
from models.reader.fit.models import learner
from models.reader.heard import Stretch
from models.reader.kinds import LEGAL
from models.reader.linear import Table, total

Spot = tuple[str, Field, int, int]  # what is asked, and where in the title or text


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision: by item where it is told of and its own score; the options as in ``Decision``."""

    about: str
    kind: str
    spots: list[list[Spot]]
    own: list[float]
    options: Sequence[tuple[int, ...]]
    right: Sequence[bool]


@dataclass(slots=True)
class Pointed:
    """A document with its decisions."""

    row: Row
    choices: list[Choice] = field(default_factory=list[Choice])


def pointed(rows: Iterable[Row], held: Iterable[Row] = ()) -> tuple[list[Pointed], list[Pointed]]:
    """The decisions of documents to learn from, and of others whose scores come from what was learnt on all of those."""
    cases, others = ([case for row in some if (case := Case(row)).kinds] for some in (rows, held))
    found = {id(case): Pointed(case.row) for case in [*cases, *others]}

    def each(fit: Callable[[Sequence[Case]], dict[str, float]], take: Callable[[Case, Table], None]) -> None:
        table = by_folds(cases, fit, take)
        for case in others:
            take(case, table)

    each(learner(SENTENCE, examples.sentences), Case.focus_by)
    each(learner(places.MODEL, examples.scenes), lambda case, table: _choose(found[id(case)], case, table))
    return [found[id(case)] for case in cases], [found[id(case)] for case in others]


def _choose(document: Pointed, case: Case, table: Table) -> None:
    for decision, (kind, stretches) in zip(examples.scenes(case), _places(case), strict=True):
        own = [total(table, item) for item in decision.items]
        if any(decision.right) and not all(decision.right):
            spots = _spots(case, stretches)
            document.choices.append(Choice(places.MODEL, kind, spots, own, decision.options, decision.right))


def _spots(case: Case, stretches: Iterable[Iterable[Stretch]]) -> list[list[Spot]]:
    sentences = case.reading.sentences
    return [
        [
            (about, sentences[at].field, sentences[at].start + start, sentences[at].start + end)
            for about, at, start, end in some
        ]
        for some in stretches
    ]


def _places(case: Case) -> Iterator[tuple[str, list[list[Stretch]]]]:
    for kind in case.kinds:
        if case.truths(kind) and kind not in LEGAL:
            named = places.named_for(case.reading, kind)
            yield kind, [places.told_at(named, unit) for unit in named.units]
