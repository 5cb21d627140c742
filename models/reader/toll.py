"""Who of the persons told of was killed or wounded, and so how many: each person or number is judged, and those that were are added up.

The persons are those of the noun phrases (``phrases``), told again or not; a fitted model gives each the probability to be among the
killed (or wounded), from what is said before and after. Not here: counts said outright (``victims``), which are weighed beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from models.reader.appositions import told_once
from models.reader.cues import stems
from models.reader.data import read_data
from models.reader.linear import BIAS, bucket, score, weights
from models.reader.phrases import SURNAME, Phrase, phrases
from models.reader.reading import Reading
from models.reader.text import Sentence

Kind = Literal["killed", "wounded"]

MOST = 40  # a sum above this is not followed
PERSONS = 24  # so many persons of a document are judged
BEFORE, AFTER = 5, 7  # words beside a row of persons that are looked at
CLAUSE = re.compile(r"[;:—]|, (?:pero|mientras|aunque|but|while|cuando|when)\b")
PARTICLES = frozenset({"de", "del", "la", "los", "y"})
GENERIC = frozenset({"+", "person", "herid", "lesionad", "victim", "hombr", "mujer", "joven", "peopl"})


@dataclass(slots=True)
class Person:
    """One person, or several told in one row or by a number, with the features of all places where they are told of."""

    value: int
    heads: set[str]
    names: set[str]  # words of names
    sentence: int
    is_title: bool
    is_hit: bool = False  # something is said that befalls a person
    features: set[str] = field(default_factory=set[str])
    told: int = 1


def model(kind: Kind) -> str:
    """The name of the fitted model."""
    return f"toll {kind}"


@cache
def _said(kind: Kind, name: str) -> re.Pattern[str]:
    """What is said of the killed or the wounded ``after`` them, ``before`` them, or of others ("not")."""
    data = read_data("toll.toml")
    written = "|".join(data[kind][name])
    for short in ("HARM", "BODY", "HIT"):
        written = written.replace(short, data[short])
    edge = r"(?:^|(?<=[ ,(:]))"
    return re.compile(rf"{edge}(?:{written})")


def _context(sentence: Sentence, here: Sequence[Phrase], row: Sequence[Phrase], kind: Kind) -> tuple[set[str], bool]:
    """What is said beside a row, and whether it is something that befalls a person."""
    folded, form = sentence.folded, row[0].form
    ahead = max((p.end for p in here if p.end <= row[0].start), default=0)
    end = min((p.start for p in here if p.start >= row[-1].end), default=len(folded))
    before = CLAUSE.split(folded[max(ahead, row[0].start - 70) : row[0].start])[-1].rstrip()
    full = CLAUSE.split(folded[row[-1].end : row[-1].end + 110])[0]
    after = full[: max(0, end - row[-1].end)]
    then, first = stems(after)[:4], stems(before)[-4:]
    found = {f"A {word}" for word in then} | {f"B {word}" for word in first}
    found |= {f"A1 {' '.join(then[:1])}", f"B1 {' '.join(first[-1:])}"}
    signs: list[str] = []
    if _said(kind, "after").search(after):
        signs.append("after")
    elif _said(kind, "after").search(full):
        signs.append("later")
    if _said(kind, "before").search(before):
        signs.append("before")
    if _said(kind, "not").search(after):
        signs.append("not")
    other: Kind = "killed" if kind == "wounded" else "wounded"
    if _said(other, "after").search(after):
        signs.append("other after")
    if _said(other, "before").search(before):
        signs.append("other before")
    together = "+".join(signs)
    found |= {f"sign {sign}" for sign in signs} | {f"signs {together}", f"signs {together} {form}"}
    found |= {f"sign {sign} {form}" for sign in signs} | {
        f"sign {sign} head {row[0].head[:1] in {'?', '+', ''}}" for sign in signs
    }
    found.add(f"row {min(len(row), 4)} {bucket(sum(p.value for p in row), (2, 3, 5))}")
    return found, bool({"after", "before"} & set(signs))


def _same(person: Person, row: Sequence[Phrase], sentence: Sentence) -> bool:
    """Whether a row speaks of somebody told before."""
    value, first = sum(p.value for p in row), row[0]
    if person.sentence == sentence.index:
        return False
    heads = {p.head for p in row}
    if value > 1:
        return value == person.value and bool(
            heads & person.heads or heads & GENERIC or person.heads & GENERIC or person.is_title
        )
    names = set(first.name.split()) - PARTICLES
    if names & person.names:
        return True
    if (names and person.names) or first.head not in person.heads or not first.head:
        return False
    return first.form in {"the", "his"} or person.is_title


def people(reading: Reading, used: Sequence[int], kind: Kind, levels: Mapping[int, Sequence[str]]) -> list[Person]:
    """The persons the sentences ``used`` tell of; ``levels`` are features of the sentences."""
    found: list[Person] = []
    for index in used:
        sentence = reading.sentences[index]
        places = [(hit.start, hit.end) for hit in reading.places[index]]
        here = told_once(sentence.folded, phrases(sentence, places))
        for number in sorted({p.row for p in here}):
            row = [p for p in here if p.row == number]
            features, is_hit = _context(sentence, here, row, kind)
            if any(p.head[:1] == "/" for p in row) and not is_hit:
                continue  # an unknown noun after an article is a person only where something befalls it
            if row[0].form == "part" and _is_among(row[0], found, index):
                continue  # "dos pasajeros resultaron heridos, uno de ellos de gravedad"
            level = levels.get(index, ())
            features |= {*level, *(f"{a} {b}" for a in features if a.startswith("signs") for b in level)}
            if (
                row[0].form in {"the", "one"}
                and len(row) == 1
                and any(p.is_hit and index - p.sentence <= 1 for p in found)
            ):
                features.add(f"after a hit {row[0].form}")
            _tell(found, row, sentence, features, is_hit=is_hit)
        _named_again(found, sentence, here, kind, levels.get(index, ()))
    for person in found:
        person.features |= {f"told {min(person.told, 3)}", "title only" if person.is_title else "text", BIAS}
    return found[:PERSONS]


def _tell(found: list[Person], row: Sequence[Phrase], sentence: Sentence, features: set[str], *, is_hit: bool) -> None:
    """Add a row to the persons told of."""
    value = sum(p.value for p in row)
    if row[0].form == "those" and len(row) == 1 and (meant := _meant(found, row[0], sentence.index)):
        for person in meant:
            person.features |= features
            person.is_hit |= is_hit
        return
    person = next((p for p in reversed(found) if _same(p, row, sentence)), None)
    if person is None:
        person = Person(value, set(), set(), sentence.index, sentence.field == "title")
        features |= {f"first {p.form}" for p in row} | {f"first h {p.head}" for p in row}
        found.append(person)
    else:
        person.told += 1
        person.sentence = sentence.index
    if sentence.field == "text" and person.is_title:
        person.is_title, person.value = False, max(person.value, value)
    person.heads |= {p.head for p in row if p.head}
    person.names |= {word for p in row for word in p.name.split()} - PARTICLES
    person.is_hit |= is_hit
    person.features |= (
        features | {f"h {p.head}" for p in row} | {f"f {p.form}" for p in row} | {f"v {bucket(value, (2, 3, 5, 9))}"}
    )


def _is_among(part: Phrase, found: Sequence[Person], index: int) -> bool:
    """Whether some of several are of those who were hit, told right before."""
    return any(
        p.value > 1
        and p.is_hit
        and index - p.sentence <= 1
        and (part.head in p.heads or part.head in GENERIC or bool(p.heads & GENERIC))
        for p in found
    )


def _meant(found: Sequence[Person], those: Phrase, index: int) -> list[Person]:
    """The persons told before that "ambos" or "los tres" means: the last ones that make up the number."""
    meant: list[Person] = []
    left = those.value
    for person in reversed(found):
        if index - person.sentence > 3:
            break
        if person.value <= left and not (person.value == those.value and person.is_title):
            meant.append(person)
            left -= person.value
        if not left:
            return meant
    return []


def _named_again(
    found: Sequence[Person], sentence: Sentence, here: Sequence[Phrase], kind: Kind, levels: Sequence[str]
) -> None:
    """Add what is said of persons known by a surname alone."""
    known = {word: person for person in found for word in person.names if len(word) > 3}
    for match in SURNAME.finditer(sentence.raw) if known else ():
        person = known.get(sentence.folded[match.start() : match.end()])
        if person is None or any(p.start <= match.start() < p.end for p in here):
            continue
        each = Phrase(match.start(), match.end(), 1, "name", "", "", -1)
        features, is_hit = _context(sentence, here, [each], kind)
        person.told += 1
        person.is_hit |= is_hit
        person.features |= features | set(levels) | {f"{name} again" for name in levels}


def sums(values: Sequence[int], chances: Sequence[float]) -> list[float]:
    """By number, the probability that those who were hit add up to it."""
    found = [1.0] + [0.0] * MOST
    for value, chance in zip(values, chances, strict=True):
        found = [(1 - chance) * found[n] + (chance * found[n - value] if n >= value else 0.0) for n in range(MOST + 1)]
    return found


def followed(found: Sequence[Person]) -> list[Person]:
    """The persons that are added up: those of the title alone only where nothing befalls one told of in the text."""
    text = [p for p in found if not p.is_title]
    return text if any(p.is_hit for p in text) else list(found)


def headline(found: Sequence[Person]) -> int:
    """How many the title says were hit, of whom the text does not speak in the same words."""
    return sum(p.value for p in found if p.is_title and p.is_hit)


def toll(kind: Kind, told: Sequence[Person]) -> list[float]:
    """By number, the probability that so many of the persons were killed or wounded."""
    table = weights(model(kind))
    found = followed(told) if table else []  # before the first fit nobody is judged
    return sums([p.value for p in found], [score_of(table, p) for p in found])


def score_of(table: Mapping[str, float], person: Person) -> float:
    """The probability that one person is among them."""
    return score(table, person.features - {BIAS})
