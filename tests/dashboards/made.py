"""A published file with the rows a test names, made as the night makes it: a writer filled, then published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from types import MappingProxyType

import duckdb
import pyarrow as pa

from dashboards.digest.groups import Group
from models.taxonomy import load as load_taxonomy
from warehouse.batch import BILLS, bill_rows, write_parquet
from warehouse.bills import load_bills, replace_bill_states
from warehouse.load import replace_districts, replace_labels
from warehouse.publish import publish
from warehouse.records import Bill
from warehouse.store import open_warehouse

MONDAY = date(2026, 10, 19)
NIGHT = datetime(2026, 10, 26, 9, tzinfo=UTC)
DISTRICTS = [
    ("150101", "Lima", "Lima", "Lima"),
    ("150110", "Lima", "Lima", "Comas"),
    ("070101", "Callao", "Callao", "Callao"),
    ("130101", "La Libertad", "Trujillo", "Trujillo"),
    ("131201", "La Libertad", "Virú", "Virú"),
]


@dataclass(frozen=True, slots=True)
class Told:
    """One event with one report a source."""

    id: str
    types: tuple[str, ...] = ("extortion",)
    sectors: tuple[str, ...] = ("transport",)
    day: date | None = MONDAY
    week: date = MONDAY
    reported: date | None = MONDAY
    ubigeo: str | None = "150110"
    killed: int | None = None
    wounded: int | None = None
    amount: float | None = None
    status: str = "happened"
    title: str = "Atacan una combi en Comas"
    evidence: str = "Dispararon contra la combi."
    sources: tuple[str, ...] = ("uno",)
    url: str = "https://uno.pe/nota"
    said_at: datetime = NIGHT
    kind: str = "article"  # of the reports
    norm: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A bill as the list of Congress gave it on one night, with the labels of its text."""

    bill: Bill
    seen_at: datetime
    sectors: tuple[str, ...] = ()
    events: tuple[str, ...] = ("extortion",)


def group(**changes: object) -> Group:
    """Transport in all Peru, unless said otherwise."""
    values: dict[str, object] = {
        "id": "transporte",
        "name": "Transportistas",
        "language": "es",
        "sectors": ("transport",),
        "event_types": (),
        "regions": (),
        "region_names": (),
        "day": 0,
        "hour": 7,
        "has_csv": False,
        "has_bills": True,
        "has_alerts": False,
        "recipients_file": None,
        "recipients_env": None,
    }
    return Group(**values | changes)  # type: ignore[arg-type]


def publish_events(
    path: Path,
    events: Sequence[Told] = (),
    *,
    changes: Sequence[tuple[object, ...]] = (),
    sources: Sequence[tuple[str, str]] = (("uno", "healthy"), ("dos", "healthy")),
    reading_weeks: int = 12,
    nights: Sequence[datetime] = (NIGHT,),
    emergencies: Sequence[tuple[str, date, date, str]] = (),
    causes: Mapping[str, str] = MappingProxyType({}),
    bills: Sequence[Listed] = (),
) -> Path:
    """Publish events.

    Args:
        path: of the published file.
        events: what happened.
        changes: rows of the ledger.
        sources: (id, health on the last night).
        reading_weeks: for how many weeks up to MONDAY's something was read, each week as many documents as there are events.
        nights: when the nights ended, oldest first.
        emergencies: (number, first day, last day, ubigeo).
        causes: of emergencies, by number; crime unless said.
        bills: of Congress.
    """
    taxonomy = load_taxonomy()
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = Rows()
    for source, health in sources:
        rows.add("sources", source_id=source, source_name=source.title(), kind="press", language="es")
        for n, at in enumerate(nights):
            rows.add("source_nights", run_id=f"r{n}", source_id=source, requests=1, listed=1, new=1, failed=0,
                     newest_item_at=at - timedelta(days=5), health=health)  # fmt: skip
    for n, at in enumerate(nights):
        rows.add("runs", run_id=f"r{n}", started_at=at, finished_at=at, model="m-1")
    for week, n in product(range(reading_weeks), range(max(1, len(events)))):
        day = MONDAY - timedelta(weeks=week)
        rows.document(f"filler{week}-{n}", "uno", "Otra nota", f"https://uno.pe/{week}/{n}", day)
    for event in events:
        rows.event(event)
    for n, (number, first, last, ubigeo) in enumerate(emergencies):
        rows.document(f"norm{n}", "uno", number, f"https://gaceta.pe/{n}", first, kind="norm")
        rows.add("norms", norm_id=f"n{n}", document_id=f"norm{n}", position=0, kind="DS", number=number, action="declares",
                 subject="state_of_emergency", published_on=first, starts_on=first, ends_on=last, earlier=[], cause=causes.get(number, "crime"))  # fmt: skip
        rows.add("norm_territories", norm_id=f"n{n}", ubigeo=ubigeo, coverage="whole")
    with open_warehouse(path.with_name("writer.duckdb")) as con:
        labels = (*taxonomy.sectors, *taxonomy.events)
        replace_labels(con, [(e.axis, e.id, n, e.es, e.en) for n, e in enumerate(labels, start=1)])
        columns = len(con.execute("DESCRIBE districts").fetchall())
        replace_districts(con, [(*d, *[None] * (columns - len(d))) for d in DISTRICTS])
        for listed in bills:
            rows.listed(listed)
        rows.insert(con)
        if bills:
            write_parquet(path.with_name("bills.parquet"), BILLS, bill_rows((b.bill, b.seen_at) for b in bills))
            load_bills(con, path.with_name("bills.parquet"))
            replace_bill_states(con)
        for change in changes:
            con.execute("INSERT INTO event_changes VALUES (?, ?, ?, ?, ?, ?, ?)", list(change))
        publish(con, path)
    return path


class Rows:
    """Rows by table, put in all at once; a column that is not named stays empty."""

    def __init__(self) -> None:
        self._tables: dict[str, list[dict[str, object]]] = {}

    def add(self, table: str, **values: object) -> None:
        self._tables.setdefault(table, []).append(values)

    def insert(self, con: duckdb.DuckDBPyConnection) -> None:
        for table, rows in self._tables.items():
            con.register("rows", pa.Table.from_pylist(rows))
            con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")
            con.unregister("rows")

    def document(self, document_id: str, source: str, title: str, url: str, day: date, kind: str = "article") -> None:
        at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
        self.add("documents", document_id=document_id, source_id=source, url=url, canonical_url=url, kind=kind, title=title, title_masked=title, text="",
                 published_at=at, published_on=day, published_precision="instant", minhash=b"", fetched_at=at, text_hash=document_id, is_teaser=False, version=1,
                 model="m-1")  # fmt: skip

    def listed(self, listed: Listed) -> None:
        bill = listed.bill
        if any(d["document_id"] == bill.document_id for d in self._tables["documents"]):
            return  # the same bill on another night
        url = f"https://congreso.pe/{bill.number}"
        self.document(
            bill.document_id,
            "uno",
            f"Proyecto de Ley {bill.printed_number}: {bill.title}",
            url,
            listed.seen_at.date(),
            "bill",
        )
        for axis, labels in (("sector", listed.sectors), ("event", listed.events)):
            for label in labels:
                self.add(
                    "document_labels", document_id=bill.document_id, axis=axis, label=label, probability=0.9, band="yes"
                )

    def event(self, e: Told) -> None:
        place = next((d for d in DISTRICTS if d[0] == e.ubigeo), None)
        department, province, district = place[1:] if place else (None, None, None)
        precision = "district" if place else "unknown"
        same = {
            "event_id": e.id, "primary_type": e.types[0], "status": e.status, "date": e.day, "date_precision": "day" if e.day else "unknown",
            "week": e.week, "ubigeo": e.ubigeo, "department": department, "province": province, "district": district, "place_precision": precision,
            "killed": e.killed, "wounded": e.wounded, "amount_pen": e.amount, "source_count": len(e.sources), "document_count": len(e.sources),
            "is_disputed": False, "norm": e.norm,
        }  # fmt: skip
        self.add("events", **same, first_reported_on=e.reported, last_reported_on=e.reported, week_basis="date" if e.day else "report",
                 title=e.title, evidence=e.evidence)  # fmt: skip
        self.add("event_versions", **same, said_at=e.said_at, said_on=e.said_at.date(), is_standing=True, types=sorted(e.types),
                 sectors=sorted(e.sectors))  # fmt: skip
        for t in e.types:
            self.add("event_types", event_id=e.id, type=t)
        for s in e.sectors:
            self.add("event_sectors", event_id=e.id, sector=s)
        for source in e.sources:
            document, mention = f"{e.id}-{source}", f"m-{e.id}-{source}"
            self.document(document, source, e.title, e.url, e.reported or MONDAY, e.kind)
            self.add("mentions", mention_id=mention, document_id=document, type=e.types[0], happening=1, status=e.status,
                     date_precision="day", place_precision=precision, evidence_field="text", evidence_start=0, evidence_end=1,
                     evidence=e.evidence, evidence_masked=e.evidence)  # fmt: skip
            self.add("event_mentions", event_id=e.id, mention_id=mention)
