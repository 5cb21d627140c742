"""Folding of text without moving a single code point: lower case, no accents, plain quotes and spaces.

The folded string has exactly the length of the original, so offsets found in it hold in the text itself.
"""

from __future__ import annotations

import unicodedata

_QUOTES = {
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "´": "'",
    "`": "'",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
}
_SPACES = "\u00a0\u2007\u2009\u200a\u202f\u3000\t"
# Letters of other alphabets that pass for Latin ones: they occur in the gazette's own decree numbers.
_LOOKALIKES = dict(zip("АВЕКМНОРСТХУІЅЈавекмнорстхуіѕј", "abekmhopctxyisjabekmhopctxyisj", strict=True))


def _fold_char(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


_TABLE = {code: _fold_char(chr(code)) for code in range(0x250)}
_TABLE[ord("ñ")] = _TABLE[ord("Ñ")] = "n"
_TABLE[ord("º")] = _TABLE[ord("°")] = "°"
_TABLE |= {ord(char): plain for char, plain in (_QUOTES | _LOOKALIKES).items()}
_TABLE |= dict.fromkeys(map(ord, _SPACES), " ")


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, of the same length."""
    folded = text.translate(_TABLE)
    lowered = folded.lower()
    return lowered if len(lowered) == len(text) else folded
