"""The readers' words are looked for in folded text: one that keeps an accent would never be found."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.fold import fold
from models.reader.data import read_data

AS_WRITTEN = {"groups.toml"}  # names of gangs: folded where they are compared
ROOM = Path(__file__).parents[3] / "models" / "reader"


def words_of(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from (key, *words_of(value))
    elif isinstance(data, list):
        for value in data:
            yield from words_of(value)


@pytest.mark.parametrize("name", sorted({path.name for path in ROOM.glob("*.toml")} - AS_WRITTEN))
def test_words_have_no_accents(name: str) -> None:
    words = list(words_of(read_data(name)))
    assert words
    assert [word for word in words if fold(word) != word.lower()] == []
