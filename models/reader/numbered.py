"""A sentence whose numbers have their times and places: what ``clauses`` finds near a number, or what holds for it all the same.

Not here: what the numbers count (``figures``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.gazetteer import PlaceHit, covers
from models.reader.clauses import (
    COMPARING,
    Clause,
    Named,
    T,
    blank,
    clause_of,
    is_second,
    is_undated_pair,
    own,
    said_after,
    said_before,
)
from models.reader.numbers import Number
from models.reader.period import NO_PERIOD, Period
from models.reader.periods import find_periods
from models.reader.places import Place, place_of

# So many a day or year: no level of the time the sentence is about.
EACH = re.compile(
    r"\b(?:cada|por|per|each|every|al?) (?:dia|semana|mes|ano|hora|day|week|month|year|hour)\b(?! (?:pasado|anterior|siguiente|earlier))|\b(?:diari|mensual|semanal|anual)(?:[oa]|es)?s?\b|\b(?:daily|monthly|weekly|yearly)\b"
)
# A number that takes over what the one before it counts: "en Piura fueron 210", "90 en Comas", "8.000 del mismo mes".
STATED = re.compile(
    r"(?:\b(?:(?:up|down) from|fueron|eran?|fue|hubo|suman|sumaron|son|registr\w+|report\w+|lleg\w+ a|were|was|had|a|to|con|:|y|and)|frente a|,) ?$"
)
# "23 menos que en igual periodo de 2022, cuando hubo 94": of the time that it was compared with.
WHEN = re.compile(r"^[,( ]? ?(?:cuando|when)\b")
STOPPED = re.compile(rf"[,;:.(]|\b(?:{COMPARING}|y (?:el|la|los|las|en|que|se)\b|mientras|pero|but|while)")
JOINED = re.compile(r" ?(?:en|in|del?|of|al?)(?: el| la| los| las| the)? ")
ENDED = re.compile(r" ?(?:$|[,;.:)]|(?:y|e|and|en|in|del?|of|mas|menos|more|fewer) )")
BETWEEN = re.compile(
    r",? ?(?:\(|y|e|and|,)? ?(?:en |in |el |la |the |vecin[oa] |neighbou?ring |provincia (?:de |constitucional del )|distrito de |region )*$"
)


def where(folded: str, hits: Sequence[PlaceHit]) -> list[Named[Place]]:
    """The places of a sentence; those told in one breath ("Lima y Callao") are one that cannot be given, unless one holds the other."""
    found: list[Named[Place]] = []
    codes: list[str] = []
    for hit in hits:
        if hit.use not in {"place", "office"} or not hit.ubigeo:
            continue
        if found and BETWEEN.fullmatch(folded[found[-1].end : hit.start]):
            codes.append(hit.ubigeo)
            deepest = max(codes, key=lambda code: len(code.rstrip("0")))
            place = (
                place_of(deepest)
                if found[-1].value and not hit.is_group and all(covers(code, deepest) for code in codes)
                else None
            )
            found[-1] = Named(found[-1].start, hit.end, place)
        else:
            codes = [hit.ubigeo]
            found.append(Named(hit.start, hit.end, None if hit.is_group else place_of(hit.ubigeo)))
    return found


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence with its numbers, times and places, and the same sentence with these blanked."""

    folded: str
    blanked: str
    numbers: Sequence[Number]
    times: Sequence[Named[Period]]
    places: Sequence[Named[Place]]

    def clause(self, at: int) -> Clause:
        """The clause of a number."""
        return clause_of(self.blanked, self.numbers[at])

    def is_second(self, at: int) -> bool:
        """Whether a number is where the one before it has gone to."""
        return is_second(self.blanked, self.numbers, at)

    def takes_over(self, at: int, clause: Clause) -> bool:
        """Whether a number counts what the one before it counts: its clause states it of another time or place."""
        number = self.numbers[at]
        named = own(self.blanked, clause, self.numbers, at, self.times) or own(
            self.blanked, clause, self.numbers, at, self.places
        )
        if named is None:
            return False
        if named.end <= number.start:
            stated = STATED.search(self.folded[: number.start]) or self.folded[number.start - 1] == "("
            return bool(stated and ENDED.match(self.folded, number.end))
        return bool(JOINED.fullmatch(self.folded[number.end : named.start] or " ") or named.start <= number.end + 1)

    def _said_on(self, at: int, named: Sequence[Named[T]]) -> Named[T] | None:
        """The first that follows a number before any stop, comparison or further number: "9 choferes y cobradores murieron en Ica"."""
        end = STOPPED.search(self.blanked, self.numbers[at].end)
        until = min(end.start() if end else len(self.blanked), *(n.start for n in self.numbers[at + 1 : at + 2]), 10**9)
        return next((each for each in named if self.numbers[at].end <= each.start < until), None)

    def _end_of_years(self, at: int) -> Period:
        """Of two numbers told over years ("pasaron de 29 a 45 entre 2023 y 2024") the first is of the first year, the second of the last."""
        years = self.times[0].value if len(self.times) == 1 else None
        if not (years and years.start and years.end and years.is_years) or at > 1:
            return Period()
        year = years.end.year if self.is_second(at) else years.start.year
        return Period(years.written, date(year, 1, 1), date(year, 12, 31))

    def time(self, at: int, clause: Clause, last: Period) -> Period:
        """The period of a number; a change without one has that of the number before it."""
        if is_undated_pair(self.blanked, self.numbers, at):
            return self._end_of_years(at)
        for each in EACH.finditer(self.folded):
            if clause.start <= each.start() < clause.end or each.end() <= self.numbers[0].start:
                return Period(each[0])
        found = own(self.blanked, clause, self.numbers, at, self.times) or self._said_on(at, self.times)
        if found is None and WHEN.search(self.blanked[clause.start - 1 : self.numbers[at].start]):
            found = next((each for each in reversed(self.times) if each.end <= clause.start), None)
        if found is None and not self.is_second(at):
            found = said_before(self.blanked, clause, self.numbers, self.times)
            found = found or said_after(self.blanked, self.numbers, at, self.times)
        return (found.value if found else None) or last

    def has_own_place(self, at: int, clause: Clause) -> bool:
        """Whether a number's clause names its place."""
        return own(self.blanked, clause, self.numbers, at, self.places) is not None

    def place(self, at: int, clause: Clause, title: Place, last: Place) -> Place:
        """The place of a number: its clause's, one said ahead of all numbers, the sentence's only one, else the title's."""
        if not self.places:
            return title
        found = own(self.blanked, clause, self.numbers, at, self.places) or self._said_on(at, self.places)
        if found is None and self.places[0].end <= self.numbers[0].start:
            found = said_before(self.blanked, clause, self.numbers, self.places[:1])
        if found is None and len(self.places) == len(self.numbers) == 1:
            found = self.places[0]
        return (found.value or Place()) if found else last


def numbered(
    folded: str,
    numbers: Sequence[Number],
    places: Sequence[PlaceHit],
    published: date | None,
    earlier: Period = NO_PERIOD,
) -> Numbered:
    """A folded sentence with its numbers, the places found in it, the day of its publication and the time spoken of before it."""
    times = [Named(start, end, period) for start, end, period in find_periods(folded, published, earlier)]
    named = where(folded, places)
    spans = [(each.start, each.end) for each in (*numbers, *times, *named)]
    return Numbered(folded, blank(folded, spans), numbers, times, named)
