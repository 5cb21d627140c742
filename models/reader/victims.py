"""How many were killed and wounded, in digits or words, and when the text says there were none.

Candidate counts are weighed by a fitted model: numbers said of the dead or wounded, single persons told of, denials.
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
from models.reader.linear import bucket, probability, shares
from models.reader.numbers import number_word_pattern, parse_number
from models.reader.reading import Reading
from models.reader.text import Sentence

Kind = Literal["killed", "wounded"]

MODEL, GATE = "count", "wound"
TELLS = 0.3  # the gate's probability from which a sentence tells of somebody wounded
UNSAID = 0.5  # the probability of no person hit above which a text without words of wounding says nothing
LIKELY = 0.05  # a sum of persons so likely is weighed
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
DOUBT = 0.3  # a zero is said only when it is three times as likely as any other count
DEEDS = frozenset({"murder", "attack", "arson", "kidnapping"})
MOST = 60  # a count above this is no single happening of this subject
PERSONS = "personas|hombres|mujeres|jovenes|pasajeros|transeuntes|trabajadores|obreros|alumnos|clientes|menores|ninos|vecinos|comensales|policias|heridos|people|men|women|passengers"


Scope = Sequence[int] | None  # the sentences of the happening, in a round-up


@dataclass(frozen=True, slots=True)
class Count:
    """The count the text supports best, with the lowest and highest it states."""

    best: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Signs:
    """What a document shows of one kind: numbers said, single persons told of, denial, pairs, and where numbers stood."""

    numbers: list[int]
    in_title: list[int]
    singles: int
    clauses: int
    denied: bool
    paired: bool
    plural: bool
    persons: int  # told of in the sentences of wounding
    together: int  # the most persons one such sentence tells of
    told: list[int]  # numbers said in them with a verb of suffering
    headline: int  # hit by the title's words alone
    toll: list[float]  # by number, the probability that so many of the persons told of were hit


@cache
def _counted(kind: Kind, name: str = "counted") -> list[re.Pattern[str]]:
    number = rf"(?P<n>\d{{1,3}}|{number_word_pattern()})"
    return [re.compile(r"\b" + p.replace("NUM", number)) for p in read_data("victims.toml")[kind][name]]


@cache
def _person() -> re.Pattern[str]:
    """A person or several, with the article or number before."""
    heads = "|".join(read_data("victims.toml")["wounded"]["persons"])
    one = "un|una|otro|otra|su|al|a la|el|la|del|de la|a|an|the|her|his|another"
    return re.compile(rf"\b(?:(?:{one})|(?P<n>\d{{1,2}}|{number_word_pattern()})) (?:\w+ )?(?P<head>{heads})(?:e?s)?\b")


@cache
def _phrases(kind: str, name: str) -> re.Pattern[str]:
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


def _persons(folded: str) -> dict[str, int]:
    """The persons a sentence tells of, with their numbers."""
    found: dict[str, int] = {}
    for match in _person().finditer(folded):
        value = parse_number(match["n"]) if match["n"] else 1.0
        if value is not None and 0 < value <= MOST:
            found[match["head"]] = max(found.get(match["head"], 0), int(value))
    return found


def is_statistic(folded: str) -> bool:
    """Whether the sentence counts over a period, not in one happening."""
    return bool(_phrases("context", "statistics").search(folded))


def _used(reading: Reading, within: Scope) -> list[Sentence]:
    return [
        s
        for s in reading.sentences
        if reading.own(s.index) and (within is None or s.index in within) and not is_statistic(s.folded)
    ]


def wound_features(reading: Reading, sentence: Sentence, *, is_murder: bool) -> list[str]:
    """What the gate sees of a sentence with a word of wounding; empty without one."""
    matches = list(_phrases("wounded", "single").finditer(sentence.folded))
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
    if _phrases("wounded", "none").search(sentence.folded):
        found.append("denied")
    if reading.recalled[sentence.index]:
        found.append("recalled")
    return found


def gates(reading: Reading, within: Scope = None, *, is_murder: bool) -> dict[int, float]:
    """By sentence with a word of wounding, the probability that it tells of somebody wounded in the event."""
    found: dict[int, float] = {}
    for sentence in _used(reading, within):
        features = wound_features(reading, sentence, is_murder=is_murder)
        if features:
            found[sentence.index] = probability(GATE, features)
    return found


def signs(reading: Reading, kind: Kind, gate: dict[int, float], people: Sequence[toll.Person], within: Scope = None) -> Signs:
    """Gather what the document shows of the killed or the wounded."""
    numbers: list[int] = []
    in_title: list[int] = []
    singles = clauses = 0
    denied = paired = plural = False
    persons: dict[str, int] = {}
    told: list[int] = []
    together = 0
    for sentence in _used(reading, within):
        own = _numbers(kind, sentence.folded)
        numbers += own
        if sentence.field == "title":
            in_title += own
        denied = denied or bool(_phrases(kind, "none").search(sentence.folded))
        if kind == "killed":
            paired = paired or bool(_phrases("killed", "pair").search(sentence.folded))
            plural = plural or bool(_phrases("killed", "plural").search(sentence.folded))
        elif sentence.field == "title" or gate.get(sentence.index, 0.0) >= TELLS:
            paired = paired or bool(_phrases("wounded", "pair").search(sentence.folded))
        if kind == "wounded" and sentence.field == "text" and gate.get(sentence.index, 0.0) >= TELLS:
            here = _persons(sentence.folded)
            together = max(together, sum(here.values()))
            told += [n for pattern in _counted(kind, "told") for n in _said(pattern, sentence.folded)]
        if kind == "wounded" and not own and sentence.field == "text" and gate.get(sentence.index, 0.0) >= TELLS:
            singles += 1
            persons |= _persons(sentence.folded)
            parts = re.split(r"[;,.] | y ", sentence.folded)
            clauses += max(1, sum(bool(_phrases("wounded", "single").search(part)) for part in parts))
    return Signs(numbers, in_title, singles, clauses, denied, paired, plural, sum(persons.values()), together, told, toll.headline(people), toll.toll(kind, people))


def candidates(kind: Kind, found: Signs) -> list[int]:
    """The counts to weigh."""
    values = {1, *found.numbers} if kind == "killed" else {0, 1, 2, 3, *found.numbers}
    if found.paired or found.plural:
        values.add(2)
    if kind == "wounded":
        values |= {found.together, found.persons, *found.told}
        if found.numbers:
            values |= {max(found.numbers) + 1, sum(set(found.numbers))}
    if found.headline:
        values.add(found.headline)
    likely = sorted(range(1, len(found.toll)), key=lambda v: -found.toll[v])[:2]
    values |= {v for v in likely if found.toll[v] >= LIKELY}
    return sorted(v for v in values if v <= MOST)


def features(kind: Kind, value: int, found: Signs, gate: dict[int, float], *, is_murder: bool) -> list[str]:
    """What the model sees of one count."""
    size = bucket(value, (1, 2, 3, 5, 9))
    numbers, chances = found.numbers, found.toll
    said = min(len(set(numbers)), 2)
    out = [f"v {size}", f"said {said} v {size}", f"denied {found.denied} v {size}", f"murder {is_murder} v {size}"]
    own = chances[value] if value < len(chances) else 0.0
    some = own / max(1e-6, 1.0 - chances[0])
    most = max(range(1, len(chances)), key=lambda v: chances[v])
    step, share = bucket(own, SHARES), bucket(some, SHARES)
    out += [f"toll {step} v {min(size, 1)}", f"toll {step} said {said}"]
    if value:
        out += [f"toll some {share}", f"toll some {share} said {said}", f"toll most {value == most} said {said}", f"toll most {value == most} {bucket(1 - chances[0], SHARES)}"]
        out.append(f"toll most {value == most} in numbers {value in numbers} said {said}")
    if found.headline > 1:
        out.append(f"headline {value == found.headline} said {said}")
    if numbers:
        out += [
            f"max {value == max(numbers)}",
            f"min {value == min(numbers)}",
            f"times {min(numbers.count(value), 3)}",
            f"times {min(numbers.count(value), 3)} said {said}",
        ]
        out += [
            f"sum {value == sum(set(numbers))} said {said}",
            f"first {value == numbers[0]}",
            f"max {value == max(numbers)} v {size}",
        ]
        out.append(f"max+1 {value == max(numbers) + 1} singles {min(found.singles, 2)}")
    if found.in_title:
        out += [f"title {value in found.in_title}", f"title max {value == max(found.in_title)}"]
    if found.paired:
        out += [f"paired {value == 2} said {said}", f"paired {value == max(numbers, default=1) + 1} said {said}"]
    if kind == "killed":
        out.append(f"plural {found.plural} paired {found.paired} v {size} said {said}")
    if kind == "wounded":
        out += [
            f"singles {min(found.singles, 4)} v {size} said {said}",
            f"clauses {min(found.clauses, 4)} v {size} said {said}",
        ]
        out += [f"is singles {value == found.singles} said {said}", f"is clauses {value == found.clauses} said {said}"]
        out += [
            f"persons {min(found.persons, 4)} v {size} said {said}",
            f"persons {min(found.persons, 4)} singles {min(found.singles, 3)} v {size} said {said}",
        ]
        out.append(f"pair {found.paired} persons {min(found.persons, 3)} v {size} said {said}")
        out += [
            f"is persons {value == found.persons} said {said}",
            f"is together {value == found.together} said {said} v {size}",
            f"is told {value in found.told} said {said} v {size}",
            f"together {min(found.together, 5)} v {size} said {said}",
        ]
        top = bucket(max(gate.values(), default=0.0), (0.2, 0.4, 0.6, 0.8, 0.9))
        out += [
            f"gate {top} v {size} said {said}",
            f"gate sum {bucket(sum(gate.values()), (0.3, 0.7, 1.2, 1.8, 2.5))} v {size} said {said}",
        ]
    return [f"{kind} {name}" for name in out]


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
    used = [s.index for s in _used(reading, within)]
    levels = {index: _level(index, gate, scores, is_murder=is_murder) for index in used}
    return toll.people(reading, used, kind, levels)


def _level(index: int, gate: Mapping[int, float], scores: Mapping[str, Sequence[float]], *, is_murder: bool) -> list[str]:
    told = max((own[index] for name, own in scores.items() if name in DEEDS), default=0.0)
    wounds = bucket(gate.get(index, 0.0), (0.1, 0.3, 0.5, 0.7, 0.9))
    return [f"gate {wounds}", f"focus {bucket(told, (0.03, 0.1, 0.3))}", f"murder {is_murder}"]


def count(
    reading: Reading, kind: Kind, scores: Mapping[str, Sequence[float]], within: Scope = None, *, is_murder: bool
) -> Count | None:
    """The killed or wounded of the event the document tells; ``None`` when it does not say."""
    if kind == "killed" and not is_murder:
        denied = any(_phrases("killed", "none").search(s.folded) for s in _used(reading, within))
        return Count(0, 0, 0) if denied else None
    gate = gates(reading, within, is_murder=is_murder) if kind == "wounded" else {}
    told = persons(reading, kind, gate, scores, within, is_murder=is_murder)
    found = signs(reading, kind, gate, told, within)
    if kind == "wounded" and not (found.numbers or found.singles or found.denied or is_murder or found.toll[0] < UNSAID):
        return None
    values = candidates(kind, found)
    options = [features(kind, value, found, gate, is_murder=is_murder) for value in values]
    weighed = dict(zip(values, shares(MODEL, options), strict=True))
    if kind == "wounded" and (found.singles or found.numbers):
        weighed[0] = DOUBT * weighed.get(0, 0.0)
    best = max(weighed, key=lambda v: weighed[v])
    stated = [n for n in found.numbers if weighed.get(n, 0.0) >= 0.5 * weighed[best]] or [best]
    return Count(best, min(best, *stated), max(best, *stated))
