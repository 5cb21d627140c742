"""What all sites share while they are served: the clock, the addresses, the templates, the log of requests.

Not here: what a site answers (``sites``), or how it goes wrong (``faults``).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.newsroom.data import LIMA

WEEKDAYS: Sequence[str] = "lunes martes miércoles jueves viernes sábado domingo".split()
MONTHS: Sequence[str] = (
    "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre".split()
)
ENGLISH_MONTHS: Sequence[str] = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as a site received it, and what it got."""

    method: str
    site: str  # id of the site, "decoy" or "admin"
    host: str  # as bound: 127.0.0.1 and port
    path: str  # with its query
    status: int
    user_agent: str
    conditional: bool
    fault: str | None = None


@dataclass
class Web:
    """The state of one running newsroom. Changed from the test's thread, read from the server's."""

    now: datetime
    bases: dict[str, str] = field(default_factory=dict)  # site id -> http://127.0.0.1:port
    mirrors: dict[str, list[str]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def templates(self) -> Environment:
        """Jinja with everything escaped; what has no value is a mistake, not an empty string."""
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {
            "spanish_date": spanish_date,
            "english_date": english_date,
            "rfc822": rfc822,
            "slashed": lambda at: f"{at.astimezone(LIMA):%d/%m/%Y}",
            "clock": lambda at: f"{at.astimezone(LIMA):%H:%M}",
        }
        return environment

    def write(self, request: Seen) -> None:
        """Log one request."""
        with self.lock:
            self.seen.append(request)


def end_of(day: date | datetime) -> datetime:
    """The instant a day stands for: its last second in Lima; an instant stands for itself."""
    return day if isinstance(day, datetime) else datetime.combine(day, time(23, 59, 59), LIMA)


def spanish_date(at: datetime) -> str:
    """``5 de octubre de 2026``."""
    local = at.astimezone(LIMA)
    return f"{local.day} de {MONTHS[local.month - 1]} de {local.year}"


def english_date(at: datetime) -> str:
    """``October 5, 2026``."""
    local = at.astimezone(LIMA)
    return f"{ENGLISH_MONTHS[local.month - 1]} {local.day}, {local.year}"


def rfc822(at: datetime) -> str:
    """A date as RSS wants it, in English whatever the locale."""
    local = at.astimezone(LIMA)
    day = "Mon Tue Wed Thu Fri Sat Sun".split()[local.weekday()]
    month = ENGLISH_MONTHS[local.month - 1][:3]
    return f"{day}, {local.day:02d} {month} {local:%Y %H:%M:%S} -0500"
