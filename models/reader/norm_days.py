"""The days of a norm where words bind one to it: signed, published, in force from.

A page of the gazette is its norm and is published on its own day; news tell the days of a norm they name, and their own day
is none of them. Not here: from when until when an emergency runs (``terms``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from models.reader.date_forms import MONTH_WORDS, WEEKDAY_WORDS
from models.reader.dates import find_dates
from models.reader.norms import NormHit, find_norms
from models.reader.reading import Reading
from models.reader.terms import day_at, plus

SIGNED = re.compile(
    rf"\bdado en la casa de gobierno\b|\ben lima, a los? |^(?:en )?(?!{WEEKDAY_WORDS}\b)[a-z]+(?: [a-z]+){{0,2}}, "
    rf"(?=\d{{1,2}} de (?:{MONTH_WORDS})\b|a los? )"
)
FORCE = re.compile(
    r"\bentr(?:a|o|ara|aria) en (?:vigencia|vigor)\b|\b(?P<runs>rige|regira|rigio|vigente)\b(?= (?:desde|a partir)\b)"
)
OF_ITSELF = re.compile(
    r"\b(?:el|la) presente\b|^(?:articulo|disposicion|unica|primera|segunda)\b|^(?:la|el) (?:ley|decreto|norma)\b"
)
TOLD = re.compile(r"\b(?P<word>publicad|promulgad|firmad|suscrit)(?P<gender>[oa])\b")
DID = re.compile(r"\b(?P<word>publico|promulgo)\b")
# What stands before a word said of the norm: "…, publicada", "y publicada", "fue publicada", "norma publicada".
BOUND = re.compile(
    r"(?:[,(]|\b(?:y|e|fue|sido|recien|ley|norma|medida|decreto|resolucion|dispositivo|ordenanza))(?: que)? ?$"
)
OTHER_PAPER = re.compile(
    r"\b(?:informe|reporte|estudio|encuesta|sondeo|video|comunicado|articulo|nota|lista|resultados|reglamento|dictamen|sentencia|fallo|carta|oficio"
    r"|directiva|proyecto|convenio|acta|entrevista|libro|fe de erratas)\b"
)
OF = re.compile(r"\bde(?:l| la| los| las)? $")  # "la directiva de la Ley …, publicada": said of the directive
FEMININE = frozenset({"Ley", "RM", "RVM", "RS", "RD", "RES", "ORD"})
# The norm without its number: "la norma, publicada el 24 de febrero, entró en vigencia al día siguiente".
IT = re.compile(
    r"\b(?P<article>la) (?P<la>norma|ley|resolucion|ordenanza)\b(?! que)"
    r"|\bel (?P<el>decreto(?: supremo| legislativo| de urgencia)?|dispositivo)\b(?! que)|^(?=(?:rige|regira|entr(?:a|o|ara) en vig))"
)
ITS_KINDS = {
    "ley": {"Ley"}, "ordenanza": {"ORD"}, "resolucion": FEMININE - {"Ley", "ORD"}, "decreto": {"DS", "DL", "DU"}, "decreto supremo": {"DS"},
    "decreto legislativo": {"DL"}, "decreto de urgencia": {"DU"},
}  # fmt: skip
# What may stand between the norm and what is said of it: a clause of its own, "fue", nothing else.
OF_IT = re.compile(
    r"(?:, (?:que|publicad|promulgad|firmad|aprobad)[^.;]{0,160},| que)?(?: (?:ya|recien|tambien))?(?:,? (?:fue|ha sido|es))?,? ?"
)
PRINTED_IN = re.compile(
    r"\b(?:(?:aparecio|salio|figura) en (?:el peruano|el diario oficial|las? normas legales)|se publico)\b"
)
ITS_DATE = re.compile(r"\b(?:lleva|con|de) fecha\b|\baprobad[oa] (?=el \d)")
AFTER_IT = re.compile(r" al dia siguiente\b(?! habil)")
STOP = re.compile(
    r"[,;:.()]|\b(?:que|y|para|rige|entra|hasta|desde|durante|vigente|contra|sobre|modific\w+|tras|luego)\b"
)
GAP = 70
RESOLUTIONS = frozenset({"RM", "RVM", "RS", "RD", "RES"})
DATED = re.compile(r",? (?:de fecha|del?(?: dia)?) (?=\d)")  # "Resolución Ministerial 456-2026-IN del 14 de mayo"
ERRATUM = re.compile(r"\bfe de erratas?\b")
HEAD = 6  # sentences in which a page calls itself an erratum, or says where and when it was signed


@dataclass(frozen=True, slots=True)
class NormDays:
    """The days that a text binds to one norm."""

    signed_on: date | None = None
    published_on: date | None = None
    starts_on: date | None = None
    is_start_written: bool = False  # though it may not be one that can be read

    def completed(self, other: NormDays) -> NormDays:
        """These days, and where there is none the other's."""
        return NormDays(
            self.signed_on or other.signed_on,
            self.published_on or other.published_on,
            self.starts_on or other.starts_on,
            self.is_start_written or other.is_start_written,
        )


def is_erratum(reading: Reading) -> bool:
    """Whether a page corrects a norm that was published before it."""
    return any(ERRATUM.search(sentence.folded) for sentence in reading.sentences[:HEAD])


def page_days(reading: Reading) -> NormDays:
    """The days of the norm that a page of the gazette is: signed at its foot or head, in force as an article of it says."""
    if is_erratum(reading):
        return NormDays()
    own = {index for index, hit in reading.norms if reading.own_norm and hit.key == reading.own_norm.key}
    others = {index for index, _ in reading.norms} - own
    force = next((found for s in reading.sentences if s.index not in others and (found := _force(s.folded))), None)
    starts = day_at(force.string, force.end(), reading.published, reading.published) if force else None
    return NormDays(_signed(reading), reading.published, starts, is_start_written=force is not None)


def _force(folded: str) -> re.Match[str] | None:
    """Where an article of a norm says that the norm enters into force."""
    found = FORCE.search(folded) if OF_ITSELF.search(folded) else None
    return None if found is None or found["runs"] or folded[: found.start()].endswith("no ") else found


def _signed(reading: Reading) -> date | None:
    closing = [s for s in reading.sentences if s.folded.startswith("dado en la casa de gobierno")]
    for sentence in [*closing, *reading.sentences[-6:], *reading.sentences[:HEAD]]:
        if SIGNED.search(sentence.folded):
            days = [h.day for h in find_dates(sentence.folded, reading.published) if h.day]
            if days:
                return days[0]
    return None


def told_days(reading: Reading, norm: NormHit, *, alone: bool = False) -> NormDays:
    """The days that news tell of a norm, in sentences that name no other one before the words that bind them.

    Of a norm that news are about alone, "la norma" tells too.
    """
    days = NormDays()
    named = {index for index, hit in reading.norms if not hit.is_quoted}
    for index in dict.fromkeys(index for index, hit in reading.norms if hit.key == norm.key):
        if not reading.links[index]:
            days = days.completed(_told(reading.sentences[index].folded, reading.published, norm))
    if alone:
        for sentence in reading.sentences:
            if sentence.index not in named and reading.own(sentence.index):
                days = days.completed(_told_of_it(sentence.folded, norm, reading.published, days.published_on))
    return days


def _told_of_it(folded: str, norm: NormHit, published: date | None, publication: date | None) -> NormDays:
    """The days that a sentence tells of "la norma", the one that news are about."""
    subject = IT.search(folded)
    if subject is None or norm.kind not in ITS_KINDS.get(subject["la"] or subject["el"], {norm.kind}):
        return NormDays()
    signed: date | None = None
    is_told = False

    def is_of_it(match: re.Match[str]) -> bool:
        between = folded[subject.end() : match.start()]
        return OF_IT.fullmatch(between) is not None or (is_told and between.endswith(" y "))

    for match in TOLD.finditer(folded, subject.end()):
        if (match["gender"] == "a") == (subject["article"] == "la") and is_of_it(match):
            day, is_told = _day_after(folded, match.end(), published), True
            if match["word"] == "publicad":
                publication = publication or day
            else:
                signed = signed or day
    if (printed := PRINTED_IN.search(folded, subject.end())) and is_of_it(printed):
        publication = publication or _day_after(folded, printed.end(), published)
    if (dated := ITS_DATE.search(folded, subject.end())) and is_of_it(dated):
        signed = signed or _day_after(folded, dated.end(), published)
    force = FORCE.search(folded, subject.end())
    if force is None or not is_of_it(force):
        return NormDays(signed, publication)
    starts = day_at(folded, force.end(), published, publication)
    if starts is None and publication and AFTER_IT.match(folded, force.end()):
        starts = plus(publication, 1)
    return NormDays(signed, publication, starts)


def _is_same(hit: NormHit, norm: NormHit) -> bool:
    return (hit.kind, int(hit.number)) == (norm.kind, int(norm.number)) and hit.year in {None, norm.year}


def _told(folded: str, published: date | None, norm: NormHit) -> NormDays:
    hits = find_norms(folded)
    first = next((hit for hit in hits if _is_same(hit, norm)), None)
    if first is None:
        return NormDays()
    days: dict[str, date | None] = {}
    for match in TOLD.finditer(folded):
        if _is_bound(folded, match, first, hits, norm):
            days.setdefault(match["word"], _day_after(folded, match.end(), published))
    days |= _done(folded, published, first, hits)
    printed = PRINTED_IN.search(folded, first.end)
    if printed and _is_alone(hits, printed.start(), norm) and OF_IT.fullmatch(folded[first.end : printed.start()]):
        days.setdefault("publicad", _day_after(folded, printed.end(), published))
    its = ITS_DATE.search(folded, first.end)
    if its and _is_alone(hits, its.start(), norm) and OF_IT.fullmatch(folded[first.end : its.start()]):
        days.setdefault("firmad", _day_after(folded, its.end(), published))
    signed = next((days[word] for word in ("promulgad", "firmad", "suscrit") if days.get(word)), None)
    dated = DATED.match(folded, first.end) if norm.kind in RESOLUTIONS else None
    if dated and len(hits) == 1:
        signed = signed or next(
            (h.day for h in find_dates(folded, published) if h.start in range(first.end, dated.end() + 1)), None
        )
    publication = days.get("publicad")
    return NormDays(signed, publication, _starts(folded, published, publication, first, hits, norm))


def _is_alone(hits: list[NormHit], at: int, norm: NormHit) -> bool:
    """Whether the norm, and no other, is named before that place."""
    before = [hit for hit in hits if hit.end <= at]
    return bool(before) and all(_is_same(hit, norm) for hit in before)


def _is_bound(folded: str, match: re.Match[str], first: NormHit, hits: list[NormHit], norm: NormHit) -> bool:
    """Whether "publicada" and the like is said of the norm: of its gender, beside it, nothing else between."""
    if not _is_alone(hits, match.start(), norm) or OF.search(folded[: first.start]):
        return False
    between = folded[first.end : match.start()]
    is_beside = not between.strip() or BOUND.search(between)
    is_fitting = (match["gender"] == "a") == (norm.kind in FEMININE)
    return bool(is_beside) and is_fitting and not OTHER_PAPER.search(between)


def _day_after(folded: str, at: int, published: date | None) -> date | None:
    """The day told right after a word, never one still to come."""
    for hit in find_dates(folded, published):
        if hit.start >= at:
            is_near = hit.start - at <= GAP and not STOP.search(folded, at, hit.start)
            is_past = hit.day and not (published and hit.day > published)
            return hit.day if is_near and is_past and hit.precision == "day" else None
    return None


def _done(folded: str, published: date | None, first: NormHit, hits: list[NormHit]) -> dict[str, date | None]:
    """What "el diario oficial publicó" and "se promulgó" tell of the one norm after them, with the one day before it."""
    did = DID.search(folded)
    if (
        did is None
        or hits[0] != first
        or any(not hit.is_quoted for hit in hits[1:])
        or not 0 < first.start - did.end() <= GAP
        or STOP.search(folded, did.end(), first.start)
    ):
        return {}
    told = [h for h in find_dates(folded, published) if h.end <= first.start]
    is_past = len(told) == 1 and told[0].day and not (published and told[0].day > published)
    return {"publicad" if did["word"] == "publico" else "promulgad": told[0].day} if is_past else {}


def _starts(
    folded: str, published: date | None, publication: date | None, first: NormHit, hits: list[NormHit], norm: NormHit
) -> date | None:
    for match in FORCE.finditer(folded, first.end):
        between = folded[first.end : match.start()]
        is_beside = not between.strip() or BOUND.search(between)
        if is_beside and _is_alone(hits, match.start(), norm) and not (match["runs"] and between.endswith("que ")):
            day = day_at(folded, match.end(), published, publication)
            if day is None and publication and AFTER_IT.match(folded, match.end()):
                return plus(publication, 1)
            return day
    return None
