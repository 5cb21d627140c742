"""What a soak goes through: so many days, the articles of each, and what goes wrong in which night.

Belongs here: sizes, faults and their places as shares of the whole, so that a short form has the same faults as the long one.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from models.corpus import store
from tests.newsroom.crowd import crowded_day
from tests.newsroom.data import LIMA, Card, Page, Press

LAST_DAY = date(2026, 11, 15)
FAMILIES = ("arc", "dated", "agency", "broadcast")
TOLD_SHARE = 4  # of so many articles one is a text of the corpus: labels, happenings and events have work to do
# Where a night is struck: share of the whole that lies before it. Two of one place fall into following nights.
FAULTS = {
    "killed at poll": 0.03,
    "killed at crawl": 0.30,
    "newsroom down": 0.34,
    "killed at extract": 0.40,
    "corrupt WARC tail": 0.46,
    "killed at understand": 0.52,
    "disk full": 0.58,
    "killed at load": 0.64,
    "clock jump": 0.70,
    "killed at link": 0.76,
    "mail server down": 0.82,
    "killed at publish": 0.88,
}
MANY = (0.1, 0.22)  # nights with very many articles; before those by which growth is judged


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of a soak."""

    nights: int
    articles: int
    many: int  # articles of the two great nights
    sites: int

    @classmethod
    def from_environment(cls) -> Plan:
        """The long form, unless ``CHASQUI_TEST_SOAK_NIGHTS``, ``…_ARTICLES``, ``…_MANY`` and ``…_SITES`` say otherwise."""
        sizes = {"nights": 60, "articles": 150, "many": 2000, "sites": 6}
        return cls(**{k: int(os.environ.get(f"CHASQUI_TEST_SOAK_{k.upper()}", v)) for k, v in sizes.items()})

    @property
    def days(self) -> list[date]:
        """One a night, in order."""
        return [LAST_DAY - timedelta(days=n) for n in reversed(range(self.nights))]

    def faults(self) -> dict[date, str]:
        """What strikes in which night, one a night; the last two nights are left in peace."""
        if self.nights < len(FAULTS) + 4:
            raise ValueError(f"{self.nights} nights are too few for {len(FAULTS)} faults and some peace")
        struck: dict[date, str] = {}
        for name, share in FAULTS.items():
            at = max(int(share * self.nights), 2)
            while self.days[at] in struck or self.days[at] in self.great:
                at += 1
            struck[self.days[at]] = name
        return struck

    @property
    def great(self) -> frozenset[date]:
        """Days with very many articles."""
        return frozenset(self.days[max(1, int(share * self.nights))] for share in MANY)

    def press(self) -> Press:
        """All sites and all pages."""
        cards = tuple(
            Card(id=f"diario-{n:02d}", family=FAMILIES[n % len(FAMILIES)], name=f"Diario {n}", owner=f"Editora {n}", kind="national_news")
            for n in range(self.sites)
        )  # fmt: skip
        told = iter(_told(self.nights * self.articles))
        pages = tuple(
            page
            for day in self.days
            for card in cards
            for page in _day(card.id, day, (self.many if day in self.great else self.articles) // self.sites, told)
        )
        return Press(cards, pages, ())


def _told(most: int) -> Iterator[tuple[str, str]]:
    """Titles and texts of the corpus, in an order drawn once; short of them, days have none."""
    rows = [(row["title"], row["text"]) for row in store.read("train", store.FOLDER) if row["lang"] == "es"]
    random.Random(7).shuffle(rows)
    yield from rows[:most]


def _day(site: str, day: date, count: int, told: Iterator[tuple[str, str]]) -> Iterator[Page]:
    for number, page in enumerate(crowded_day(site, day, count)):
        text = next(told, None) if number % TOLD_SHARE == 0 else None
        yield page if text is None else page.model_copy(update={"title": text[0], "text": text[1]})


def noon(day: date) -> datetime:
    """When the day's poll comes."""
    return datetime.combine(day, time(12), LIMA)


def big_enough(plan: Plan, per_article: int = 60_000) -> int:
    """Bytes of a disk on which the whole soak has room."""
    return 300_000_000 + per_article * (plan.nights * plan.articles + 2 * plan.many)


def tail_of(archive: Path) -> Path:
    """The archive's file that was written last."""
    return max(archive.glob("*/*.warc.gz"), key=lambda path: path.stat().st_mtime_ns)
