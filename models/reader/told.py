"""Persons told of, and told of again: whether "el adolescente" is "su hijo de 12 años" of the paragraph before, or somebody new.

A fitted model (``same``) weighs the persons told before against a new one, by number, noun, gender, age, name and distance; the corpus
says of its victims which words mean the same one. Not here: what befell them (``toll``), what a noun phrase is (``phrases``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from models.reader.linear import bucket, total, weights
from models.reader.phrases import Phrase
from models.reader.text import Sentence

MODEL = "same"
NEAREST = 12  # so many of the persons told last are looked at
PARTICLES = frozenset({"de", "del", "la", "los", "y"})
GENERIC = frozenset({"+", "person", "herid", "lesionad", "victim", "hombr", "mujer", "joven", "peopl"})
STRUCK = frozenset({"victim", "herid", "lesionad", "fallecid", "muert", "asesinad", "agraviad", "occis", "difunt", "cadaver", "cuerp", "finad", "dead", "wounded"})  # fmt: skip
AGE = re.compile(r"^,? ?\(?(?:de |aged )?(\d{1,2})(?: anos|-year-old|\)|,|$)|^[^.;]{0,40}?\bde (\d{1,2}) anos")
FEMALE = re.compile(
    r"^(?:una|la|las|otra|esta|dicha|ambas|unas)\b|\b(?:mujer|senora|madre|hija|esposa|woman|girl|wife|mother|daughter|sister)\b"
)
MALE = re.compile(
    r"^(?:un|el|los|otro|este|dicho|ambos|al|del|unos)\b|\b(?:hombre|senor|padre|hijo|man|boy|husband|father|son|brother)\b"
)


@dataclass(slots=True)
class Person:
    """One person, or several told by a number, with the features of all places where they are told of."""

    value: int
    sentence: int  # where they are told of last
    is_title: bool
    heads: set[str] = field(default_factory=set[str])
    names: set[str] = field(default_factory=set[str])  # words of names
    genders: set[str] = field(default_factory=set[str])
    ages: set[str] = field(default_factory=set[str])
    spans: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])  # sentence, start, end
    is_hit: bool = False  # something is said that befalls a person
    features: set[str] = field(default_factory=set[str])
    told: int = 0


@dataclass(frozen=True, slots=True)
class Telling:
    """One noun phrase in its sentence, as it is compared with the persons told before."""

    phrase: Phrase
    sentence: Sentence
    is_hit: bool

    @property
    def gender(self) -> str:
        """``f``, ``m``, or empty where article and noun do not show it."""
        written = self.sentence.folded[self.phrase.start : self.phrase.end]
        if FEMALE.search(written):
            return "f"
        if MALE.search(written):
            return "m"
        noun = written.rpartition(" ")[2] if not self.phrase.name else self.phrase.name.split()[0]
        return {"a": "f", "o": "m"}.get(noun[-1:], "") if self.phrase.form in {"his", "name", "one"} else ""

    @property
    def age(self) -> str:
        """The age said right behind, in digits."""
        found = AGE.search(self.sentence.folded[self.phrase.end : self.phrase.end + 60])
        return (found[1] or found[2]) if found else ""


Choose = Callable[[Sequence[Person], Telling], Person | None]


def before(found: Sequence[Person], telling: Telling) -> list[Person]:
    """Those told before whom a phrase may mean: of the same number, in another sentence; the last ones first."""
    index, value = telling.sentence.index, telling.phrase.value
    near = [p for p in reversed(found) if p.sentence != index and (p.value == value or (p.is_title and value > 1))]
    return sorted(near, key=lambda each: -each.sentence)[:NEAREST]


def features(person: Person, telling: Telling, rank: int) -> Iterator[str]:
    """What the model sees of one of them; ``rank``: how many of the same number were told of since."""
    phrase, index = telling.phrase, telling.sentence.index
    form = phrase.form
    names = set(phrase.name.split()) - PARTICLES
    name = (
        "shared"
        if names & person.names
        else "clash"
        if names and person.names
        else "one"
        if names or person.names
        else "none"
    )
    head = "name" if not phrase.head else "equal" if phrase.head in person.heads else "other"
    kind = f"{'g' if phrase.head in GENERIC else ''}{'s' if phrase.head in STRUCK else ''}{'g' if person.heads and person.heads <= GENERIC else ''}"
    away = bucket(index - person.sentence, (2, 3, 5, 9))
    gender, age = telling.gender, telling.age
    sex = "?" if not gender or not person.genders else "same" if gender in person.genders else "clash"
    old = "?" if not age or not person.ages else "same" if age in person.ages else "clash"
    where = "title" if person.is_title else "text"
    many = "many" if phrase.value > 1 else "one"
    number = "equal" if phrase.value == person.value else "other"
    yield from (
        f"same {form} {head}",
        f"same {form} {head} {kind}",
        f"{many} {head} {where} {number}",
        f"{form} name {name}",
        f"name {name} head {head}",
    )
    yield from (
        f"sex {sex}",
        f"sex {sex} {form} {head}",
        f"age {old}",
        f"{form} away {away}",
        f"{head} away {away}",
        f"rank {min(rank, 3)}",
    )
    yield from (
        f"{form} {head} rank {min(rank, 3)}",
        f"hit {person.is_hit} {telling.is_hit}",
        f"hit {person.is_hit} {form} {head}",
    )
    yield from (
        f"hit {person.is_hit} {telling.is_hit} {form} {where}",
        f"{where} {form} {head} first {index <= 2}",
        f"said {phrase.head} {form}",
    )
    yield from (f"said {phrase.head} after {each}" for each in person.heads)


def new_features(telling: Telling, rivals: Sequence[Person]) -> list[str]:
    """What the model sees of the answer that nobody told before is meant."""
    form, head = telling.phrase.form, telling.phrase.head
    hits = min(sum(person.is_hit for person in rivals), 2)
    return [
        "new",
        f"new {form}",
        f"new {form} hit {telling.is_hit}",
        f"new {form} hits {hits}",
        f"new {form} rivals {min(len(rivals), 3)}",
        f"new {form} struck {head in STRUCK}",
        f"new head {head}",
        f"new head {head} {form}",
    ]


def options(found: Sequence[Person], telling: Telling) -> tuple[list[Person], list[list[str]]]:
    """Those who may be meant, and what the model sees of each; after them, of somebody new."""
    rivals = before(found, telling)
    return rivals, [
        *(list(features(each, telling, rank)) for rank, each in enumerate(rivals)),
        new_features(telling, rivals),
    ]


def told_before(found: Sequence[Person], telling: Telling) -> Person | None:
    """Who of those told before is meant; ``None``: somebody new."""
    table = weights(MODEL)
    rivals, items = options(found, telling)
    if not rivals or not table:
        return None
    scores = [total(table, item) for item in items]
    best = max(range(len(scores)), key=lambda at: scores[at])
    return rivals[best] if best < len(rivals) else None
