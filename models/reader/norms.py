"""Numbers of norms and bills in one normal form: ``DS 124-2024-PCM``, ``Ley 32108``, ``DL 1735``, ``PL 7538/2023-CR``.

Numbers only. What a decree declares, where and for how long is read in ``decrees.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from models.reader.data import read_data

MARK = r"\s*,?\s*(?:n ?\.? ?°\.?|n°|n\.|no\.?|nro\.?|numeros?|num\.?|nos\.|number)\s*"
NUMBER_YEAR_OFFICE = (
    r"(?P<number>\d{1,4}) ?- ?(?P<year>(?:19|20)\d\d)(?: ?[-/]\s?(?P<office>[a-z]{2,12}(?:/[a-z\d]{1,5})?)\b)?"
)
ORDINANCE = r"(?P<number>\d{1,4})(?: ?- ?(?P<year>(?:19|20)\d\d) ?)?[-/](?P<office>[a-z]{2,12}(?:/[a-z\d]{1,5})?)\b"
RUNNING = r"(?P<number>\d{2}[ .,]?\d{3}|\d{3,5})(?![-/\d])"
BILL_YEAR = r" ?[/-] ?(?P<year>20\d\d)(?:-(?P<until>20\d\d))?(?: ?- ?(?P<office>[a-z]{2,3})\b)?"
BILL_NUMBER = rf"(?P<number>\d{{1,5}})(?:{BILL_YEAR})?(?!\d|-[a-z]|-20\d\d)"  # a council's "Dictamen N° 005-2026-CSC-MDEA" is none
NUMBERS = {"PL": BILL_NUMBER, "ORD": ORDINANCE}  # of the others it is said whether they bear an office
DATED_BILL = rf"(?P<number>\d{{1,5}}){BILL_YEAR}(?!\d)"
NEXT_NUMBER = re.compile(r"(?:,| y| e|, y| and| al) (?:los? |el )?(?:n ?\.? ?°\.? ?)?(?=\d)")
BARE_DECREE = re.compile(r"\b(?P<number>\d{3,4}) ?- ?(?P<year>(?:19|20)\d\d) ?- ?(?P<office>pcm)\b")
MARKED = re.compile(r"n ?\.? ?°\.? ?$")  # "el primero, N.° 075-2026-PCM": named in full, the words stand before
BARE_BILL = re.compile(
    r"\b(?P<number>\d{1,5}) ?/ ?(?P<year>20\d\d)(?:-(?P<until>20\d\d))? ?- ?(?P<office>cr|pe|gl|gr|cp|pj|mp|cg|ic|dp|jne|cd|s|cs|sr)\b"
)
BARE_LAW = re.compile(r"\b(?:con el |bajo el )?(?:numero|n°|n\.°|nro\.?) (?P<number>3[0-4]\d{3})(?![-/\d])")
# The number a norm bears under its own title in the gazette, before anything else is said.
HEADER = re.compile(
    r"^\s*(?:(?P<words>[a-z][a-z ]{2,39}?)\s*)?(?:n ?\.? ?°|n°|nro\.?|no\.|numero)\.?\s*"
    r"(?P<number>\d{1,5})(?:\s?-\s?(?P<year>(?:19|20)\d\d)(?:\s?[-/]\s?(?P<office>[a-z]{2,12})\b)?)?"
)
HEADER_LINE = re.compile(
    r"(?m)^[^\w\n]*(?P<words>(?:decreto (?:supremo|legislativo|de urgencia)|ley|resolucion(?: [a-z]+){1,6}?|ordenanza(?: [a-z]+){0,3}?|acuerdo(?: [a-z]+){0,4}?))"
    r"\W*(?:n ?\.? ?°|n°|nro\.?|no\.|numero)\.?\s*"
    r"d?(?P<number>\d{1,6})(?:\s?-\s?(?P<year>(?:19|20)\d\d))?(?: ?[-/]\s?(?P<office>[a-z]{2,12}(?:/[a-z\d]{1,5})?)\b)?"
)
AMENDING = 260  # code points from a verb of amending to the number, a list of provinces between
A_YEAR = range(1990, 2036)
HEAD = 1500  # code points in which a page's own number stands
OWN_KINDS = (
    ("DL", re.compile(r"\bdecreto legislativo\b")),
    ("DS", re.compile(r"\bdecreto supremo\b")),
    ("DU", re.compile(r"\bdecreto de urgencia\b")),
    ("ORD", re.compile(r"\bordenanza\b")),
    ("ACU", re.compile(r"\bacuerdo\b")),
)
RESOLUTION = re.compile(r"\bresolucion (?P<rank>ministerial|viceministerial|suprema|directoral)\b")
RANKS = {"ministerial": "RM", "viceministerial": "RVM", "suprema": "RS", "directoral": "RD"}


@dataclass(frozen=True, slots=True)
class NormHit:
    """A norm's number in text. ``key`` is its normal form.

    ``is_quoted``: amended, relied on or recalled, not the news; ``is_amended``: of those, the ones another changes or ends.
    """

    start: int
    end: int
    kind: str
    key: str
    number: str
    year: int | None
    office: str | None
    is_quoted: bool
    is_amended: bool = False


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """Kind, the words with the first number, a further number."""
    found: list[tuple[str, re.Pattern[str], re.Pattern[str]]] = []
    for kind, spec in read_data("norms.toml")["kinds"].items():
        words = "|".join(f"(?:{w})" for w in spec["written"])
        number = NUMBERS.get(kind, NUMBER_YEAR_OFFICE if spec.get("issuer_needed") else RUNNING)
        found.append((kind, re.compile(rf"\b(?:{words})(?:{MARK}|\s+){number}"), re.compile(number)))
        if everyday := "|".join(f"(?:{w})" for w in spec.get("everyday", ())):
            ways = rf"{MARK}{number}", rf"\s+{DATED_BILL}"
            found += [(kind, re.compile(rf"\b(?:{everyday}){way}"), re.compile(number)) for way in ways]
    return found


@cache
def _quoted() -> re.Pattern[str]:
    phrases = "|".join(read_data("norms.toml")["quoted"]["before"])
    return re.compile(rf"\b(?:{phrases})(?: (?:el|la|los|las|del|al|lo))*(?: \w+){{0,2}} ?$")


@cache
def _amended() -> re.Pattern[str]:
    """A verb of amending with its object up to the number: "modifica los artículos 108 y 200 del Código Penal, ".

    Or what the amended norm did: "prorroga el estado de emergencia declarado en Virú mediante ". No other norm stands between: the caller cuts the text at the one before.
    """
    data = read_data("norms.toml")["amended"]
    verbs, parts = "|".join(data["verbs"]), "|".join(data["parts"])
    article = r"(?:a|el|la|los|las|del|al|lo|de|que)"
    return re.compile(
        rf"\b(?:{verbs})(?:,? {article})*(?: \w+){{0,2}} ?$"
        rf"|(?<!\bfue )(?<!\bsido )(?<!\bqueda )(?<!\bquedo )\b(?:{'|'.join(data['declared'])})"
        r"(?: en (?:el )?|\b[^.;]{0,230}\b(?:por|mediante|con|a traves de) (?:el )?)$"
        rf"|\b(?:{verbs})(?: {article}| \w+){{0,2}} (?:{parts})\b[^.;()]{{0,120}}(?:\b(?:del?|de la|al?|a la|y|el|la)|,|\() ?$"
    )


CODE = re.compile(r"\bcodigo [a-z]+(?: [a-z]+){0,5} ?(?:,|\(|-)? ?(?:aprobad[oa] (?:por|mediante) )?(?:el )?$")
ACCORDING = re.compile(r"\bsegun (?:el |la |los |las )?$")  # of decrees and resolutions the news say so of the new one
RELIED_ON = frozenset({"Ley", "DL", "PL"})  # of these they say so of the one in force
ALSO = re.compile(
    r"(?: ?\([^()]{0,40}\)|, (?:ley|decreto) [a-z ]{3,60}(?=,))?(?:,| y| e|, y|,? asi como|,? ademas) (?:a |de |del? )?(?:el |la |al |del |de la )?"
)


Read = tuple[str, str, int | None, str | None]  # normal form, number, year, office


def _bill(number: str, year: int | None, until: str | None, suffix: str) -> str | None:
    """A bill's normal form; without a year only where the number can be nothing else."""
    if year is None:
        return f"PL {int(number)}" if len(number) >= 3 and int(number) not in A_YEAR else None
    return f"PL {int(number):05d}/{year}-{until}{suffix}" if until else f"PL {int(number)}/{year}{suffix}"


def _normal(kind: str, match: re.Match[str]) -> Read | None:
    """Normal form, number, year and office; ``None`` when the number cannot be one of that kind."""
    groups = match.groupdict()
    number = str(int(re.sub(r"\D", "", groups["number"])))
    year = int(groups["year"]) if groups.get("year") else None
    office = groups["office"].upper() if groups.get("office") else None
    suffix = f"-{office}" if office else ""
    if kind in {"Ley", "DL"}:
        possible = kind == "DL" or 1000 <= int(number) <= 99999
        return (f"{kind} {number}", number, None, None) if possible else None
    if kind == "PL":
        written = _bill(number, year, groups.get("until"), suffix)
        return (written, number, year, office) if written else None
    if kind == "ORD" and year is None:
        return (f"{kind} {int(number):03d}{suffix}", number, None, office) if office else None
    return (f"{kind} {int(number):03d}-{year}{suffix}", number, year, office) if year else None


def _numbered(folded: str) -> Iterator[tuple[str, int, re.Match[str], bool]]:
    """Kind, start, number and whether it is only quoted, for every number after its kind's words, lists included."""
    for kind, first, further in _patterns():
        for match in first.finditer(folded):
            before = folded[max(0, match.start() - 60) : match.start()]
            quoted = _quoted().search(before) is not None or CODE.search(before) is not None
            quoted = quoted and (kind in RELIED_ON or not ACCORDING.search(before))
            yield kind, match.start(), match, quoted
            at = match.end()
            while (link := NEXT_NUMBER.match(folded, at)) and (more := further.match(folded, link.end())):
                yield kind, more.start(), more, quoted
                at = more.end()
    for kind, pattern in (("DS", BARE_DECREE), ("PL", BARE_BILL), ("Ley", BARE_LAW)):
        for match in pattern.finditer(folded):
            before = folded[max(0, match.start() - 60) : match.start()]
            is_told = MARKED.search(before) and not _quoted().search(MARKED.sub("", before))
            yield kind, match.start(), match, kind == "DS" and not is_told


def find_norms(folded: str) -> list[NormHit]:
    """Every norm or bill named with its number, in order. ``folded`` has look-alike letters already made Latin."""
    found: list[NormHit] = []
    for kind, start, match, quoted in _numbered(folded):
        read = _normal(kind, match)
        if read and not any(h.start < match.end() and start < h.end for h in found):
            found.append(NormHit(start, match.end(), kind, *read, is_quoted=quoted))
    for nickname, key in read_data("norms.toml")["nicknames"].items():
        kind, number = key.split()
        found += [
            NormHit(m.start(), m.end(), kind, key, number, None, None, is_quoted=False)
            for m in re.finditer(rf"\b{nickname}\b", folded)
        ]
    return _completed(_marked(folded, sorted(found, key=lambda h: h.start)))


def _marked(folded: str, hits: list[NormHit]) -> list[NormHit]:
    """Tell the norms that another amends; what "y" joins to a quoted one is quoted, to an amended one amended."""
    out: list[NormHit] = []
    for hit in hits:
        last = out[-1] if out else None
        before = folded[max(last.end if last else 0, hit.start - AMENDING) : hit.start]
        is_joined = last is not None and last.is_quoted and ALSO.fullmatch(before) is not None
        is_amended = last.is_amended if last and is_joined else _amended().search(MARKED.sub("", before)) is not None
        out.append(replace(hit, is_quoted=hit.is_quoted or is_joined or is_amended, is_amended=is_amended))
    return out


def _lends(hit: NormHit, after: NormHit | None) -> NormHit | None:
    """The next bill of a list, whose year a number without one shares ("las iniciativas 00066 y 00233/2026-2031-CD")."""
    beside = after is not None and after.kind == "PL" and after.year is not None and after.start - hit.end <= 6
    return after if beside and hit.kind == "PL" and hit.year is None else None


def _completed(hits: list[NormHit]) -> list[NormHit]:
    """Give a decree that lost its office, or a bill that lost its year, the ones it bears elsewhere in the text."""
    offices = {(h.kind, int(h.number), h.year): h for h in hits if h.office}
    years = {(h.kind, int(h.number)): h for h in hits if h.kind == "PL" and h.year}
    out: list[NormHit] = []
    for hit, after in zip(hits, (*hits[1:], None), strict=False):
        key = hit.key
        if hit.kind == "PL" and hit.year is None:
            full = years.get((hit.kind, int(hit.number))) or _lends(hit, after)
            if full and full.number != hit.number:
                written = f"{int(hit.number):05d}" if re.search(r"/20\d\d-20", full.key) else hit.number
                key = f"PL {written}/{full.key.split('/', 1)[1]}"
            elif full:
                key = full.key
        else:
            full = offices.get((hit.kind, int(hit.number), hit.year)) if hit.office is None and hit.year else None
            key = full.key if full else hit.key
        out.append(replace(hit, key=key, year=full.year, office=full.office) if full else hit)
    return out


def _own_kind(words: str, title: str, text: str, *, has_year: bool) -> str:
    """The kind of the norm a page is, from the words over its number, else from its title and body."""
    said = f"{words} {title}"
    for kind, pattern in OWN_KINDS:
        if pattern.search(words) or (not words.strip() and pattern.search(said)):
            return kind
    if not has_year:
        return "DL" if "decreto legislativo" in said and words.split()[:1] != ["ley"] else "Ley"
    rank = RESOLUTION.search(said) or (None if words.strip().startswith("resolucion") else RESOLUTION.search(text))
    return RANKS[rank["rank"]] if rank else "RES" if words.strip().startswith("resolucion") else "RM"


def own_number(title: str, text: str) -> NormHit | None:
    """The number of the norm a gazette page is, from the header under its title. Both folded."""
    match = HEADER_LINE.search(text[:HEAD]) or HEADER.match(text[:HEAD])
    if match is None:
        return None
    kind = _own_kind(match["words"] or "", title, text, has_year=match["year"] is not None)
    read = _normal(kind, match)
    return NormHit(match.start("number"), match.end(), kind, *read, is_quoted=False) if read else None
