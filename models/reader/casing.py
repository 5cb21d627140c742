"""Text put in the case of an edited sentence, so that names can be told from words: what is written wholly large or small.

"MATAN A BODEGUERO JUAN PÉREZ" becomes "matan a bodeguero Juan Pérez", letter by letter in its place. What the text itself
writes small is a word, what it writes large a name; then the words of the corpus, first names and surnames, and places decide.
"Murió Juana" becomes "murió Juana", and "mataron a jorge perez" becomes "mataron a Jorge Perez": only a first name with a surname, neither an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from models.fold import fold
from models.gazetteer import find_places
from models.reader.person_features import common_words, lexicon
from models.reader.persons import CALLED

CAPITALS = "A-ZÁÉÍÓÚÜÑ"
WORD = re.compile(rf"(?<!\w)[{CAPITALS}][{CAPITALS}'’´]*(?!\w)")
STRETCH = re.compile(
    rf"(?<!\w)[{CAPITALS}][{CAPITALS}'’´]*(?!\w)(?:[^\w\n]{{1,4}}(?:[{CAPITALS}][{CAPITALS}'’´]*|\d+)(?!\w))+"
)
OPENER = re.compile(
    rf"(?:^|[.!?:|¡¿\"“«\n] ?)([{CAPITALS}][a-záéíóúüñ]+(?:ó|[ae]n|ron))(?: a)? (?P<name>[{CAPITALS}][a-záéíóúüñ]+)(?!\w)"
)
SMALL = re.compile(r"(?<![\w@./-])[a-záéíóúüñ]{2,}(?![\w@])")
LEAST_WORDS = 3  # fewer are an acronym or a name alone, which the reading of names knows
ORDINARY = re.compile(r"(?<!\w)\w*[a-záéíóúüñ]\w*(?!\w)")
NICKNAME = re.compile(
    rf"[‘'“\"«](?!(?:NO|SI|SÍ|YA|ME|SE|NOS|HAY|ES|QUE)\b)[{CAPITALS}]+(?: [{CAPITALS}]+){{0,2}}[’'”\"»]"
)
VERB = re.compile(r"[ae](?:n|ron)$")  # "BALEAN", "CAPTURARON": the corpus writes few verbs in every form
COURTESY = re.compile(r"\b(?:don|dona) $")
SAINTS = frozenset("san santa santo".split())
LINKS = frozenset("de del la las los y e da dos van von".split())


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Folded words that the text writes in ordinary case: small, and large without ever being small."""

    small: frozenset[str]
    large: frozenset[str]


def _elsewhere(text: str, stretches: Sequence[re.Match[str]]) -> _Elsewhere:
    """What ordinary lines say of words, and the names that the stretches themselves tell beside other names."""
    words = ORDINARY.findall(text)
    small = frozenset(fold(word) for word in words if word[0].islower())
    large = frozenset(fold(word) for word in words if word[0].isupper()) - small
    told = [each for stretch in stretches for each in _told(stretch, _Elsewhere(small, large))]
    named = {fold(word[0]) for word, is_name in told if is_name and len(word[0]) > 3}
    return _Elsewhere(small, large | {word for word in named if word in _known() or word not in common_words()})


def sentence_case(text: str) -> str:
    """The text, of the same length, as an edited sentence would be written; an ordinary text is unchanged."""
    return _names_large(_verbs_small(_capitals_small(text)))


def _verbs_small(text: str) -> str:
    """Verbs that only the sentence they open writes large, before a name: "Murió Juana Torres"."""
    letters = list(text)
    for match in OPENER.finditer(text):
        word = fold(match[1])
        if word in common_words() and word not in _known() and fold(match["name"]) in lexicon().first_names:
            letters[match.start(1)] = match[1][0].lower()
    return "".join(letters)


def _names_large(text: str) -> str:
    """Full names written small, with their capitals."""
    words = [m for m in SMALL.finditer(text) if fold(m[0]) in _known()]
    letters = list(text)
    at = 0
    while at < len(words):
        run = [words[at]]
        while at + len(run) < len(words) and text[run[-1].end() : words[at + len(run)].start()] == " ":
            run.append(words[at + len(run)])
        at += len(run)
        if _is_full_name([fold(word[0]) for word in run]):
            for word in run:
                letters[word.start()] = word[0][0].upper()
    return "".join(letters)


def _is_full_name(words: Sequence[str]) -> bool:
    """Whether a first name and after it a surname stand among the words, neither of them an ordinary word."""
    lists, common = lexicon(), common_words()
    first = next((at for at, word in enumerate(words) if word in lists.first_names and word not in common), len(words))
    return any(word in lists.surnames and word not in common for word in words[first + 1 :])


def _capitals_small(text: str) -> str:
    stretches = [m for m in STRETCH.finditer(text) if _is_sentence(m[0])]
    if not stretches:
        return text
    elsewhere = _elsewhere(text, stretches)
    letters = list(text)
    for stretch in stretches:
        for word, is_name in _told(stretch, elsewhere):
            start = word.start() + is_name
            letters[start : word.end()] = text[start : word.end()].lower()
    return "".join(letters)


def _is_sentence(stretch: str) -> bool:
    """Whether there are words enough, and one of them at least is no name."""
    words = [fold(word) for word in WORD.findall(stretch) if len(word) > 1]
    return len(words) >= LEAST_WORDS and any(
        word in LINKS or (word in common_words() and word not in _known()) for word in words
    )


def _told(stretch: re.Match[str], elsewhere: _Elsewhere) -> list[tuple[re.Match[str], bool]]:
    """Each word of a stretch, and whether a sentence would write it large."""
    text = stretch.string
    words = list(WORD.finditer(text, stretch.start(), stretch.end()))
    folded = [fold(word[0]) for word in words]
    names = _names(text, words, folded, elsewhere)
    large = [(hit.start + stretch.start(), hit.end + stretch.start()) for hit in find_places(stretch[0])]
    large += [m.span() for m in NICKNAME.finditer(text, stretch.start(), stretch.end())]
    return [
        (word, own not in LINKS and (is_name or any(a <= word.start() and word.end() <= b for a, b in large)))
        for word, own, is_name in zip(words, folded, names, strict=True)
    ]


def _names(text: str, words: Sequence[re.Match[str]], folded: Sequence[str], elsewhere: _Elsewhere) -> list[bool]:
    """Which words are names: unknown as words, or known as names and beside another one."""
    sure = [_is_sure(word, own, elsewhere) for word, own in zip(words, folded, strict=True)]
    joined = [text[one.end() : other.start()] in {" ", ". ", "-"} for one, other in pairwise(words)]
    beside = [
        any(
            joined[min(at, other)] and (sure[other] or folded[other] in _known())
            for other in (at - 1, at + 1)
            if 0 <= other < len(words)
        )
        for at in range(len(words))
    ]
    found = [sure[at] or (own in _known() and beside[at]) for at, own in enumerate(folded)]
    for at in range(1, len(words)):
        # "AUSBERTO CANO": what follows a first name that none goes before and no surname follows.
        is_first = (
            found[at - 1]
            and folded[at - 1] in lexicon().first_names
            and not (at > 1 and found[at - 2] and joined[at - 2])
        )
        is_last = at + 1 == len(words) or not (found[at + 1] and joined[at])
        if is_first and is_last and joined[at - 1] and len(folded[at]) > 3 and folded[at] not in elsewhere.small:
            found[at] = True
    return found


def _is_sure(word: re.Match[str], folded: str, elsewhere: _Elsewhere) -> bool:
    """Whether the word by itself is more likely a name: an initial, unknown as a word, or written large elsewhere in the text."""
    if len(folded) == 1:
        return word.string[word.end() : word.end() + 1] == "."
    if folded in elsewhere.small:
        return False
    if folded in elsewhere.large:
        return True
    before = fold(word.string[max(0, word.start() - 45) : word.start()])
    if folded in SAINTS or CALLED.search(before) or COURTESY.search(before):
        return True
    is_verb = VERB.search(folded) and folded not in _known() and (before.split(" ")[-2:-1] or [""])[0] not in _known()
    return folded not in common_words() and not is_verb


@cache
def _known() -> frozenset[str]:
    return lexicon().first_names | lexicon().surnames
