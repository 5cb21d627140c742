"""Spans of a text, asked from left to right whether they touch another one: linear, however many there are."""

from __future__ import annotations

from collections.abc import Iterable


class Spans:
    """Spans that are taken. Questions come in the order of the text."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._ahead = sorted(spans, reverse=True)
        self._reach = 0

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with the span, which ends no earlier than those asked for before."""
        while self._ahead and self._ahead[-1][0] < end:
            self._reach = max(self._reach, self._ahead.pop()[1])
        return self._reach > start
