from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from warehouse.ingest import NIGHTS_TO_TRY, Judged, outcome_of
from warehouse.ops import NewerStoreError, Ops
from warehouse.records import Outcome

WAY = "https://uno.pe/rss"


def judge(url: str) -> Judged:
    if "otro.pe" in url:
        return Judged(url, url, Outcome.OFF_REGISTRY, "off_registry")
    return Judged(url, url) if url.startswith("https://") else Judged(None, url, Outcome.NOT_ARTICLE, "bad_address")


def found(url: str, published: str | None = None, updated: str | None = None) -> dict[str, Any]:
    return {
        "kind": "found",
        "way": "feed",
        "way_url": WAY,
        "url": url,
        "title": None,
        "published_at": published,
        "updated_at": updated,
    }


def way(items: int, oldest: str | None = None, newest: str | None = None, state: str = "read") -> dict[str, Any]:
    return {"kind": "way", "url": WAY, "state": state, "items": items, "oldest": oldest, "newest": newest}


def exchange(url: str, status: int | None = 200, error: str | None = None) -> dict[str, Any]:
    return {
        "kind": "exchange", "url": url, "way": "article", "fetched_at": "2026-10-06T07:00:00+00:00", "final_url": url, "status": status,
        "content_type": "text/html", "body_bytes": 10, "digest": "sha1:X", "warc_file": "a", "warc_offset": 0, "etag": None,
        "last_modified": None, "error": error,
    }  # fmt: skip


@pytest.fixture
def ops(tmp_path: Path) -> Ops:
    store = Ops(tmp_path / "ops.sqlite")
    store.register_ways([(WAY, "uno", "feed")])
    return store


def take(ops: Ops, log: str, *lines: dict[str, Any], run: str = "r1"):
    return ops.ingest(Path(log), run, "uno", list(lines), judge)


def test_lines_are_taken_in_once(ops: Ops) -> None:
    lines = [found("https://uno.pe/1"), way(1)]
    assert take(ops, "a.jsonl", *lines).new_urls == 1
    assert take(ops, "a.jsonl", *lines).found == 0
    assert take(ops, "a.jsonl", *lines, found("https://uno.pe/2")).new_urls == 1
    assert [p.url for p in ops.pending("uno", 9)] == ["https://uno.pe/1", "https://uno.pe/2"]


def test_addresses_that_are_not_asked_for_are_counted_once(ops: Ops) -> None:
    done = take(ops, "a", found("https://otro.pe/1"), found("https://otro.pe/1"), found("ftp://x"))
    assert done.outcomes == {"off_registry": 1, "not_article": 1}
    assert take(ops, "b", found("https://otro.pe/1"), run="r2").outcomes == {}
    assert ops.pending("uno", 9) == []


def test_each_url_of_a_run_has_one_outcome(ops: Ops) -> None:
    take(ops, "a", found("https://uno.pe/1"), found("https://uno.pe/2"), found("https://uno.pe/3"))
    take(
        ops,
        "b",
        exchange("https://uno.pe/1", 404),
        exchange("https://uno.pe/2", None, "robots_disallowed"),
        exchange("https://uno.pe/3", 503),
    )
    counts = {(r["outcome"], r["reason"]): r["urls"] for r in ops.rows("outcome_counts", "r1")}
    assert counts == {
        ("gone", "http_404"): 1,
        ("robots_disallowed", "robots_disallowed"): 1,
        ("http_error", "http_503"): 1,
    }
    assert [p.url for p in ops.pending("uno", 9)] == ["https://uno.pe/3"]


def test_a_failing_page_is_given_up_after_some_nights(ops: Ops) -> None:
    take(ops, "a", found("https://uno.pe/1"))
    for night in range(NIGHTS_TO_TRY):
        assert len(ops.pending("uno", 9)) == 1
        take(ops, f"n{night}", exchange("https://uno.pe/1", None, "timeout"), run=f"r{night}")
    assert ops.pending("uno", 9) == []


def test_a_newer_lastmod_sends_a_read_page_back(ops: Ops) -> None:
    take(ops, "a", found("https://uno.pe/1", updated="2026-10-05T00:00:00+00:00"), exchange("https://uno.pe/1"))
    ops.record_reading([("https://uno.pe/1", "r1", "uno", Outcome.NEW, None, ["d1"], "h")])
    take(ops, "b", found("https://uno.pe/1", updated="2026-10-05T00:00:00+00:00"))
    assert ops.pending("uno", 9) == []
    take(ops, "c", found("https://uno.pe/1", updated="2026-10-06T00:00:00+00:00"))
    assert len(ops.pending("uno", 9)) == 1


def test_a_window_that_turned_over_is_a_possible_gap(ops: Ops) -> None:
    take(ops, "a", found("https://uno.pe/1"), way(1, "2026-10-01T00:00:00+00:00", "2026-10-02T00:00:00+00:00"))
    overlap = take(
        ops,
        "b",
        found("https://uno.pe/1"),
        found("https://uno.pe/2"),
        way(2, "2026-10-02T00:00:00+00:00", "2026-10-03T00:00:00+00:00"),
    )
    gap = take(ops, "c", found("https://uno.pe/9"), way(1, "2026-10-05T00:00:00+00:00", "2026-10-06T00:00:00+00:00"))
    assert (overlap.gaps, gap.gaps) == (0, 1)


def test_validators_come_with_a_list_that_was_read(ops: Ops) -> None:
    answer = {**exchange(WAY), "way": "feed", "etag": '"1"'}
    take(ops, "a", answer)  # the child died before it had read the list
    assert ops.validators(WAY) == (None, None)
    take(ops, "b", answer, {**way(3), "etag": '"1"'})
    assert ops.validators(WAY) == ('"1"', None)
    take(ops, "c", way(0, state="unchanged"))
    assert ops.validators(WAY) == ('"1"', None)
    take(ops, "d", way(0, state="error"))
    assert ops.validators(WAY) == (None, None)


def test_another_outlets_link_does_not_keep_a_page_from_its_own(ops: Ops) -> None:
    take(ops, "a", found("https://otro.pe/1"))
    done = ops.ingest(Path("b"), "r1", "otro", [found("https://otro.pe/1")], lambda url: Judged(url, url))
    assert done.new_urls == 1
    assert len(ops.pending("otro", 9)) == 1


def test_two_lists_that_disagree_on_an_update_do_not_send_a_page_round_and_round(ops: Ops) -> None:
    early, late = "2026-10-05T10:00:00+00:00", "2026-10-05T12:00:00+00:00"
    take(ops, "a", found("https://uno.pe/1", updated=late), exchange("https://uno.pe/1"))
    ops.record_reading([("https://uno.pe/1", "r1", "uno", Outcome.NEW, None, ["d1"], "h")])
    take(ops, "b", found("https://uno.pe/1", updated=early), found("https://uno.pe/1", updated=late))
    assert ops.pending("uno", 9) == []


@pytest.mark.parametrize("error", ["asked_to_wait", "robots_unreachable", "robots_http_503"])
def test_a_page_that_was_never_asked_for_is_not_given_up(ops: Ops, error: str) -> None:
    take(ops, "a", found("https://uno.pe/1"))
    for night in range(NIGHTS_TO_TRY + 1):
        take(ops, f"n{night}", exchange("https://uno.pe/1", None, error), run=f"r{night}")
    assert len(ops.pending("uno", 9)) == 1


@pytest.mark.parametrize(
    ("status", "error", "outcome"),
    [
        (304, None, Outcome.UNCHANGED),
        (410, None, Outcome.GONE),
        (429, None, Outcome.HTTP_ERROR),
        (None, "dns", Outcome.NETWORK_ERROR),
        (None, "too_large", Outcome.TOO_LARGE),
        (None, "timeout", Outcome.TOO_SLOW),
        (None, "private_address", Outcome.OFF_REGISTRY),
    ],
)
def test_outcomes(status: int | None, error: str | None, outcome: Outcome) -> None:
    assert outcome_of(status, error)[0] == outcome


def test_a_page_that_the_archive_lost_is_asked_for_again_but_not_for_ever(ops: Ops) -> None:
    url = "https://uno.pe/a"
    take(ops, "list", found(url))
    for night in range(1, NIGHTS_TO_TRY + 1):
        take(ops, f"n{night}", {**exchange(url), "etag": "x"}, run=f"r{night}")
        ops.record_reading([(url, f"r{night}", "uno", Outcome.UNREADABLE, "archive: cut off", None, None)])
        waiting = [p.etag for p in ops.pending("uno", 9)]
        assert waiting == ([None] if night < NIGHTS_TO_TRY else [])


def test_a_night_that_ended_ahead_of_the_clock_is_no_good_night(ops: Ops) -> None:
    for run_id, ended in (
        ("20261101T070000-nightly-1", "2026-11-01T08:00:00+00:00"),
        ("x", "2999-01-01T00:00:00+00:00"),
    ):
        ops.start_run(run_id, "nightly")
        ops.end_run(run_id, "done", {})
        with ops.transaction() as db:
            db.execute("UPDATE runs SET finished_at = ? WHERE run_id = ?", (ended, run_id))
    last = ops.last_good_night()
    assert last is not None
    assert last.year == 2026


def test_several_that_open_a_new_file_at_once_all_find_it_ready(tmp_path: Path) -> None:
    at_once = 6
    for number in range(8):
        ready = threading.Barrier(at_once)

        def open_it(path: Path = tmp_path / f"{number}" / "ops.sqlite", ready: threading.Barrier = ready) -> int:
            ready.wait()
            with Ops(path) as ops:
                return len(ops.rows("last_runs"))

        with ThreadPoolExecutor(at_once) as pool:
            assert [each.result() for each in [pool.submit(open_it) for _ in range(at_once)]] == [0] * at_once


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ops.sqlite"
    Ops(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    before = path.read_bytes()
    with pytest.raises(NewerStoreError, match="schema 999"):
        Ops(path)
    assert path.read_bytes() == before
