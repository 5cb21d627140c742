"""The translation says everything, and nothing that nobody says any more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from babel.messages.pofile import read_po

from dashboards.language import TRANSLATIONS
from tests.dashboards.messages import said

GAP = re.compile(r"\{\w+\}")


def test_english_has_every_sentence_with_the_same_gaps() -> None:
    with (TRANSLATIONS / "en.po").open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    translated = {m.id: m.string for m in catalog if m.id}
    assert said("digest", "wording.py") <= set(translated) <= said()
    for source, text in translated.items():
        assert text, source
        for one, other in zip(forms(source), forms(text), strict=True):
            assert other, source
            assert set(GAP.findall(one)) >= set(GAP.findall(other)) >= set(GAP.findall(one)) - {"{n}"}, source


def forms(message: str | Sequence[str]) -> list[str]:
    return [message] if isinstance(message, str) else list(message)
