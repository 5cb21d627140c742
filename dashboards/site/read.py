"""The published file, read into one edition. Masking of the public tier is done here, once, before anything is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from dashboards.charts.figures import Place
from dashboards.charts.health import SourceNight
from dashboards.charts.timeline import Span
from dashboards.digest.content import read_emergencies
from dashboards.digest.records import Happening, Paper, Voice
from dashboards.plain import clean, safe_url
from dashboards.public import public_text
from dashboards.site.records import Claim, Edition, Report, Told, Town
from warehouse.query import QueryError, ask
from warehouse.records import LIMA

QUERIES = Path(__file__).parent / "queries"
TITLE_LENGTH = 180
EVIDENCE_LENGTH = 300
NAME_LENGTH = 60
LANGUAGES = ("es", "en")
Rows = list[dict[str, Any]]


def read_edition(con: duckdb.DuckDBPyConnection, weeks: int) -> Edition:
    """Everything the site says of the last weeks.

    Args:
        con: the published file.
        weeks: how many, the last one known included.

    Raises:
        QueryError: the published file holds no night yet.
    """
    data_at = _rows(con, "last_night")[0]["data_at"]
    read = {r["week"]: r["documents_read"] for r in _rows(con, "weeks", count=weeks)}
    if data_at is None or not read:
        raise QueryError("the published file holds no night yet: run `chasqui nightly` first")
    first = min(read)
    about = {r["key"]: r["value"] for r in _rows(con, "about")}
    labels = _rows(con, "labels")
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
        bills=tuple(_paper(r) for r in _rows(con, "bills")),
        departments=_places(towns, 2, "department"),
        provinces=_places(towns, 4, "province"),
        towns={r["ubigeo"]: _town(r) for r in towns if r["latitude"] is not None},
        nights=tuple(
            SourceNight(clean(r["source_name"], NAME_LENGTH), r["night"], r["health"]) for r in _rows(con, "nights")
        ),
        sector_names={
            code: {r["label"]: r[f"name_{code}"] for r in labels if r["axis"] == "sector"} for code in LANGUAGES
        },
        type_names={
            code: {r["label"]: r[f"name_{code}"] for r in labels if r["axis"] == "event"} for code in LANGUAGES
        },
    )


@cache
def _sql(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def _rows(con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> Rows:
    answer = ask(con, _sql(name), parameters)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _told(con: duckdb.DuckDBPyConnection, first: date) -> tuple[Told, ...]:
    reports: dict[str, Rows] = defaultdict(list)
    for r in _rows(con, "reports", first=first):
        reports[r["event_id"]].append(r)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for r in _rows(con, "claims", first=first):
        claims[r["event_id"]].append(Claim(r["field"], r["value"], r["source_count"], r["is_chosen"]))
    return tuple(
        Told(
            event=_happening(r, reports[r["event_id"]]),
            status=r["status"],
            norm=r["norm"],
            is_deed=r["is_deed"],
            reports=tuple(_report(p) for p in reports[r["event_id"]]),
            claims=tuple(claims[r["event_id"]]),
        )
        for r in _rows(con, "events", first=first)
    )


def _happening(row: dict[str, Any], reports: Rows) -> Happening:
    same = """event_id primary_type date date_precision week ubigeo department province district killed wounded amount_pen period
        is_disputed document_count""".split()
    return Happening(
        **{name: row[name] for name in same},
        types=tuple(row["types"]),
        sectors=tuple(row["sectors"]),
        reported_on=row["first_reported_on"],
        title=_public(row["title"], TITLE_LENGTH),
        evidence=_public(row["evidence"] or "", EVIDENCE_LENGTH),
        voices=_voices(reports),
    )


def _voices(reports: Rows) -> tuple[Voice, ...]:
    """An owner's first report stands for all of theirs."""
    by_voice: dict[str, Rows] = defaultdict(list)
    for r in reports:
        by_voice[r["voice"]].append(r)
    return tuple(
        Voice(clean(told[0]["source_name"], NAME_LENGTH), safe_url(told[0]["url"]), len(told) - 1)
        for told in by_voice.values()
    )


def _report(row: dict[str, Any]) -> Report:
    return Report(
        clean(row["source_name"], NAME_LENGTH),
        _public(row["title"] or "", TITLE_LENGTH),
        safe_url(row["url"]),
        row["published_at"],
        row["digest"],
    )


def _paper(row: dict[str, Any]) -> Paper:
    return Paper(
        number=row["number"],
        title=_public(row["title"], TITLE_LENGTH),
        day=row["day"],
        url=safe_url(row["url"]),
        source_name=clean(row["source_name"], NAME_LENGTH),
        state=clean(row["state"], NAME_LENGTH) if row["state"] else None,
    )


def _public(text: str, limit: int) -> str:
    return clean(public_text(text), limit)


def _span_label(row: dict[str, Any]) -> str:
    return f"{row['norm']}: {', '.join(row['departments'])}"


def _places(towns: Sequence[dict[str, Any]], digits: int, name: str) -> tuple[Place, ...]:
    people: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for r in towns:
        code = r["ubigeo"][:digits]
        people[code] += r["population"] or 0
        names[code] = r[name] if digits == 2 else f"{r[name]}, {r['department']}"
    return tuple(Place(code, names[code], people[code] or None) for code in sorted(names))


def _town(row: dict[str, Any]) -> Town:
    parts = dict.fromkeys((row["district"], row["province"], row["department"]))
    return Town(", ".join(parts), row["latitude"], row["longitude"])
