"""The records that cross rooms, one definition of each.

Every record is a frozen, slotted dataclass. Absent is ``None`` and means "the source does not say"; an empty string or a
zero is a value. Dates are ISO days in Lima time, instants are timezone-aware ``datetime`` in UTC. Not here: how a record
is stored (``migrations/``), fetched (spiders) or read from text (models).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal
from zoneinfo import ZoneInfo

LIMA = ZoneInfo("America/Lima")  # the zone of every day in this house

DocumentKind = Literal["article", "norm", "bill", "report"]
Axis = Literal["sector", "event"]
Band = Literal["yes", "uncertain", "no"]
Status = Literal["happened", "planned", "recalled"]
DatePrecision = Literal["instant", "day", "week", "month", "unknown"]
PlacePrecision = Literal["district", "province", "department", "country", "unknown"]
Chamber = Literal["congress", "deputies", "senate"]
CHAMBER_SERIES: dict[Chamber, str] = {"congress": "C", "deputies": "D", "senate": "S"}  # as the bill list codes them
Period = Literal["once", "day", "week", "month", "year"]


class Outcome(StrEnum):
    """What became of one discovered URL; each ends in exactly one, so outcomes add up to discoveries."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    ROBOTS_DISALLOWED = "robots_disallowed"
    OFF_REGISTRY = "off_registry"
    NOT_ARTICLE = "not_article"
    UNREADABLE = "unreadable"
    GONE = "gone"
    HTTP_ERROR = "http_error"
    NETWORK_ERROR = "network_error"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"


@dataclass(frozen=True, slots=True)
class Document:
    """One page or part of a report as read: a pure function of its bytes, its URL and what the feed said of it."""

    id: str
    source_id: str
    url: str
    canonical_url: str
    kind: DocumentKind
    title: str
    text: str
    language: str | None  # ISO 639-1
    published_at: datetime | None
    published_from: str | None  # json-ld | meta | feed | sitemap | url | header | pdf | text; None when unknown
    published_precision: DatePrecision
    updated_at: datetime | None
    byline: str | None
    section: str | None
    text_hash: str  # sha256 of the folded text
    minhash: bytes  # 64 little-endian uint32 over folded 5-word shingles; empty for very short texts
    page_first: int | None = None  # PDF reports: first page of the part, from 1
    page_last: int | None = None
    is_teaser: bool = False
    digest: str | None = None  # of the archived body this was read from

    def as_json(self) -> dict[str, Any]:
        """The line ``chasqui extract`` prints."""
        row = asdict(self)
        row["minhash"] = self.minhash.hex()
        for name in ("published_at", "updated_at"):
            row[name] = row[name].isoformat() if row[name] else None
        return row


@dataclass(frozen=True, slots=True)
class Label:
    """One label's calibrated probability for one document."""

    axis: Axis
    label: str
    probability: float
    band: Band


@dataclass(frozen=True, slots=True)
class Territory:
    """One entry of a decree's territory."""

    ubigeo: str
    coverage: Literal["whole", "part"] = "whole"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says it; offsets are Unicode code points into the named field."""

    field: Literal["title", "text"]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One happening as one document tells it, of one type. ``happening`` ties the types of one happening in the document.

    An ``uncertain`` one is of a type that the document nearly carries: it waits for a person and counts nowhere until then.
    """

    type: str
    happening: int
    sectors: tuple[str, ...]
    status: Status
    evidence: Evidence
    date: date | None = None
    date_precision: DatePrecision = "unknown"
    department: str | None = None
    province: str | None = None
    district: str | None = None
    ubigeo: str | None = None
    place_precision: PlacePrecision = "unknown"
    territory: tuple[Territory, ...] = ()
    killed: int | None = None
    killed_low: int | None = None
    killed_high: int | None = None
    wounded: int | None = None
    amount_pen: float | None = None
    amount_stated: str | None = None
    currency: str | None = None  # ISO 4217
    period: Period | None = None
    group: str | None = None
    norm: str | None = None
    uncertain: bool = False

    def as_json(self) -> dict[str, Any]:
        """The mention in the fixed shape of ``chasqui classify``; ``uncertain`` stands in it only where it is so."""
        row = asdict(self)
        if not self.uncertain:
            del row["uncertain"]
        row["date"] = self.date.isoformat() if self.date else None
        row["sectors"] = list(self.sectors)
        row["territory"] = [asdict(t) for t in self.territory]
        return row


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the models say of one document."""

    document_id: str
    model: str  # name and version of the classifier
    labels: tuple[Label, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill of Congress as its list says at one time; its key is period, chamber and number."""

    period: int  # first year of the parliamentary period
    chamber: Chamber
    number: int
    document_id: str
    printed_number: str  # PL 7538/2023-CR, the form in which mentions and norms name it
    title: str
    state: str | None  # the list's own word
    filed_on: date | None
    proponent: str | None
    authors: tuple[str, ...]
    former_number: str | None  # in the same form as printed_number

    @property
    def id(self) -> str:
        """Period, series and number."""
        return f"{self.period}-{CHAMBER_SERIES[self.chamber]}-{self.number}"


@dataclass(frozen=True, slots=True)
class Event:
    """One happening: a set of types, one count of the dead, the sources that tell it."""

    id: str
    primary_type: str
    types: tuple[str, ...]
    sectors: tuple[str, ...]
    status: Status
    date: date | None
    date_precision: DatePrecision
    first_reported_on: date | None
    ubigeo: str | None
    place_precision: PlacePrecision
    killed: int | None
    wounded: int | None
    amount_pen: float | None
    norm: str | None
    mention_ids: tuple[str, ...] = field(default=())
