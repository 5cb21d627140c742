"""Failures as one clear line: what went wrong and where. Known by name, so that no heavy library is imported to tell.

The names, and what is told of them, are data: ``failures.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path


class UsageError(ValueError):
    """The command was called in a way that cannot be meant."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A cause of failures in words for whoever minds the machine; never an error's own text."""

    cause: str
    what: str
    todo: str


FULL = "disk full"
FULL_SAID = re.compile(
    r"no space left|disk is full|could not write (?:file|all bytes)", re.IGNORECASE
)  # libc, SQLite, DuckDB
FAMILIES = ("ConnectionError", "TimeoutError", "OSError")  # told for all their kind, the nearest first
SAID = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
USAGE, PLAIN = frozenset(SAID["usage"]), frozenset(SAID["plain"])
REMEDIES = {entry["cause"]: Remedy(**{"todo": SAID["look"], **entry}) for entry in SAID["remedy"]}


def remedy_for(name: str) -> Remedy:
    """What is told of a failure known by its name."""
    return REMEDIES.get(name) or Remedy(name, f"it failed ({name})", SAID["look"])


def cause_of(error: BaseException) -> str:
    """The name under which a failure is told: its own where something is to be said of it, else its family's."""
    if FULL_SAID.search(str(error)):
        return FULL
    kinds = [kind.__name__ for kind in type(error).__mro__]
    return next((name for name in kinds if name in FAMILIES or (name == kinds[0] and name in REMEDIES)), kinds[0])


def explain(error: BaseException) -> tuple[int, str]:
    """(exit code, line) of a failure."""
    name = type(error).__name__
    text = " ".join(str(error).split())
    if name in USAGE:
        return 2, text
    if name in PLAIN:
        return 1, text
    if isinstance(error, OSError) and error.strerror:
        where = f" ({error.filename})" if error.filename else ""
        return 1, f"{error.strerror}{where}"
    return 1, f"{name}: {text[:300]} (run again with --debug for the traceback)"
