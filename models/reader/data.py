"""The reader's data files, and phrases from them as regular expressions over folded text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_data(name: str) -> dict[str, Any]:
    """One TOML file of this folder."""
    return tomllib.loads(files("models.reader").joinpath(name).read_text(encoding="utf-8"))


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """One expression that finds any of the patterns at a word's start."""
    return re.compile(r"\b(?:" + "|".join(f"(?:{p})" for p in patterns) + ")")


def one_of(words: Iterable[str]) -> str:
    """Words as the alternatives of an expression, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
