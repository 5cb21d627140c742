"""The newsroom's happenings as the truth of linking: its pages with true mentions or the real line's, and how well they group.

``HELD_OUT`` happenings (even numbers) were not looked at when words and weights were chosen; figures are given for both halves.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.gazetteer import units
from models.understand import Text, Understander
from tests.newsroom.data import LIMA, Happening, Page, Press
from warehouse.linking.words import STEM, WORD, fold

Item = tuple[str, int]
Grouping = Mapping[Item, Hashable]


@dataclass(frozen=True)
class Truth:
    """Documents with mentions, and the happening of each mention (of one that tells none: its own)."""

    documents: list[dict[str, Any]]
    happenings: dict[Item, str]


@dataclass(frozen=True)
class Score:
    """B-cubed, in which each mention counts the same."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def is_held_out(happening: str) -> bool:
    """Whether a happening was kept from view when weights were chosen."""
    digits = happening.partition("-")[2]
    return digits.isdigit() and int(digits) % 2 == 0


def b_cubed(found: Grouping, truth: Mapping[Item, str], only: Callable[[str], bool] = lambda _: True) -> Score:
    """Score of a grouping over the mentions of the truth, or of some of its happenings."""
    by_event: dict[Hashable, set[Item]] = defaultdict(set)
    by_truth: dict[str, set[Item]] = defaultdict(set)
    for item, happening in truth.items():
        by_event[found[item]].add(item)
        by_truth[happening].add(item)
    precision = recall = 0.0
    items = [i for i, happening in truth.items() if only(happening)]
    for item in items:
        together, true = by_event[found[item]], by_truth[truth[item]]
        precision += len(together & true) / len(together)
        recall += len(together & true) / len(true)
    return Score(precision / len(items), recall / len(items))


def text_of(page: Page) -> str:
    """A page's text as extraction gives it."""
    return "\n\n".join([*([page.lead] if page.lead else []), *page.paragraphs])


def _document(page: Page, mentions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": page.key,
        "title": page.title,
        "text": text_of(page),
        "published": page.first_at.isoformat(),
        "source": page.site,
        "mentions": mentions,
    }


def true_mentions(press: Press, hidden: float = 0.0, seed: int = 1) -> Truth:
    """Pages with the mentions their happenings truly have.

    Args:
        press: The newsroom's data.
        hidden: Share of days, places and counts that are left out at random, as pages leave them out.
        seed: Of that chance.
    """
    rng = random.Random(seed)
    happenings = {h.id: h for h in press.happenings}
    documents, truth = [], {}
    for page in press.pages:
        mentions: list[dict[str, Any]] = []
        for number, name in enumerate(page.tells, start=1):
            happening = happenings[name]
            types = [t for t in happening.types if t in page.events] or list(happening.types[:1])
            shared = _fields(happening, page, len(page.tells) > 1, rng, hidden)
            for kind in types:
                truth[page.key, len(mentions)] = name
                mentions.append({"type": kind, "happening": number, **shared})
        if mentions:
            documents.append(_document(page, mentions))
    return Truth(documents, truth)


def _fields(h: Happening, page: Page, several: bool, rng: random.Random, hidden: float) -> dict[str, Any]:  # noqa: FBT001
    def said(value: Any) -> Any:
        return None if rng.random() < hidden else value

    day, place = said(h.date), said(h.ubigeo)
    level = (
        None
        if place is None
        else "department"
        if place[2:] == "0000"
        else "province"
        if place[4:] == "00"
        else "district"
    )
    text = _paragraph(h, page) if several else page.title
    start = max(text_of(page).find(text), 0)
    return {
        "sectors": list(h.sectors),
        "status": h.status,
        "date": day.isoformat() if day else None,
        "date_precision": "day" if day else "unknown",
        "ubigeo": place,
        "place_precision": level or "unknown",
        "territory": [{"ubigeo": code, "coverage": "whole"} for code in h.territory],
        "killed": said(h.killed),
        "wounded": said(h.wounded),
        "amount_pen": said(h.amount_pen),
        "norm": said(h.norm),
        "evidence": {"field": "text" if several else "title", "start": start, "end": start + len(text), "text": text},
    }


def _paragraph(happening: Happening, page: Page) -> str:
    """Of a page that tells several happenings, the paragraph that names this one's place."""
    unit = units().get(happening.ubigeo or "")
    for paragraph in page.paragraphs:
        if unit and fold(unit.name).lower() in fold(paragraph).lower():
            return paragraph
    return page.paragraphs[0]


def read_mentions(press: Press, model: str = "") -> Truth:
    """Pages with the mentions that the real line reads of them."""
    pages = [p for p in press.pages if p.kind != "static" and p.first_at.date() >= date(2026, 9, 1)]
    happenings = {h.id: h for h in press.happenings}
    texts = [Text(p.title, text_of(p), p.first_at.astimezone(LIMA).date()) for p in pages]
    documents, truth = [], {}
    for page, found in zip(pages, Understander(model).understand(texts), strict=True):
        mentions = [m.as_json() for m in found.mentions]
        documents.append(_document(page, mentions))
        for number, mention in enumerate(mentions):
            if mention["status"] != "recalled" and "uncertain" not in mention:
                own = f"{page.key} {mention['happening']}"
                truth[page.key, number] = _told(mention, [happenings[h] for h in page.tells]) or own
    return Truth(documents, truth)


def _told(mention: Mapping[str, Any], told: Sequence[Happening]) -> str | None:
    """Which of the page's happenings a mention read off it tells."""
    if len(told) == 1:
        return told[0].id
    fits = [h.id for h in told if mention["ubigeo"] and h.ubigeo == mention["ubigeo"] and mention["type"] in h.types]
    return fits[0] if fits else None


def by_facts(truth: Truth) -> Grouping:
    """Baseline: the same type, district and day are one event."""
    found: dict[Item, Hashable] = {}
    for document in truth.documents:
        for number, m in enumerate(document["mentions"]):
            is_known = m["date"] and m["ubigeo"] and not m["ubigeo"].endswith("00")
            found[document["id"], number] = (
                (m["type"], m["ubigeo"], m["date"]) if is_known else (document["id"], m["happening"])
            )
    return found


def by_titles(truth: Truth, needed: float = 0.2) -> Grouping:
    """Baseline: documents whose titles share a fifth of their words, told within ten days, are one event."""
    words = [{w[:STEM] for w in WORD.findall(fold(d["title"]).lower())} for d in truth.documents]
    days = [date.fromisoformat(d["published"][:10]) for d in truth.documents]
    parent = list(range(len(words)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for b in range(len(words)):
        for a in range(b):
            share = len(words[a] & words[b]) / max(len(words[a] | words[b]), 1)
            if share >= needed and abs((days[a] - days[b]).days) <= 10:
                parent[root(b)] = root(a)
    return {(d["id"], n): root(at) for at, d in enumerate(truth.documents) for n in range(len(d["mentions"]))}
