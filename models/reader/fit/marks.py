"""Who the victims of a document are, as the corpus marks them: which persons told of were hit, and which are one and the same.

Not here: what is learnt from it (``examples``).
"""

from __future__ import annotations

from collections.abc import Sequence

from models.reader.fit.cases import Case
from models.reader.fit.learn import Decision, one_of
from models.reader.told import Person, Telling, options
from models.reader.victims import Kind

Owners = frozenset[int]


class Marks:
    """The marked victims of a document, by where they are told of."""

    def __init__(self, case: Case) -> None:
        self._sentences = case.reading.sentences
        self._victims = case.row.get("victims", [])
        self.is_told = bool(self._victims) or not any(m["killed"] or m["wounded"] for m in case.row["mentions"])

    def owners(self, span: tuple[int, int, int]) -> Owners:
        """The numbers of the victims that a phrase (sentence, start, end) tells of."""
        index, start, end = span
        sentence = self._sentences[index]
        start, end = sentence.start + start, sentence.start + end
        return frozenset(
            number
            for number, victim in enumerate(self._victims)
            if any(s["field"] == sentence.field and s["start"] < end and start < s["end"] for s in victim["spans"])
        )

    def apart(self, owners: Owners) -> Owners:
        """Those of them that are no totals of others."""
        return frozenset(number for number in owners if not self._victims[number]["is_total"])

    def of(self, person: Person) -> Owners:
        """The victims that a person's phrases tell of."""
        return frozenset[int]().union(*(self.owners(span) for span in person.spans))

    def befell(self, person: Person, kind: Kind) -> bool | None:
        """Whether a person is among the killed or wounded; ``None`` where the marks do not say, or speak of another number."""
        owners = self.of(person)
        mine = [self._victims[n] for n in owners if self._victims[n]["state"] == kind]
        if not mine:
            return False if self.is_told else None
        is_same = sum(victim["count"] for victim in mine if not victim["is_total"]) == person.value
        return True if is_same else None


class Chooser:
    """Says who is told again as the marks have it, and keeps each such decision."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self.decisions: list[Decision] = []

    def __call__(self, found: Sequence[Person], telling: Telling) -> Person | None:
        """The one of those told before whom the marks give to a phrase."""
        rivals, items = options(found, telling)
        if not rivals:
            return None
        phrase = telling.phrase
        owners = self._marks.owners((telling.sentence.index, phrase.start, phrase.end))
        mine = self._marks.apart(owners)
        theirs = [self._marks.of(each) for each in rivals]
        if len(mine) == 1:
            right = [self._marks.apart(each) == mine for each in theirs]
        elif not owners:
            right = [not each for each in theirs]
        else:
            return None
        is_new = not owners or not any(right)
        if not all(right) or not is_new:
            self.decisions.append(one_of(items, [*right, is_new]))
        if mine:
            return next((each for each, holds in zip(rivals, right, strict=True) if holds), None)
        alike = (
            each
            for each, holds in zip(rivals, right, strict=True)
            if holds and phrase.head in each.heads and phrase.form in {"the", "his"}
        )
        return next(alike, None)
