"""Who else a private person's name betrays: the surname alone that is a word or a place, the nickname in brackets, the name in a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from models.fold import fold
from models.gazetteer.names import WORD
from models.reader.forms import bracketed_nick, listed_names, with_article
from models.reader.person_features import Candidate, common_words, is_place, likeness, opens_sentence

# What follows a name that opens a sentence, and no ordinary word: "Marcas había denunciado".
DOES = re.compile(
    r"^,? (?:(?:no|se|le|lo|la|les|los|ya|también|nunca) ){0,2}(?:\w+(?:ó|aba|ía)|fue|es|era|ha|dijo|tiene|vende|trabaja|conduce|maneja|pide|dice|cuenta|teme|denuncia|paga|recuerda|sostiene|asegura|niega|vive|tuvo|hizo|murió|iba|quiso|said|was|had|told)\b"
)

LONGEST = 8  # words of a name; a run with more is a list of them
OPENS = re.compile(r"^\s*$|[^\w\s]\s*$")  # no place stands before a verb there: "; Plaza vende"
ARTICLE = re.compile(r"\b(?:la|el|las|los|the) $", re.IGNORECASE)


def with_others(text: str, every: Sequence[Candidate], found: Sequence[Candidate]) -> list[Candidate]:
    """The persons found and whoever their names, lists and brackets betray; ``every`` are the runs that may be a person's."""
    listed = [_at(text, *span) for span in listed_names(text)]
    taken = _letters(listed)
    kept = [each for each in found if taken.isdisjoint(range(each.start, each.end))]
    tails = _tails([*kept, *listed])
    nicks = [
        _at(text, *span)
        for each in [*kept, *listed]
        if len(each.words) > 1 and (span := bracketed_nick(text, each.end)) and _may_be_nick(text[slice(*span)])
    ]
    own = {tuple(each.words) for each in nicks}
    names = sorted({each.text for each in kept if len(each.text) > 3})
    hidden = [*kept, *listed]
    taken = _letters([*hidden, *nicks])
    for each in every:
        if not taken.isdisjoint(range(each.start, each.end)):
            continue
        if tuple(each.words) in own or _is_tail(text, each, tails):
            hidden.append(each)
        elif each.is_quoted:
            hidden += _within(text, each, names)
    taken = _letters(hidden)
    hidden += [nick for nick in nicks if taken.isdisjoint(range(nick.start, nick.end))]
    return sorted((_whole(text, each) for each in hidden), key=lambda each: each.start)


def _at(text: str, start: int, end: int) -> Candidate:
    return Candidate(start, end, text[start:end], is_quoted=False)


def _letters(runs: Iterable[Candidate]) -> set[int]:
    """Where the runs stand."""
    return {at for run in runs for at in range(run.start, run.end)}


def _tails(names: Iterable[Candidate]) -> frozenset[tuple[str, ...]]:
    """What may stand for names written in full: any words of them, one after another, but the first."""
    full = [each.words[:LONGEST] for each in names if not each.is_quoted]
    return frozenset(
        tuple(words[at:end])
        for words in full
        if likeness(words) == "whole" or not is_place(words)
        for at in range(1, len(words))
        for end in range(at + 1, len(words) + 1)
    )


def _may_be_nick(written: str) -> bool:
    """Whether what stands in brackets is no place and no institution."""
    words = WORD.findall(fold(written))
    return likeness(words) != "institution" and not is_place(words)


def _is_tail(text: str, each: Candidate, tails: frozenset[tuple[str, ...]]) -> bool:
    """Whether the run is the surnames of somebody named in full: "Santa Cruz" after "Rosa Santa Cruz"."""
    words = each.words
    size = len(words)
    if not words or (len(words[0]) < 4 and size == 1):
        return False
    if tuple(words) not in tails:
        return False
    if size > 1:
        return True
    if is_place(words) or (words[0] in common_words() and opens_sentence(text, each)):
        return (
            OPENS.search(text[max(0, each.start - 3) : each.start]) is not None
            and DOES.match(text[each.end : each.end + 40]) is not None
        )
    return ARTICLE.search(text[max(0, each.start - 5) : each.start]) is None


def _within(text: str, quoted: Candidate, names: Sequence[str]) -> list[Candidate]:
    """The names found that a quotation tells too: "Brisa quería ser doctora"."""
    spans = [
        match.span()
        for name in names
        if name in quoted.text
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", quoted.text)
    ]
    return [_at(text, quoted.start + start, quoted.start + end) for start, end in spans]


def _whole(text: str, each: Candidate) -> Candidate:
    return each if each.is_quoted else _at(text, with_article(text, each.start), each.end)
