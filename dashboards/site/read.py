"""The published file, read into one edition. Masking of the public tier is done here, once, before anything is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from dashboards.asking import Questions, Row
from dashboards.charts.figures import Place
from dashboards.charts.health import SourceNight
from dashboards.charts.timeline import Span
from dashboards.facts import happening_of, label_names, last_data_at, name_of, paper_of, public, read_emergencies
from dashboards.plain import safe_url
from dashboards.records import Voice
from dashboards.site.records import Claim, Edition, Report, Told, Town
from warehouse.query import QueryError
from warehouse.records import LIMA

LANGUAGES = ("es", "en")
_rows = Questions(Path(__file__).parent / "queries").rows
Rows = list[Row]


def read_edition(con: duckdb.DuckDBPyConnection, weeks: int) -> Edition:
    """Everything the site says of the last weeks.

    Args:
        con: the published file.
        weeks: how many, the last one known included.

    Raises:
        QueryError: the published file holds no night yet.
    """
    data_at = last_data_at(con)
    read = {r["week"]: r["documents_read"] for r in _rows(con, "weeks", count=weeks)}
    if data_at is None or not read:
        raise QueryError("the published file holds no night yet: run `chasqui nightly` first")
    first = min(read)
    about = {r["key"]: r["value"] for r in _rows(con, "about")}
    names = {code: label_names(con, code) for code in LANGUAGES}
    towns = _rows(con, "towns")
    last_known = max(read)
    return Edition(
        data_at=data_at,
        licence=about.get("licence") or "",
        cite=about.get("cite") or "",
        weeks=dict(sorted(read.items())),
        told=_told(con, first),
        redirects={r["event_id"]: r["now_id"] for r in _rows(con, "redirects", first=first)},
        spans=tuple(Span(r["first_day"], r["last_day"], _span_label(r)) for r in _rows(con, "spans", first=first)),
        in_force=read_emergencies(con, max(data_at.astimezone(LIMA).date(), last_known)),
        bills=tuple(paper_of(r) for r in _rows(con, "bills")),
        departments=_places(towns, 2, "department"),
        provinces=_places(towns, 4, "province"),
        towns={r["ubigeo"]: _town(r) for r in towns if r["latitude"] is not None},
        nights=tuple(SourceNight(name_of(r["source_name"]), r["night"], r["health"]) for r in _rows(con, "nights")),
        sector_names={code: sectors for code, (sectors, _) in names.items()},
        type_names={code: types for code, (_, types) in names.items()},
    )


def _told(con: duckdb.DuckDBPyConnection, first: date) -> tuple[Told, ...]:
    reports: dict[str, Rows] = defaultdict(list)
    for r in _rows(con, "reports", first=first):
        reports[r["event_id"]].append(r)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for r in _rows(con, "claims", first=first):
        claims[r["event_id"]].append(Claim(r["field"], r["value"], r["source_count"], r["is_chosen"]))
    return tuple(
        Told(
            event=happening_of(r, _voices(reports[r["event_id"]])),
            status=r["status"],
            norm=r["norm"],
            is_deed=r["is_deed"],
            reports=tuple(_report(p) for p in reports[r["event_id"]]),
            claims=tuple(claims[r["event_id"]]),
        )
        for r in _rows(con, "events", first=first)
    )


def _voices(reports: Rows) -> tuple[Voice, ...]:
    """An owner's first report stands for all of theirs."""
    by_voice: dict[str, Rows] = defaultdict(list)
    for r in reports:
        by_voice[r["voice"]].append(r)
    return tuple(
        Voice(name_of(told[0]["source_name"]), safe_url(told[0]["url"]), len(told) - 1) for told in by_voice.values()
    )


def _report(row: Row) -> Report:
    return Report(
        name_of(row["source_name"]),
        public(row["title"]),
        safe_url(row["url"]),
        row["published_at"],
        row["digest"],
    )


def _span_label(row: Row) -> str:
    return f"{row['norm']}: {', '.join(row['departments'])}"


def _places(towns: Sequence[Row], digits: int, name: str) -> tuple[Place, ...]:
    people: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for r in towns:
        code = r["ubigeo"][:digits]
        people[code] += r["population"] or 0
        names[code] = r[name] if digits == 2 else f"{r[name]}, {r['department']}"
    return tuple(Place(code, names[code], people[code] or None) for code in sorted(names))


def _town(row: Row) -> Town:
    parts = dict.fromkeys((row["district"], row["province"], row["department"]))
    return Town(", ".join(parts), row["latitude"], row["longitude"])
