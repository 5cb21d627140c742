"""The names of places in a document as the reader weighs them: each in its sentence, told to mean one unit."""

from __future__ import annotations

from dataclasses import dataclass

from models.gazetteer import PlaceHit
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
