"""The archive read again: no request, the same rows from the same reader, and what a better or worse one changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.progress import PlainReporter
from flows.settings import Home
from flows.steps.again import run_again
from flows.steps.night import new_night
from flows.steps.order import run_night
from tests.e2e.helpers import rows_of, settings_for
from tests.newsroom import Newsroom
from warehouse.ops import Ops

pytestmark = [pytest.mark.e2e]
LONG_AGO = date(2026, 1, 1)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    with Newsroom(sites=["observatorio-cupos", "congreso"]) as newsroom:
        settings = settings_for(newsroom, tmp_path_factory.mktemp("again"))
        run_night(new_night(settings, PlainReporter(), "nightly"))
        newsroom.forget_requests()
        yield SimpleNamespace(newsroom=newsroom, settings=settings, home=Home(settings.home))


def again(kept: SimpleNamespace, since: date = LONG_AGO, source: str | None = None) -> dict[str, int]:
    report = run_again(new_night(kept.settings, PlainReporter(), "reprocess"), since, source)
    return report["read_again"]


def test_the_same_reader_changes_nothing_and_asks_nobody(kept: SimpleNamespace) -> None:
    before = rows_of(kept.home)
    assert len(before["documents"]) >= 20
    assert set(again(kept)) == {"same"}
    assert rows_of(kept.home) == before
    assert kept.newsroom.requests() == []
    assert list(kept.home.batches.iterdir()) == []


def test_only_what_was_asked_for_is_read(kept: SimpleNamespace) -> None:
    with Ops(kept.home.ops) as ops:
        (fetched,) = ops._db.execute("SELECT fetched_at FROM frontier LIMIT 1").fetchone()
    assert again(kept, date.fromisoformat(fetched[:10]) + timedelta(days=2)) == {}
    assert sum(again(kept, source="congreso").values()) == 17


def test_a_page_nobody_could_read_and_one_whose_bytes_are_damaged(kept: SimpleNamespace) -> None:
    before = rows_of(kept.home)
    with Ops(kept.home.ops) as ops, ops.transaction() as db:
        lost, damaged = db.execute("SELECT canonical_url FROM frontier WHERE source_id = 'congreso' LIMIT 2").fetchall()
        db.execute(
            "UPDATE frontier SET outcome = 'not_article', document_ids = NULL, text_hash = NULL WHERE canonical_url = ?",
            lost,
        )
        db.execute("UPDATE frontier SET digest = 'sha1:XXXX' WHERE canonical_url = ?", damaged)
    assert again(kept, source="congreso") == {"same": 15, "first": 1, "no_longer_read": 1}
    assert rows_of(kept.home) == before  # what the damaged one said before stays
    assert Path(kept.home.published).exists()
