"""The territory of a state of emergency: the units that its sentences name, whole or part, without those they take out.

Not here: what is done to the emergency and for how long (``decrees``); where a deed happened (``places``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from models.gazetteer import PlaceHit, covers, units
from models.gazetteer.units import level_of
from models.reader.data import any_of, read_data
from models.reader.portions import METROPOLIS, Portion, counted_in, larger, split
from models.reader.reading import Reading
from models.reader.text import Sentence
from warehouse.records import Territory

OPERATIVE = re.compile(r"articulo (?:1|unico|primero)\b|(?:declar|prorrog)\w+ (?:en |el |la |por )")
LISTED = re.compile(r"[a-z] (?:y|e) (?:la |el )?$")
LISTED_ON = re.compile(r" y ")
CAPITAL = re.compile(r"\bla capital\b(?! de)")
# "los distritos de A y B de la provincia de X": X only says where they lie.
CONTAINER = re.compile(
    r"(?:(?:,|\b(?:de la|de las|del|de los|en la|e?n el)) |\()(?:provincias?|departamentos?|region|regiones)(?: y (?:el |la )?(?:provincia|departamento|region))?(?: de| del)? (?:el |la |los |las )?$"
)
# "Provincias de A y B": what the first name is, the second is.
GOES_ON = re.compile(r",? (?:[ye] )?(?:las? |los |el )?")
# "Mazamari y Satipo, de la provincia de Satipo": the district.
IN_PROVINCE = re.compile(r",?(?: tod[oa]s)? (?:de|en) la provincia del? (?:la )?")
# "b) Provincia Constitucional del Callao: Ventanilla.": what stands before the colon only says where the names after it lie.
OVER_LIST = re.compile(
    r"(?:,? (?:de la |del )?(?:provincia|departamento|region)\b[^,;:.]{0,40}){0,2} ?(?::(?: |$)|(?:figuran|son|comprende|abarca|incluye) )"
)
FILED = re.compile(r"(?: -|\.-|\)) ")  # "LIMA - Peru's government…": where the piece was filed
SPOKEN = re.compile(r"\b(?:desde|palacio de gobierno,? en|conferencia de prensa en) $")  # where somebody said it
# "En Arequipa, Cayma y Paucarpata siguen en emergencia": where the names after it lie.
FRONTED = re.compile(r"(?:^|[.;:,] |\by,? )(?:tambien |solo |ademas,? )?en (?:la |el )?$")
AND = re.compile(r",? [ye] (?:las? |los |el )?")
PROVINCES = re.compile(r" provincias\b")
FEW = 3  # of more units named at once, "several districts" says nothing of each


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: any_of(patterns) for name, patterns in read_data("decrees.toml")["scope"].items()}


def speaks_of_emergency(sentence: Sentence) -> bool:
    """Whether a sentence speaks of a state of emergency."""
    return bool(_patterns()["emergency"].search(sentence.folded))


@dataclass(slots=True)
class _Scope:
    """Codes named as territory; those named as whole units in their own right; those taken out; units counted by district; groups.

    A group is one name for several units: VRAEM, Lima Norte, Lima provincias.
    """

    inside: list[str]
    explicit: set[str]
    outside: set[str]
    portions: list[Portion]
    groups: list[list[str]]
    partly: set[str]  # provinces of a group that follows no border of theirs


def _unit(hit: PlaceHit, hits: Sequence[PlaceHit], folded: str) -> list[str]:
    """The units a name means in a decree, at the level the sentence speaks of."""
    if hit.is_group or hit.ubigeo is None:
        return list(hit.candidates) if hit.is_group else []
    same = (hit.ubigeo, *hit.finer)
    provinces = [c for c in same if level_of(c) == "province"]
    district = _in_its_namesake(hit, hits, folded) or _among_its_own(hit, hits, folded)
    if district or hit.said_level:
        return [district or next((c for c in same if level_of(c) == hit.said_level), hit.ubigeo)]
    if hit.ubigeo == "150000" and "regi" not in hit.text.lower():
        return _lima(hit, folded)
    beside = [h.ubigeo for h in hits if h.ubigeo and h is not hit and level_of(h.ubigeo) == "province"]
    listed = _is_listed(hit, hits, folded)
    if (
        level_of(hit.ubigeo) == "district"
        and listed
        and sum(h.ubigeo is not None and level_of(h.ubigeo) == "department" for h in hits) > 1
    ):
        return [larger(hit)]  # "Lambayeque, La Libertad, Áncash e Ica": no district of that name
    if provinces and listed and any(b[:2] == hit.ubigeo[:2] for b in beside) and level_of(hit.ubigeo) == "department":
        return provinces[:1]  # "Chiclayo, Lambayeque y Chepén"
    return [hit.ubigeo]


def _in_its_namesake(hit: PlaceHit, hits: Sequence[PlaceHit], folded: str) -> str | None:
    """The district that a list names before the province of the same name in which it lies."""
    if hit.said_level not in {None, "district"} or not hit.finer:
        return None
    at = hit.end
    for other in hits:
        if other.start < at:
            continue
        gap = folded[at : other.start]
        if other.said_level == "province" and IN_PROVINCE.fullmatch(gap):
            inner = [code for code in hit.finer if other.ubigeo and covers(other.ubigeo, code)]
            return next((code for code in inner if level_of(code) == "district"), None)
        if not GOES_ON.fullmatch(gap):
            return None
        at = other.end
    return None


def _among_its_own(hit: PlaceHit, hits: Sequence[PlaceHit], folded: str) -> str | None:
    """The district that a list names beside another of the province of that name: "Ica, Parcona y La Tinguiña".

    Not the last after a comma, nor the first of two with no more than a comma between: those say where the other lies.
    """
    inner = next((code for code in hit.finer if level_of(code) == "district"), None)
    if hit.said_level is not None or inner is None or covers(METROPOLIS, inner):
        return None  # Lima's own district goes by another name
    own = [h.ubigeo is not None and level_of(h.ubigeo) == "district" and h.ubigeo[:4] == inner[:4] for h in hits]
    at = hits.index(hit)
    gaps = [folded[a.end : b.start] if a.end <= b.start else "" for a, b in pairwise(hits)]
    before, after = (gaps[at - 1] if at else ""), (gaps[at] if at < len(gaps) else "")
    if at and own[at - 1] and AND.fullmatch(before):
        return inner
    if not after or not own[at + 1] or not GOES_ON.fullmatch(after):
        return None
    is_fronted = "," in after and FRONTED.search(folded[max(0, hit.start - 24) : hit.start])
    is_list = AND.fullmatch(after) or (at + 1 < len(gaps) and gaps[at + 1] and GOES_ON.fullmatch(gaps[at + 1]))
    return inner if is_list and not is_fronted else None


def _lima(hit: PlaceHit, folded: str) -> list[str]:
    """The metropolis, which emergencies call Lima ("Lima y Callao"), or the department's provinces without it."""
    if hit.text.lower().endswith("provincias") or PROVINCES.match(folded, hit.end):
        return [u for u in units() if level_of(u) == "province" and covers("150000", u) and u != METROPOLIS]
    return [METROPOLIS]


def _is_listed(hit: PlaceHit, hits: Sequence[PlaceHit], folded: str) -> bool:
    """Whether the name stands in a list; the last after a comma says where the one before lies ("en Chincha, Ica")."""
    goes_on = LISTED_ON.match(folded, hit.end) or any(
        other.start > hit.end and folded[hit.end : other.start] == ", " for other in hits
    )
    return bool(goes_on or LISTED.search(folded[max(0, hit.start - 8) : hit.start]))


def _is_container(sentence: Sentence, hit: PlaceHit, named: Sequence[str], before: PlaceHit | None) -> bool:
    """Whether the unit only says where units named before it lie, as the one ``before`` it in the same list may do."""
    if OVER_LIST.match(sentence.folded, hit.end):
        return True
    if not any(hit.ubigeo and covers(hit.ubigeo, code) for code in named if code != hit.ubigeo):
        return False
    goes_on = before is not None and GOES_ON.fullmatch(sentence.folded, before.end, hit.start)
    return bool(goes_on or CONTAINER.search(sentence.folded[max(0, hit.start - 40) : hit.start]))


def _is_of_the_piece(sentence: Sentence, hit: PlaceHit, dateline_end: int) -> bool:
    """Whether a place is where the piece was filed, or where somebody spoke."""
    is_dateline = sentence.start == 0 and sentence.field == "text" and hit.end <= dateline_end
    is_filed = hit.start == 0 and FILED.match(sentence.folded, hit.end) is not None
    return is_dateline or is_filed or SPOKEN.search(sentence.folded[max(0, hit.start - 40) : hit.start]) is not None


def _scope(sentence: Sentence, hits: Sequence[PlaceHit], dateline_end: int) -> _Scope:
    cut = _patterns()["except"].search(sentence.folded)
    kept = [hit for hit in hits if not (cut and hit.start > cut.start())]
    counted = counted_in(kept, sentence.folded)
    found = _Scope([], set(), set(), list(counted.values()), [], set())
    container: PlaceHit | None = None
    if CAPITAL.search(sentence.folded):
        found.inside.append(METROPOLIS)
    for hit in hits:
        if hit.use not in {"place", "office"} or _is_of_the_piece(sentence, hit, dateline_end):
            continue
        if hit.start in counted:
            found.inside.append(larger(hit, counted[hit.start].level))
            continue
        taken_out = hit not in kept
        codes = _unit(hit, hits if taken_out else kept, sentence.folded)
        if taken_out:
            found.outside.update(codes)
            continue
        if len(codes) > 1:
            found.groups.append(codes)
            if len({code[:2] for code in codes}) > 1:
                found.partly.update(code for code in codes if level_of(code) == "province")
            continue
        found.inside.extend(codes)
        fits = hit.said_level in {"province", "department"} and codes and level_of(codes[0]) == hit.said_level
        if _is_container(sentence, hit, found.inside, container):
            container = hit
        elif fits:
            found.explicit.update(codes)
    return found


def named_together(reading: Reading, indices: Sequence[int]) -> tuple[Territory, ...]:
    """What the sentences at ``indices`` name together, each unit once, at the finest level they name it."""
    scopes = [_scope(reading.sentences[i], reading.places[i], reading.dateline_end) for i in indices]
    folded = [reading.sentences[i].folded for i in indices]
    partial = any(_patterns()["part"].search(each) for each in folded)
    below = any(_patterns()["below"].search(each) for each in folded) and not any("distrito" in each for each in folded)
    explicit = {code for scope in scopes for code in scope.explicit}
    outside = {code for scope in scopes for code in scope.outside}
    named = [code for scope in scopes for code in scope.inside]
    groups = [codes for scope in scopes for codes in scope.groups if not _is_frame(codes, named)]
    unique = list(dict.fromkeys([*named, *(code for codes in groups for code in codes)]))
    parts, wholes = split([portion for scope in scopes for portion in scope.portions], unique)
    explicit |= parts | wholes
    parts |= {code for scope in scopes for code in scope.partly} - explicit
    unique = [code for code in unique if not any(whole != code and covers(whole, code) for whole in explicit)]
    finest = [code for code in unique if not any(other != code and covers(code, other) for other in unique)]
    found: list[Territory] = []
    for code in finest:
        gone = {out for out in outside if covers(code, out) and out != code}
        if gone:
            districts = [u for u in units() if level_of(u) == "district" and covers(code, u)]
            found += [Territory(u) for u in districts if not any(covers(out, u) for out in gone)]
        else:
            coarse = level_of(code) != "district"
            some = partial and len(finest) <= FEW and (coarse or below) and not wholes
            found.append(Territory(code, "part" if some or code in parts else "whole"))
    return tuple(sorted(found, key=lambda t: t.ubigeo))


def _is_frame(codes: Sequence[str], named: Sequence[str]) -> bool:
    """Whether a group's name only says where units named beside it lie: "Lima Norte: Comas y Ancón"."""
    return any(covers(code, each) for code in codes for each in named)


def territory(reading: Reading, evidence: int, scores: Sequence[float] | None = None) -> tuple[Territory, ...]:
    """The units under emergency: those of the sentence that declares it, the title's, and the lead's where these name none."""
    speaking = [s.index for s in reading.sentences if speaks_of_emergency(s) and not reading.links[s.index]]
    operative = [i for i in speaking if reading.is_gazette and OPERATIVE.match(reading.sentences[i].folded)]
    first = [i for i in speaking if reading.sentences[i].field == "title"]
    order = [operative, [evidence], first, speaking[:1], speaking]
    if reading.is_gazette:
        order = [operative, first, [evidence], speaking]
    for chosen in order:
        found = named_together(reading, chosen)
        if found and not (scores and chosen == [evidence] and scores[evidence] < 0.05):
            return found
    return ()
