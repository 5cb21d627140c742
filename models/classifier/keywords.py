"""Keyword evidence a label: how loudly the taxonomy's patterns sound in title and text, from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence

from models.fold import fold
from models.limits import TITLE_CHARS
from models.taxonomy import Taxonomy

READ_CHARS = 20_000  # enough for any article; a report is read in parts


class Keywords:
    """The taxonomy's patterns, compiled once."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._patterns = [entry.pattern() for entry in taxonomy.entries]

    def score(self, title: str, text: str) -> list[float]:
        """1 for a hit in the title or two different hits in the text, 0.5 for one, 0 for none; in taxonomy order."""
        head, body = fold(title[:TITLE_CHARS]), fold(text[:READ_CHARS])
        scores: list[float] = []
        for pattern in self._patterns:
            hits = 2 if pattern.search(head) else 0
            for found in pattern.finditer(body) if hits < 2 else ():
                hits += 1
                if hits == 2 and found:
                    break
            scores.append(min(hits, 2) / 2)
        return scores

    def scores(self, documents: Sequence[tuple[str, str]]) -> list[list[float]]:
        """The scores of many documents."""
        return [self.score(title, text) for title, text in documents]
