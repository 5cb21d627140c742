"""Who of the persons told of was killed or wounded, and so how many: each person or number is judged, and those that were are added up.

The persons are those of the noun phrases (``phrases``), told again or not; a fitted model gives each the probability to be among the
killed (or wounded), from what is said before and after. Not here: counts said outright (``victims``), which are weighed beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from models.reader.appositions import told_once
from models.reader.cues import stems
from models.reader.data import read_data
from models.reader.linear import BIAS, bucket, score, weights
from models.reader.phrases import SURNAME, Phrase, phrases
from models.reader.reading import Reading
from models.reader.text import Sentence
from models.reader.told import GENERIC, PARTICLES, Choose, Person, Telling, told_before

Kind = Literal["killed", "wounded"]

MOST = 40  # a sum above this is not followed
PERSONS = 32  # so many persons of a document are judged
BEFORE, AFTER = 5, 7  # words beside a row of persons that are looked at
PREPOSITION = re.compile(
    r"\b(?:de|en|con|por|para|sobre|desde|hasta|entre|contra|tras|ante|bajo|of|in|on|with|by|for|from|at|over|into|to) $"
)
CLAUSE = re.compile(r"[;:—]|, (?:pero|mientras|aunque|but|while|cuando|when)\b")


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
    end = min((p.start for p in here if p.start >= row[-1].end and not is_complement(folded, p)), default=len(folded))
    before = CLAUSE.split(folded[max(ahead, row[0].start - 70) : row[0].start])[-1].rstrip()
    full = CLAUSE.split(folded[row[-1].end : row[-1].end + 110])[0]
    after = full[: max(0, end - row[-1].end)]
    then, first = stems(after)[:4], stems(before)[-4:]
    found = {f"A {word}" for word in then} | {f"B {word}" for word in first}
    found |= {f"A1 {' '.join(then[:1])}", f"B1 {' '.join(first[-1:])}"}
    found |= {f"A2 {one} {other}" for one, other in pairwise(then)} | {f"C {word}" for word in stems(full)}
    found |= {f"D {word}" for word in stems(before)} | {f"A1 {' '.join(then[:1])} {form}"}
    led, leads = before.rpartition(" ")[2], after.split(maxsplit=1)[:1]
    found |= {f"P {led}", f"P {led} {form}", f"N {' '.join(leads)}", f"P {led} N {' '.join(leads)}"}
    is_within = is_complement(folded, row[0])
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
    together = "+".join(["within", *signs] if is_within else signs)
    found |= {f"sign {sign}" for sign in signs} | {f"signs {together}", f"signs {together} {form}"}
    found |= {f"sign {sign} {form}" for sign in signs} | {
        f"sign {sign} head {row[0].head[:1] in {'?', '+', ''}}" for sign in signs
    }
    found.add(f"row {min(len(row), 4)} {bucket(sum(p.value for p in row), (2, 3, 5))}")
    return found, bool({"after", "before"} & set(signs))


def is_complement(folded: str, phrase: Phrase) -> bool:
    """Whether a phrase only says whose somebody else is: "la dueña de un local", "el hijo del chofer"."""
    return folded.startswith(("del ", "of "), phrase.start) or folded.endswith((" de ", " of "), 0, phrase.start)


def _is_thing(folded: str, phrase: Phrase) -> bool:
    """Whether an unknown noun stands where persons are told by known ones: "con una frazada", "de una peluquería"."""
    return phrase.head[:1] == "/" and PREPOSITION.search(folded, 0, phrase.start) is not None


def people(
    reading: Reading, used: Sequence[int], kind: Kind, levels: Mapping[int, Sequence[str]], choose: Choose = told_before
) -> list[Person]:
    """The persons the sentences ``used`` tell of; ``levels`` are features of the sentences, ``choose`` says who is told again."""
    found: list[Person] = []
    for index in used:
        sentence = reading.sentences[index]
        here = _told_in(sentence, tuple((hit.start, hit.end) for hit in reading.places[index]))
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
            for phrase in row:
                _tell(found, Telling(phrase, sentence, is_hit), features, choose)
        _named_again(found, sentence, here, kind, levels.get(index, ()))
    for person in found:
        person.features |= {f"told {min(person.told, 3)}", "title only" if person.is_title else "text", BIAS}
    return found[:PERSONS]


@lru_cache(maxsize=256)  # the killed and the wounded are looked for among the same persons
def _told_in(sentence: Sentence, places: tuple[tuple[int, int], ...]) -> Sequence[Phrase]:
    """The persons a sentence tells of."""
    found = phrases(sentence, list(places))
    return told_once(sentence.folded, [each for each in found if not _is_thing(sentence.folded, each)])


def _tell(found: list[Person], telling: Telling, features: set[str], choose: Choose) -> None:
    """Add a phrase to the persons told of."""
    phrase, sentence, value = telling.phrase, telling.sentence, telling.phrase.value
    span = sentence.index, phrase.start, phrase.end
    if phrase.form == "those" and (meant := _meant(found, phrase, sentence.index)):
        for person in meant:
            person.features |= features
            person.is_hit |= telling.is_hit
            person.spans.append(span)
        return
    own = features | {f"f {phrase.form}", f"h {phrase.head}", f"v {bucket(value, (2, 3, 5, 9))}"}
    person = choose(found, telling)
    if person is None:
        person = Person(value, sentence.index, sentence.field == "title")
        own |= {f"first {phrase.form}", f"first h {phrase.head}"}
        found.append(person)
    if sentence.field == "text" and person.is_title:
        person.is_title, person.value = False, max(person.value, value)
    person.told += 1
    person.sentence = sentence.index
    person.heads |= {phrase.head} - {""}
    person.names |= set(phrase.name.split()) - PARTICLES
    person.genders |= {telling.gender} - {""}
    person.ages |= {telling.age} - {""}
    person.spans.append(span)
    person.is_hit |= telling.is_hit
    person.features |= own


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
        person.spans.append((sentence.index, match.start(), match.end()))
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
