"""How much each sentence speaks of an event type: by the words in ``events.toml`` and by weights fitted on evidence spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from models.gazetteer.names import WORD
from models.reader.data import any_of, read_data
from models.reader.linear import bucket, probability
from models.reader.reading import Reading
from models.reader.status import is_unsure

STEM = 6  # letters of a word that count: "extorsion", "extorsionaban", "extorsivo" are one
MODEL = "sentence"


@cache
def _cues() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    data = read_data("events.toml")
    return {
        kind: (any_of(words["strong"]), any_of(words["weak"])) for kind, words in data.items() if kind != "happenings"
    }


def is_known(kind: str) -> bool:
    """Whether ``kind`` is an event type the reader has words for."""
    return kind in _cues()


def stems(folded: str) -> list[str]:
    """The words of a folded text, cut to their stems; numbers become one sign."""
    return ["#" if word[0][0].isdigit() else word[0][:STEM] for word in WORD.finditer(folded)]


def strong_cues(folded: str, kind: str) -> int:
    """How many of the type's telling words the text has."""
    return len({m[0] for m in _cues()[kind][0].finditer(folded)})


def cue_features(folded: str, kind: str) -> tuple[int, int]:
    """Numbers of telling and of accompanying words, up to three each."""
    strong, weak = _cues()[kind]
    return min(len({m[0] for m in strong.finditer(folded)}), 3), min(len({m[0] for m in weak.finditer(folded)}), 3)


def sentence_features(
    reading: Reading, words: Sequence[Sequence[str]], cues: Sequence[tuple[int, int]], index: int, kind: str
) -> list[str]:
    """What the model sees of one sentence for one type."""
    sentence = reading.sentences[index]
    strong, weak = cues[index]
    found = [
        f"s{strong}",
        f"w{weak}",
        f"{kind} s{strong}",
        f"{kind} w{weak}",
        kind,
        f"{kind} p{min(sentence.paragraph, 5)}",
    ]
    found.append(f"p{min(sentence.paragraph, 6)}")
    found.append(f"len{bucket(len(sentence.raw), (25, 60, 120, 200))}")
    if sentence.field == "title":
        found.append("title")
    if reading.recalled[index]:
        found += ["recalled", f"{kind} recalled"]
    if reading.links[index]:
        found.append("link")
    if is_unsure(sentence.folded):
        found.append("unsure")
    if any(hit.precision == "day" for hit in reading.dates[index]):
        found += ["dated", f"{kind} dated"]
    if any(hit.use == "place" for hit in reading.places[index]):
        found += ["placed", f"{kind} placed"]
    if sentence.raw[:1] in '“"«—–-':
        found.append("quote")
    if index and cues[index - 1][0]:
        found.append("after cue")
    if max(c[0] for c in cues) == strong:
        found.append("most cues")
    own = words[index]
    if sentence.field == "text" and reading.sentences[0].field == "title":
        shared = min(len({w for w in own if len(w) > 3} & set(words[0])), 4)
        found += [f"shared {shared}", f"{kind} shared {shared}"]
    if index == 0 or reading.sentences[index - 1].paragraph != sentence.paragraph:
        found.append("opens paragraph")
    if index + 1 < len(words) and cues[index + 1][0]:
        found.append("before cue")
    rank = sum(c[0] > strong for c in cues)
    found += [f"rank {min(rank, 3)}", f"{kind} rank {min(rank, 3)}"]
    if strong and not any(c[0] for c in cues[1:index]):
        found += ["first cue", f"{kind} first cue"]
    found += [f"{kind} {stem}" for stem in set(own)]
    found += [f"{kind} {a} {b}" for a, b in set(pairwise(own))]
    return found


def relevance(reading: Reading, kind: str) -> list[float]:
    """By sentence, the probability that it is the one that tells the event."""
    words = [stems(sentence.folded) for sentence in reading.sentences]
    cues = [cue_features(sentence.folded, kind) for sentence in reading.sentences]
    return [probability(MODEL, sentence_features(reading, words, cues, index, kind)) for index in range(len(words))]
