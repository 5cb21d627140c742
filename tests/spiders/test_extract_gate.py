"""Extraction is a test: over all pages of the newsroom it stays above its pinned floor, and above trafilatura's default."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import trafilatura

from spiders.extract import extract
from tests.benchmarks.article_pages import BenchmarkPage, load_pages
from tests.benchmarks.bench_extract import as_page, read
from tests.benchmarks.shingles import score
from tests.newsroom import Newsroom
from tests.newsroom.data import LIMA

BASELINE = json.loads(Path(__file__).with_name("eval_baseline.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[BenchmarkPage]]:
    with Newsroom() as newsroom:
        yield load_pages(newsroom, tmp_path_factory.mktemp("gate") / "sources.toml")


def test_the_floor_is_of_these_very_pages(pages: list[BenchmarkPage]) -> None:
    """A changed page needs a new floor: ``python -m tests.benchmarks.bench_extract`` gives the figures."""
    assert len(pages) >= 100
    texts = "\n".join(sorted(f"{p.true_title}\n{p.true_text}" for p in pages))
    assert hashlib.sha256(texts.encode()).hexdigest()[:16] == BASELINE["texts"]


def test_texts_are_as_good_as_ever_and_better_than_the_librarys_default(pages: list[BenchmarkPage]) -> None:
    own = score((page.true_text, read(as_page(page))) for page in pages)
    rival = score((page.true_text, trafilatura.extract(page.html, url=page.url) or "") for page in pages)
    assert own.f1 >= BASELINE["f1"]
    assert own.f1 >= rival.f1


def test_titles_and_days_are_the_pages_own(pages: list[BenchmarkPage]) -> None:
    titles = days = 0
    for page in pages:
        document = extract(as_page(page))[0]
        titles += page.true_title.lower() in document.title.lower()
        day = document.published_at.astimezone(LIMA).date() if document.published_at else None
        days += day == page.page.first_at.astimezone(LIMA).date()
    assert days == len(pages)
    assert titles / len(pages) >= BASELINE["titles"]
