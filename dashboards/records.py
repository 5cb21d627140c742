"""Single facts as people are shown them, as plain records: an event, a paper, an emergency. Absent is None: no source says it.

Titles and sentences are already of the public tier, addresses already safe. Not here: reading them (``facts``), wording
(``wording``), what a mail or a page is made of (the media's own ``records``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Placed(Protocol):
    """Whatever has a place; None: not known so finely."""

    @property
    def department(self) -> str | None:
        """Its name."""
        ...

    @property
    def province(self) -> str | None:
        """Its name."""
        ...

    @property
    def district(self) -> str | None:
        """Its name."""
        ...


@dataclass(frozen=True, slots=True)
class Voice:
    """An owner's first report of an event; ``more`` counts its others."""

    name: str
    url: str | None
    more: int


@dataclass(frozen=True, slots=True)
class Happening:
    """One event."""

    event_id: str
    primary_type: str
    types: tuple[str, ...]
    sectors: tuple[str, ...]
    date: date | None
    date_precision: str
    reported_on: date | None
    week: date
    ubigeo: str | None
    department: str | None
    province: str | None
    district: str | None
    killed: int | None
    wounded: int | None
    amount_pen: float | None
    period: str | None
    title: str
    evidence: str
    is_disputed: bool
    document_count: int
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A norm or a bill."""

    number: str | None
    title: str
    day: date | None
    url: str | None
    source_name: str | None
    stage: str | None = None  # of a bill: of warehouse/bill_states.toml
    state: str | None = None  # of a bill: the list's own word
    former_number: str | None = None  # of a bill filed anew
    is_by_list: bool = False  # ``day`` is when a list was found to say so, not the day of the step


@dataclass(frozen=True, slots=True)
class Emergency:
    """Places under emergency by one norm until one day; ``is_part``: only some of them, as the norm says."""

    norm: str
    last_day: date
    is_part: bool
    cause: str | None  # crime, weather, health and the like; None: nobody says
    places: tuple[tuple[str, str | None, str | None], ...]  # department, province, district; None: all of it
    url: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """What sectors, event types and places are called in the group's language."""

    sectors: dict[str, str]
    types: dict[str, str]
    places: dict[str, str]  # by prefix of the UBIGEO code
