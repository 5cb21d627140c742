"""What one group's digest says of one week, read from the published file alone.

Belongs here: asking, choosing, ordering. Not here: words (``words``), form (``render``), recipients (``groups``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb

from dashboards.asking import Questions, Row
from dashboards.digest.groups import Group
from dashboards.digest.records import Change, Content, SourceState, WeekCount
from dashboards.facts import happening_of, label_names, last_data_at, name_of, paper_of, read_emergencies
from dashboards.plain import safe_url
from dashboards.records import Happening, Names, Paper, Voice
from dashboards.weeks import Week
from warehouse.query import QueryError
from warehouse.records import LIMA

QUESTIONS = Questions(Path(__file__).parent / "queries")
WEEKS = 12
AGAINST_CRIME = frozenset({"crime", None})  # None: nobody says why, so it may well be


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when news about earlier weeks is news: since the last digest, until this one."""

    since: datetime
    until: datetime


def usual_window(group: Group, week: Week) -> Window:
    """From one sending to the next, a week after the week's own end."""
    return Window(week.at(group.day, group.hour), week.plus(1).at(group.day, group.hour))


def read_content(con: duckdb.DuckDBPyConnection, group: Group, week: Week, window: Window | None = None) -> Content:
    """Everything the digest says.

    Raises:
        QueryError: the published file holds no night yet.
    """
    window = window or usual_window(group, week)
    chosen = {"sectors": list(group.sectors), "types": list(group.event_types), "regions": list(group.regions)}
    data_at = last_data_at(con)
    if data_at is None:
        raise QueryError("the published file holds no night yet: run `chasqui nightly` first")
    is_known = bool(QUESTIONS.rows(con, "known_before", at=window.since)[0]["is_known"])
    first = week.plus(1 - WEEKS)
    found = QUESTIONS.rows(con, "events", **chosen, first=first.monday, last=week.monday)
    ours = [r for r in found if r["is_in_region"] and r["status"] == "happened"]
    this_week = [r for r in ours if r["week"] == week.monday]
    planned = [r for r in found if r["is_in_region"] and r["status"] == "planned" and _is_ahead(r, week, window)]
    late = [r for r in ours if r["week"] < week.monday and _is_late(r, week, window, is_known=is_known)]
    voices = _voices(con, [r["event_id"] for r in (*this_week, *planned, *late)])
    changes = QUESTIONS.rows(con, "changes", **chosen, since=window.since, until=window.until, week=week.monday)
    health = QUESTIONS.rows(con, "health")
    in_force = read_emergencies(con, week.plus(1).monday, chosen["regions"])
    paper = {"sectors": chosen["sectors"], "week": week.monday}
    return Content(
        group=group,
        week=week,
        names=_names(con, group.language),
        data_at=data_at,
        events=_worst_first(this_week, voices),
        late=_worst_first(late, voices),
        planned=_worst_first(planned, voices),
        unplaced=sum(
            r["is_in_region"] is None and r["week"] == week.monday and r["status"] == "happened" for r in found
        ),
        weeks=_weeks(con, ours, first, week),
        departments=tuple(sorted(Counter(r["ubigeo"][:2] for r in ours if r["ubigeo"]).items())),
        laws=tuple(paper_of(r) for r in QUESTIONS.rows(con, "laws", **paper, regions=chosen["regions"])),
        bills=_bills(con, paper, window, is_known=is_known) if group.has_bills else (),
        emergencies=tuple(e for e in in_force if e.cause in AGAINST_CRIME),
        other_emergencies=tuple(e for e in in_force if e.cause not in AGAINST_CRIME),
        changes=tuple(_change(r) for r in changes if r["reason"] != "model"),
        model_changes=len({r["event_id"] for r in changes if r["reason"] == "model"}),
        unwell=tuple(
            SourceState(name_of(r["source_name"]), r["health"], r["newest_item_at"], r["unwell_since"])
            for r in health
            if r["health"] != "healthy"
        ),
        sources=len(health),
    )


def _names(con: duckdb.DuckDBPyConnection, language: str) -> Names:
    sectors, types = label_names(con, language)
    return Names(sectors, types, {r["code"]: r["name"] for r in QUESTIONS.rows(con, "places")})


def _is_late(row: Row, week: Week, window: Window, *, is_known: bool) -> bool:
    """Whether an event of an earlier week came to be known only now: told only now, or read only now."""
    known = row["known_since"]
    if is_known and known is not None:
        return window.since <= known < window.until  # else the last digest could tell it, or the next one will
    reported = row["first_reported_on"]
    return reported is not None and week.monday <= reported <= week.sunday


def _is_ahead(row: Row, week: Week, window: Window) -> bool:
    """Whether what was announced is still to come when it is told; what has no day is told in the week of its report."""
    today = window.until.astimezone(LIMA).date()
    if row["last_day"] is None:
        return row["week"] == week.monday
    reported = row["first_reported_on"]
    return row["last_day"] >= today and (reported is None or reported <= today)


def _voices(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> dict[str, list[Voice]]:
    found: dict[str, list[Voice]] = {}
    if ids:
        for r in QUESTIONS.rows(con, "sources", ids=list(ids)):
            voice = Voice(name_of(r["source_name"]), safe_url(r["url"]), r["documents"] - 1)
            found.setdefault(r["event_id"], []).append(voice)
    return found


def _worst_first(rows: Iterable[Row], voices: dict[str, list[Voice]]) -> tuple[Happening, ...]:
    """The dead, the wounded, the gravity of the type, the voices; then by day."""
    ordered = sorted(
        rows,
        key=lambda r: (
            -(r["killed"] or 0),
            -(r["wounded"] or 0),
            r["position"],
            -r["source_count"],
            r["date"] or r["first_reported_on"] or date.max,
            r["event_id"],
        ),
    )
    return tuple(happening_of(r, voices.get(r["event_id"], ())) for r in ordered)


def _weeks(con: duckdb.DuckDBPyConnection, rows: Iterable[Row], first: Week, last: Week) -> tuple[WeekCount, ...]:
    events: Counter[date] = Counter()
    killed: Counter[date] = Counter()
    for r in rows:
        events[r["week"]] += 1
        killed[r["week"]] += r["killed"] or 0
    read = {r["week"]: r for r in QUESTIONS.rows(con, "reading", first=first.monday, last=last.monday)}
    mondays = [first.monday + timedelta(weeks=n) for n in range(WEEKS)]
    nothing = {"documents": 0, "is_read": False}
    reading = [(m, read.get(m, nothing)) for m in mondays]
    return tuple(WeekCount(m, events[m] if r["is_read"] else None, killed[m], r["documents"]) for m, r in reading)


def _bills(
    con: duckdb.DuckDBPyConnection, paper: dict[str, object], window: Window, *, is_known: bool
) -> tuple[Paper, ...]:
    """Those whose state is news, from the list of Congress; then those that only the press tells of."""
    asked = paper | {"since": window.since, "until": window.until, "is_known": is_known}
    moved = [paper_of(r) for r in QUESTIONS.rows(con, "bills_moved", **asked)]
    numbers = {p.number for p in moved}
    told = [paper_of(r) for r in QUESTIONS.rows(con, "bills", **paper)]
    return (*moved, *(p for p in told if p.number is None or p.number not in numbers))


def _change(row: Row) -> Change:
    same = "change before after primary_type date week department province district".split()
    return Change(**{name: row[name] for name in same})
