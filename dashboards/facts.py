"""Single facts read from the published file as the public may see them: cleaned, masked, with addresses that are safe.

Here: one row into one record, what is in force, what things are called. Not here: which events or papers a mail or a page is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import duckdb

from dashboards.asking import Questions, Row
from dashboards.plain import clean, safe_url
from dashboards.public import public_text
from dashboards.records import Emergency, Happening, Paper, Voice

QUESTIONS = Questions(Path(__file__).parent / "queries")
TITLE_LENGTH = 180
PAPER_LENGTH = 300  # what a law is about often stands at the end of its title
EVIDENCE_LENGTH = 300
NAME_LENGTH = 60
AS_IT_IS = """event_id primary_type date date_precision week ubigeo department province district killed wounded amount_pen period
    is_disputed document_count""".split()


def last_data_at(con: duckdb.DuckDBPyConnection) -> datetime | None:
    """When the night behind the file ended; None: it holds none."""
    return QUESTIONS.rows(con, "last_night")[0]["data_at"]


def label_names(con: duckdb.DuckDBPyConnection, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """What sectors and event types are called, in the taxonomy's order."""
    labels = QUESTIONS.rows(con, "labels")
    sectors, types = (
        {r["label"]: r[f"name_{language}"] for r in labels if r["axis"] == axis} for axis in ("sector", "event")
    )
    return sectors, types


def happening_of(row: Row, voices: Sequence[Voice]) -> Happening:
    """An event, told by voices."""
    return Happening(
        **{name: row[name] for name in AS_IT_IS},
        types=tuple(row["types"]),
        sectors=tuple(row["sectors"]),
        reported_on=row["first_reported_on"],
        title=public(row["title"]),
        evidence=public(row["evidence"], EVIDENCE_LENGTH),
        voices=tuple(voices),
    )


def paper_of(row: Row) -> Paper:
    """A norm or a bill."""
    return Paper(
        number=row["number"],
        title=public(_unnumbered(row["title"], row["number"]), PAPER_LENGTH),
        day=row["day"],
        url=safe_url(row["url"]),
        source_name=name_of(row["source_name"]) if row["source_name"] else None,
        stage=row.get("stage"),
        state=clean(row["state"], NAME_LENGTH) if row.get("state") else None,
        former_number=row.get("former_number"),
        is_by_list=bool(row.get("is_by_list")),
    )


def read_emergencies(con: duckdb.DuckDBPyConnection, day: date, regions: Sequence[str] = ()) -> tuple[Emergency, ...]:
    """Emergencies in force on a day, in regions or everywhere, the first to end first."""
    grouped: dict[tuple[date, str, bool, str | None, str | None], list[tuple[str, str | None, str | None]]] = {}
    for r in QUESTIONS.rows(con, "emergencies", day=day, regions=list(regions)):
        key = (r["last_day"], r["norm"], r["coverage"] == "part", r["cause"], safe_url(r["url"]))
        grouped.setdefault(key, []).append((r["department"], r["province"], r["district"]))
    return tuple(
        Emergency(norm, last_day, is_part, cause, tuple(places), url)
        for (last_day, norm, is_part, cause, url), places in grouped.items()
    )


def public(text: str | None, limit: int = TITLE_LENGTH) -> str:
    """Other people's words as the public may read them."""
    return clean(public_text(text or ""), limit)


def _unnumbered(title: str | None, number: str | None) -> str:
    """A paper's title without the number that stands before it anyway: not "Ley 1: Ley N° 1: Ley que …"."""
    head, colon, rest = (title or "").partition(": ")
    return rest if colon and number and number.partition(" ")[2] in head else head + colon + rest


def name_of(source: str) -> str:
    """What a source is called."""
    return clean(source, NAME_LENGTH)
