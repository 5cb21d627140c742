"""How well mentions are linked over the newsroom's happenings: floors, both halves, beside two baselines."""

from __future__ import annotations

import json
import random

import pytest

from tests.benchmarks.bench_link import linked
from tests.benchmarks.linking_truth import (
    Truth,
    b_cubed,
    by_facts,
    by_titles,
    is_held_out,
    read_mentions,
    true_mentions,
)
from tests.newsroom.data import load_press
from warehouse.linking import DocumentError, link_lines


@pytest.mark.parametrize(("hidden", "floor"), [(0.0, 0.98), (1 / 3, 0.97), (0.5, 0.95)])
def test_true_mentions_are_grouped_as_they_truly_belong(hidden: float, floor: float) -> None:
    truth = true_mentions(load_press(), hidden=hidden)
    found = linked(truth)
    assert b_cubed(found, truth.happenings).f1 >= floor
    assert b_cubed(found, truth.happenings, is_held_out).f1 >= floor - 0.02
    rivals = [b_cubed(rival(truth), truth.happenings).f1 for rival in (by_facts, by_titles)]
    assert max(rivals) < floor - 0.1


def test_mentions_as_the_line_reads_them_are_grouped_nearly_so() -> None:
    truth = read_mentions(load_press())
    ours = b_cubed(linked(truth), truth.happenings)
    assert ours.f1 >= 0.93, f"{ours}; the reader's own mistakes count here"
    assert ours.f1 > max(b_cubed(rival(truth), truth.happenings).f1 for rival in (by_facts, by_titles)) + 0.05


def test_the_order_of_lines_never_shows() -> None:
    truth: Truth = true_mentions(load_press(), hidden=0.3, seed=7)
    expected = {json.dumps(row, sort_keys=True) for row in link_lines(truth.documents)}
    for seed in range(5):
        documents = list(truth.documents)
        random.Random(seed).shuffle(documents)
        assert {json.dumps(row, sort_keys=True) for row in link_lines(documents)} == expected


def test_recalled_mentions_belong_to_no_event() -> None:
    mentions = [{"type": "murder", "status": "recalled"}, {"type": "murder"}]
    rows = list(link_lines([{"id": "x", "title": "t", "text": "", "published": "2026-10-05", "mentions": mentions}]))
    assert [row["event"] is None for row in rows] == [True, False]


def test_mentions_of_types_nearly_given_belong_to_no_event_and_change_no_others() -> None:
    doubted = {"type": "attack", "uncertain": True, "ubigeo": "150110", "date": "2026-10-04"}
    sure = {"type": "murder", "uncertain": False}
    rows = list(link_lines([{"id": "x", "published": "2026-10-05", "mentions": [doubted, sure]}]))
    assert [row["event"] is None for row in rows] == [True, False]
    blank = {"type": "murder", "status": "recalled"}
    assert rows[1:] == list(link_lines([{"id": "x", "published": "2026-10-05", "mentions": [blank, sure]}]))[1:]


@pytest.mark.parametrize(
    "document",
    [
        {"title": "no id", "mentions": []},
        {"id": 1, "mentions": "none"},
        {"id": 1, "mentions": ["murder"]},
        {"id": 1, "mentions": [{"type": "murder", "date": "yesterday"}]},
        {"id": 1, "mentions": [{"type": "murder", "killed": "two"}]},
        {"id": 1, "mentions": [{"type": 7}]},
        {"id": 1, "mentions": [{"type": "murder", "uncertain": "yes"}]},
    ],
)
def test_a_bad_document_costs_itself_only(document: dict[str, object]) -> None:
    good = {"id": "g", "mentions": [{"type": "murder"}]}
    refused: list[int] = []
    rows = list(link_lines([document, good], lambda position, _: refused.append(position)))
    assert refused == [0]
    assert [row["document"] for row in rows] == ["g"]
    with pytest.raises(DocumentError):
        list(link_lines([document]))


@pytest.mark.parametrize("text", ["", "x" * 1_000_000, "\x00\x01\ud800", "Убийство в Лиме", "9" * 400])
def test_strange_texts_are_linked_without_complaint(text: str) -> None:
    mentions = [{"type": "murder", "date": "9999-12-31"}, {"type": "attack", "happening": 2, "date": "0001-01-01"}]
    rows = list(link_lines([{"id": n, "title": text, "text": text, "mentions": mentions} for n in range(3)]))
    assert len(rows) == 6
    assert all(row["event"] for row in rows)


def test_two_happenings_of_one_page_are_never_one_event() -> None:
    mention = {"type": "murder", "date": "2026-10-04", "ubigeo": "150110", "place_precision": "district", "killed": 1}
    page = {
        "id": "a",
        "title": "Dos crímenes en Comas",
        "published": "2026-10-05",
        "text": "Mataron a Juan Rojas. Mataron a Luis Vera.",
    }
    document = {**page, "mentions": [{**mention, "happening": 1}, {**mention, "happening": 2}]}
    rows = list(link_lines([document, {**document, "id": "b"}]))
    events = [row["event"] for row in rows]
    assert events[0] != events[1]
    assert events[2] != events[3]
