"""What is out of the ordinary: the first event of a type in a district for long, or a week outside its usual band.

Belongs here: judging. Not here: whether a group wants alerts, has been told, or had one today (flows and the outbox).
What has not been read for long enough is no ground for an alert: a first reading would find everything new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

import duckdb

from dashboards.digest.content import QUESTIONS
from dashboards.digest.groups import Group
from dashboards.digest.records import Content
from dashboards.language import tongue

QUIET_DAYS = 90
NEW_DAYS = 3  # a report may be read days after the event
BAND_WEEKS = 11  # the chart's weeks before this one
SPREAD = 2.0  # counts of rare things scatter like the root of their mean; two of these leave out few by chance
LEAST = 3  # a rise to fewer is no wave


@dataclass(frozen=True, slots=True)
class Alert:
    """One reason; ``key`` is the same each day for the same reason."""

    key: str
    text: str


def find_alerts(con: duckdb.DuckDBPyConnection, content: Content, today: date) -> list[Alert]:
    """All reasons of a day for a group.

    Args:
        con: the published file.
        content: the group's digest of the week up to ``today``.
        today: the day of the alert.
    """
    return [*_firsts(con, content, today), *_week(content)]


def _firsts(con: duckdb.DuckDBPyConnection, content: Content, today: date) -> list[Alert]:
    t = tongue(content.group.language)
    chosen = _chosen(content.group)
    found = QUESTIONS.rows(con, "alert_first", **chosen, today=today, quiet_days=QUIET_DAYS, new_days=NEW_DAYS)
    names = content.names
    return [
        Alert(
            f"first/{r['event_type']}/{r['event_id']}",
            t.say(
                "{type} en {place}: no constaba ninguno en {days} días.",
                type=names.types[r["event_type"]],
                place=names.places.get(r["ubigeo"], r["ubigeo"]),
                days=QUIET_DAYS,
            ),
        )
        for r in found
    ]


def _week(content: Content) -> list[Alert]:
    before = [w.events for w in content.weeks[:-1] if w.events is not None]
    now = len(content.events)
    if len(before) < BAND_WEEKS or not is_outside(before, now):
        return []
    t = tongue(content.group.language)
    text = t.say(
        "Semana fuera de lo habitual: {now} hechos; en las {weeks} anteriores, {usual} por semana.",
        now=t.number(now),
        weeks=len(before),
        usual=t.number(sum(before) / len(before)),
    )
    return [Alert(f"week/{content.week}", text)]


def is_outside(before: Sequence[int], now: int) -> bool:
    """Whether a week's count lies above the band of the weeks before; below it a week that is not over says nothing."""
    mean = sum(before) / len(before)
    return now >= LEAST and now > max(before) and now > mean + SPREAD * sqrt(max(mean, 1))


def _chosen(group: Group) -> dict[str, object]:
    return {"sectors": list(group.sectors), "types": list(group.event_types), "regions": list(group.regions)}
