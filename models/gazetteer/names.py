"""The names by which units are found in text: official names, aliases, and how far each name can be trusted alone."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from models.fold import fold
from models.gazetteer.units import units

WORD = re.compile(r"[^\W_]+")
PARTICLES = frozenset({"de", "del", "la", "las", "los", "el", "y", "en", "con"})


@dataclass(frozen=True, slots=True)
class Name:
    """One written form. ``weak`` codes need other places of the same department in the text; ``every`` means all of them."""

    words: tuple[str, ...]
    capitals: tuple[bool, ...]
    codes: tuple[str, ...]
    weak: tuple[str, ...] = ()
    every: bool = False


def read_data(name: str) -> dict[str, Any]:
    """One of this folder's data files."""
    return tomllib.loads(files("models.gazetteer").joinpath(name).read_text(encoding="utf-8"))


@cache
def codes_by_path() -> dict[str, str]:
    """Codes by folded path, ``"la libertad/trujillo"``."""
    found: dict[str, str] = {}
    for code, each in units().items():
        parents = [code[:2] + "0000", code[:4] + "00"]
        path = [units()[p].name for p in parents if p < code] + [each.name]
        found.setdefault(fold("/".join(path)), code)
    return found


def code_of(path: str) -> str:
    """The code of a path as written in the data files; a path that names nothing is an error."""
    return codes_by_path()[fold(path)]


def _aliases() -> Iterator[tuple[str, str, list[str]]]:
    for section, names in read_data("aliases.toml").items():
        for written, paths in names.items():
            yield section, written, [code_of(path) for path in ([paths] if isinstance(paths, str) else paths)]


@cache
def neighbourhoods() -> dict[str, frozenset[str]]:
    """The districts of each neighbourhood, by its folded name."""
    found: dict[str, frozenset[str]] = {}
    for section, written, codes in _aliases():
        if section.startswith("neighbourhoods"):
            found[fold(written)] = frozenset(codes)
    return found


def _forms() -> dict[str, tuple[list[str], list[str], bool]]:
    """Written form -> (codes, weak codes, every)."""
    shy = {fold(name) for name in read_data("ordinary.toml")["names"]}
    forms: dict[str, tuple[list[str], list[str], bool]] = defaultdict(lambda: ([], [], False))
    for code, each in units().items():
        codes, weak, every = forms[each.name]
        weak_here = fold(each.name) in shy and each.level != "department"
        (weak if weak_here else codes).append(code)
        forms[each.name] = codes, weak, every
    by_fold = {fold(name): name for name in forms}
    for section, written, found in _aliases():
        key = by_fold.setdefault(fold(written), written)
        codes, weak, every = forms[key]
        if section == "neighbourhoods_in_context":
            weak.extend(found)
        elif section == "groups_of_districts":
            codes, every = found, True
        else:
            codes = found if section in {"short_forms", "levels", "towns"} else codes + found
        forms[key] = codes, weak, every
    return forms


@cache
def names_by_two_words() -> dict[tuple[str, str], tuple[Name, ...]]:
    """Names by their first two folded words, the longest first; those of one word under an empty second."""
    index: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for found in names_by_first_word().values():
        for name in found:
            index[name.words[0], name.words[1] if len(name.words) > 1 else ""].append(name)
    return {words: tuple(names) for words, names in index.items()}


@cache
def names_by_first_word() -> dict[str, tuple[Name, ...]]:
    """Names by their first folded word, the longest first."""
    index: dict[str, list[Name]] = defaultdict(list)
    for written, (codes, weak, every) in _forms().items():
        words = tuple(WORD.findall(fold(written)))
        capitals = tuple(word[0].isupper() or word[0].isdigit() for word in WORD.findall(written))
        index[words[0]].append(Name(words, capitals, tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(weak)), every))
    return {first: tuple(sorted(found, key=lambda n: -len(n.words))) for first, found in index.items()}


@cache
def demonyms() -> dict[str, str]:
    """Code by stem of the demonym."""
    return {stem: code_of(path) for stem, path in read_data("demonyms.toml")["stems"].items()}


@cache
def landmarks() -> tuple[re.Pattern[str], dict[str, str]]:
    """An expression for every landmark, and the code each supports."""
    codes = {
        phrase: code_of(group["path"]) for group in read_data("landmarks.toml").values() for phrase in group["phrases"]
    }
    written = "|".join(re.escape(phrase) for phrase in sorted(codes, key=len, reverse=True))
    return re.compile(rf"\b(?:{written})\b"), codes
