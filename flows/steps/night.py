"""What the steps of one run share: its id, its paths, its settings, what it reports."""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from flows.progress import PlainReporter, RichReporter
from flows.settings import Home, Settings
from spiders.crawl.job import Politeness
from spiders.registry import Registry, Source, load_registry
from spiders.urls import canonical_url, document_id, host_of
from warehouse.ingest import Judged
from warehouse.ops import Ops
from warehouse.records import Outcome

Wrap = Callable[[str, Callable[..., Any]], Callable[..., Any]]  # makes a step a task of whatever runs it
Reporter = PlainReporter | RichReporter
Say = Callable[[str], None]  # takes a line for the log


class BusyError(Exception):
    """Another run is at work on the same home."""


@dataclass(slots=True)
class Night:
    """One run of poll or nightly."""

    run_id: str
    settings: Settings
    home: Home
    registry: Registry
    reporter: Reporter
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """``poll`` or ``nightly``, as the run's id says."""
        return self.run_id.split("-")[1]

    @property
    def politeness(self) -> Politeness:
        """The settings' limits for crawling children."""
        s = self.settings
        return Politeness(
            user_agent=s.user_agent,
            delay_s=s.delay_s,
            timeout_s=s.request_timeout_s,
            job_timeout_s=s.source_timeout_s,
            allow_loopback=s.allow_loopback,
        )

    def ops(self) -> Ops:
        """A connection to the operational state; close it (or use ``with``)."""
        return Ops(self.home.ops)


def plain(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The step itself, a task of nobody."""
    del name
    return function


def new_night(settings: Settings, reporter: Reporter, kind: str) -> Night:
    """A run with a new id: its start in UTC, sortable, with the kind and a random end behind it."""
    Home(settings.home).make()
    return replace(night_without_sources(settings, reporter, kind), registry=load_registry(settings.sources))


def night_without_sources(settings: Settings, reporter: Reporter, kind: str) -> Night:
    """A run that asks nobody anything."""
    started = datetime.now(UTC)
    # random: two polls of one process may begin within a second, and a clock set back repeats itself
    run_id = f"{started:%Y%m%dT%H%M%S}-{kind}-{secrets.token_hex(4)}"
    return Night(run_id, settings, Home(settings.home), Registry(()), reporter, started)


@contextmanager
def only_one(home: Home, name: str, wait_s: float = 0) -> Iterator[None]:
    """Hold the lock of a kind of run. The kernel frees it when the process dies, so no lock is ever stale.

    Raises:
        BusyError: another process still holds it after ``wait_s`` seconds.
    """
    path = home.lock.with_name(f"{name}.lock")
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        deadline = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise BusyError(f"another {name} run is at work in {home.root}") from error
                time.sleep(0.5)
            else:
                break
        yield
    finally:
        os.close(descriptor)


def judge_url(source: Source, url: str, forgotten: frozenset[str] = frozenset()) -> Judged:
    """What is thought of an address that a list of the source names; ``forgotten`` pages (ids) are passed over.

    A host that folds to a registered one (``m.``, ``amp.``) is asked for in its canonical form.
    """
    try:
        canonical = canonical_url(url, source.mirrors)
    except ValueError:
        return Judged(None, url, Outcome.NOT_ARTICLE, "bad_address")
    if document_id(canonical) in forgotten:
        return Judged(canonical, url, is_forgotten=True)
    ask = url if host_of(url) in source.registered_hosts else canonical
    if host_of(ask) not in source.registered_hosts:
        return Judged(canonical, url, Outcome.OFF_REGISTRY, "off_registry")
    if not source.is_article(url) and not source.is_article(canonical):
        return Judged(canonical, url, Outcome.NOT_ARTICLE, "url_pattern")
    return Judged(canonical, ask)
