"""E-mail addresses and handles on social networks: which of them are a private person's.

Institutions' own stay: a mailbox of the State, a mailbox or handle that bears no person's name. A mailbox that anybody may
open (Gmail and the like) is held to be a person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models.fold import fold
from models.reader.person_features import lexicon

MAIL = re.compile(r"(?<![\w.+-])(?P<box>[\w.+-]{1,64})@(?P<host>(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,12})\b")
HANDLE = re.compile(
    r"(?<![\w@./])@(?P<name>\w[\w.]{2,40})(?<!\.)"
    r"|\b(?:facebook|instagram|tiktok|twitter|threads|x)\.com/@?(?P<path>\w[\w.]{2,40})(?<!\.)"
)
OF_THE_STATE = re.compile(r"(?:^|\.)(?:gob|gov|mil|congreso|edu)(?:\.[a-z]{2})?$")
FOR_ANYBODY = re.compile(
    r"(?:^|\.)(?:gmail|hotmail|outlook|yahoo|ymail|live|msn|icloud|proton|protonmail|aol|gmx|zoho)\.[a-z.]{2,6}$"
)
PART = re.compile(r"[^\W\d_]+")
SHORTEST = 4  # letters of a word that is looked for within a handle


def private_addresses(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the text gives a private person's address; ``names`` are the private names it tells."""
    if "@" not in text and ".com/" not in text:
        return
    told = frozenset(word for name in names for word in PART.findall(fold(name)) if len(word) >= SHORTEST)
    for match in MAIL.finditer(text):
        host, box = fold(match["host"]), fold(match["box"])
        if not OF_THE_STATE.search(host) and (FOR_ANYBODY.search(host) or _bears_name(box, told)):
            yield match.span()
    for match in HANDLE.finditer(text):
        group = "name" if match["name"] else "path"
        if _bears_name(fold(match[group]), told):
            yield match.start(group) - (group == "name"), match.end(group)


def _bears_name(written: str, told: frozenset[str]) -> bool:
    """Whether a first name with a surname, or a word of a private name told in the text, stands in an address."""
    lists = lexicon()
    parts = PART.findall(written)
    if any(word in part for word in told for part in parts):
        return True
    if any(part in lists.first_names for part in parts) and any(part in lists.surnames for part in parts[1:]):
        return True
    return any(
        part[:at] in lists.first_names and _begins_with_surname(part[at:])
        for part in parts
        for at in range(3, len(part) - 2)
    )


def _begins_with_surname(rest: str) -> bool:
    """Whether what follows a first name is a surname, perhaps with two letters more ("rosaperezok")."""
    return any(len(rest) - cut >= SHORTEST and rest[: len(rest) - cut] in lexicon().surnames for cut in range(3))
