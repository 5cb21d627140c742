"""How much of a text the vocabulary does not know: words it can only spell out of many pieces.

A rise says that the press writes of things the model never saw. Always counted by the shipped vocabulary, so that nights compare
whatever model is in use. Not here: what the model makes of such words (``classifier``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tokenizers import Tokenizer

WORD = re.compile(r"[^\W\d_]{3,}")
PIECES = 4  # from so many on a word is spelled: three are an ordinary word's stem and endings
READ_CHARS = 60_000  # of one text, as the model reads


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words read, and those of them that had to be spelled."""

    words: int
    spelled: int

    @property
    def share(self) -> float | None:
        """Of the words, how many were spelled; None of no words."""
        return self.spelled / self.words if self.words else None

    def __add__(self, other: Spelling) -> Spelling:
        return Spelling(self.words + other.words, self.spelled + other.spelled)


def spelling_of(texts: Iterable[str]) -> Spelling:
    """Count over texts."""
    seen = Counter(word.lower() for text in texts for word in WORD.findall(text[:READ_CHARS]))
    forms = list(seen)
    pieces = _vocabulary().encode_batch(forms, add_special_tokens=False)
    return Spelling(
        seen.total(), sum(seen[form] for form, found in zip(forms, pieces, strict=True) if len(found) >= PIECES)
    )


@cache
def _vocabulary() -> Tokenizer:
    return Tokenizer.from_file(str(files("models") / "artifact" / "tokenizer.json"))
