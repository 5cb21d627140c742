"""Criminal groups named: those of a closed list, and unknown ones as written (banda "Los …")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from models.fold import fold
from models.gazetteer import find_places
from models.reader.data import one_of, read_data

NEGATED = re.compile(r"\b(?:no (?:pertenec\w+|guarda\w*|integra\w*|tiene\w*)|descarta\w*|ajen[oa]s? a)\b[^.]{0,40}$")


@dataclass(frozen=True, slots=True)
class GroupHit:
    """A group's name in text; ``name`` is the listed spelling, or the words as written."""

    start: int
    end: int
    name: str
    is_listed: bool


@cache
def _listed() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {fold(name): name for name in read_data("groups.toml")["names"]}
    written = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{written})\b"), names


@cache
def _introduced() -> re.Pattern[str]:
    words = one_of(read_data("groups.toml")["introduced_by"])
    return re.compile(
        rf"\b(?:{words})(?: (?:criminal|delictiva|como|a|de|denominada|los llamados|llamada|autodenominada|conocida como))* ?"
        r"(?P<quote>[\"'])?(?P<name>(?:los|las|la|el|clan|the)(?: [\w.]+){1,5})"
    )


# A name in quotes that begins like a band's, and does not name a shop.
QUOTED = re.compile(
    r"[\"'](?P<name>(?:los|las|la nueva|el nuevo clan|clan|la gran|nueva|la banda)(?: [\w.]+){1,5})[\"']"
)
REACH = 40  # characters


@cache
def _others() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What before a name says that it is a shop's, a place's, a show's or one man's, and what after it that it is a club's."""
    data = read_data("groups.toml")
    words = "|".join(data["others"])
    return re.compile(rf"\b(?:{words})(?: (?:{'|'.join(data['other_links'])})){{0,3}} $"), re.compile(
        rf"[\"']? (?:{'|'.join(data['others_after'])})\b"
    )


def _is_place(name: str) -> bool:
    """Whether what begins a name is a district or a town: "el líder de La Libertad", "integrantes de Los Olivos de Pro"."""
    return any(hit.start == 0 and hit.use == "place" for hit in find_places(name))


@cache
def _bands() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_data("groups.toml")["bands"]))
    return re.compile(
        rf"\b(?P<name>los (?:nuevos )?(?:{words})(?: (?:de|del|de la|de los|en el) [\w]+(?: [\w]+){{0,2}})?)"
    )


def _as_named(text: str, start: int, end: int, *, quoted: bool) -> int:
    """Where the name ends: at the closing quote, else after the last capitalised word."""
    if quoted:
        close = re.search(r"[\"'”’»]", text[start : start + 60])
        return start + close.start() if close else start
    last = start
    for word in re.finditer(r"\S+", text[start:end]):
        bare = word[0].strip(",.;:()")
        if not (bare[:1].isupper() or bare[:1].isdigit() or bare in {"de", "del", "la", "el", "los", "y"}):
            break
        if bare[:1].isupper() or bare[:1].isdigit():
            last = start + word.start() + len(bare)
        if bare != word[0]:
            break
    return last


def find_groups(text: str, folded: str) -> list[GroupHit]:
    """Every group named in ``text``, in order, those said not to be involved left out."""
    listed, names = _listed()
    found: list[GroupHit] = []

    before, after = _others()

    def add(start: int, end: int) -> None:
        name = text[start:end].strip()
        if before.search(folded[max(0, start - REACH) : start].rstrip("\"'")) or after.match(folded, end):
            return
        if len(name.split()) >= 2 and text[start].isupper() and not any(h.start < end and start < h.end for h in found):
            found.append(GroupHit(start, end, names.get(fold(name), name), is_listed=fold(name) in names))

    for match in QUOTED.finditer(folded):
        add(*match.span("name"))
    for match in listed.finditer(folded):
        if text[match.end() - len(match[0].split()[-1])].isupper():  # "la sociedad peruana" is none
            add(*match.span())
    for match in _introduced().finditer(folded):
        start = match.start("name")
        if not match["quote"] and _is_place(text[start : match.end("name")]):
            continue
        add(start, _as_named(text, start, match.end("name"), quoted=bool(match["quote"])))
    for match in _bands().finditer(folded):
        add(match.start("name"), _as_named(text, match.start("name"), match.end("name"), quoted=False))
    return sorted(
        (h for h in found if not NEGATED.search(folded[max(0, h.start - 60) : h.start])), key=lambda h: h.start
    )
