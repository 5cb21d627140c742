"""Numbers of norms and bills in one normal form: ``DS 124-2024-PCM``, ``Ley 32108``, ``DL 1735``, ``PL 7538/2023-CR``.

Numbers only. What a decree declares, where and for how long is read in ``decrees.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from models.reader.data import read_data

MARK = r"(?: ?,? ?(?:n ?\.? ?°\.?|n°|n\.|no\.?|nro\.?|numeros?|num\.?|nos\.|number)\s*)?"
NUMBER_YEAR_OFFICE = (
    r"(?P<number>\d{1,4}) ?- ?(?P<year>(?:19|20)\d\d)(?: ?[-/]\s?(?P<office>[a-z]{2,12}(?:/[a-z]{2,5})?)\b)?"
)
RUNNING = r"(?P<number>\d{2}[ .,]?\d{3}|\d{3,5})(?![-/\d])"
BILL_NUMBER = (
    r"(?P<number>\d{1,5})(?: ?[/-] ?(?P<year>20\d\d)(?:-(?P<until>20\d\d))?(?: ?- ?(?P<office>[a-z]{2,3}))?)?(?![\d])"
)
NEXT_NUMBER = re.compile(r"(?:,| y| e|, y| and| al) (?:los? |el )?(?:n ?\.? ?°\.? ?)?(?=\d)")
BARE_DECREE = re.compile(r"\b(?P<number>\d{3,4}) ?- ?(?P<year>(?:19|20)\d\d) ?- ?(?P<office>pcm)\b")
BARE_BILL = re.compile(
    r"\b(?P<number>\d{1,5}) ?/ ?(?P<year>20\d\d)(?:-(?P<until>20\d\d))? ?- ?(?P<office>cr|pe|gl|gr|cp|pj|mp|cg|ic|dp|jne|cd|s|cs|sr)\b"
)
BARE_LAW = re.compile(r"\b(?:con el |bajo el )?(?:numero|n°|n\.°|nro\.?) (?P<number>3[0-4]\d{3})(?![-/\d])")
# The number a norm bears under its own title in the gazette, before anything else is said.
HEADER = re.compile(
    r"^\s*(?:(?P<words>[a-z ]{3,40}?)\s*)?(?:n ?\.? ?°|n°|nro\.?|no\.|numero)\.?\s*"
    r"(?P<number>\d{1,5})(?:\s?-\s?(?P<year>(?:19|20)\d\d)(?:\s?[-/]\s?(?P<office>[a-z]{2,12})\b)?)?"
)
RESOLUTION = re.compile(r"\bresolucion (?P<rank>ministerial|viceministerial|suprema|directoral)\b")
RANKS = {"ministerial": "RM", "viceministerial": "RVM", "suprema": "RS", "directoral": "RD"}


@dataclass(frozen=True, slots=True)
class NormHit:
    """A norm's number in text. ``key`` is its normal form; ``is_quoted``: amended, relied on or recalled, not the news."""

    start: int
    end: int
    kind: str
    key: str
    number: str
    year: int | None
    office: str | None
    is_quoted: bool


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """Kind, the words with the first number, a further number."""
    found: list[tuple[str, re.Pattern[str], re.Pattern[str]]] = []
    for kind, spec in read_data("norms.toml")["kinds"].items():
        words = "|".join(f"(?:{w})" for w in spec["written"])
        number = NUMBER_YEAR_OFFICE if spec["issuer_needed"] else BILL_NUMBER if kind == "PL" else RUNNING
        found.append((kind, re.compile(rf"\b(?:{words})\s*,?\s*{MARK}{number}"), re.compile(number)))
    return found


@cache
def _quoted() -> re.Pattern[str]:
    phrases = "|".join(read_data("norms.toml")["quoted"]["before"])
    return re.compile(rf"\b(?:{phrases})(?: (?:el|la|los|las|del|al|lo))*(?: \w+){{0,2}} ?$")


def _normal(kind: str, match: re.Match[str]) -> tuple[str, str, int | None, str | None] | None:
    """Normal form, number, year and office; ``None`` when the number cannot be one of that kind."""
    groups = match.groupdict()
    number = re.sub(r"\D", "", groups["number"])
    year = int(groups["year"]) if groups.get("year") else None
    office = groups.get("office")
    office = office.upper() if office else None
    if kind in {"Ley", "DL"}:
        value = int(number)
        if kind == "Ley" and not 1000 <= value <= 99999:
            return None
        return f"{kind} {value}", str(value), None, None
    if kind == "PL":
        if year is None:
            return (
                (f"PL {int(number)}", str(int(number)), None, None)
                if len(number) >= 3 and not 1990 <= int(number) <= 2035
                else None
            )
        until = groups.get("until")
        if until:
            return f"PL {int(number):05d}/{year}-{until}" + (f"-{office}" if office else ""), number, year, office
        return f"PL {int(number)}/{year}" + (f"-{office}" if office else ""), str(int(number)), year, office
    return f"{kind} {int(number):03d}-{year}" + (f"-{office}" if office else ""), number, year, office


def _numbered(folded: str) -> Iterator[tuple[str, int, re.Match[str], bool]]:
    """Kind, start, number and whether it is only quoted, for every number after its kind's words, lists included."""
    for kind, first, further in _patterns():
        for match in first.finditer(folded):
            quoted = _quoted().search(folded[max(0, match.start() - 60) : match.start()]) is not None
            yield kind, match.start(), match, quoted
            at = match.end()
            while (link := NEXT_NUMBER.match(folded, at)) and (more := further.match(folded, link.end())):
                yield kind, more.start(), more, quoted
                at = more.end()
    for kind, pattern in (("DS", BARE_DECREE), ("PL", BARE_BILL), ("Ley", BARE_LAW)):
        for match in pattern.finditer(folded):
            yield kind, match.start(), match, kind == "DS"


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
    return _completed(sorted(found, key=lambda h: h.start))


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


def own_number(title: str, text: str) -> NormHit | None:
    """The number of the norm a gazette page is, from the header under its title. Both folded."""
    match = HEADER.match(text[:200])
    if match is None:
        return None
    said = f"{match['words'] or ''} {title}"
    rank = RESOLUTION.search(said) or RESOLUTION.search(text)
    if re.search(r"\bdecreto legislativo\b", said) and match["year"] is None:
        kind = "DL"
    elif re.search(r"\bdecreto supremo\b", said):
        kind = "DS"
    elif re.search(r"\bdecreto de urgencia\b", said):
        kind = "DU"
    elif match["year"] is None:
        kind = "Ley"
    else:
        kind = RANKS[rank["rank"]] if rank else "RM"
    read = _normal(kind, match)
    return NormHit(match.start("number"), match.end(), kind, *read, is_quoted=False) if read else None
