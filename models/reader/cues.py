"""How much each sentence speaks of an event type: by the words in ``events.toml`` and by weights fitted on evidence spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from models.gazetteer.names import WORD
from models.reader.data import any_of, read_data
from models.reader.linear import bucket, shares
from models.reader.reading import Reading
from models.reader.status import is_unsure

STEM = 6  # letters of a word that count: "extorsion", "extorsionaban", "extorsivo" are one
MOST_CUES = 3
MODEL = "sentence"


@cache
def _cues() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    data = read_data("events.toml")
    return {kind: (any_of(words["strong"]), any_of(words["weak"])) for kind, words in data.items()}


def is_known(kind: str) -> bool:
    """Whether ``kind`` is an event type the reader has words for."""
    return kind in _cues()


@lru_cache(maxsize=1024)  # each sentence is asked for by every type
def stems(folded: str) -> tuple[str, ...]:
    """The words of a folded text, cut to their stems; numbers become one sign."""
    return tuple("#" if word[0].isdigit() else word[:STEM] for word in WORD.findall(folded))


def strong_cues(folded: str, kind: str) -> int:
    """How many of the type's telling words the text has."""
    return len({m[0] for m in _cues()[kind][0].finditer(folded)})


def cue_features(folded: str, kind: str) -> tuple[int, int]:
    """Numbers of telling and of accompanying words, up to `MOST_CUES` each."""
    strong, weak = _cues()[kind]
    found = (len({m[0] for m in pattern.finditer(folded)}) for pattern in (strong, weak))
    one, other = (min(count, MOST_CUES) for count in found)
    return one, other


def _signs(reading: Reading, index: int, kind: str) -> list[str]:
    """What the rules saw in the sentence."""
    sentence = reading.sentences[index]
    seen = {
        "title": sentence.field == "title",
        "recalled": reading.recalled[index],
        "link": reading.links[index],
        "unsure": is_unsure(sentence.folded),
        "dated": any(hit.precision == "day" for hit in reading.dates[index]),
        "placed": any(hit.use == "place" for hit in reading.places[index]),
        "quote": sentence.raw[:1] in '“"«—–-',
        "opens paragraph": index == 0 or reading.sentences[index - 1].paragraph != sentence.paragraph,
    }
    found = [name for name, holds in seen.items() if holds]
    return found + [f"{kind} {name}" for name in ("recalled", "dated", "placed") if seen[name]]


class Cues:
    """Every sentence's telling and accompanying words of a type, with how many sentences have more and which has any first."""

    def __init__(self, folded: Sequence[str], kind: str) -> None:
        self.counts = [cue_features(each, kind) for each in folded]
        strong = [count for count, _ in self.counts]
        self.above = [sum(other > count for other in strong) for count in range(MOST_CUES + 1)]
        self.first = next((at for at, count in enumerate(strong) if at and count), None)


def _rank(cues: Cues, index: int, kind: str) -> list[str]:
    """How the sentence's telling words compare with those of the others."""
    counts = cues.counts
    strong, weak = counts[index]
    rank = min(cues.above[strong], 3)
    found = [f"s{strong}", f"w{weak}", f"{kind} s{strong}", f"{kind} w{weak}", f"rank {rank}", f"{kind} rank {rank}"]
    if index and counts[index - 1][0]:
        found.append("after cue")
    if index + 1 < len(counts) and counts[index + 1][0]:
        found.append("before cue")
    if strong and (cues.first is None or cues.first >= index):
        found += ["first cue", f"{kind} first cue"]
    return found


def sentence_features(
    reading: Reading,
    words: Sequence[Sequence[str]],
    cues: Cues,
    index: int,
    kind: str,
) -> list[str]:
    """What the model sees of one sentence for one type."""
    sentence, own = reading.sentences[index], words[index]
    found = [kind, f"{kind} p{min(sentence.paragraph, 5)}", f"p{min(sentence.paragraph, 6)}"]
    found.append(f"len{bucket(len(sentence.raw), (25, 60, 120, 200))}")
    if sentence.field == "text" and reading.sentences[0].field == "title":
        shared = min(len({w for w in own if len(w) > 3} & set(words[0])), 4)
        found += [f"shared {shared}", f"{kind} shared {shared}"]
    found += _signs(reading, index, kind) + _rank(cues, index, kind)
    found += [f"{kind} {stem}" for stem in set(own)]
    return found + [f"{kind} {a} {b}" for a, b in set(pairwise(own))]


def relevance(reading: Reading, kind: str) -> list[float]:
    """By sentence, the probability that it is the one that tells the event."""
    words = [stems(sentence.folded) for sentence in reading.sentences]
    cues = Cues([sentence.folded for sentence in reading.sentences], kind)
    return shares(MODEL, [sentence_features(reading, words, cues, index, kind) for index in range(len(words))])
