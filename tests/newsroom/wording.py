"""What texts say, held against the calendar and against each other."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from tests.newsroom.data import LIMA, Page
from tests.newsroom.web import ENGLISH_MONTHS, MONTHS, WEEKDAYS

RUN_WORDS = 8
ENGLISH_WEEKDAYS: Sequence[str] = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTH_NUMBERS = (
    {name: n for n, name in enumerate(MONTHS, start=1)}
    | {name.lower(): n for n, name in enumerate(ENGLISH_MONTHS, start=1)}
    | {"septiembre": 9}
)
SHORT_MONTHS = {name[:3]: n for n, name in enumerate(MONTHS, start=1)}
_MONTH = "|".join(MONTH_NUMBERS)
SPANISH_DAY = re.compile(
    rf"\b({'|'.join(WEEKDAYS)}),?\s+(\d{{1,2}})(?!\s*[:.,]?\d|\s+(?:a\.|p\.|horas|soles))(?:\s+de\s+({_MONTH})\b)?"
    r"(?:\s+del?\s+(\d{4})\b)?",
    re.IGNORECASE,
)
ENGLISH_DAY = re.compile(
    rf"\b({'|'.join(ENGLISH_WEEKDAYS)}),?\s+(?:the\s+)?({_MONTH})\s+(\d{{1,2}})(?:,\s+(\d{{4}}))?", re.IGNORECASE
)
DATELINE = re.compile(
    r"^[A-ZÁÉÍÓÚÑ][\w\sñáéíóú]{2,25},\s+(ene|feb|mar|abr|may|jun|jul|ago|set|oct|nov|dic)\.?\s+(\d{1,2})\b"
)
INSERT = re.compile(
    r"^\W*(?:puedes ver|lee también|mira también|te puede interesar|read (?:also|more)):.*$",
    re.IGNORECASE | re.MULTILINE,
)
WORD = re.compile(r"\w+")


def word_count(page: Page) -> int:
    """Words of a page's text."""
    return len(page.text.split())


def day_faults(page: Page) -> Iterator[str]:
    """Weekdays that do not fall on the date beside them, and datelines of another day than publication."""
    published = page.first_at.astimezone(LIMA).date()
    whole = f"{page.title}\n{page.lead or ''}\n{page.text}"
    for m in SPANISH_DAY.finditer(whole):
        wanted = WEEKDAYS.index(m[1].lower())
        if not _fits(wanted, int(m[2]), MONTH_NUMBERS.get((m[3] or "").lower()), m[4], published):
            yield f"“{' '.join(m[0].split())}” is no {m[1].lower()}"
    for m in ENGLISH_DAY.finditer(whole):
        wanted = ENGLISH_WEEKDAYS.index(m[1].lower())
        if not _fits(wanted, int(m[3]), MONTH_NUMBERS[m[2].lower()], m[4], published):
            yield f"“{' '.join(m[0].split())}” is no {m[1]}"
    line = DATELINE.match(page.text.strip())
    if line and (SHORT_MONTHS[line[1].lower()], int(line[2])) != (published.month, published.day):
        yield f"the dateline “{line[0]}” is not the day of publication, {published}"


def _fits(weekday: int, day: int, month: int | None, year: str | None, published: date) -> bool:
    """Whether the day falls on the weekday: in its month, or without one in the months around publication."""
    if month is not None:
        candidates = [(int(year) if year else published.year, month)]
    else:
        around = [published.year * 12 + published.month - 1 + n for n in (-1, 0, 1)]
        candidates = [(n // 12, n % 12 + 1) for n in around]
    for y, m in candidates:
        try:
            if date(y, m, day).weekday() == weekday:
                return True
        except ValueError:
            continue
    return False


def runs(text: str) -> Iterator[str]:
    """All runs of eight words of a text, folded."""
    decomposed = unicodedata.normalize("NFKD", INSERT.sub("", text).lower())
    words = WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)))
    for start in range(len(words) - RUN_WORDS + 1):
        yield " ".join(words[start : start + RUN_WORDS])


def shared_runs(pages: Sequence[Page], against: dict[str, str]) -> Iterator[tuple[Page, str]]:
    """Pages that share a run of words with another, once a pair; wire copies, versions and legal texts may."""
    first: dict[str, list[Page | str]] = {}
    for name, text in against.items():
        for run in set(runs(text)):
            first.setdefault(run, [name])
    told: set[tuple[str, str]] = set()
    for page in pages:
        for run in dict.fromkeys(r for part in (page.title, page.lead or "", page.text) for r in runs(part)):
            owners = first.setdefault(run, [])
            for owner in owners:
                name = owner if isinstance(owner, str) else owner.origin
                if (isinstance(owner, str) or not _may_share(page, owner)) and (page.origin, name) not in told:
                    told.add((page.origin, name))
                    yield page, f"shares “{run}” with {name}"
            owners.append(page)


def _may_share(one: Page, other: Page) -> bool:
    legal = {"norm", "bill"}
    if one is other or one.kind in legal or other.kind in legal:
        return True
    if one.site == other.site and one.address_slug == other.address_slug:
        return True
    return bool({one.wire, one.key} & {other.wire, other.key} - {None})


def read_texts(paths: Iterable[Path]) -> dict[str, str]:
    """Texts of JSON-lines files by file and line, for comparison."""
    texts: dict[str, str] = {}
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            entry = json.loads(line)
            texts[f"{path.name}:{number}"] = f"{entry.get('title', '')}\n{entry.get('text', '')}"
    return texts
