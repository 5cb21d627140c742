"""From documents to the published file, with the warehouse's real parts and records written inline."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest

from warehouse import batch as staged
from warehouse.check import run_checks
from warehouse.link import link
from warehouse.load import BatchFiles, count_rows, load_batch, replace_labels, replace_sources
from warehouse.publish import publish
from warehouse.query import QueryError, ask, open_published
from warehouse.records import Document, Evidence, Label, Mention, Understanding
from warehouse.store import open_warehouse
from warehouse.timeline import Filters, count_events, list_events

ORDER = ["murder", "attack", "extortion", "strike", "state_of_emergency"]
NIGHT = datetime(2026, 10, 6, 7, tzinfo=UTC)


def document(name: str, title: str, source: str = "uno", day: int = 5, text: str = "") -> Document:
    return Document(
        id=f"d{name}",
        source_id=source,
        url=f"https://{source}.pe/{name}",
        canonical_url=f"https://{source}.pe/{name}",
        kind="article",
        title=title,
        text=text or f"{title}. SECRETO-{name}",
        language="es",
        published_at=datetime(2026, 10, day, 15, tzinfo=UTC),
        published_from="json-ld",
        published_precision="instant",
        updated_at=None,
        byline=None,
        section=None,
        text_hash=str(hash((name, title))),
        minhash=np.random.default_rng(list(name.encode())).integers(0, 2**32, 64, dtype="<u4").tobytes(),
    )


def mention(kind: str, evidence: str, **more: object) -> Mention:
    values: dict[str, object] = {
        "type": kind,
        "happening": 1,
        "sectors": ("transport",),
        "status": "happened",
        "evidence": Evidence("text", 0, len(evidence), evidence),
        "date": date(2026, 10, 4),
        "date_precision": "day",
        "department": "Lima",
        "province": "Lima",
        "district": "Comas",
        "ubigeo": "150110",
        "place_precision": "district",
        "killed": 1,
    }
    return Mention(**{**values, **more})  # type: ignore[arg-type]


def write_batch(folder: Path, *items: tuple[Document, list[Mention]], model: str = "m1") -> BatchFiles:
    files = BatchFiles.of(folder)
    labels = (Label("sector", "transport", 0.9, "yes"),)
    staged.write_parquet(files.documents, staged.DOCUMENTS, staged.document_rows((d, NIGHT) for d, _ in items))
    rows = []
    for d, mentions in items:
        masked = {n: m.evidence.text.replace("Juan Pérez", "[nombre]") for n, m in enumerate(mentions)}
        rows += staged.mention_rows(Understanding(d.id, model, labels, tuple(mentions)), masked)
    staged.write_parquet(files.mentions, staged.MENTIONS, rows)
    label_rows = [
        {"document_id": d.id, "axis": "sector", "label": "transport", "probability": 0.9, "band": "yes"}
        for d, _ in items
    ]
    staged.write_parquet(files.labels, staged.LABELS, label_rows)
    understood = [
        {"document_id": d.id, "model": model, "title_masked": d.title.replace("Juan Pérez", "[nombre]")}
        for d, _ in items
    ]
    staged.write_parquet(files.understood, staged.UNDERSTOOD, understood)
    return files


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        sources = [("uno", "Uno", "Grupo A"), ("dos", "Dos", "Grupo A"), ("tres", "Tres", "Grupo B")]
        replace_sources(connection, [(*s, "national_news", None, "es", None) for s in sources])
        replace_labels(
            connection, [("event", t, n, t, t) for n, t in enumerate(ORDER)] + [("sector", "transport", 9, "t", "t")]
        )
        yield connection


STORY = [
    ("a", "Asesinan a cobrador Juan Pérez en Comas", "uno", "El cobrador Juan Pérez recibió cinco disparos en Comas"),
    ("b", "Matan a cobrador de cúster en Comas", "dos", "Sicarios dispararon contra el cobrador de la cúster en Comas"),
    ("c", "Comas: sicarios acaban con cobrador", "tres", "Cinco disparos acabaron con un cobrador de cúster en Comas"),
]


def load_story(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for name, title, source, evidence in STORY:
        files = write_batch(folder / name, (document(name, title, source), [mention("murder", evidence)]))
        assert load_batch(con, name, files)
        link(con, name, ORDER)


def test_one_murder_told_three_times_is_one_event_with_one_dead(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    load_story(con, tmp_path)
    rows = con.execute("SELECT primary_type, killed, source_count, document_count, district FROM events").fetchall()
    assert rows == [("murder", 1, 2, 3, "Comas")]  # two outlets of one owner are one voice


def test_the_same_batch_twice_changes_nothing(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    load_story(con, tmp_path)
    before = count_rows(con)
    assert not load_batch(con, "a", BatchFiles.of(tmp_path / "a"))
    name, title, source, evidence = STORY[0]
    again = document(name, title, source)
    assert load_batch(con, "a-again", write_batch(tmp_path / "again", (again, [mention("murder", evidence)])))
    linked = link(con, "again", ORDER)
    assert count_rows(con) == before
    assert (linked.tellings, linked.new_events, linked.retracted) == (0, 0, 0)
    assert con.execute("SELECT max(version) FROM documents").fetchone() == (1,)


@pytest.mark.parametrize(
    "other",
    [
        {"ubigeo": "150135", "district": "San Martín de Porres"},  # another district
        {"date": date(2026, 10, 1)},  # another day
        {
            "ubigeo": None,
            "district": None,
            "province": None,
            "department": None,
            "date": None,
            "date_precision": "unknown",
        },
    ],
)
def test_different_or_unknown_happenings_stay_apart(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, other: dict[str, object]
) -> None:
    load_story(con, tmp_path)
    told = mention("murder", "Un bodeguero murió baleado por encapuchados frente a su tienda", **other)
    load_batch(con, "z", write_batch(tmp_path / "z", (document("z", "Bodeguero muere baleado", "tres"), [told])))
    link(con, "z", ORDER)
    assert count_rows(con).events == 2


def test_recalled_mentions_are_kept_and_never_counted(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    told = mention("murder", "En 2023 mataron a otro cobrador", status="recalled")
    load_batch(con, "r", write_batch(tmp_path / "r", (document("r", "Protesta"), [told])))
    link(con, "r", ORDER)
    counts = count_rows(con)
    assert (counts.mentions, counts.events) == (1, 0)


def test_a_reading_that_finds_less_retracts_the_event_and_says_so(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    d = document("a", "Asesinan a cobrador")
    load_batch(con, "1", write_batch(tmp_path / "1", (d, [mention("murder", "Mataron al cobrador en Comas")])))
    link(con, "1", ORDER)
    (event_id,) = con.execute("SELECT event_id FROM events").fetchone() or ("",)
    load_batch(con, "2", write_batch(tmp_path / "2", (d, []), model="m2"))
    assert link(con, "2", ORDER, reason="model").retracted == 1
    assert count_rows(con).events == 0
    assert con.execute("SELECT event_id, now_id FROM event_redirects").fetchall() == [(event_id, None)]
    assert con.execute("SELECT change, reason FROM event_changes").fetchall() == [("retracted", "model")]


def test_a_shorter_reading_of_a_report_takes_its_lost_parts_away(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    def part(name: str, first: int) -> Document:
        whole = document(name, f"Informe: parte {name}")
        return replace(
            whole, kind="report", canonical_url="https://uno.pe/informe.pdf", page_first=first, page_last=first
        )

    told = mention("murder", "Mataron al cobrador en Comas")
    other = replace(document("z", "Otro informe"), kind="report", page_first=1, page_last=1)
    load_batch(con, "1", write_batch(tmp_path / "1", (part("p1", 1), []), (part("p2", 9), [told]), (other, [])))
    link(con, "1", ORDER)
    assert count_rows(con).events == 1
    load_batch(con, "2", write_batch(tmp_path / "2", (part("p1", 1), [])))
    assert link(con, "2", ORDER, reason="model").retracted == 1
    assert con.execute("SELECT document_id FROM documents ORDER BY 1").fetchall() == [("dp1",), ("dz",)]
    for table in ("document_labels", "document_versions", "mentions"):
        assert con.execute(f"SELECT count(*) FROM {table} WHERE document_id = 'dp2'").fetchone() == (0,), table
    assert not [r for r in run_checks(con, "2") if r.blocks]


def test_a_changed_count_is_in_the_ledger(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    load_story(con, tmp_path)
    for name in ("x", "y", "w", "v"):
        told = mention("murder", "Ya son dos los muertos tras el ataque al cobrador de la cúster en Comas", killed=2)
        d = document(name, "Comas: muere segundo cobrador de cúster", "tres", day=6)
        load_batch(con, name, write_batch(tmp_path / name, (d, [told])))
        link(con, name, ORDER)
    assert con.execute("SELECT killed, is_disputed FROM events").fetchall() == [(2, True)]
    assert ("recount", "1", "2") in con.execute("SELECT change, before, after FROM event_changes").fetchall()


def test_norms_are_one_event_by_number_however_told(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for name, norm, day in (("n1", "DS 118-2026-PCM", 2), ("n2", "DS 118-2026-PCM", 19), ("n3", "DS 119-2026-PCM", 2)):
        told = mention("state_of_emergency", f"Se publicó el {norm}", norm=norm, killed=None, date=date(2026, 10, 2))
        load_batch(con, name, write_batch(tmp_path / name, (document(name, f"Emergencia {norm}", day=day), [told])))
        link(con, name, ORDER)
    assert con.execute("SELECT norm, document_count FROM events ORDER BY norm").fetchall() == [
        ("DS 118-2026-PCM", 2),
        ("DS 119-2026-PCM", 1),
    ]


def test_published_file_has_no_text_no_names_and_answers(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    load_story(con, tmp_path)
    assert not [r for r in run_checks(con, "n") if r.blocks]
    target = tmp_path / "chasqui.duckdb"
    done = publish(con, target)
    assert (done.events, done.documents) == (1, 3)
    content = target.read_bytes()
    for secret in (b"SECRETO", "Juan Pérez".encode(), b"Juan P"):
        assert secret not in content
    with open_published(target) as reader:
        assert (
            list_events(reader, Filters(sectors=["transport"], events=["murder"], region="1501")).rows[0][6] == "murder"
        )
        assert list_events(reader, Filters(region="13")).rows == []
        assert count_events(reader, Filters(), "week").rows[0][:3] == (date(2026, 9, 28), 1, 1)
        assert ask(reader, "SELECT sum(event_count) FROM timeline_weekly WHERE event_type = 'murder'").rows == [(1,)]
        assert (
            ask(reader, "SELECT comment FROM duckdb_tables() WHERE table_name = 'events'")
            .rows[0][0]
            .startswith("One row")
        )


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY events TO '/tmp/out.csv'",
        "ATTACH '/tmp/x.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "CREATE TABLE t AS SELECT 1",
        "DELETE FROM events",
        "SELECT * FROM nothing",
        "not sql",
    ],
)
def test_the_readers_door_is_locked(con: duckdb.DuckDBPyConnection, tmp_path: Path, attack: str) -> None:
    load_story(con, tmp_path)
    publish(con, tmp_path / "p.duckdb")
    with open_published(tmp_path / "p.duckdb") as reader, pytest.raises(QueryError) as caught:
        ask(reader, attack)
    assert "\n" not in str(caught.value)


def test_a_query_that_runs_away_is_stopped(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    publish(con, tmp_path / "p.duckdb")
    with open_published(tmp_path / "p.duckdb") as reader, pytest.raises(QueryError, match="was stopped"):
        ask(
            reader,
            "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 1",
            timeout_s=0.3,
        )


def test_an_open_reader_neither_blocks_nor_breaks_the_next_publish(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    load_story(con, tmp_path)
    target = tmp_path / "p.duckdb"
    publish(con, target)
    errors: list[BaseException] = []
    seen: set[tuple[int, int]] = set()
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                with open_published(target) as reader:
                    row = ask(reader, "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM event_types)").rows[
                        0
                    ]
                    seen.add(row)
        except BaseException as error:  # noqa: BLE001 - whatever a reader meets is the test's result
            errors.append(error)

    thread = threading.Thread(target=read)
    with open_published(target) as analyst:
        thread.start()
        for n in range(5):
            publish(con, target)
            assert ask(analyst, "SELECT count(*) FROM events").rows == [(1,)], n
        stop.set()
        thread.join()
    assert not errors
    assert seen == {(1, 1)}
