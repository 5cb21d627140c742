"""What crosses between the parent and a crawling child: the job it is given, the lines it writes.

The child writes JSON lines as things happen, each after the archived bytes it speaks of are on the disk. Whatever it wrote
counts, however it ended; what it did not write never happened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from spiders.registry import Source, WayKind

LONGEST_CRAWL_DELAY_S = 30.0  # a robots.txt that asks for more would turn one night into a week

Phase = Literal["discover", "fetch"]
LineKind = Literal["exchange", "found", "item", "way", "closed"]


class Request(BaseModel):
    """One address to ask for; ``etag`` and ``last_modified`` make it conditional."""

    model_config = ConfigDict(frozen=True)
    url: str
    way: WayKind | Literal["article"]
    etag: str | None = None
    last_modified: str | None = None
    pages: int | None = None  # of a list without end: how many to read
    known: dict[str, str] = {}  # digests of items whose whole content the list brings; what has not changed is not kept


class Politeness(BaseModel):
    """Limits of one child. Seconds and bytes."""

    model_config = ConfigDict(frozen=True)
    user_agent: str
    delay_s: float | None = None  # overrides the source's own; only ever shortened against the newsroom
    timeout_s: float = 60
    job_timeout_s: float = 3600
    maximum_bytes: int = 20_000_000
    maximum_list_pages: int = 20
    retry_times: int = 2
    longest_retry_after_s: float = 60
    allow_loopback: bool = False  # the newsroom lives there; no live source does


class Job(BaseModel):
    """All that one child needs to know."""

    model_config = ConfigDict(frozen=True)
    run_id: str
    phase: Phase
    source: Source
    requests: tuple[Request, ...]
    politeness: Politeness
    archive: Path
    hosts: Path  # when each host may be asked again, shared with every other child
    log: Path


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request's end, as a child's line says it. ``error`` is a named reason; None with any HTTP status that came."""

    url: str
    way: str
    fetched_at: str
    final_url: str
    status: int | None = None
    content_type: str | None = None
    body_bytes: int = 0
    digest: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    error: str | None = None


def read_log(path: Path) -> Iterator[dict[str, Any]]:
    """Lines of a child's log; a half-written last line is left out."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.endswith("\n"):
                yield json.loads(line)


def as_line(kind: LineKind, **fields: object) -> str:
    """One line of the log."""
    values = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in fields.items()}
    return json.dumps({"kind": kind, **values}, ensure_ascii=False) + "\n"
