"""Which faults are switched on, and where. What each of them does is in ``mishaps``.

A path is written as ``/ruta/exacta``, as a glob (``/lima/*``), with or without its query, and for one site alone as
``la-brujula:/lima/*``. The first fault set that fits is the one that happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.newsroom.answers import Answer
from tests.newsroom.mishaps import FAULTS, Place
from tests.newsroom.web import Web


class UnknownFaultError(ValueError):
    """No fault of that name."""


@dataclass
class _Set:
    site: str
    pattern: str
    name: str
    left: int | None


class Faults:
    """The faults switched on in one newsroom."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._set: list[_Set] = []

    def set(self, path: str, name: str, times: int | None = None) -> None:
        """Switch one on, for good or for so many requests."""
        if name not in FAULTS:
            raise UnknownFaultError(f"no fault named {name!r}; there are {', '.join(sorted(FAULTS))}")
        site, colon, pattern = path.partition(":")
        if not colon or site.startswith("/"):
            site, pattern = "", path
        self._set = [*self._set, _Set(site, pattern, name, times)]

    def clear(self) -> None:
        """Switch all off."""
        self._set = []

    def find(self, site: str, path: str) -> str | None:
        """The fault that happens at a path, if any; one of few times is used up by asking."""
        bare = path.partition("?")[0]
        for entry in self._set:
            fits = entry.pattern in {path, bare} or any(fnmatchcase(p, entry.pattern) for p in (path, bare))
            if fits and entry.site in {"", site} and entry.left != 0:
                if entry.left is not None:
                    entry.left -= 1
                return entry.name
        return None

    def apply(self, name: str, answer: Answer, site: str, path: str) -> Answer:
        """The answer gone wrong."""
        return FAULTS[name](answer, Place(self._web, site, path))
