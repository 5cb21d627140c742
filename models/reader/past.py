"""What a document tells of the past, above all a deed it is labelled with: the crime of years ago whose sentence or capture is the news.

The codebook counts a deed told within about a week of it; for an old crime, the arrest stands alone. In the corpus no counted murder,
attack, arson or kidnapping is dated more than 45 days before publication. Also old cases told in passing. Not here: which sentences
recall, which are a court's (``status``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from models.reader import deed
from models.reader.cues import strong_cues
from models.reader.day_hits import DateHit
from models.reader.focus import Focus
from models.reader.kinds import VIOLENT
from models.reader.reading import Reading
from models.reader.status import OLD_DAYS, is_before_trial, is_of_court, is_sentencing
from models.reader.victims import is_statistic
from models.reader.when import first_days, options, when

RECALLED = ("murder", "kidnapping", "arson", "attack")  # of a sentence that recalls several, the first
TELLS = 0.1  # the probability from which a sentence without a telling word is taken to tell the deed
NEAR = frozenset({"relative", "weekday", "number", "day_month"})  # what fixes a near day once publication is known


def past_deeds(reading: Reading, foci: Mapping[str, Focus]) -> list[str]:
    """The types, of those in ``foci``, whose deed lies in the past."""
    far = _far(reading, foci)
    has_arrest = "arrest" in foci
    return [kind for kind, focus in foci.items() if kind in far or _is_past(reading, focus, has_arrest=has_arrest)]


def told_in_passing(reading: Reading) -> Iterator[tuple[str, int]]:
    """The sentences that recall an old case, with its type."""
    for sentence in reading.sentences:
        if not reading.recalled[sentence.index] or reading.links[sentence.index] or is_statistic(sentence.folded):
            continue
        strength = {kind: strong_cues(sentence.folded, kind) for kind in RECALLED}
        kind = max(strength, key=lambda k: strength[k])
        if strength[kind]:
            yield kind, sentence.index


def _far(reading: Reading, foci: Mapping[str, Focus]) -> set[str]:
    """The types of violence whose day, as it would be read, is an old one."""
    published = reading.published
    deeds = [kind for kind in foci if kind in VIOLENT]
    if published is None or not deeds or not any(_is_old(hit, published) for hits in reading.dates for hit in hits):
        return set()
    days = {kind: options(reading, focus) for kind, focus in foci.items()}
    first = first_days(days)
    found = {kind: when(days[kind], kind, first).day for kind in deeds}
    return {kind for kind, day in found.items() if day and (published - day).days > OLD_DAYS}


def _is_past(reading: Reading, focus: Focus, *, has_arrest: bool) -> bool:
    """Whether a court's sentence is the news, or the deed's own sentences bear an old date, and none gives it a near day."""
    named = [s.index for s in reading.sentences if strong_cues(s.folded, focus.kind)]
    telling = [s.index for s in reading.sentences if s.index in named or focus.scores[s.index] >= TELLS]
    if focus.kind == deed.KIND:  # demands outlive an arrest: only where an old year is told, and nothing near
        has_year = any(hit.kind == "year" for hits in reading.dates for hit in hits)
        return has_year and _is_sentenced(reading) and not _is_told_anew(reading, telling, around=1)
    if focus.kind not in VIOLENT:
        return False
    dated = [focus.evidence, *(named if has_arrest else [])]
    is_dated_old = any(_is_dated_old(reading, index) for index in dated)
    return (_is_sentenced(reading) and not _is_told_anew(reading, named)) or (
        is_dated_old and not _is_told_anew(reading, telling, around=1)
    )


def _is_sentenced(reading: Reading) -> bool:
    """Whether the title or the sentence under it tells of a punishment that a court gave."""
    opening = [sentence.folded for sentence in reading.sentences[:2]]
    return not is_before_trial(opening[0]) and any(is_sentencing(folded) for folded in opening)


def _is_told_anew(reading: Reading, telling: Sequence[int], around: int = 0) -> bool:
    """Whether one of the sentences ``telling`` the deed, or one ``around`` it, bears a near day that is not the court's or the arrest's."""
    text = [s.index for s in reading.sentences if s.field == "text" and not is_of_court(s.folded)]
    near = {index for index in text if _is_near(reading, index)}
    beside = {index for index in near if not strong_cues(reading.sentences[index].folded, "arrest")}
    return any(
        index in near or any(abs(index - other) <= around for other in beside) for index in telling if index in text
    )


def _is_near(reading: Reading, index: int) -> bool:
    hits, published = reading.dates[index], reading.published
    if reading.recalled[index]:
        return False
    if published is None:
        return any(hit.kind in NEAR for hit in hits)
    return any(hit.day and 0 <= (published - hit.day).days <= OLD_DAYS for hit in hits)


def _is_dated_old(reading: Reading, index: int) -> bool:
    """Whether the sentence recalls, by a year or a day and not by a word alone ("recordó")."""
    hits = reading.dates[index]
    return reading.recalled[index] and any(hit.kind == "year" or _is_old(hit, reading.published) for hit in hits)


def _is_old(hit: DateHit, published: date | None) -> bool:
    return hit.day is not None and published is not None and (published - hit.day).days > OLD_DAYS
