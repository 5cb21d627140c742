"""The names of places in a document as the reader weighs them: each in its sentence, told to mean one unit, and looked up by unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.gazetteer import PlaceHit, ancestors
from models.gazetteer.units import Level, level_of
from models.reader.reading import Reading


@dataclass(frozen=True, slots=True)
class Naming:
    """A place's name in one sentence, with what the sentence says of it."""

    index: int
    hit: PlaceHit
    is_dateline: bool
    in_list: bool


def namings(reading: Reading) -> list[Naming]:
    """Every name that was told to mean one unit."""
    found: list[Naming] = []
    for index, hits in enumerate(reading.places):
        sentence = reading.sentences[index]
        in_list = len({h.ubigeo for h in hits if h.use == "place"}) >= 4
        for hit in hits:
            if hit.ubigeo is None:
                continue
            if any(g.start <= hit.start < g.end + 6 for g in reading.groups[index]):
                continue  # Los Pulpos de Trujillo
            dateline = sentence.field == "text" and sentence.start == 0 and hit.start < reading.dateline_end
            found.append(Naming(index, hit, dateline, in_list))
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a document, indexed once: a long list of places is weighed unit by unit, and none may look through all."""

    units: Sequence[str]  # to weigh: those named, the units around them, same-named units inside them
    inside: Mapping[str, Sequence[Naming]]  # by unit, the names that mean it or a unit in it
    finer: Mapping[str, Sequence[Naming]]  # by unit, the names of a unit around it that it shares
    plain: Sequence[Naming]  # those used as places
    districts: Mapping[int, frozenset[str]]  # by sentence, the districts named as places
    on_level: Mapping[Level, int]  # how many of the units
    in_province: Mapping[str, int]  # by the first four digits, how many districts of the units
    first: int | None  # the sentence of the first name used as a place
    first_in_text: int | None


def names(every: Sequence[Naming]) -> Names:
    """Names by unit.

    A town after which a street, a club or a person is called is no place of the news for that: it is no unit to weigh.
    """
    units: set[str] = set()
    inside: defaultdict[str, list[Naming]] = defaultdict(list)
    finer: defaultdict[str, list[Naming]] = defaultdict(list)
    districts: defaultdict[int, set[str]] = defaultdict(set)
    for naming in every:
        code = naming.hit.ubigeo or ""
        around = [above for above in ancestors(code) if above]
        for above in around:
            inside[above].append(naming)
        for within in dict.fromkeys(naming.hit.finer):
            finer[within].append(naming)
        if not naming.hit.is_namesake:
            units.update(around, naming.hit.finer)
        if naming.hit.use == "place" and level_of(code) == "district":
            districts[naming.index].add(code)
    plain = [naming for naming in every if naming.hit.use == "place"]
    return Names(
        sorted(units),
        inside,
        finer,
        plain,
        {index: frozenset(codes) for index, codes in districts.items()},
        Counter(level_of(code) for code in units),
        Counter(code[:4] for code in units if level_of(code) == "district"),
        min((naming.index for naming in plain), default=None),
        min((naming.index for naming in plain if naming.index > 0), default=None),
    )
