"""Whether a sentence tells what happened, what is still to come, or what is recalled from the past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.dates import DateHit
from warehouse.records import Status

OLD_DAYS = 45  # an event told with an older date than this is background, unless the document has nothing newer


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    return {name: any_of(patterns) for name, patterns in read_data("status.toml").items()}


def is_recalled(folded: str, dates: Sequence[DateHit], published: date | None) -> bool:
    """Whether the sentence speaks of an old matter: says so, or bears only an old date."""
    days = [hit.day for hit in dates if hit.day and hit.precision == "day"]
    if published and days:
        return all((published - day).days > OLD_DAYS for day in days)
    if any(hit.kind == "relative" or (hit.kind == "weekday" and hit.day is None) for hit in dates):
        return False
    old = any(hit.kind == "year" for hit in dates)
    return bool(old or _cues()["recalled"].search(folded))


def is_unsure(folded: str) -> bool:
    """Whether the sentence only allows for the event ("podría", "no se descarta")."""
    return bool(_cues()["unsure"].search(folded))


def strike_status(texts: Sequence[str], days: Sequence[date], published: date | None) -> Status:
    """Planned or happened, for events that are announced: by the date when there is one, else by the verbs."""
    if published and days:
        return "planned" if days[0] > published else "happened"
    planned = sum(bool(_cues()["planned"].search(text)) for text in texts)
    underway = sum(bool(_cues()["underway"].search(text)) for text in texts)
    return "planned" if planned > underway else "happened"
