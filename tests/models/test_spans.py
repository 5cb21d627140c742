"""Spans: whether a stretch of text touches one that is taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.spans import Spans

SPAN = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(taken=st.lists(SPAN), asked=st.lists(SPAN))
def test_touch_is_sharing_a_character(taken: list[tuple[int, int]], asked: list[tuple[int, int]]) -> None:
    own = [span for n, span in enumerate(sorted(asked)) if not any(span[0] < other[1] for other in sorted(asked)[:n])]
    spans = Spans(taken)
    for start, end in own:
        assert spans.touch(start, end) == any(a < end and start < b for a, b in taken)


def test_nothing_taken() -> None:
    assert not Spans([]).touch(0, 5)
