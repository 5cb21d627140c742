"""Whose a place or a day is in the news of a capture: "capturó ayer en Ventanilla al acusado de matar el viernes a un chofer en Comas".

What stands after the words of the capture is told of it, what stands after those of the deed is told of the deed. What only the one has is
none of the other's, where the other has its own. So with those who were dead before: the wake of a man shot elsewhere is the scene, his own
place and day are another deed's. Not here: which place (``places``) and which day (``when``) an event then has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal, TypeVar

from models.reader.cues import strong_cues
from models.reader.kinds import VIOLENT
from models.reader.reading import Reading

Head = Literal["capture", "deed"]
Told = TypeVar("Told", str, date)

CAPTURE = re.compile(
    r"\b(?:captur(?:o|aron|an|ad[oa]s?)|detuv\w+|detien\w+|fue(?:ron)? detenid\w+|detenid[oa]s?(?= (?:en|ayer|hoy|anoche|este|esta|el)\b)|apres(?:o|aron|an|ad[oa]s?)|arrest(?:o|aron|an|ad[oa]s|ed)|cay(?:o|eron)(?= (?:en|ayer|hoy|anoche|este|esta)\b)|captured|detained|fue(?:ron)? intervenid[oa]s?(?= (?:en|ayer|hoy|anoche|este|esta|el|la (?:noche|madrugada|tarde|manana))\b)|intervin(?:o|ieron) a)\b"
)
_SUSPECT = (
    r"(?:acusad|sindicad|implicad|involucrad|senalad|buscad|requerid|investigad)[oa]s? (?:de|del|en|como|por)|presunt[oa]s? (?:autor|asesin|homicid|sicari|responsable|extorsionador)\w*"
    r"|(?:coautor|autor)(?:es|as|a)? (?:material(?:es)? )?(?:de|del)|responsables? (?:de|del)|asesin[oa]s? (?:de|del)"
    r"|accused of|suspected of|suspects? in|charged with|wanted for|killers? of"
)
SUSPECT = re.compile(rf"\b(?:{_SUSPECT})")
DEED = re.compile(
    rf"\b(?:{_SUSPECT}"
    r"|(?:crimen|asesinato|homicidio|ataque|atentado|hecho|balacera|secuestro|explosion|incendio),? (?:que |se |fue |habia )*(?:ocurri|perpetr|registr|cometi|produj|sucedi)\w+)"
)
# "Los restos de un joven baleado el jueves en Bellavista", until the clause ends.
MOURNED = re.compile(
    r"\b(?:restos|velorios?|velatorios?|velaban|velaba|velan|sepelios?|entierros?|funeral(?:es)?|cortejo|misa|honras|wake|burial|remains|mourn\w+)\b[^.;,]{0,50}?"
    r"\b(?:asesinad|balead|acribillad|ultimad|fallecid|muert|abatid|victimad|shot|killed|slain|murdered|who died)\w*(?P<told>[^.;,]{0,90})"
)


@lru_cache(maxsize=512)
def mourned(folded: str) -> tuple[int, int] | None:
    """Where a sentence that tells a deed tells of somebody who was dead before: "..., cuando dispararon contra los deudos"."""
    match = MOURNED.search(folded)
    around = folded[: match.start()] + folded[match.end() :] if match else ""
    return match.span("told") if match and strong_cues(around, "attack") else None


def told_of_mourned(reading: Reading, found: Iterable[tuple[int, int, Told]], kind: str) -> set[Told]:
    """What is told only of somebody who was dead before, whose wake or burial the deed of ``kind`` struck."""
    if kind not in VIOLENT:
        return set()
    theirs = {s.index: mourned(s.folded) for s in reading.sentences}
    if not any(theirs.values()):
        return set()
    by_side: dict[bool, set[Told]] = {True: set(), False: set()}
    for index, start, told in found:
        by_side[_is_within(start, theirs[index])].add(told)
    return by_side[True] - by_side[False] if by_side[False] else set()


def _is_within(start: int, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= start < span[1]


def told_of(reading: Reading, found: Iterable[tuple[int, int, Told]], kind: str) -> tuple[set[Told], set[Told]]:
    """What is told of an event's own side of the news, and what of the other side: nothing for types that have no sides.

    Args:
        reading: the document.
        found: of each place or day its sentence, where it stands there, and itself.
        kind: the type of the event: an arrest, or a deed of violence.
    """
    if kind != "arrest" and kind not in VIOLENT:
        return set(), set()
    heads = [_heads(sentence.folded) for sentence in reading.sentences]
    if not any(head == "capture" for each in heads for _, head in each):
        return set(), set()
    by_head: dict[Head, set[Told]] = {"capture": set(), "deed": set()}
    for index, start, told in found:
        at = bisect_right([end for end, _ in heads[index]], start) - 1
        if at >= 0:
            by_head[heads[index][at][1]].add(told)
    own: Head = "capture" if kind == "arrest" else "deed"
    return by_head[own], by_head["deed" if own == "capture" else "capture"]


def _heads(folded: str) -> list[tuple[int, Head]]:
    """Where in a sentence words of the capture end, and where those of the deed."""
    found: list[tuple[int, Head]] = [(m.end(), "capture") for m in CAPTURE.finditer(folded)]
    found.extend((m.end(), "deed") for m in DEED.finditer(folded))
    return sorted(found)
