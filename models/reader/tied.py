"""Whose a place or a day is in the news of a capture: "capturó ayer en Ventanilla al acusado de matar el viernes a un chofer en Comas".

What stands after the words of the capture is told of it, what stands after those of the deed is told of the deed. What only the one has is
none of the other's, where the other has its own. Not here: which place (``places``) and which day (``when``) an event then has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Literal, TypeVar

from models.reader.kinds import VIOLENT
from models.reader.reading import Reading

Head = Literal["capture", "deed"]
Told = TypeVar("Told", str, date)

CAPTURE = re.compile(
    r"\b(?:captur(?:o|aron|an|ad[oa]s?)|detuv\w+|detien\w+|fue(?:ron)? detenid\w+|detenid[oa]s? (?:en|ayer|hoy|anoche|este|esta|el)|apres(?:o|aron|an|ad[oa]s?)|arrest(?:o|aron|an|ad[oa]s|ed)|cay(?:o|eron) (?:en|ayer|hoy|anoche|este|esta)|captured|detained)\b"
)
DEED = re.compile(
    r"\b(?:(?:acusad|sindicad|implicad|involucrad|senalad|buscad|requerid|investigad)[oa]s? (?:de|del|en|como|por)|presunt[oa]s? (?:autor|asesin|homicid|sicari|responsable|extorsionador)\w*"
    r"|(?:coautor|autor)(?:es|as|a)? (?:material(?:es)? )?(?:de|del)|responsables? (?:de|del)|asesin[oa]s? (?:de|del)"
    r"|(?:crimen|asesinato|homicidio|ataque|atentado|hecho|balacera|secuestro|explosion|incendio),? (?:que |se |fue |habia )*(?:ocurri|perpetr|registr|cometi|produj|sucedi)\w+"
    r"|accused of|suspected of|suspects? in|charged with|wanted for|killers? of)"
)


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
