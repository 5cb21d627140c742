"""Groups: who gets a digest, of what, in which language, when. Data of the operator (``groups.toml``), checked here.

Not here: what the mail says (content), or that an address has unsubscribed (the outbox). Recipients stand in files or in
the environment, never in the groups' file, which may lie in a repository.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dashboards.plain import clean

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")

Language = Literal["es", "en"]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class GroupsError(ValueError):
    """The groups' file is wrong; the message names the group, the field and the value."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a group may name. ``region_code`` turns a name or code into a UBIGEO prefix, or raises ValueError."""

    sectors: Sequence[str]
    event_types: Sequence[str]
    region_code: Callable[[str], str]


class _Entry(BaseModel):
    """A group as written in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str = Field(min_length=3, max_length=80)
    language: Language = "es"
    sectors: list[str] = []
    event_types: list[str] = []
    regions: list[str] = []
    recipients_file: str | None = None
    recipients_env: str | None = None
    day: Day = "monday"
    hour: int = Field(7, ge=0, le=23)
    csv: bool = False
    bills: bool = True
    alerts: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A group, checked. Empty sectors, event types or regions mean all of them."""

    id: str
    name: str
    language: Language
    sectors: tuple[str, ...]
    event_types: tuple[str, ...]
    regions: tuple[str, ...]  # UBIGEO prefixes
    region_names: tuple[str, ...]  # as written, for people
    day: int
    hour: int
    has_csv: bool
    has_bills: bool
    has_alerts: bool
    recipients_file: Path | None
    recipients_env: str | None

    def recipients(self, environment: Mapping[str, str] | None = None) -> list[str]:
        """Addresses, each once, in the order in which they stand.

        Raises:
            GroupsError: nowhere to read them from, or a line that is no address.
        """
        if self.recipients_file is not None:
            try:
                text = self.recipients_file.read_text(encoding="utf-8")
            except OSError as error:
                raise GroupsError(f"group {self.id!r}: {self.recipients_file}: {error.strerror}") from error
        elif self.recipients_env is not None:
            text = (os.environ if environment is None else environment).get(self.recipients_env, "")
            text = text.replace(",", "\n").replace(";", "\n")
            if not text.strip():
                raise GroupsError(f"group {self.id!r}: the environment has no {self.recipients_env}")
        else:
            return []
        lines = [line.partition("#")[0].strip() for line in text.splitlines()]
        return list({a.lower(): a for a in (self._address(line) for line in lines if line)}.values())

    def _address(self, text: str) -> str:
        local, _, domain = text.rpartition("@")
        try:
            plain = f"{local}@{domain.encode('idna').decode()}"
        except UnicodeError as error:
            raise GroupsError(f"group {self.id!r}: {text!r} is no mail address") from error
        if not ADDRESS.fullmatch(plain):
            raise GroupsError(f"group {self.id!r}: {text!r} is no mail address")
        return plain


def load_groups(path: Path, vocabulary: Vocabulary) -> list[Group]:
    """Read and check the groups' file.

    Raises:
        GroupsError: missing, not TOML, or an entry that is wrong.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise GroupsError(f"{path} is not there: copy groups.example.toml and fill it in") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GroupsError(f"{path}: {error}") from error
    entries = raw.pop("group", [])
    if raw or not isinstance(entries, list):
        raise GroupsError(f"{path}: only [[group]] entries are known, got {', '.join(sorted(raw)) or 'another form'}")
    groups = [_checked(entry, path, vocabulary) for entry in entries]
    seen: set[str] = set()
    for group in groups:
        if group.id in seen:
            raise GroupsError(f"{path}: group {group.id!r} stands there twice")
        seen.add(group.id)
    return groups


def _checked(raw: object, path: Path, vocabulary: Vocabulary) -> Group:
    name = raw.get("id", "?") if isinstance(raw, dict) else "?"
    try:
        entry = _Entry.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise GroupsError(f"{path}: group {name!r}: {field}: {first['msg']}, got {first.get('input')!r}") from error
    where = f"{path}: group {entry.id!r}"
    if not SLUG.fullmatch(entry.id) or entry.id == "operator":
        raise GroupsError(f"{where}: id must be small letters, digits and hyphens, at most 40, and not 'operator'")
    _all_known(where, "sectors", entry.sectors, vocabulary.sectors)
    _all_known(where, "event_types", entry.event_types, vocabulary.event_types)
    try:
        regions = tuple(vocabulary.region_code(r) for r in entry.regions)
    except ValueError as error:
        raise GroupsError(f"{where}: regions: {error}") from error
    if entry.recipients_file and entry.recipients_env:
        raise GroupsError(f"{where}: recipients_file or recipients_env, not both")
    return Group(
        id=entry.id,
        name=clean(entry.name, 80),
        language=entry.language,
        sectors=tuple(entry.sectors),
        event_types=tuple(entry.event_types),
        regions=regions,
        region_names=tuple(entry.regions),
        day=DAYS.index(entry.day),
        hour=entry.hour,
        has_csv=entry.csv,
        has_bills=entry.bills,
        has_alerts=entry.alerts,
        recipients_file=path.parent / entry.recipients_file if entry.recipients_file else None,
        recipients_env=entry.recipients_env,
    )


def _all_known(where: str, field: str, values: Sequence[str], known: Sequence[str]) -> None:
    for value in values:
        if value not in known:
            raise GroupsError(f"{where}: {field}: {value!r} is none of {', '.join(known)}")
