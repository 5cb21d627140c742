"""What is read once per document and used for every mention: sentences, their dates, places and groups, what is recalled."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from models.fold import fold
from models.gazetteer import PlaceHit, find_places
from models.limits import TITLE_CHARS
from models.reader.date_forms import MONTHS, WEEKDAYS
from models.reader.dates import find_dates
from models.reader.day_hits import DateHit
from models.reader.groups import GroupHit, find_groups
from models.reader.norms import NormHit, find_norms, own_number
from models.reader.status import is_recalled
from models.reader.text import LIMIT, Sentence, sentences
from models.reader.undated import fix_days

_MONTH, _WEEKDAY = "|".join(sorted(MONTHS, key=len, reverse=True)), "|".join(WEEKDAYS)
# "Trujillo, 12 mar. (Agencia)", "Lima, oct. 28.", "(Lima, 12 de marzo de 2025)": where and when a piece was filed.
# No place, and so no dateline: "El martes, 10 de marzo, mataron…", "Gunmen on Nov. 3 killed…".
DATELINE = re.compile(
    rf"^\(?(?!(?:\w+ )*(?:{_WEEKDAY}|hoy|ayer|anoche|manana|today|yesterday|el|on|este|esta|desde|hasta)\b)[a-z][a-z ]{{2,30}}(?:, [a-z ]{{3,20}})?[,.] "
    rf"?\(?(?:\d{{1,2}}(?: de)? (?:{_MONTH})\.?|(?:{_MONTH})\.? \d{{1,2}})(?: (?:de |del )?20\d\d)?[^a-z]{{0,4}}"
    rf"|^\(?(?!(?:\w+ )*(?:{_WEEKDAY}|hoy|ayer|anoche)\b)[a-z]+(?: [a-z]+){{0,2}}, \d{{1,2}}[/.]\d{{1,2}}[/.]20\d\d ?[.)-][^a-z]{{0,4}}"
)
# What only the norm itself says.
GAZETTE = re.compile(
    r"\b(?:se resuelve ?:|decreta ?:|ha dado la (?:siguiente )?(?:ley|ordenanza)|considerando ?:|registrese, comuniquese|comuniquese al senor presidente|articulo (?:1|unico)°?\.? ?[-.])"
)
# "PUEDES VER: …", "LEE TAMBIÉN": a link to another piece.
LINK = re.compile(
    r"^\W*(?:puedes ver|lee tambien|lea tambien|mira tambien|ver tambien|te puede interesar|lee mas|mas informacion|relacionad[oa]s?|vea tambien|tambien puedes leer|no te pierdas|mira aqui|lee aqui|read also|read more|see also|te recomendamos|foto|fotos|video|informo|con informacion de|fuente)\b ?:?"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, read. Lists run parallel to ``sentences``; offsets in hits are those of the sentence."""

    sentences: list[Sentence]
    published: date | None
    dates: list[list[DateHit]]
    places: list[list[PlaceHit]]
    groups: list[list[GroupHit]]
    recalled: list[bool]
    links: list[bool]
    dateline_end: int  # in the first sentence of the text
    is_gazette: bool  # the norm itself, not a report on it
    norms: list[tuple[int, NormHit]]  # with the sentence each stands in
    own_norm: NormHit | None  # the number of the norm this page is

    def own(self, index: int) -> bool:
        """Whether the sentence belongs to the news: no link, nothing recalled."""
        return not self.recalled[index] and not self.links[index]


def _places_by_sentence(title: str, text: str, parts: list[Sentence]) -> list[list[PlaceHit]]:
    """Places of the whole document, found at once (they tell one another apart), cut by sentence and counted from its start."""
    hits = find_places(title[:TITLE_CHARS] + "\n\n" + text[:LIMIT])
    out: list[list[PlaceHit]] = []
    at = 0
    for part in parts:
        base = _starts(title, part)
        end = base + len(part.raw)
        while at < len(hits) and hits[at].start < base:
            at += 1
        own: list[PlaceHit] = []
        while at < len(hits) and hits[at].start < end:
            own.append(replace(hits[at], start=hits[at].start - base, end=hits[at].end - base))
            at += 1
        out.append(own)
    return out


def _starts(title: str, part: Sentence) -> int:
    return part.start + (len(title[:TITLE_CHARS]) + 2 if part.field == "text" else 0)


@lru_cache(maxsize=2)
def read(title: str, text: str, published: date | None, read_on: date | None = None) -> Reading:
    """Read a document once: for its mentions, its norms and its figures; ``read_on`` as in ``undated``, for one without a date."""
    parts = sentences(title, text)
    first = next((p for p in parts if p.field == "text"), None)
    dateline = DATELINE.match(first.folded) if first else None
    if published is None and first and dateline:
        filed = [h.day for h in find_dates(first.folded[: dateline.end()], None) if h.day]
        published = filed[0] if filed else None
    dates = [find_dates(part.folded, published, part.raw) for part in parts]
    if first and dateline:
        dates[first.index] = [h for h in dates[first.index] if h.start >= dateline.end()]
    if published is None:
        dates = fix_days(parts, dates, read_on)
    places = _places_by_sentence(title, text, parts)
    recalled = [is_recalled(part.folded, hits, published) for part, hits in zip(parts, dates, strict=True)]
    groups = [find_groups(part.raw, part.folded) for part in parts]
    links = [LINK.match(part.folded) is not None for part in parts]
    folded = fold(text[:LIMIT])
    is_gazette = GAZETTE.search(folded) is not None
    return Reading(
        parts, published, dates, places, groups, recalled, links, dateline.end() if dateline else 0, is_gazette,
        _norms_by_sentence(fold(title[:TITLE_CHARS]), folded, parts), own_number(fold(title[:TITLE_CHARS]), folded) if is_gazette else None,
    )  # fmt: skip


def _norms_by_sentence(title: str, text: str, parts: list[Sentence]) -> list[tuple[int, NormHit]]:
    """Norms of the whole document, each with the index of its sentence; numbers in the title help those in the text."""
    shift = len(title) + 2
    found: list[tuple[int, NormHit]] = []
    for hit in find_norms(f"{title}\n\n{text}"):
        start = hit.start if hit.start < shift else hit.start - shift
        field = "title" if hit.start < shift else "text"
        index = next((p.index for p in parts if p.field == field and p.start <= start < p.end), None)
        if index is not None:
            found.append((index, hit))
    return found
