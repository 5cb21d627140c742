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
GENERIC = frozenset({"+", "person", "herid", "lesionad", "victim", "hombr", "mujer", "joven", "peopl"})


@dataclass(slots=True)
class Person:
    """One person, or several told by a number, with the features of all places where they are told of."""

    value: int
    head: str
    name: str
    form: str
    sentence: int
    is_title: bool
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
    return re.compile(rf"{edge}(?:{written})" + ("" if name == "before" else ""))


def _context(sentence: Sentence, here: Sequence[Phrase], each: Phrase, kind: Kind) -> set[str]:
    """What is said beside one phrase and its row."""
    folded = sentence.folded
    row = [p for p in here if p.row == each.row]
    ahead = max((p.end for p in here if p.end <= row[0].start), default=0)
    end = min((p.start for p in here if p.start >= row[-1].end), default=len(folded))
    before = CLAUSE.split(folded[max(ahead, row[0].start - 70) : row[0].start])[-1].rstrip()
    full = CLAUSE.split(folded[row[-1].end : row[-1].end + 110])[0]
    after = full[: max(0, end - row[-1].end)]
    own = folded[each.end : each.end + 40] if each is not row[-1] else ""
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
    if own and _said(kind, "after").search(own):
        signs.append("own")
    if _said(kind, "not").search(after):
        signs.append("not")
    other: Kind = "killed" if kind == "wounded" else "wounded"
    if _said(other, "after").search(after):
        signs.append("other after")
    if _said(other, "before").search(before):
        signs.append("other before")
    together = "+".join(signs)
    found |= {f"sign {sign}" for sign in signs} | {f"signs {together}", f"signs {together} {each.form}"}
    found |= {f"sign {sign} {each.form}" for sign in signs} | {f"sign {sign} head {each.head[:1] in {'?', '+', ''}}" for sign in signs}
    found.add(f"row {min(len(row), 4)} {'several' if each.value > 1 else 'one'}")
    return found


def _same(person: Person, phrase: Phrase, sentence: Sentence) -> bool:
    """Whether a phrase speaks of a person told before."""
    if phrase.value != person.value or person.sentence == sentence.index:
        return False
    if phrase.value > 1:
        return phrase.head == person.head or phrase.head in GENERIC or person.head in GENERIC or person.is_title
    if phrase.name and person.name:
        return bool(set(phrase.name.split()) & set(person.name.split()) - {"de", "del", "la", "los"})
    if not phrase.head or phrase.head != person.head:
        return False
    return phrase.form in {"the", "his"} or person.is_title


def people(reading: Reading, used: Sequence[int], kind: Kind, levels: Mapping[int, Sequence[str]]) -> list[Person]:
    """The persons the sentences ``used`` tell of; ``levels`` are features of the sentences."""
    found: list[Person] = []
    for index in used:
        sentence = reading.sentences[index]
        taken = [(hit.start, hit.end) for hit in reading.places[index] if hit.use == "place"]
        here = phrases(sentence, taken)
        for each in here:
            features = _context(sentence, here, each, kind)
            if each.head[:1] == "/" and not any(f in features for f in ("sign after", "sign before", "sign own")):
                continue  # an unknown noun after an article is a person only where something befalls it
            features |= set(levels.get(index, ())) | {f"{a} {b}" for a in features if a.startswith("signs") for b in levels.get(index, ())}
            if each.form == "those" and (meant := _meant(found, each, index)):
                for person in meant:
                    person.features |= features
                continue
            person = next((p for p in reversed(found) if _same(p, each, sentence)), None)
            if person is None:
                person = Person(each.value, each.head, each.name, each.form, index, sentence.field == "title")
                features |= {f"first {each.form}", f"first h {each.head}"}
                found.append(person)
            else:
                person.told += 1
                person.sentence, person.name = index, person.name or each.name
            person.is_title = person.is_title and sentence.field == "title"
            person.features |= features | {f"h {each.head}", f"f {each.form}", f"v {bucket(each.value, (2, 3, 5, 9))}"}
        _named_again(found, sentence, here, kind, levels.get(index, ()))
    for person in found:
        person.features |= {f"told {min(person.told, 3)}", "title only" if person.is_title else "text", BIAS}
    return found[:PERSONS]


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


def _named_again(found: Sequence[Person], sentence: Sentence, here: Sequence[Phrase], kind: Kind, levels: Sequence[str]) -> None:
    """Add what is said of persons known by a surname alone."""
    known = {word: person for person in found if person.name for word in person.name.split() if len(word) > 3}
    for match in SURNAME.finditer(sentence.raw) if known else ():
        person = known.get(sentence.folded[match.start() : match.end()])
        if person is None or any(p.start <= match.start() < p.end for p in here):
            continue
        each = Phrase(match.start(), match.end(), 1, "name", "", "", 0)
        features = _context(sentence, [each], each, kind) | set(levels)
        person.told += 1
        person.features |= features | {f"{name} again" for name in levels}


def sums(values: Sequence[int], chances: Sequence[float]) -> list[float]:
    """By number, the probability that those who were hit add up to it."""
    found = [1.0] + [0.0] * MOST
    for value, chance in zip(values, chances, strict=True):
        found = [
            (1 - chance) * found[n] + (chance * found[n - value] if n >= value else 0.0) for n in range(MOST + 1)
        ]
    return found


def toll(kind: Kind, found: Sequence[Person]) -> list[float]:
    """By number, the probability that so many of the persons were killed or wounded."""
    table = weights(model(kind))
    return sums([p.value for p in found], [score_of(table, p) for p in found])


def score_of(table: Mapping[str, float], person: Person) -> float:
    """The probability that one person is among them."""
    return score(table, person.features - {BIAS})
