"""Whether a sentence tells what happened, what is still to come, or what is recalled from the past.

Strikes and emergencies are news when announced, before they come. A closure decided is a closure, a bill is one once presented, and
everything else is told after the deed (in the corpus 10 of 12 closures still to come count as happened, and no other type is planned).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from models.reader.data import any_of, read_data
from models.reader.day_hits import DateHit
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
    if any(hit.kind == "relative" or (hit.kind in {"weekday", "number"} and hit.day is None) for hit in dates):
        return False
    old = any(hit.kind == "year" for hit in dates)
    return bool(old or _cues()["recalled"].search(folded))


def is_sentencing(folded: str) -> bool:
    """Whether the sentence tells of a punishment a court gave; not of one asked for, provided by a law, or of prison before trial."""
    return bool(_cues()["sentencing"].search(folded)) and not is_before_trial(folded)


def is_before_trial(folded: str) -> bool:
    """Whether the sentence tells of prison before trial, of a request for punishment, or of what a law provides."""
    return bool(_cues()["before_trial"].search(folded))


def is_of_court(folded: str) -> bool:
    """Whether the sentence tells what a court, a judge or a prosecutor says or does: its day is theirs."""
    return bool(_cues()["court"].search(folded) or _cues()["sentencing"].search(folded)) and not is_before_trial(folded)


@lru_cache(maxsize=512)  # asked of each sentence by every type
def is_unsure(folded: str) -> bool:
    """Whether the sentence only allows for the event ("podría", "no se descarta")."""
    return bool(_cues()["unsure"].search(folded))


def emergency_status(texts: Sequence[str], *, has_number: bool) -> Status:
    """Planned while an emergency is only asked for, weighed or announced: one decided or with a decree's number is out, whenever its days begin."""
    if has_number or any(_cues()["in_force"].search(text) for text in texts):
        return "happened"
    return "planned" if any(_cues()["announced"].search(text) for text in texts) else "happened"


def strike_status(texts: Sequence[str], days: Sequence[date], published: date | None) -> Status:
    """Planned or happened: by the date when there is one, else by the verbs."""
    if published and days:
        return "planned" if days[0] > published else "happened"
    planned = sum(bool(_cues()["planned"].search(text)) for text in texts)
    underway = sum(bool(_cues()["underway"].search(text)) for text in texts)
    return "planned" if planned > underway else "happened"
