"""The source registry: ``sources.toml`` read, validated, and looked up by id or host.

Belongs here: what a source is and whether its entry is sound. Not here: how its pages are fetched or read.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from spiders.urls import host_of

DEFAULT_REGISTRY = Path(__file__).with_name("sources.toml")
SOURCE_HEADER = re.compile(r"^\s*\[\[\s*source\s*\]\]", re.MULTILINE)
INLINE_TABLE = re.compile(r"\{\s*\w+\s*=")

WayKind = Literal["feed", "sitemap", "listing", "gazette", "gazette_today", "bills", "gobpe"]
SourceKind = Literal[
    "national_news",
    "regional_news",
    "investigative",
    "official_gazette",
    "congress",
    "government",
    "ngo",
    "international_english",
]

DELAY_S = 2.0  # seconds between two requests to a host, where its entry says nothing else


class RegistryError(ValueError):
    """The registry cannot be used; the message names file, line, source and field."""


class Way(BaseModel):
    """One way into a source: an address that lists its pages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: WayKind
    url: str
    pages: Annotated[int, Field(gt=0)] | None = None  # of a list without end, newest first: how many a night reads
    every_days: Annotated[int, Field(gt=0)] = 1  # a list that hardly changes is asked every so many days
    doubtful: bool = False  # seen by somebody, contradicted by somebody else; tried by `sources check` only

    @field_validator("url")
    @classmethod
    def _absolute(cls, url: str) -> str:
        if not host_of(url):
            raise ValueError(f"not an absolute URL: {url!r}")
        return url


class Source(BaseModel):
    """One outlet or office: who it is, the ways in, how to treat it, what a healthy night looks like."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Annotated[str, Field(min_length=1)]
    owner: str | None = None  # independent voices are counted by owner; unknown stays unknown
    kind: SourceKind
    region: str | None = None  # department the outlet writes from; None: the whole country
    language: Literal["es", "en"] = "es"
    home: str | None = None  # None: no site of its own is known
    ways: tuple[Way, ...] = ()
    article_pattern: str | None = None  # regular expression a page's URL must match
    link_pattern: str | None = None  # on listings: which links lead to pages; the article pattern if absent
    requires_date: bool = False  # flat addresses: static pages look like articles, and only a date tells them apart
    mirrors: dict[str, str] = {}  # other host -> the host it stands for
    hosts: tuple[str, ...] = ()  # further hosts its pages and files live on
    delay_s: Annotated[float, Field(ge=0)] = DELAY_S
    minimum_items: Annotated[int, Field(ge=0)] = 0  # a healthy night finds at least so many
    newest_item_hours: Annotated[int, Field(gt=0)] | None = None  # older than this and the source counts as quiet
    retention_days: Annotated[int, Field(gt=0)] | None = None  # archived pages are kept so long; None: for good
    enabled: bool = True
    disabled_reason: str | None = None
    verified_on: date | None = None
    note: str | None = None

    @field_validator("article_pattern", "link_pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"not a regular expression: {error}") from error
        return pattern

    @field_validator("hosts")
    @classmethod
    def _bare(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            _require_host(host)
        return hosts

    @field_validator("mirrors")
    @classmethod
    def _bare_too(cls, mirrors: dict[str, str]) -> dict[str, str]:
        for host in (*mirrors, *mirrors.values()):
            _require_host(host)
        return mirrors

    @model_validator(mode="after")
    def _reachable(self) -> Source:
        if self.enabled and not self.ways:
            raise ValueError("enabled, but no way in: add one, or set enabled = false with a disabled_reason")
        if not self.enabled and not self.disabled_reason:
            raise ValueError("disabled without a disabled_reason")
        return self

    @cached_property
    def registered_hosts(self) -> frozenset[str]:
        """Hosts that may be asked on this source's behalf; a request anywhere else is refused."""
        named = {host_of(self.home or ""), *map(host_of, (w.url for w in self.ways)), *self.hosts, *self.mirrors}
        bare = {host.removeprefix("www.") for host in named if host}
        return frozenset(bare | {f"www.{host}" for host in bare if ":" not in host})

    @property
    def is_peruvian(self) -> bool:
        """Whether its clock is Lima's: all sources in Spanish are of Peru, none in English is."""
        return self.language == "es"

    def is_article(self, url: str) -> bool:
        """Whether a URL has the form of this source's pages."""
        return self.article_pattern is None or re.search(self.article_pattern, url) is not None


def _require_host(name: str) -> None:
    if host_of(f"https://{name}") != name:
        raise ValueError(f"not a host in lower case, such as www.example.pe: {name!r}")


@dataclass(frozen=True)
class Registry:
    """All sources, in file order."""

    sources: tuple[Source, ...]

    def enabled(self, only: tuple[str, ...] = ()) -> tuple[Source, ...]:
        """Sources a night visits; ``only`` restricts them to the ids named."""
        unknown = set(only) - {s.id for s in self.sources}
        if unknown:
            raise RegistryError(f"no source named {', '.join(sorted(unknown))}")
        return tuple(s for s in self.sources if s.enabled and (not only or s.id in only))

    def get(self, source_id: str) -> Source:
        """The source of that id."""
        for source in self.sources:
            if source.id == source_id:
                return source
        raise RegistryError(f"no source named {source_id}")


def load_registry(path: Path | None = None) -> Registry:
    """Read and validate a registry file.

    Raises:
        RegistryError: unreadable, not TOML, or a source or field is wrong; one line with file, line and field.
    """
    path = path or DEFAULT_REGISTRY
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except OSError as error:
        raise RegistryError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path}: not UTF-8 at byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise RegistryError(f"{path}: {error}") from error
    if unknown := set(raw) - {"source"}:
        raise RegistryError(f"{path}: unknown table {', '.join(sorted(unknown))}; expected [[source]]")
    listed = raw.get("source", [])
    if not isinstance(listed, list) or len(SOURCE_HEADER.findall(text)) != len(listed):
        raise RegistryError(f"{path}: each source is a table of its own, headed [[source]]")
    sources: list[Source] = []
    for index, entry in enumerate(listed):
        try:
            sources.append(Source.model_validate(entry))
        except ValidationError as error:
            # a misspelt field shows as one too many and one missing: the one too many is what the eye looks for
            first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
            where = ".".join(str(p) for p in first["loc"]) or "source"
            line = _line_of(text, index, *first["loc"])
            got = "" if first["type"] == "missing" or not first["loc"] else f", got {first['input']!r}"
            raise RegistryError(
                f"{path}:{line}: source {entry.get('id', index + 1)!r}, {where}: {first['msg']}{got}"
            ) from error
    for position, source in enumerate(sources):
        if source.id in {s.id for s in sources[:position]}:
            raise RegistryError(f"{path}:{_line_of(text, position, 'id')}: source id {source.id!r} stands twice")
    return Registry(tuple(sources))


def _line_of(text: str, index: int, field: str | int = "", entry: str | int = "", *_: str | int) -> int:
    """Line (from 1) of a field in the ``index``-th source table, of an inline table in its list; the table's own line when missing."""
    headers = [m.start() for m in SOURCE_HEADER.finditer(text)]
    start = headers[index]
    end = headers[index + 1] if index + 1 < len(headers) else len(text)
    found = (
        re.compile(rf"^[ \t]*(?={re.escape(str(field))}\s*=)", re.MULTILINE).search(text, start, end) if field else None
    )
    at = found.end() if found else start + len(text[start:]) - len(text[start:].lstrip())
    if found and isinstance(entry, int):
        tables = [m.start() for m in INLINE_TABLE.finditer(text, at, end)]
        at = tables[entry] if entry < len(tables) else at
    return text.count("\n", 0, at) + 1
