"""Finding the names of places in text. Not here: how a name is used (``uses``), which of several bearers it means (``resolve``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from models.fold import fold
from models.gazetteer.names import (
    PARTICLES,
    WORD,
    Name,
    demonyms,
    landmarks,
    names_by_two_words,
    neighbourhoods,
)
from models.gazetteer.resolve import Naming, resolve
from models.gazetteer.units import Level
from models.gazetteer.uses import OPENING, UNIT, Bearing, Use, bearers, use_of
from models.spans import Spans

DEMONYM = re.compile(r"\b([a-z]{3,13}?)(?:os|as|es|o|a|e)\b")
GAP = re.compile(r"[ \-.']{1,2}")
CAPITAL = r"[A-ZÁÉÍÓÚÜÑ0-9]\w{0,30}"
STREET = rf"(?:\d{{1,2}} de )?{CAPITAL}(?: (?:(?:de la|de los|del|la|los|las) )?{CAPITAL}){{0,3}}"
LAST = rf",? (?i:y|e|con|and) (?:el |la |los )?{STREET}"
SEVERAL = re.compile(rf"(?:el |la |los )?{STREET}(?:, (?:el |la |los )?{STREET}){{0,6}}{LAST}")
CROSSING = re.compile(rf"(?:el |la |los )?{STREET}{LAST}")
LIMIT = 60_000  # code points read; longer texts are reports, whose parts come one by one


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place's name in text. ``ubigeo`` is the highest unit the name means, ``None`` when several remain possible.

    ``finer`` holds units of the same name inside ``ubigeo`` (Trujillo's district in Trujillo's province). A name for
    several units at once (Lima Norte) has them all in ``candidates`` and ``is_group`` set. ``is_namesake``: a street, an
    institution or a person bears the name, which then says nothing of where they are.
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
    is_namesake: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A name as found, before the others tell what it means."""

    naming: Naming
    text: str
    use: Use
    said: Level | None
    bears: Bearing


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


def _street_lists(text: str, folded: str) -> list[tuple[int, int]]:
    """Where streets are listed: "avenidas Tacna, Abancay y Arequipa", "cruce de Huánuco y Paruro"."""
    spans: list[tuple[int, int]] = []
    for head in bearers().streets.finditer(folded):
        listed = (SEVERAL if head["several"] else CROSSING).match(text, head.end())
        if listed:
            spans.append(listed.span())
    return spans


def _join_lists(hits: Sequence[_Found], text: str, folded: str) -> list[_Found]:
    """Carry a use or a level over "avenidas Tacna y Arequipa", "distritos de Chao y Virú"."""
    out: list[_Found] = []
    lists = Spans(_street_lists(text, folded))
    for hit in hits:
        use, said, bears = hit.use, hit.said, hit.bears
        if lists.touch(hit.naming.start, hit.naming.start + 1):
            use, bears = "street", "namesake"
        elif out:
            prior = out[-1]
            between = folded[prior.naming.end : hit.naming.start]
            if (
                prior.use in {"street", "elsewhere"}
                and use == "place"
                and re.fullmatch(r" (?:y|con|e|a|and) (?:el |la |los )?| ?- ?", between)
            ):
                use, bears = prior.use, prior.bears
            if (
                prior.said
                and said is None
                and re.fullmatch(r"(?:,| y| e|, y| and)? (?:el |la |los )?", between)
                and between.strip()
                and not UNIT.match(folded, hit.naming.end)  # "the province of Sullana, Piura region"
            ):
                said = prior.said
        out.append(_Found(hit.naming, hit.text, use, said, bears))
    return out


def _is_bare(text: str, folded: str, start: int, end: int) -> bool:
    """Whether the name stands as a surname does, without "en", "de" or a heading's colon: "Tarma tenía", "recibió Tarma."."""
    places = bearers().places
    before = re.search(r"([^\W\d_]{1,25}) $", folded[max(0, start - 26) : start])
    after = re.match(r" ([^\W\d_]+)", text[end : end + 25])
    if before is None and not OPENING.search(text[max(0, start - 6) : start]):
        return False
    if before is not None and before[1] in places:
        return False
    if after is None:
        return before is not None and text[end : end + 1] in {".", ","}
    return after[1][0].islower() and fold(after[1]) not in places


def _told_again(found: Sequence[_Found], text: str, folded: str) -> list[_Found]:
    """A surname told with its first name stays one where it stands alone: "Carlos Tarma cayó. Tarma tenía deudas"."""
    surnames = {each.text for each in found if each.use == "person"}
    return [
        replace(each, use="person", bears="namesake")
        if each.use == "place"
        and each.said is None
        and each.text in surnames
        and _is_bare(text, folded, each.naming.start, each.naming.end)
        else each
        for each in found
    ]


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
    found: list[_Found] = []
    at = 0
    while at < len(words):
        size = 0
        for name in _names_at(index, written, at):
            size = _match(name, words, at, text, folded)
            if size:
                start, end = words[at].start(), words[at + size - 1].end()
                use, said, bears = use_of(text, folded, start, end)
                is_head = size > 0 and (start == 0 or text[start - 1] == "\n") and text[end : end + 1] in {":", "."}
                naming = Naming(start, end, name.codes, name.weak, said, name.every, is_head=is_head)
                found.append(_Found(naming, text[start:end], use, said, bears))
                break
        at += max(size, 1)
    found = _told_again(_join_lists(found, text, folded), text, folded)
    namings = [
        replace(each.naming, said=each.said, counts=each.use not in {"street", "person", "institution", "river"})
        for each in found
    ]
    support = [code for m in DEMONYM.finditer(folded) if (code := demonyms().get(m[1]))]
    known, supported = landmarks()
    support += [supported[m[0]] for m in known.finditer(folded)]
    hits: list[PlaceHit] = []
    for each, (code, finer, candidates) in zip(found, resolve(namings, support, folded), strict=True):
        if candidates:
            start, end = each.naming.start, each.naming.end
            is_quarter = each.bears == "quarter" and code in neighbourhoods().get(fold(each.text), ())
            hits.append(
                PlaceHit(
                    start, end, each.text, candidates, code, each.use, finer, each.said, each.naming.every,
                    is_namesake=each.bears != "place" and not is_quarter,
                )
            )  # fmt: skip
    return tuple(hits)


def _names_at(index: Mapping[tuple[str, str], tuple[Name, ...]], written: Sequence[str], at: int) -> tuple[Name, ...]:
    """The names that may begin at a word, the longest first."""
    first = written[at]
    longer = index.get((first, written[at + 1]), ()) if at + 1 < len(written) else ()
    return longer + index.get((first, ""), ())
