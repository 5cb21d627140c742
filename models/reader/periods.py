"""The period a claim of a statistic speaks of: "los diez primeros meses de 2024", "en lo que va del año", "entre enero y junio".

Not here: the day something happened (``dates``, ``when``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from models.reader.dates import MONTHS
from models.reader.numbers import number_word_pattern, parse_number

_MONTH = "|".join(m for m in MONTHS if len(m) > 3 or m == "may")
SPAN = re.compile(
    rf"\b(?:entre|de|desde|from|between) (?P<m1>{_MONTH})(?: (?:de|del) (?P<ya>(?:19|20)\d\d))? (?:y|a|hasta|and|to) (?P<m2>{_MONTH})(?: (?:de|del|of)?\s?(?:este ano|(?P<y>(?:19|20)\d\d)))?"
)
FIRST_MONTHS = re.compile(
    rf"\b(?:los |las )?(?:(?P<n>\d+|{number_word_pattern()}) primer\w+|primer\w+ (?P<n1>\d+|{number_word_pattern()})) mes(?:es)?(?: (?:de|del) (?:este ano|(?P<y>(?:19|20)\d\d)))?|\bfirst (?P<n2>\w+) months(?: of (?P<y2>(?:19|20)\d\d))?"
)
HALF = re.compile(
    r"\b(?P<which>primer|segundo|first|second) (?P<part>semestre|trimestre|half|quarter)(?: (?:de|del|of) (?P<y>(?:19|20)\d\d))?"
)
MONTH_OF = re.compile(rf"\b(?:en|in|de|durante|of) (?P<m>{_MONTH})(?: (?:de |del )?(?P<y>(?:19|20)\d\d))?\b")
IN_YEAR = re.compile(r"\b(?:en|durante|de|del|in|during|ano|el) (?P<y>(?:19|20)\d\d)\b(?!-)")
SO_FAR = re.compile(
    r"\b(?:en lo que va del? (?:este |presente )?ano|este ano|a la fecha|so far this year|this year|desde enero)\b"
)
LAST_YEAR = re.compile(r"\b(?:del? ano pasado|el ano pasado|last year|ano anterior)\b")
THIS_YEAR = re.compile(r" ?\b(?:de |del |of )?(?:este ano|presente ano|ano en curso|this year)\b")
# Where what is said of the months ends and what it is compared with begins: "en enero, 18 % mas que el ano pasado".
COMPARED = re.compile(r"[,;.]| que | frente a | respecto | contra | comparad| than | against | compared")
REACH = 80


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time as written, with its first and last day as far as the text fixes them."""

    written: str | None = None
    start: date | None = None
    end: date | None = None


def _last_day(year: int, month: int) -> date:
    for day in (31, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError


def _year(match: re.Match[str], written: str | None, published: date | None, last: int) -> int | None:
    """The year of a stretch of months to ``last``: written, said right after it, or the latest in which it had begun to end."""
    if written or not published:
        return int(written) if written else None
    said = COMPARED.split(match.string[match.end() : match.end() + REACH], maxsplit=1)[0]
    if LAST_YEAR.search(said):
        return published.year - 1
    if THIS_YEAR.search(match[0]) or THIS_YEAR.match(said):
        return published.year
    return published.year - (last > published.month)


def _months(match: re.Match[str], year: int | None, first: int, last: int) -> Period:
    if year is None or not 1 <= year <= 9999 or not 1 <= first <= last <= 12:
        return Period(match[0].strip())
    return Period(match[0].strip(), date(year, first, 1), _last_day(year, last))


def _span(match: re.Match[str], published: date | None) -> Period:
    first, last = MONTHS[match["m1"]], MONTHS[match["m2"]]
    return _months(match, _year(match, match["y"] or match["ya"], published, last), first, last)


def _first_months(match: re.Match[str], published: date | None) -> Period:
    count = int(parse_number(match["n"] or match["n1"] or match["n2"] or "") or 0)
    return _months(match, _year(match, match["y"] or match["y2"], published, count), 1, count)


def _half(match: re.Match[str], published: date | None) -> Period:
    size = 6 if match["part"] in {"semestre", "half"} else 3
    first = 1 if match["which"] in {"primer", "first"} else 1 + size
    last = first + size - 1
    return _months(match, _year(match, match["y"], published, last), first, last)


def _so_far(match: re.Match[str], published: date | None) -> Period:
    return Period(match[0], date(published.year, 1, 1) if published else None, published)


def _month_of(match: re.Match[str], published: date | None) -> Period:
    month = MONTHS[match["m"]]
    return _months(match, _year(match, match["y"], published, month), month, month)


def _in_year(match: re.Match[str], _: date | None) -> Period:
    return _months(match, int(match["y"]), 1, 12)


def _last_year(match: re.Match[str], published: date | None) -> Period:
    return _months(match, published.year - 1 if published else None, 1, 12)


PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Period]], ...] = (
    (SPAN, _span),
    (FIRST_MONTHS, _first_months),
    (HALF, _half),
    (SO_FAR, _so_far),
    (MONTH_OF, _month_of),
    (IN_YEAR, _in_year),
    (LAST_YEAR, _last_year),
)


def find_period(folded: str, published: date | None) -> Period:
    """The period a stretch of text speaks of, the fullest form first."""
    for pattern, reader in PERIODS:
        if match := pattern.search(folded):
            return reader(match, published)
    return Period()
