"""Where something happened, told from the other places a text names: streets, offices, datelines, routes, origins, gangs.

Which spots (streets, squares, premises) a text names is ``spots``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.gazetteer import ancestors, covers
from models.gazetteer.units import level_of, names_of, units
from models.reader.cues import stems
from models.reader.focus import Focus
from models.reader.heard import Stretch
from models.reader.linear import bucket, softmax, total, weights
from models.reader.namings import Names, Naming, names, namings
from models.reader.reading import Reading
from models.reader.spots import Spots
from models.reader.tied import told_of, told_of_mourned
from warehouse.records import PlacePrecision

MODEL, SHARED = "place", "shared"  # the unit itself, and one that shares the name of a larger one
# From which probability on a unit is said. On the calibration split, fitted without it, a department of .50 is right in .974 where there is one
# and said in .138 where there is none, .55 in .971 and .119, .60 in .969 and .114; a province of .50 in .952 and .207, .55 in .947 and
# .196, .60 in .944 and .174; a district of .35 in .884 and .392, .40 in .876 and .361, .45 in .866 and .334.
LEAST = {"department": 0.55, "province": 0.6, "district": 0.4}
CLEAR = 0.9  # the network is not asked where one answer is so likely without it: half of the documents, and no figure above changes
IN = re.compile(r"\b(?:en|in|at)(?: el| la| los| las| the)?(?: distrito de| provincia de| ciudad de)? ?$")

HOUSE = re.compile(r"\b(?:en|in|at) (?:una?|an?) (?:\w+ ){1,2}(?:de|del|en|in|of) $")
AHEAD = 60  # characters
# "En el centro poblado Puente Alto, provincia de Virú": a hamlet of the province, and not of the district of that name.
HAMLET = re.compile(
    r"\b(?:centro poblado|caserio|anexo|comunidad(?: campesina| nativa)?|fundo|hacienda)\b(?![^.;]*\bdistrito\b)[^.;]{3,45}, (?:en )?(?:la )?provincia (?:de |del )?$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place at the finest level the text supports."""

    ubigeo: str | None = None
    department: str | None = None
    province: str | None = None
    district: str | None = None
    precision: PlacePrecision = "unknown"


def place_of(code: str | None) -> Place:
    """The record's place fields for a code."""
    if code is None:
        return Place()
    return Place(code, *names_of(code), level_of(code))


def _flags(naming: Naming, reading: Reading, focus: Focus) -> list[str]:
    """What one name says for the unit it means."""
    sentence, hit = reading.sentences[naming.index], naming.hit
    used = hit.use
    found = [f"use {used}", f"use {used} rel {focus.level(naming.index)}"]
    if sentence.field == "title":
        found += ["title", f"title {used}"]
        if sentence.folded[hit.end : hit.end + 1] == ":" or hit.start == 0:
            found.append("title head")
    if IN.search(sentence.folded[max(0, hit.start - 24) : hit.start]):
        found += ["in", f"in rel {focus.level(naming.index)}", f"in {used}"]
    if naming.is_dateline:
        found.append("dateline")
    if naming.in_list:
        found.append("list")
    if reading.recalled[naming.index]:
        found.append("recalled")
    if reading.links[naming.index]:
        found.append("link")
    before = stems(sentence.folded[max(0, hit.start - 30) : hit.start])[-2:]
    found += [f"b {stem}" for stem in before] + ([f"b2 {' '.join(before)}"] if len(before) == 2 else [])
    if hit.said_level:
        found.append(f"said {hit.said_level}")
    return found


def _distance(reading: Reading, focus: Focus, level: str, plain: Sequence[Naming]) -> list[str]:
    """How far from the event's own sentence the unit is named, and whether in its paragraph."""
    away = min((abs(n.index - focus.evidence) for n in plain), default=9)
    paragraph = reading.sentences[focus.evidence].paragraph
    before = [n.index <= focus.evidence for n in plain if reading.sentences[n.index].paragraph == paragraph]
    return [
        f"{level} away {min(away, 4)}",
        f"{level} together {bool(before)}",
        f"{level} together before {any(before)}",
    ]


class Weighing:
    """What the model sees of the units of a document, for one event type."""

    def __init__(self, reading: Reading, focus: Focus, names: Names) -> None:
        self._reading, self._focus, self._names = reading, focus, names
        self._spots = Spots(reading, focus, names)
        self._best = max((focus.scores[n.index] for n in names.plain), default=0.0)
        self._flags: dict[tuple[int, int], list[str]] = {}

    def features(self, code: str) -> list[str]:
        """What the model sees of one unit."""
        reading, focus, names = self._reading, self._focus, self._names
        level, kind = level_of(code), focus.kind
        inside = names.inside.get(code, ())
        own = inside or names.finer.get(code, ())  # a same-named unit inside the one named
        is_virtual = not inside
        flags = {flag for n in own for flag in self._flags_of(n)}
        found = [level, f"{kind} {level}", "virtual" if is_virtual else "named", f"{level} virtual {is_virtual}"]
        found += [f"{level} {flag}" for flag in flags]
        found += [f"{kind} {flag}" for flag in flags if flag.startswith(("title", "in", "use"))]
        plain = [n for n in own if n.hit.use == "place"]
        found.append(f"{level} plain {bucket(len(plain), (1, 2, 3, 5))}")
        share = len(plain) / max(1, len(names.plain))
        found.append(f"{level} share {bucket(share, (0.01, 0.2, 0.35, 0.5, 0.7, 0.99))}")
        found.append(f"{level} rivals {bucket(names.on_level[level], (2, 3, 4, 6))}")
        near = max((focus.scores[n.index] for n in plain), default=0.0)
        found.append(f"{level} near {bucket(near, (0.03, 0.1, 0.25, 0.5, 0.75))}")
        if plain and near == self._best:
            found += [f"{level} nearest", f"{kind} {level} nearest"]
        lead = max((focus.lead(n.index) for n in plain), default=0)
        found += [f"{level} lead {lead}", f"{kind} {level} lead {lead}"]
        found += _distance(reading, focus, level, plain)
        if any(n.index == names.first for n in plain):
            found.append(f"{level} first")
        if any(n.index == names.first_in_text for n in plain):
            found.append(f"{level} first in text")
        if own and all(n.hit.use != "place" or n.is_dateline or reading.recalled[n.index] for n in own):
            found.append(f"{level} only weak")
        exact = [n for n in own if n.hit.ubigeo == code]
        found.append(f"{level} exact {min(len(exact), 2)}")
        deeper = {n.hit.ubigeo for n in plain if n.hit.ubigeo != code}
        found.append(f"{level} deeper {min(len(deeper), 3)}")
        if is_virtual or exact:
            found += self._itself(code, is_virtual=is_virtual)
        found += self._spots.features(code, own, "virtual" if is_virtual else "exact" if exact else "around")
        if code[:2] == "15":
            found += _of_lima(code, flags)
        if reading.is_gazette:
            found.append("gazette")
        return found

    def _flags_of(self, naming: Naming) -> list[str]:
        at = naming.index, naming.hit.start
        if at not in self._flags:
            self._flags[at] = _flags(naming, self._reading, self._focus)
        return self._flags[at]

    def _itself(self, code: str, *, is_virtual: bool) -> list[str]:
        """A unit that is named, or shares the name of one that is."""
        level = level_of(code)
        found = [f"{level} {'virtual' if is_virtual else 'exact'} {self._focus.kind}"]
        if level == "district":
            others = self._names.in_province[code[:4]] - 1
            people = bucket(units()[code].population or 0, (20_000, 60_000, 150_000, 300_000))
            found.append(f"virtual {is_virtual} districts {min(others, 2)}")
            found.append(f"virtual {is_virtual} department {code[:2]}")
            found.append(f"virtual {is_virtual} people {people}")
        return found


def _of_lima(code: str, flags: Iterable[str]) -> list[str]:
    """The capital, its province and its department have one name."""
    level = level_of(code)
    found = [f"lima {level}"]
    if code in {"150000", "150100", "150101"}:
        found += [f"lima itself {level}"] + [
            f"lima itself {level} {flag}" for flag in flags if flag.startswith(("use", "in", "title", "dateline"))
        ]
    return found


def paths(all_nodes: Sequence[str]) -> list[tuple[str, ...]]:
    """What can be said of the place: nothing, or a unit with those around it, from the department on."""
    known = set(all_nodes)
    return [(), *(tuple(c for c in ancestors(code) if c in known) for code in all_nodes)]


def named_for(reading: Reading, kind: str) -> Names:
    """The names to weigh for a type: none that is told of the capture alone, or of the deed alone, where it is the other that is placed; none of those who were dead before."""
    every = namings(reading)
    plain = [(n.index, n.hit.start, n.hit.ubigeo) for n in every if n.hit.ubigeo and _is_told(reading, n)]
    mine, theirs = told_of(reading, plain, kind)
    apart = {code for code in theirs if mine and not any(covers(code, own) or covers(own, code) for own in mine)}
    apart |= told_of_mourned(reading, plain, kind)
    return names(_outside_towns(reading, [naming for naming in every if naming.hit.ubigeo not in apart]))


def _is_told(reading: Reading, naming: Naming) -> bool:
    """Whether something is told to be there: a place itself, or any one house in it ("en un hotel de Chaclacayo")."""
    before = reading.sentences[naming.index].folded[max(0, naming.hit.start - AHEAD) : naming.hit.start]
    return naming.hit.use == "place" or HOUSE.search(before) is not None


def _outside_towns(reading: Reading, every: Sequence[Naming]) -> list[Naming]:
    """The names, those of a province that shares a district's not for the district where a hamlet of the province is the scene."""
    provinces = {
        naming.hit.ubigeo
        for naming in every
        if HAMLET.search(reading.sentences[naming.index].folded[: naming.hit.start])
    }
    return [replace(n, hit=replace(n.hit, finer=())) if n.hit.ubigeo in provinces else n for n in every]


def told_at(named: Names, code: str) -> list[Stretch]:
    """Where a unit is told of: its own name and those of places in it, or a name it shares."""
    own = [(MODEL, n.index, n.hit.start, n.hit.end) for n in named.inside.get(code, ())]
    return own + [(SHARED, n.index, n.hit.start, n.hit.end) for n in named.finer.get(code, ())]


def _chances(reading: Reading, focus: Focus) -> dict[str, float]:
    """By unit, the probability that it holds the place."""
    named = named_for(reading, focus.kind)
    table, weighing = weights(MODEL), Weighing(reading, focus, named)
    scores = {code: total(table, weighing.features(code)) for code in named.units}
    ways = paths(named.units)
    shares = _shares(ways, scores)
    if focus.heard.hints and max(shares) < CLEAR:
        weight = focus.heard.weight(MODEL)
        more = {code: focus.heard.loudest(focus.kind, told_at(named, code)) for code in named.units}
        shares = _shares(ways, {code: weight * score + more[code] for code, score in scores.items()})
    found = dict.fromkeys(named.units, 0.0)
    for way, share in zip(ways, shares, strict=True):
        for code in way:
            found[code] += share
    return found


def _shares(ways: Sequence[tuple[str, ...]], scores: Mapping[str, float]) -> list[float]:
    return softmax([sum(scores[code] for code in way) for way in ways])


def scene(reading: Reading, focus: Focus) -> Place:
    """The place of the event the focus is on, as deep as the text supports."""
    chances = _chances(reading, focus)
    code: str | None = None
    for level in ("department", "province", "district"):
        inside = [c for c in chances if level_of(c) == level and (code is None or covers(code, c))]
        best = max(inside, key=lambda c: chances[c], default=None)
        if best is None or chances[best] < LEAST[level]:
            break
        code = best
    return place_of(code)
