"""The days of a norm where words bind one to it: signed, published, in force from.

A page of the gazette is its norm and is published on its own day; news tell the days of a norm they name, and their own day
is none of them. Not here: from when until when an emergency runs (``terms``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.reader.date_forms import MONTH_WORDS, WEEKDAY_WORDS
from models.reader.dates import find_dates
from models.reader.norms import NormHit, find_norms
from models.reader.printed import GAP, GAZETTE, STOP, boxed, day_after, printed_together
from models.reader.reading import Reading
from models.reader.terms import day_at, plus
from models.reader.text import Sentence

SIGNED = re.compile(
    rf"\bdado en la casa de gobierno\b|\ben lima, a los? |^(?:en )?(?!{WEEKDAY_WORDS}\b)[a-z]+(?: [a-z]+){{0,2}}, "
    rf"(?=\d{{1,2}} de (?:{MONTH_WORDS})\b|a los? )"
)
FORCE = re.compile(
    r"\bentr(?:a|o|ara|aria) en (?:vigencia|vigor)\b|\b(?P<runs>rige|regira|rigio|vigente|sera exigible)\b(?= (?:desde|a partir)\b)"
)
OF_ITSELF = re.compile(
    r"\b(?:el|la) presente\b|^(?:articulo|disposicion|unica|primera|segunda)\b|^(?:la|el) (?:ley|decreto|norma)\b"
)
# "Difundida en El Peruano", not to the press; in English without a gender.
TOLD = re.compile(
    rf"\b(?P<word>publicad|promulgad|firmad|suscrit|(?:difundid|divulgad)(?=[oa]\b[^.;]{{0,70}}\b{GAZETTE}))(?P<gender>[oa])\b"
    rf"|\b(?P<english>published|carried(?=[^.;]{{0,70}}\b{GAZETTE}))\b"
)
PRINTED = frozenset({"publicad", "difundid", "divulgad"})
DID = re.compile(r"\b(?P<word>publico|promulgo)\b")
# What stands before a word said of the norm: "…, publicada", "y publicada", "fue publicada", "norma publicada".
BOUND = re.compile(
    r"(?:[,(]|\b(?:y|e|fue|sido|salio|recien|was|ley|norma|medida|decreto|resolucion|dispositivo|ordenanza))(?: que)? ?$"
)
OTHER_PAPER = re.compile(
    r"\b(?:informe|reporte|estudio|encuesta|sondeo|video|comunicado|articulo|nota|lista|resultados|reglamento|dictamen|sentencia|fallo|carta|oficio"
    r"|directiva|proyecto|convenio|acta|entrevista|libro|fe de erratas|report|study|survey|poll|statement|copy|list|ruling)\b"
)
OF = re.compile(
    r"\b(?:de(?:l| la| los| las)?|(?:of|on|about)(?: the)?) $"
)  # "la directiva de la Ley …, publicada": said of the directive
FEMININE = frozenset({"Ley", "RM", "RVM", "RS", "RD", "RES", "ORD"})
# The norm without its number: "la norma, publicada el 24 de febrero, entró en vigencia al día siguiente".
IT = re.compile(
    r"\b(?<!\ben )(?<!\ba )(?P<article>la) (?P<la>norma|ley|resolucion|ordenanza|disposicion|medida)\b(?! que)"
    r"|\bel (?P<el>decreto(?: supremo| legislativo| de urgencia)?|dispositivo|d\. ?(?:leg|[sul])\.)(?! que|\w)|^(?=(?:rige|regira|entr(?:a|o|ara) en vig))"
)
ITS_KINDS = {
    "ley": {"Ley"}, "ordenanza": {"ORD"}, "resolucion": FEMININE - {"Ley", "ORD"}, "decreto": {"DS", "DL", "DU"}, "decreto supremo": {"DS"},
    "decreto legislativo": {"DL"}, "decreto de urgencia": {"DU"}, "d.leg.": {"DL"}, "d.l.": {"DL"}, "d.s.": {"DS"}, "d.u.": {"DU"},
}  # fmt: skip
# What may stand between the norm and what is said of it: a clause of its own, "fue", nothing else.
OF_IT = re.compile(
    r"(?:, (?:que|publicad|promulgad|firmad|aprobad)[^.;]{0,160},|, (?:aprobad|promulgad|firmad|suscrit|publicad)[oa] [^.;,]{0,100} y|,? que)?"
    r"(?: (?:ya|recien|tambien))?(?:,? (?:fue|ha sido|es))?,? ?"
)
PRINTED_IN = re.compile(
    rf"\b(?:(?:aparec(?:io|e)|sal(?:io|e)|figura)\b(?=[^.;,]{{0,60}}\b(?:en|de) (?:el |las? )?{GAZETTE})|se publico\b|(?<=que )publico\b)"
)
ITS_DATE = re.compile(r"\b(?:lleva|con|de) fecha\b")
APPROVED = re.compile(
    r"\baprobad[oa] (?=el \d)"
)  # of a resolution; an ordinance and a law are voted before they are signed
PRINTED_WITH = re.compile(r", publicad[oa] [^.;,]{0,70} ")  # "publicada hoy en El Peruano con fecha 14 de abril"
COORDINATED = re.compile(r"(?!.*\bque\b).*, y (?:ya )?$")  # "la norma modifica la Ley …, y entró en vigencia hoy"
# "Los decretos 010-2026-PCM y 011-2026-PCM, publicados el domingo": of each of them.
TOGETHER = re.compile(r",? (?:amb[oa]s |both )?(?:publicad[oa]s|published)\b")
PARENTHETIC = re.compile(r", (?:el|este|la) $")
AFTER_IT = re.compile(r" al dia siguiente\b(?! habil)")
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
    publication = boxed(reading) or reading.published
    starts = day_at(force.string, force.end(), publication, publication) if force else None
    return NormDays(_signed(reading), publication, starts, is_start_written=force is not None)


def _force(folded: str) -> re.Match[str] | None:
    """Where an article of a norm says that the norm enters into force."""
    found = FORCE.search(folded) if OF_ITSELF.search(folded) else None
    return None if found is None or found["runs"] or folded[: found.start()].endswith("no ") else found


def _signed(reading: Reading) -> date | None:
    for sentence in [*_foot(reading), *reading.sentences[-6:], *reading.sentences[:HEAD]]:
        if SIGNED.search(sentence.folded):
            days = [h.day for h in find_dates(sentence.folded, reading.published) if h.day]
            if days:
                return days[0]
    return None


def _foot(reading: Reading) -> list[Sentence]:
    """Where a norm says when it was given; news that print a norm may have it too."""
    return [s for s in reading.sentences if s.folded.startswith("dado en la casa de gobierno")]


def told_days(reading: Reading, norm: NormHit, about: Sequence[NormHit]) -> NormDays:
    """The days that news tell of a norm, in sentences that name no other one before the words that bind them.

    Of a norm that news are ``about`` alone, "la norma" tells too, and so do a box and the foot of its text; of several, "los decretos".
    """
    days = NormDays()
    named = {index for index, hit in reading.norms if not hit.is_quoted}
    for index in dict.fromkeys(index for index, hit in reading.norms if hit.key == norm.key):
        if not reading.links[index]:
            days = days.completed(_told(reading.sentences[index].folded, reading.published, norm))
    if len(about) > 1:
        return days.completed(NormDays(published_on=printed_together(reading, [hit.kind for hit in about])))
    if about == [norm]:
        for sentence in reading.sentences:
            if sentence.index not in named and reading.own(sentence.index):
                days = days.completed(_told_of_it(sentence.folded, norm, reading.published, days.published_on))
        foot = [h.day for s in _foot(reading)[:1] for h in find_dates(s.folded, reading.published) if h.day]
        days = days.completed(NormDays(foot[0] if foot else None, boxed(reading)))
    return days


def _told_of_it(folded: str, norm: NormHit, published: date | None, publication: date | None) -> NormDays:
    """The days that a sentence tells of "la norma", the one that news are about."""
    subject = IT.search(folded)
    if subject is None or norm.kind not in ITS_KINDS.get(
        (subject["la"] or subject["el"] or "").replace(". ", "."), {norm.kind}
    ):
        return NormDays()
    signed: date | None = None
    is_told = False

    def is_of_it(match: re.Match[str]) -> bool:
        between = folded[subject.end() : match.start()]
        return OF_IT.fullmatch(between) is not None or (is_told and between.endswith(" y "))

    for match in TOLD.finditer(folded, subject.end()):
        if match["word"] and (match["gender"] == "a") == (subject["article"] == "la") and is_of_it(match):
            day, is_told = day_after(folded, match.end(), published), True
            if match["word"] in PRINTED:
                publication = publication or day
            else:
                signed = signed or day
    if (printed := PRINTED_IN.search(folded, subject.end())) and is_of_it(printed):
        publication, is_told = publication or day_after(folded, printed.end(), published), True
    dated = _its_date(folded, subject.end(), norm)
    if dated and is_of_it(dated):
        signed = signed or day_after(folded, dated.end(), published)
    force = FORCE.search(folded, subject.end())
    if force is None or not (is_of_it(force) or COORDINATED.fullmatch(folded, subject.end(), force.start())):
        return NormDays(signed, publication)
    starts = day_at(folded, force.end(), published, publication)
    if starts is None and publication and AFTER_IT.match(folded, force.end()):
        starts = plus(publication, 1)
    return NormDays(signed, publication, starts)


def _its_date(folded: str, at: int, norm: NormHit) -> re.Match[str] | None:
    """Where a norm is said to bear a date."""
    approved = APPROVED.search(folded, at) if norm.kind in RESOLUTIONS else None
    return ITS_DATE.search(folded, at) or approved


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
            word = "publicad" if match["english"] or match["word"] in PRINTED else match["word"]
            days.setdefault(word, day_after(folded, match.end(), published))
    together = TOGETHER.match(folded, hits[-1].end)
    if together and len(hits) > 1 and len({hit.kind for hit in hits}) == 1:
        days.setdefault("publicad", day_after(folded, together.end(), published))
    days |= _done(folded, published, first, hits)
    printed = PRINTED_IN.search(folded, first.end)
    if printed and _is_alone(hits, printed.start(), norm) and OF_IT.fullmatch(folded[first.end : printed.start()]):
        days.setdefault("publicad", day_after(folded, printed.end(), published))
    its = _its_date(folded, first.end, norm)
    between = folded[first.end : its.start()] if its else ""
    if its and _is_alone(hits, its.start(), norm) and (OF_IT.fullmatch(between) or PRINTED_WITH.fullmatch(between)):
        days.setdefault("firmad", day_after(folded, its.end(), published))
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
    is_fitting = match["english"] or (match["gender"] == "a") == (norm.kind in FEMININE)
    return bool(is_beside and is_fitting) and not OTHER_PAPER.search(between)


def _done(folded: str, published: date | None, first: NormHit, hits: list[NormHit]) -> dict[str, date | None]:
    """What "el diario oficial publicó" and "se promulgó" tell of the one norm after them, with the one day before it."""
    did = DID.search(folded)
    if (
        did is None
        or hits[0] != first
        or any(not hit.is_quoted for hit in hits[1:])
        or not 0 < first.start - did.end() <= GAP
    ):
        return {}
    told = [h for h in find_dates(folded, published) if h.end <= first.start]
    between = folded[did.end() : first.start]
    if len(told) == 1 and told[0].start > did.end():  # ", el 26 de marzo de 2026, "
        at, end = told[0].start - did.end(), told[0].end - did.end()
        between = PARENTHETIC.sub("", between[:at]) + between[end:].removeprefix(",")
    if STOP.search(between):
        return {}
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
