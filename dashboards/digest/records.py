"""What a digest is made of, as plain records. Not here: single facts (``dashboards.records``), reading (content), wording (words)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dashboards.digest.groups import Group
from dashboards.records import Emergency, Happening, Names, Paper
from dashboards.weeks import Week


@dataclass(frozen=True, slots=True)
class WeekCount:
    """A week of the chart. ``events`` None: nothing was read then, so nothing can be said."""

    monday: date
    events: int | None
    killed: int
    documents: int


@dataclass(frozen=True, slots=True)
class Change:
    """What is now said otherwise of an event of an earlier week."""

    change: str  # as in event_changes
    before: str | None
    after: str | None
    primary_type: str
    date: date | None
    week: date
    department: str | None
    province: str | None
    district: str | None


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source that is not well."""

    name: str
    health: str  # quiet | broken
    newest_item_at: datetime | None
    unwell_since: datetime | None


@dataclass(frozen=True, slots=True)
class Content:
    """All that one group's digest of one week says."""

    group: Group
    week: Week
    names: Names
    data_at: datetime
    events: tuple[Happening, ...]  # worst first
    late: tuple[Happening, ...]  # of earlier weeks, known since the last digest
    planned: tuple[Happening, ...]
    unplaced: int  # of the week, whose place is not known so finely that they could be the group's
    weeks: tuple[WeekCount, ...]  # twelve, this one last
    departments: tuple[tuple[str, int], ...]  # code of two digits, events of the twelve weeks
    laws: tuple[Paper, ...]
    bills: tuple[Paper, ...]
    emergencies: tuple[Emergency, ...]  # against crime, or nobody says why
    other_emergencies: tuple[Emergency, ...]
    changes: tuple[Change, ...]
    model_changes: int
    unwell: tuple[SourceState, ...]
    sources: int

    @property
    def killed(self) -> int:
        """Killed in the week, as far as sources say."""
        return sum(e.killed or 0 for e in self.events)

    @property
    def wounded(self) -> int:
        """Wounded in the week, as far as sources say."""
        return sum(e.wounded or 0 for e in self.events)

    @property
    def before(self) -> list[int]:
        """Events of the four weeks before, oldest first; shorter when less was read."""
        return [w.events for w in self.weeks[-5:-1] if w.events is not None]
