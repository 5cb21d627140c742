"""What a network hears in a document's words, by place in the text."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from models.classifier.pieces import Pieces, Sentence, layout, pack
from models.hints import Hints, Layout

TITLE = [(0, 4), (5, 9)]


def _pieces(*lengths: int) -> Pieces:
    """A title of two pieces and sentences of so many pieces of two letters, a letter between sentences."""
    sentences: list[Sentence] = []
    start = 0
    for length in lengths:
        offsets = [(start + 2 * at, start + 2 * at + 2) for at in range(length)]
        sentences.append(Sentence(start, start + 2 * length, list(range(10, 10 + length)), offsets))
        start += 2 * length + 1
    return Pieces([5, 6], sentences, TITLE)


@pytest.mark.parametrize("lengths", [(3, 4), (6, 6, 6), (30, 3), (4, 25, 2), (10, 10, 10, 10), ()])
def test_every_piece_that_is_read_has_one_place(lengths: tuple[int, ...]) -> None:
    pieces = _pieces(*lengths)
    windows = pack(pieces, 16, 2, 3, 99)
    found = layout(pieces, windows)
    offsets = [each for sentence in pieces.sentences for each in sentence.offsets]
    assert list(zip(found.starts["text"], found.ends["text"], strict=True)) == offsets
    ids = [windows[w].ids[p] for w, p in zip(found.windows, found.positions, strict=True)]
    assert ids == [*pieces.title, *(each for sentence in pieces.sentences for each in sentence.ids)]


def test_what_no_window_reads_has_no_place() -> None:
    pieces = _pieces(12, 12)
    found = layout(pieces, pack(pieces, 16, 2, 3, 1))
    assert found.pieces("text", 0, 4) == (2, 4)
    assert found.pieces("text", 25, 30) is None


def test_a_stretch_is_heard_as_the_mean_of_its_pieces() -> None:
    where = Layout({"title": [0], "text": [0, 3]}, {"title": [4], "text": [2, 5]}, [0, 0, 1], [1, 3, 2])
    windows = [np.array([[0.0], [8.0], [0.0], [1.0]], np.float32), np.array([[0.0], [0.0], [5.0]], np.float32)]
    found = Hints(where, lambda: windows, {("place", "murder"): 0}, {"place": 0.9})
    assert found.of(("place", "murder"), "title", 0, 4) == 8.0
    assert found.of(("place", "murder"), "text", 0, 5) == 3.0
    assert found.of(("place", "murder"), "text", 4, 5) == 5.0
    assert found.of(("place", "murder"), "text", 2, 3) is None, "between two pieces"
    assert found.of(("place", "arson"), "text", 0, 5) is None
    assert found.of(("place", "murder"), "text", 90, 95) is None


def test_a_document_without_words_has_hints_of_nothing() -> None:
    pieces = Pieces([], [], [])
    windows = pack(pieces, 16, 2, 3, 9)
    found = Hints(layout(pieces, windows), lambda: [np.zeros((3, 1), np.float32)], {("date", ""): 0}, {})
    assert found.of(("date", ""), "title", 0, 10) is None


def test_nothing_is_made_before_it_is_asked_for() -> None:
    made: list[int] = []

    def scores() -> list[np.ndarray]:
        made.append(1)
        return [np.ones((2, 1), np.float32)]

    where = Layout({"title": [], "text": [0]}, {"title": [], "text": [4]}, [0], [1])
    found = Hints(where, scores, {("place", "murder"): 0}, {})
    assert found.of(("place", "arson"), "text", 0, 4) is None
    assert not made
    assert [found.of(("place", "murder"), "text", 0, 4) for _ in range(2)] == [1.0, 1.0]
    assert len(made) == 1


@pytest.mark.parametrize("content", [b"", b"no network", b"\x08\x07\x12\x04torch"])
def test_a_broken_pointer_is_left_aside(content: bytes, tmp_path: Path) -> None:
    from models.classifier.folder import NETWORK, POINTER
    from models.classifier.pointer import Pointer

    (tmp_path / NETWORK).write_bytes(b"any")
    assert Pointer.load(tmp_path) is None
    (tmp_path / POINTER).write_bytes(content)
    assert Pointer.load(tmp_path) is None


def test_a_pointer_of_another_network_is_left_aside(tmp_path: Path) -> None:
    from models.classifier.folder import NETWORK, POINTER
    from models.classifier.pointer import Pointer

    shipped = Path(str(files("models"))) / "artifact"
    (tmp_path / POINTER).write_bytes((shipped / POINTER).read_bytes())
    (tmp_path / NETWORK).write_bytes((shipped / NETWORK).read_bytes())
    assert Pointer.load(tmp_path) is not None
    (tmp_path / NETWORK).write_bytes(b"another")
    assert Pointer.load(tmp_path) is None
