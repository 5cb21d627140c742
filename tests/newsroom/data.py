"""What the newsroom's sites are, what they print, and what truly happened: read from TOML, validated.

Here: the records and their loading. Not here: how pages are served (``sites``, ``server``), nor whether their texts are
sound (``check``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from models import taxonomy

LIMA = ZoneInfo("America/Lima")
HERE = Path(__file__).parent
FIRST_DAY, LAST_DAY = date(2026, 9, 7), date(2026, 11, 15)  # the ten weeks the newsroom covers
Day = date  # for fields that are themselves called date
Family = Literal[
    "arc", "dated", "ngo", "gazette", "wordpress", "agency", "broadcast", "english", "gobpe", "bills"
]  # fmt: skip
SECTORS = frozenset(entry.id for entry in taxonomy.load().sectors)
EVENTS = frozenset(entry.id for entry in taxonomy.load().events)
PageKind = Literal["article", "norm", "bill", "report", "static"]


class NewsroomError(ValueError):
    """The newsroom's data cannot be used; the message names file, entry and field."""


class Record(BaseModel):
    """A record of the data files: nothing unknown in it, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Card(Record):
    """One site: who plays it and in which family."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    family: Family
    name: str
    owner: str
    kind: str  # as the registry's source kinds
    region: str | None = None
    language: Literal["es", "en"] = "es"
    feed: Literal["rss", "atom"] = "rss"
    mirrors: Annotated[int, Field(ge=0, le=3)] = 0
    crawl_delay_s: int | None = None


class Norm(Record):
    """What a norm is called."""

    number: str
    summary: str
    entity: str | None = None


class Bill(Record):
    """What the bill list says of a bill besides its title."""

    series: Literal["C", "D", "S"]
    state: str = "PRESENTADO"
    proponent: str = "Congreso"
    authors: str = ""


class Page(Record):
    """One page as its writer left it."""

    site: str
    origin: str  # file and position, for messages
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Annotated[str, Field(min_length=3)]
    text: Annotated[str, Field(min_length=20)]
    kind: PageKind = "article"
    section: str = ""
    number: int | None = None
    published: datetime | None = None
    updated: datetime | None = None
    author: str | None = None
    lead: str | None = None
    tells: tuple[str, ...] = ()
    recalls: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    wire: str | None = None
    version_of: str | None = None
    gone_on: date | None = None
    robots: Literal["disallowed"] | None = None
    norm: Norm | None = None
    bill: Bill | None = None

    @model_validator(mode="after")
    def _sound(self) -> Page:
        for name, instant in (("published", self.published), ("updated", self.updated)):
            if instant is not None and instant.utcoffset() is None:
                raise ValueError(f"{name} lacks its offset: write -05:00")
        if self.published is None and self.kind != "static":
            raise ValueError("published is missing")
        if self.published and self.updated and self.updated < self.published:
            raise ValueError("updated before it was published")
        if self.kind == "norm" and self.norm is None:
            raise ValueError("a norm without its norm table")
        unknown = (set(self.sectors) - SECTORS) | (set(self.events) - EVENTS)
        if unknown:
            raise ValueError(f"no such label: {', '.join(sorted(unknown))}")
        return self

    @property
    def key(self) -> str:
        """``site/slug``, by which other pages refer to this one."""
        return f"{self.site}/{self.slug}"

    @property
    def address_slug(self) -> str:
        """The slug in its address; a later version stands at the address of the first."""
        return self.version_of or self.slug

    @property
    def first_at(self) -> datetime:
        """Publication; static pages have always been there."""
        return self.published or datetime(2024, 1, 15, 9, tzinfo=LIMA)

    @property
    def last_change(self) -> datetime:
        """The latest instant the page names: from then on a later version stands in place of the first."""
        return self.updated or self.first_at

    @property
    def stands_from(self) -> datetime:
        """When this text came to stand at its address."""
        return self.last_change if self.version_of else self.first_at

    @property
    def paragraphs(self) -> list[str]:
        """Text by paragraph, one line each."""
        return [" ".join(p.split()) for p in re.split(r"\n\s*\n", self.text.strip()) if p.strip()]


class Happening(Record):
    """One thing that happened, or was planned, with the values the pages together support."""

    id: Annotated[str, Field(min_length=1)]
    types: Annotated[tuple[str, ...], Field(min_length=1)]
    sectors: tuple[str, ...] = ()
    status: Literal["happened", "planned"] = "happened"
    date: Day | None = None
    ubigeo: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    killed: Annotated[int, Field(ge=0)] | None = None
    wounded: Annotated[int, Field(ge=0)] | None = None
    amount_pen: Annotated[float, Field(gt=0)] | None = None
    norm: str | None = None
    territory: tuple[str, ...] = ()
    days: Annotated[int, Field(gt=0)] | None = None
    first_day: Day | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _sound(self) -> Happening:
        unknown = (set(self.sectors) - SECTORS) | (set(self.types) - EVENTS)
        if unknown:
            raise ValueError(f"no such label: {', '.join(sorted(unknown))}")
        return self


@dataclass(frozen=True)
class Press:
    """All sites, all pages, and the truth behind them."""

    cards: tuple[Card, ...]
    pages: tuple[Page, ...]
    happenings: tuple[Happening, ...]

    def of(self, site: str) -> tuple[Page, ...]:
        """Pages of one site, in file order."""
        return tuple(p for p in self.pages if p.site == site)

    def only(self, sites: Iterable[str]) -> Press:
        """The same press with these sites alone."""
        wanted = set(sites)
        if unknown := wanted - {c.id for c in self.cards}:
            raise NewsroomError(f"no site named {', '.join(sorted(unknown))}")
        return replace(
            self,
            cards=tuple(c for c in self.cards if c.id in wanted),
            pages=tuple(p for p in self.pages if p.site in wanted),
        )

    def with_pages(self, more: Iterable[Page]) -> Press:
        """The same press with further pages, for tests that need many."""
        return replace(self, pages=(*self.pages, *more))


def load_press(folder: Path = HERE) -> Press:
    """Read sites, pages and happenings.

    Raises:
        NewsroomError: a file is not TOML, or an entry is wrong.
    """
    cards = tuple(_read(folder / "sites.toml", "site", Card))
    known = {c.id for c in cards}
    pages: list[Page] = []
    for file in sorted((folder / "pages").glob("*.toml")):
        site = file.name.partition(".")[0]  # further files of a site are named <site>.<anything>.toml
        if site not in known:
            raise NewsroomError(f"{file.name}: no site named {site!r} in sites.toml")
        pages.extend(_read(file, "page", Page, site=site))
    happenings: list[Happening] = []
    for file in sorted(folder.glob("happenings*.toml")):
        happenings.extend(_read(file, "happening", Happening))
    return Press(cards, tuple(pages), tuple(happenings))


R = TypeVar("R", bound=Record)


def _read(path: Path, table: str, kind: type[R], **fixed: Any) -> list[R]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise NewsroomError(f"{path.name}: {error}") from error
    if unknown := set(raw) - {table}:
        raise NewsroomError(f"{path.name}: unknown table {', '.join(sorted(unknown))}; expected [[{table}]]")
    found: list[R] = []
    for position, entry in enumerate(raw.get(table, []), start=1):
        name = entry.get("slug") or entry.get("id") or f"number {position}"
        if "origin" in kind.model_fields:
            entry |= {"origin": f"{path.name}: {name}"}
        try:
            found.append(kind.model_validate(entry | fixed))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(p) for p in first["loc"]) or table
            raise NewsroomError(f"{path.name}: {name}, {where}: {first['msg']}") from error
    return found
