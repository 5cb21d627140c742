"""What a text shows of the killed and the wounded: numbers said of them, sentences that tell of one, denials, the persons told of.

Not here: which count that supports best (``estimate``), who of the persons was hit (``toll``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from models.reader import toll
from models.reader.cues import stems
from models.reader.data import any_of, read_data
from models.reader.kinds import VIOLENT
from models.reader.linear import bucket, probability
from models.reader.numbers import number_word_pattern, parse_number
from models.reader.reading import Reading
from models.reader.text import Sentence

Kind = Literal["killed", "wounded"]

GATE = "wound"
TELLS = 0.3  # the gate's probability from which a sentence tells of somebody wounded
# "En menos de tres días fueron asesinados", "de cinco balazos": what is counted there is nobody.
NO_PERSONS = (
    r"(?! (?:dias?|horas?|semanas?|mes(?:es)?|anos?|minutos?|noches?|balazos?|disparos?|tiros?|impactos?|cuadras?|metros|kilometros|soles"
    r"|days?|hours?|weeks?|months?|years?|minutes?|shots?|bullets?)\b)"
)
MOST = 60  # a count above this is no single happening of this subject


Scope = Sequence[int] | None  # the sentences of the happening, in a round-up


@dataclass(frozen=True, slots=True)
class Signs:
    """What a document shows of one kind: numbers said, single persons told of, denial, pairs, and where numbers stood."""

    numbers: list[int]
    in_title: list[int]
    singles: int
    denied: bool
    paired: bool
    plural: bool
    told: list[int]  # numbers said in them with a verb of suffering
    headline: int  # hit by the title's words alone
    toll: list[float]  # by number, the probability that so many of the persons told of were hit


@cache
def _counted(kind: Kind, name: str = "counted") -> list[re.Pattern[str]]:
    number = rf"(?P<n>\d{{1,3}}|{number_word_pattern()}){NO_PERSONS}"
    return [re.compile(r"\b" + p.replace("NUM", number)) for p in read_data("victims.toml")[kind][name]]


@cache
def said(kind: str, name: str) -> re.Pattern[str]:
    """One of the lists of ``victims.toml``."""
    return any_of(read_data("victims.toml")[kind][name])


@cache
def _words(kind: Kind) -> list[tuple[re.Pattern[str], int]]:
    return [
        (re.compile(rf"\b{words}"), value) for words, value in read_data("victims.toml")[kind].get("words", {}).items()
    ]


def _numbers(kind: Kind, folded: str) -> list[int]:
    found: list[int] = [value for pattern, value in _words(kind) if pattern.search(folded)]
    return found + [n for pattern in _counted(kind) for n in _said(pattern, folded)]


def _said(pattern: re.Pattern[str], folded: str) -> list[int]:
    """The numbers of a pattern's matches; of those that end together ("seis muertos y 11 heridos") the nearest one."""
    by_end: dict[int, str] = {}
    match = pattern.search(folded)
    while match:
        by_end[match.end()] = match["n"]
        match = pattern.search(folded, match.start("n") + 1)
    values = [parse_number(written) for written in by_end.values()]
    return [int(v) for v in values if v is not None and 0 < v <= MOST and v == int(v)]


def is_statistic(folded: str) -> bool:
    """Whether the sentence counts over a period, not in one happening."""
    return bool(said("context", "statistics").search(folded))


def used_sentences(reading: Reading, within: Scope) -> list[Sentence]:
    """The sentences of the news, or of one happening in it, that tell no statistic."""
    return [
        s
        for s in reading.sentences
        if reading.own(s.index) and (within is None or s.index in within) and not is_statistic(s.folded)
    ]


def wound_features(reading: Reading, sentence: Sentence, *, is_murder: bool) -> list[str]:
    """What the gate sees of a sentence with a word of wounding; empty without one."""
    matches = list(said("wounded", "single").finditer(sentence.folded))
    if not matches:
        return []
    words = stems(sentence.folded)
    found = [
        "murder" if is_murder else "no murder",
        f"title {sentence.field == 'title'}",
        f"matches {min(len(matches), 3)}",
    ]
    found += [f"m {m[0][:9]}" for m in matches] + [f"{'murder' if is_murder else '-'} m {m[0][:9]}" for m in matches]
    found += [f"w {w}" for w in set(words)] + [f"w {a} {b}" for a, b in set(pairwise(words))]
    found += [f"{'murder' if is_murder else '-'} w {w}" for w in set(words)]
    if said("wounded", "none").search(sentence.folded):
        found.append("denied")
    if reading.recalled[sentence.index]:
        found.append("recalled")
    return found


def gates(reading: Reading, within: Scope = None, *, is_murder: bool) -> dict[int, float]:
    """By sentence with a word of wounding, the probability that it tells of somebody wounded in the event."""
    found: dict[int, float] = {}
    for sentence in used_sentences(reading, within):
        features = wound_features(reading, sentence, is_murder=is_murder)
        if features:
            found[sentence.index] = probability(GATE, features)
    return found


def signs(
    reading: Reading, kind: Kind, gate: dict[int, float], people: Sequence[toll.Person], within: Scope = None
) -> Signs:
    """Gather what the document shows of the killed or the wounded."""
    numbers: list[int] = []
    in_title: list[int] = []
    singles = 0
    denied = paired = plural = False
    told: list[int] = []
    for sentence in used_sentences(reading, within):
        own = _numbers(kind, sentence.folded)
        numbers += own
        if sentence.field == "title":
            in_title += own
        denied = denied or bool(said(kind, "none").search(sentence.folded))
        if kind == "killed":
            paired = paired or bool(said("killed", "pair").search(sentence.folded))
            plural = plural or bool(said("killed", "plural").search(sentence.folded))
        elif sentence.field == "title" or gate.get(sentence.index, 0.0) >= TELLS:
            paired = paired or bool(said("wounded", "pair").search(sentence.folded))
        if kind == "wounded" and sentence.field == "text" and gate.get(sentence.index, 0.0) >= TELLS:
            told += [n for pattern in _counted(kind, "told") for n in _said(pattern, sentence.folded)]
        if kind == "wounded" and not own and sentence.field == "text" and gate.get(sentence.index, 0.0) >= TELLS:
            singles += 1
    return Signs(
        numbers, in_title, singles, denied, paired, plural, told, toll.headline(people), toll.toll(kind, people)
    )


def persons(
    reading: Reading,
    kind: Kind,
    gate: Mapping[int, float],
    scores: Mapping[str, Sequence[float]],
    within: Scope = None,
    *,
    is_murder: bool,
) -> list[toll.Person]:
    """The persons told of, with what the model of the toll sees of them."""
    used = [s.index for s in used_sentences(reading, within)]
    levels = {index: _level(index, gate, scores, is_murder=is_murder) for index in used}
    return toll.people(reading, used, kind, levels)


def _level(
    index: int, gate: Mapping[int, float], scores: Mapping[str, Sequence[float]], *, is_murder: bool
) -> list[str]:
    told = max((own[index] for name, own in scores.items() if name in VIOLENT), default=0.0)
    wounds = bucket(gate.get(index, 0.0), (0.1, 0.3, 0.5, 0.7, 0.9))
    return [f"gate {wounds}", f"focus {bucket(told, (0.03, 0.1, 0.3))}", f"murder {is_murder}"]
