"""Finding the names of places in text, and how each is used: as a place, a street, an office, part of somebody's name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from models.fold import fold
from models.gazetteer.names import PARTICLES, WORD, Name, demonyms, landmarks, names_by_two_words, read_data
from models.gazetteer.resolve import Naming, resolve
from models.gazetteer.units import Level

Use = Literal["place", "street", "institution", "office", "elsewhere", "person", "demonym"]

DEMONYM = re.compile(r"\b([a-z]{3,12}?)(?:os|as|es|o|a|e)\b")
GAP = re.compile(r"[ \-.']{1,2}")
LIMIT = 60_000  # code points read; longer texts are reports, whose parts come one by one


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place's name in text. ``ubigeo`` is the highest unit the name means, ``None`` when several remain possible.

    ``finer`` holds units of the same name inside ``ubigeo`` (Trujillo's district in Trujillo's province). A name for
    several units at once (Lima Norte) has them all in ``candidates`` and ``is_group`` set.
    """

    start: int
    end: int
    text: str
    candidates: tuple[str, ...]
    ubigeo: str | None
    use: Use
    finer: tuple[str, ...] = ()
    said_level: Level | None = None
    is_group: bool = False


@cache
def _uses() -> tuple[
    list[tuple[Use, re.Pattern[str]]], list[tuple[Use, re.Pattern[str]]], list[tuple[Level, re.Pattern[str]]]
]:
    data = read_data("uses.toml")

    def before(phrases: list[str]) -> re.Pattern[str]:
        written = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
        return re.compile(rf"(?:^|[^\w])(?:{written}) +(?:de +)?(?:el +|la +|los +|las +)?[\"']?$")

    def after(phrases: list[str]) -> re.Pattern[str]:
        return re.compile(rf" +(?:{'|'.join(map(re.escape, phrases))})\b")

    kinds: tuple[Use, ...] = ("street", "office", "institution", "elsewhere")
    levels: tuple[Level, ...] = ("district", "province", "department")
    return (
        [(kind, before(data[kind]["before"])) for kind in kinds],
        [(kind, after(data[kind]["after"])) for kind in kinds if data[kind].get("after")],
        [(level, before(data["levels"][level])) for level in levels],
    )


def _match(name: Name, words: list[re.Match[str]], at: int, text: str, folded: str) -> int:
    """Number of words of ``name`` found at ``at``, or 0."""
    size = len(name.words)
    if at + size > len(words):
        return 0
    for offset, (wanted, capital) in enumerate(zip(name.words, name.capitals, strict=True)):
        word = words[at + offset]
        if folded[word.start() : word.end()] != wanted:
            return 0
        first = text[word.start()]
        leading_article = offset == 0 and size > 1 and wanted in PARTICLES
        if capital and not (first.isupper() or first.isdigit() or leading_article):
            return 0
        if offset:
            gap = folded[words[at + offset - 1].end() : word.start()]
            if not GAP.fullmatch(gap) or ("." in gap and len(wanted) > 1):
                return 0
    return size


def _is_person(text: str, start: int, end: int) -> bool:
    """Whether capitalised words touch the name, as in somebody's surname or a firm's name."""
    before = re.search(r"([^\W\d_]+) $", text[max(0, start - 25) : start])
    if before and before[1][0].isupper() and not before[1].isupper() and fold(before[1]) not in _NOUNS:
        return True
    after = re.match(r" ([^\W\d_]+)", text[end : end + 25])
    return bool(
        after
        and after[1][0].isupper()
        and not after[1].isupper()
        and fold(after[1]) not in _NOUNS
        and before is not None
        and before[1][0].isupper()
    )


_NOUNS = frozenset(
    "en de del la el los las distrito provincia region departamento policial divincri depincri fiscalia comisaria mercado cono centro"
    " norte sur este oeste policia ministerio publico municipalidad distrital provincial district province north south east west in at".split()
)


def _use_of(text: str, folded: str, start: int, end: int) -> tuple[Use, Level | None]:
    window, rest = folded[max(0, start - 48) : start], folded[end : end + 20]
    befores, afters, levels = _uses()
    said: Level | None = next((level for level, pattern in levels if pattern.search(window)), None)
    for use, pattern in befores:
        if pattern.search(window):
            return use, said
    for use, pattern in afters:
        if pattern.match(rest):
            return use, said
    if said is None and _is_person(text, start, end):
        return "person", None
    return "place", said


def _join_lists(
    hits: list[tuple[Naming, Use, Level | None, str]], folded: str
) -> list[tuple[Naming, Use, Level | None, str]]:
    """Carry a use or a level over "avenidas Tacna y Arequipa", "distritos de Chao y Virú"."""
    out: list[tuple[Naming, Use, Level | None, str]] = []
    for naming, use, said, text in hits:
        if out:
            prior, prior_use, prior_said, _ = out[-1]
            between = folded[prior.end : naming.start]
            if (
                prior_use in {"street", "elsewhere"}
                and use == "place"
                and re.fullmatch(r" (?:y|con|e|a|and) (?:el |la |los )?| ?- ?", between)
            ):
                use = prior_use  # noqa: PLW2901
            if (
                prior_said
                and said is None
                and re.fullmatch(r"(?:,| y| e|, y| and)? (?:el |la |los )?", between)
                and between.strip()
            ):
                said = prior_said  # noqa: PLW2901
        out.append((naming, use, said, text))
    return out


@lru_cache(maxsize=8)
def find_places(text: str) -> tuple[PlaceHit, ...]:
    """Find every place named in ``text``, in order, homonyms resolved by the other places named.

    A name that could mean several places and that nothing else decides keeps ``ubigeo=None``: no capital by default. The last texts are
    remembered: a document's places are asked for when it is read and again when it is masked.
    """
    text = text[:LIMIT]
    folded = fold(text)
    words = list(WORD.finditer(folded))
    written = [word[0] for word in words]
    index = names_by_two_words()
    found: list[tuple[Naming, Use, Level | None, str]] = []
    at = 0
    while at < len(words):
        size = 0
        for name in _names_at(index, written, at):
            size = _match(name, words, at, text, folded)
            if size:
                start, end = words[at].start(), words[at + size - 1].end()
                use, said = _use_of(text, folded, start, end)
                is_head = size > 0 and (start == 0 or text[start - 1] == "\n") and text[end : end + 1] in {":", "."}
                naming = Naming(start, end, name.codes, name.weak, said, name.every, is_head=is_head)
                found.append((naming, use, said, text[start:end]))
                break
        at += max(size, 1)
    found = _join_lists(found, folded)
    namings = [
        replace(n, said=said, counts=use not in {"street", "person", "institution"}) for n, use, said, _ in found
    ]
    support = [code for m in DEMONYM.finditer(folded) if (code := demonyms().get(m[1]))]
    known, supported = landmarks()
    support += [supported[m[0]] for m in known.finditer(folded)]
    hits: list[PlaceHit] = []
    for (naming, use, said, written), (code, finer, candidates) in zip(
        found, resolve(namings, support, folded), strict=True
    ):
        if candidates:
            hits.append(PlaceHit(naming.start, naming.end, written, candidates, code, use, finer, said, naming.every))
    return tuple(hits)


def _names_at(index: Mapping[tuple[str, str], tuple[Name, ...]], written: Sequence[str], at: int) -> tuple[Name, ...]:
    """The names that may begin at a word, the longest first."""
    first = written[at]
    longer = index.get((first, written[at + 1]), ()) if at + 1 < len(written) else ()
    return longer + index.get((first, ""), ())
