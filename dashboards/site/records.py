"""What the static edition is made of, as plain records. Titles and sentences are of the public tier, addresses are safe.

Not here: reading them (``read``), wording (``dashboards.wording``, templates).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dashboards.charts.figures import Place
from dashboards.charts.health import SourceNight
from dashboards.charts.timeline import Span
from dashboards.records import Emergency, Happening, Paper


@dataclass(frozen=True, slots=True)
class Report:
    """A page that tells an event; ``digest`` is that of the archived copy."""

    source: str
    title: str
    url: str | None
    published_at: datetime | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that some source gives and others do not."""

    field: str  # killed | wounded | date | amount_pen
    value: str
    source_count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An event with everything its page says."""

    event: Happening
    status: str
    norm: str | None
    is_deed: bool
    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A district's capital town."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Edition:
    """All that one export says, whatever the language."""

    data_at: datetime
    licence: str
    cite: str
    weeks: Mapping[date, int]  # pages read, by Monday
    told: tuple[Told, ...]  # the latest first
    redirects: Mapping[str, str]
    spans: tuple[Span, ...]
    in_force: tuple[Emergency, ...]
    bills: tuple[Paper, ...]
    departments: tuple[Place, ...]
    provinces: tuple[Place, ...]
    towns: Mapping[str, Town]
    nights: tuple[SourceNight, ...]
    sector_names: Mapping[str, Mapping[str, str]]  # by language
    type_names: Mapping[str, Mapping[str, str]]

    @property
    def deeds(self) -> tuple[Told, ...]:
        """What happened, without what was only planned and what is only paper."""
        return tuple(t for t in self.told if t.is_deed and t.status == "happened")

    @property
    def laws(self) -> tuple[Told, ...]:
        """Laws in force or passed, states of emergency apart."""
        return tuple(
            t
            for t in self.told
            if not t.is_deed
            and t.status == "happened"
            and "new_law" in t.event.types
            and "state_of_emergency" not in t.event.types
        )
