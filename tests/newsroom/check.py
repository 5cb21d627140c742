"""Are the newsroom's data sound? ``python -m tests.newsroom.check [--site ID] [--against FILE.jsonl]``.

Errors are what cannot stand; doubts are what a person should look at again. What a single record may hold is checked by
``data`` when it is read; how texts agree with the calendar and with each other is checked by ``wording``.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.newsroom.data import FIRST_DAY, LAST_DAY, LIMA, NewsroomError, Page, Press, load_press
from tests.newsroom.sites import make_site
from tests.newsroom.web import Web, end_of
from tests.newsroom.wording import day_faults, read_texts, shared_runs, word_count

UNITS = Path(__file__).parents[2] / "models" / "gazetteer" / "units.csv"
EARLIER_DAYS = 7  # a norm or strike may be told before the day it is dated by
# Words a text should have, by family or kind.
LENGTHS = {"broadcast": (25, 70), "norm": (110, 450), "gobpe": (20, 450), "report": (120, 1600), "wordpress": (90, 450)}
USUAL_LENGTH = (80, 250)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, and where."""

    where: str
    what: str
    is_doubt: bool = False

    def __str__(self) -> str:
        return f"{'doubt' if self.is_doubt else 'ERROR'}  {self.where}: {self.what}"


def check(press: Press, against: dict[str, str] | None = None) -> list[Problem]:
    """All problems of a press.

    Args:
        press: what to look at.
        against: other texts by name, with which none may share a run of words.
    """
    found = [*_pages(press), *_addresses(press), *_references(press), *_happenings(press), *_tellings(press)]
    for page in press.pages:
        found += [Problem(page.origin, what) for what in day_faults(page)]
    found += [Problem(page.origin, what) for page, what in shared_runs(press.pages, against or {})]
    return found


def _pages(press: Press) -> Iterator[Problem]:
    families = {card.id: card.family for card in press.cards}
    for page in press.pages:
        day = page.first_at.astimezone(LIMA).date()
        if page.kind != "static" and not FIRST_DAY <= day <= LAST_DAY:
            yield Problem(page.origin, f"published on {day}, outside {FIRST_DAY} to {LAST_DAY}")
        if page.gone_on and page.gone_on <= day:
            yield Problem(page.origin, f"gone on {page.gone_on}, before anybody saw it")
        if page.kind in {"bill", "static"}:
            continue
        low, high = LENGTHS.get(families[page.site]) or LENGTHS.get(page.kind) or USUAL_LENGTH
        words = word_count(page)
        if not low <= words <= high:
            yield Problem(page.origin, f"{words} words, usual are {low} to {high}", is_doubt=True)


def _addresses(press: Press) -> Iterator[Problem]:
    web = Web(end_of(LAST_DAY))
    for card in press.cards:
        pages = press.of(card.id)
        site = make_site(card, pages, web)
        firsts = [p for p in pages if p.version_of is None]
        for key, count in Counter(p.slug for p in firsts).items():
            if count > 1:
                yield Problem(f"{card.id}/{key}", f"this slug stands {count} times")
        paths = Counter(site.path_of(p) for p in firsts)
        for page in firsts:
            path = site.path_of(page)
            if paths[path] > 1:
                yield Problem(page.origin, f"another page stands at {path} too")
            if page.kind not in {"bill", "static"} and not re.search(
                site.article_pattern, f"http://{card.id}.pe{path}"
            ):
                yield Problem(page.origin, f"{path} has not the form of this family's pages")


def _references(press: Press) -> Iterator[Problem]:
    keys = {p.key for p in press.pages if p.version_of is None}
    happenings = {h.id for h in press.happenings}
    for page in press.pages:
        for one in (*page.tells, *page.recalls):
            if one not in happenings:
                yield Problem(page.origin, f"no happening {one}")
        if page.wire and page.wire not in keys:
            yield Problem(page.origin, f"no page {page.wire} for its wire")
        if page.version_of:
            if f"{page.site}/{page.version_of}" not in keys:
                yield Problem(page.origin, f"no page {page.version_of} of which it is a version")
            elif not page.updated:
                yield Problem(page.origin, "a later version without its time of update")


def _happenings(press: Press) -> Iterator[Problem]:
    with UNITS.open(encoding="utf-8", newline="") as lines:
        units = {row["code"] for row in csv.DictReader(lines)}
    told = {one for page in press.pages for one in page.tells}
    for name, count in Counter(h.id for h in press.happenings).items():
        if count > 1:
            yield Problem(name, f"this id stands {count} times")
    for one in press.happenings:
        for code in (one.ubigeo, *one.territory):
            if code is not None and code not in units:
                yield Problem(one.id, f"no place with code {code}")
        if one.id not in told:
            yield Problem(one.id, "no page tells it", is_doubt=True)
        if one.days and "state_of_emergency" not in one.types:
            yield Problem(one.id, "days without a state of emergency")


def _tellings(press: Press) -> Iterator[Problem]:
    """Whether labels of pages and types of happenings agree."""
    by_id = {h.id: h for h in press.happenings}
    tellers: dict[str, list[Page]] = {h.id: [] for h in press.happenings}
    for page in press.pages:
        for name in page.tells:
            if name not in by_id:
                continue
            tellers[name].append(page)
            if not set(by_id[name].types) & set(page.events):
                yield Problem(page.origin, f"tells {name} and is labelled with none of its types", is_doubt=True)
            day, told = by_id[name].date, page.first_at.astimezone(LIMA).date()
            if day and by_id[name].status == "happened" and (day - told).days > (EARLIER_DAYS if page.events else 0):
                yield Problem(page.origin, f"tells {name} of {day} before it happened", is_doubt=True)
    for name, pages in tellers.items():
        if not pages:
            continue
        for kind, wanted, had in (
            ("type", by_id[name].types, {e for p in pages for e in p.events}),
            ("sector", by_id[name].sectors, {s for p in pages for s in p.sectors}),
        ):
            if missing := set(wanted) - had:
                yield Problem(name, f"no page that tells it has the {kind} {', '.join(sorted(missing))}", is_doubt=True)


def main() -> int:
    """Print what is wrong; 1 when there is an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom.check", description="Check the newsroom's data.")
    parser.add_argument("--site", help="print what concerns this site only")
    parser.add_argument("--against", type=Path, action="append", default=[], help="JSON lines with title and text")
    asked = parser.parse_args()
    try:
        press = load_press()
    except NewsroomError as error:
        print(f"ERROR  {error}")
        return 1
    found = [p for p in check(press, read_texts(asked.against)) if not asked.site or p.where.startswith(asked.site)]
    for problem in found:
        print(problem)
    errors = sum(not p.is_doubt for p in found)
    print(
        f"{len(press.pages)} pages on {len(press.cards)} sites, {len(press.happenings)} happenings: "
        f"{errors} errors, {len(found) - errors} doubts"
    )
    return 1 if errors else 0


if __name__ == "__main__":
    raise SystemExit(main())
