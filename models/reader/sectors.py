"""Which of a document's sectors one happening has: a driver's murder and a teachers' strike are no school murder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.focus import EDGES, Focus
from models.reader.linear import bucket, probability
from models.reader.reading import Reading
from models.reader.text import Sentence

MODEL = "sector"
LEAST = 0.5  # the probability from which a sector is the happening's own


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return {sector: any_of(patterns) for sector, patterns in read_data("sectors.toml").items()}


def naming(sectors: Sequence[str], sentence: Sentence) -> tuple[str, ...]:
    """The sectors of ``sectors`` that a sentence names."""
    return tuple(s for s in sectors if s in _words() and _words()[s].search(sentence.folded))


def _strength(reading: Reading, focus: Focus, sector: str) -> float:
    """How surely the best sentence that names the sector tells the event."""
    return max((focus.scores[s.index] for s in reading.sentences if naming([sector], s)), default=0.0)


def features(reading: Reading, focus: Focus, sector: str, sectors: Sequence[str]) -> list[str]:
    """What the model sees of one sector for one event type."""
    kind = focus.kind
    named = [s.index for s in reading.sentences if naming([sector], s)]
    own = _strength(reading, focus, sector)
    others = max((_strength(reading, focus, other) for other in sectors if other != sector), default=0.0)
    level, rival = bucket(own, EDGES), bucket(others, EDGES)
    found = [kind, sector, f"{kind} {sector}", f"of {min(len(sectors), 4)}", f"level {level}", f"{kind} level {level}"]
    found += [
        f"level {level} rival {rival}",
        f"leads {own > others}",
        f"{kind} leads {own > others}",
        f"{sector} level {level}",
    ]
    found.append(f"in evidence {focus.evidence in named}")
    found.append(f"{kind} in evidence {focus.evidence in named}")
    found.append(f"alone in evidence {naming(sectors, reading.sentences[focus.evidence]) == (sector,)}")
    away = min((abs(i - focus.evidence) for i in named), default=9)
    found += [f"away {min(away, 4)}", f"{kind} away {min(away, 4)}"]
    found += [f"in title {0 in named}", f"times {min(len(named), 4)}", f"{kind} times {min(len(named), 4)}"]
    lead = max((focus.lead(i) for i in named), default=0)
    return [*found, f"lead {lead}", f"{kind} lead {lead}"]


def own_sectors(reading: Reading, focus: Focus, sectors: Sequence[str]) -> tuple[str, ...]:
    """The document's sectors that are the happening's own: the likeliest one at least."""
    if len(sectors) <= 1:
        return tuple(sectors)
    chances = {sector: probability(MODEL, features(reading, focus, sector, sectors)) for sector in sectors}
    found = tuple(sector for sector in sectors if chances[sector] >= LEAST)
    return found or (max(sectors, key=lambda s: chances[s]),)
