"""States of emergency by district and day, from what the newsroom's gazette truly declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.steps.keeping import district_rows
from models.reader.decrees import read_norms
from tests.newsroom.data import FIRST_DAY, LIMA, Happening, Page, load_press
from tests.warehouse.filling import FETCHED
from warehouse import batch as staged
from warehouse.link import link
from warehouse.load import BatchFiles, load_batch, replace_districts
from warehouse.publish import publish
from warehouse.records import Document, Evidence, Mention, Understanding
from warehouse.store import open_warehouse

PRESS = load_press()
LAST_DAY = date(2027, 1, 31)
Covered = dict[str, set[str]]  # district -> norms in force


def document(page: Page, text: str) -> Document:
    return Document(
        id=page.key, source_id=page.site, url=f"https://x.pe/{page.key}", canonical_url=f"https://x.pe/{page.key}",
        kind="norm" if page.kind == "norm" else "article", title=page.title, text=text, language="es", published_at=page.first_at.astimezone(UTC),
        published_from="header", published_precision="day", updated_at=None, byline=None, section=None, text_hash=page.key, minhash=b"",
    )  # fmt: skip


def load(
    con: duckdb.DuckDBPyConnection, folder: Path, items: list[tuple[Document, list[dict[str, Any]], list[Mention]]]
) -> None:
    files = BatchFiles.of(folder)
    staged.write_parquet(files.documents, staged.DOCUMENTS, staged.document_rows((d, FETCHED) for d, _, _ in items))
    norms = [row for d, readings, _ in items for row in staged.norm_rows(d.id, readings)]
    staged.write_parquet(files.norms, staged.NORMS, norms)
    told = [
        row
        for d, _, m in items
        for row in staged.mention_rows(Understanding(d.id, "m", (), tuple(m)), dict.fromkeys(range(len(m)), ""))
    ]
    staged.write_parquet(files.mentions, staged.MENTIONS, told)
    staged.write_parquet(files.labels, staged.LABELS, [])
    rows = [{"document_id": d.id, "model": "m", "title_masked": d.title} for d, _, _ in items]
    staged.write_parquet(files.understood, staged.UNDERSTOOD, rows)
    load_batch(con, folder.name, files)


def gazette() -> list[tuple[Document, list[dict[str, Any]], list[Mention]]]:
    items = []
    for page in PRESS.pages:
        if page.kind == "norm":
            text = "\n\n".join(page.paragraphs)
            readings = read_norms(text, page.first_at.astimezone(LIMA).date(), page.title)
            items.append((document(page, text), [asdict(r) for r in readings], []))
    return items


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(tmp_path / "w.duckdb") as connection:
        replace_districts(connection, district_rows())
        replace_districts(connection, district_rows())
        yield connection


def published(con: duckdb.DuckDBPyConnection, folder: Path) -> duckdb.DuckDBPyConnection:
    publish(con, folder / "p.duckdb")
    return duckdb.connect(str(folder / "p.duckdb"), read_only=True)


def stem(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def truly_in_force(day: date) -> Covered:
    """By the happenings' own data, worked out another way than the views do."""
    decrees = [h for h in PRESS.happenings if "state_of_emergency" in h.types and h.territory]
    ends = [h for h in decrees if h.first_day is None]
    found: Covered = {}
    for code, *_ in district_rows():
        for h in decrees:
            if h.first_day is None or h.days is None or h.norm is None or not _covers(h, code):
                continue
            is_over = any(e.territory == h.territory and e.date and e.date + timedelta(days=1) <= day for e in ends)
            if h.first_day <= day < h.first_day + timedelta(days=h.days) and not is_over:
                found.setdefault(code, set()).add(h.norm)
    return found


def _covers(happening: Happening, code: str) -> bool:
    return any(code.startswith(stem(t)) for t in happening.territory)


def test_in_force_is_right_for_every_district_and_day(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    load(con, tmp_path / "b", gazette())
    with published(con, tmp_path) as reader:
        day = FIRST_DAY
        while day <= LAST_DAY:
            found: Covered = {}
            for code, norm in reader.execute(
                "SELECT ubigeo, norm FROM emergencies_in_force(?::DATE)", [day]
            ).fetchall():
                found.setdefault(code, set()).add(norm)
            assert found == truly_in_force(day), day
            day += timedelta(days=1)


def reading(number: str, action: str, first: str, **more: Any) -> dict[str, Any]:
    start = date.fromisoformat(first)
    values: dict[str, Any] = {
        "kind": "DS", "number": number, "issuer": "PCM", "action": action, "subject": "state_of_emergency", "signed_on": None,
        "published_on": start - timedelta(days=1), "starts_on": start, "ends_on": None, "days": 30, "earlier": (),
        "territory": [{"ubigeo": "150100", "coverage": "whole"}],
    }  # fmt: skip
    return values | more


def norm_item(
    name: str, *readings: dict[str, Any], kind: str = "norm"
) -> tuple[Document, list[dict[str, Any]], list[Mention]]:
    page = PRESS.pages[0].model_copy(update={"slug": name, "kind": kind, "title": name})
    return document(page, name), list(readings), []


def test_overlaps_extensions_early_ends_and_parts(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    part = [{"ubigeo": "150132", "coverage": "part"}]
    load(con, tmp_path / "b", [
        norm_item("one", reading("DS 1", "declares", "2026-01-01")),
        norm_item("two", reading("DS 2", "extends", "2026-01-31", starts_on=None, published_on=date(2026, 1, 20), earlier=("DS 1",))),
        norm_item("three", reading("DS 3", "declares", "2026-02-10", territory=part)),
        norm_item("four", reading("DS 4", "ends", "2026-02-15", starts_on=None, ends_on=date(2026, 2, 15), days=None, earlier=("DS 2",))),
        norm_item("news", reading("DS 1", "declares", "2026-01-09", days=99), kind="article"),
    ])  # fmt: skip

    def norms(day: str, code: str) -> list[tuple[str, str]]:
        sql = "SELECT norm, coverage FROM emergencies_in_force(?::DATE) WHERE ubigeo = ? ORDER BY norm"
        return reader.execute(sql, [day, code]).fetchall()

    with published(con, tmp_path) as reader:
        assert norms("2025-12-31", "150132") == []
        assert norms("2026-01-01", "150132") == [("DS 1", "whole")]
        assert norms("2026-01-30", "150101") == [("DS 1", "whole")]
        assert norms("2026-01-31", "150101") == [("DS 1", "whole"), ("DS 2", "whole")] or norms(
            "2026-01-31", "150101"
        ) == [("DS 2", "whole")]
        assert norms("2026-02-12", "150132") == [("DS 2", "whole"), ("DS 3", "part")]
        assert norms("2026-02-14", "150101") == [("DS 2", "whole")]
        assert norms("2026-02-15", "150101") == []
        assert norms("2026-02-15", "150132") == [("DS 3", "part")]
        assert norms("2026-02-12", "070101") == []


def test_extensions_without_days_follow_on_one_another(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    def extension(
        number: int, said: str, *earlier: int, **more: Any
    ) -> tuple[Document, list[dict[str, Any]], list[Mention]]:
        named = tuple(f"DS {n:03}-2026-PCM" for n in earlier)
        day = date.fromisoformat(said)
        values = {"starts_on": None, "published_on": day, "earlier": named, **more}
        return norm_item(f"n{number}", reading(f"DS {number:03}-2026-PCM", "extends", said, **values))

    trujillo = [{"ubigeo": "130100", "coverage": "whole"}]
    load(con, tmp_path / "b", [
        norm_item("n1", reading("DS 001-2026-PCM", "declares", "2026-01-01")),
        extension(10, "2026-01-29", 1),
        extension(20, "2026-02-26", 1, 10),
        extension(30, "2026-03-30", 20, days=60),
        norm_item("n11", reading("DS 011-2026-PCM", "declares", "2026-02-01", territory=trujillo, days=200)),
        extension(40, "2026-05-28", 11, 30, 50, days=None, ends_on=date(2026, 6, 30)),  # names one of elsewhere, and one of later
        extension(50, "2026-06-29", 40),
        extension(60, "2026-12-01", 50),  # what it names ran out long before: it carries nothing on
        extension(70, "2026-08-10", 69),  # nobody read what it names
    ])  # fmt: skip
    with published(con, tmp_path) as reader:
        rows = reader.execute(
            "SELECT left(number, 6), strftime(first_day, '%m-%d'), strftime(last_day, '%m-%d') FROM emergency_norms WHERE number <> 'DS 011-2026-PCM' ORDER BY 1"
        ).fetchall()
    assert rows == [
        ("DS 001", "01-01", "01-30"), ("DS 010", "01-31", "03-01"), ("DS 020", "03-02", "03-31"), ("DS 030", "04-01", "05-30"),
        ("DS 040", "05-31", "06-30"), ("DS 050", "07-01", "07-30"), ("DS 060", "12-01", "12-30"), ("DS 070", "08-11", "09-09"),
    ]  # fmt: skip


def test_an_end_reaches_the_extension_and_what_has_not_begun_and_a_district_keeps_its_own_part(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    some = [{"ubigeo": "150100", "coverage": "part"}, {"ubigeo": "150110", "coverage": "whole"}]
    load(con, tmp_path / "b", [
        norm_item("one", reading("DS 1", "declares", "2026-01-01")),
        norm_item("two", reading("DS 2", "extends", "2026-01-31", days=60, earlier=("DS 1",))),
        norm_item("three", reading("DS 3", "declares", "2026-02-01", days=60)),
        norm_item("end", reading("DS 4", "ends", "2026-02-10", days=None, earlier=("DS 1",), territory=())),
        norm_item("five", reading("DS 5", "extends", "2026-02-10", earlier=("DS 1",), territory=some)),
        norm_item("six", reading("DS 6", "declares", "2026-07-03")),
        norm_item("seven", reading("DS 7", "ends", "2026-07-03", days=None, earlier=("DS 6",), territory=())),
    ])  # fmt: skip
    with published(con, tmp_path) as reader:
        sql = "SELECT norm, last_day::VARCHAR FROM emergency_districts WHERE ubigeo = '150110' ORDER BY norm"
        assert reader.execute(sql).fetchall() == [
            ("DS 1", "2026-01-30"), ("DS 2", "2026-02-09"), ("DS 3", "2026-04-01"), ("DS 5", "2026-03-11")]  # fmt: skip
        parts = "SELECT ubigeo, coverage FROM emergency_districts WHERE norm = 'DS 5' AND ubigeo <= '150110' ORDER BY 1"
        assert reader.execute(parts).fetchall() == [(f"1501{n:02}", "whole" if n == 10 else "part") for n in range(1, 11)]  # fmt: skip


def test_effect_counts_events_a_week_before_during_and_after(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    def deed(day: date, ubigeo: str) -> tuple[Document, list[dict[str, Any]], list[Mention]]:
        page = PRESS.pages[0].model_copy(
            update={
                "slug": f"deed-{day}",
                "kind": "article",
                "title": f"Suceso{day:%j}",
                "published": datetime.combine(day, time(12), LIMA),
            }
        )
        told = Mention(
            "attack",
            1,
            (),
            "happened",
            Evidence("title", 0, 3, "x"),
            date=day,
            date_precision="day",
            ubigeo=ubigeo,
            place_precision="district",
        )
        return document(page, f"Suceso{day:%j}"), [], [told]

    days = [date(2026, 1, 1) + timedelta(days=7 * n) for n in range(12)]
    load(con, tmp_path / "b", [norm_item("one", reading("DS 1", "declares", "2026-01-29", days=28)), *(deed(d, "150110") for d in days), deed(date(2026, 2, 5), "130101")])  # fmt: skip
    link(con, "r", ["attack"])
    with published(con, tmp_path) as reader:
        rows = reader.execute(
            "SELECT phase, norms, event_count, weeks, events_per_week FROM emergency_effect ORDER BY from_day"
        ).fetchall()
    assert rows[0] == ("before", ["DS 1"], 4, 4.0, 1.0)
    assert rows[1] == ("during", ["DS 1"], 4, 4.0, 1.0)
    assert rows[2][:3] == ("after", ["DS 1"], 4)


@pytest.mark.parametrize("order", [1, -1])
def test_effect_is_the_same_whatever_came_first(con: duckdb.DuckDBPyConnection, tmp_path: Path, order: int) -> None:
    day = PRESS.pages[0].first_at.date().isoformat()  # of every page, so the emergency is under way
    items = [
        norm_item("one", reading("DS 2", "declares", day)),
        norm_item("two", reading("DS 1", "declares", day, cause="crime")),
        norm_item("three", reading("DS 2", "declares", day, cause="crime"), kind="article"),
        norm_item("four", reading("DS 2", "declares", day, cause="weather"), kind="article"),
    ]
    for number, item in enumerate(items[::order]):
        load(con, tmp_path / f"b{number}", [item])
    link(con, "r", ["attack"])
    with published(con, tmp_path) as reader:
        assert reader.execute("SELECT DISTINCT norms, cause FROM emergency_effect").fetchall() == [
            (["DS 1", "DS 2"], "crime")
        ]


def test_what_was_said_on_a_day(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    page = PRESS.pages[0].model_copy(update={"kind": "article"})

    def told(killed: int) -> list[Mention]:
        return [Mention("murder", 1, (), "happened", Evidence("title", 0, 3, "x"), killed=killed)]

    load(con, tmp_path / "1", [(document(page, "uno"), [], told(1))])
    link(con, "1", ["murder"], at=datetime(2026, 10, 1, 7, tzinfo=UTC))
    load(con, tmp_path / "2", [(document(page, "dos"), [], told(3))])
    link(con, "2", ["murder"], at=datetime(2026, 10, 5, 7, tzinfo=UTC))
    load(con, tmp_path / "3", [(document(page, "tres"), [], [])])
    link(con, "3", ["murder"], reason="review", at=datetime(2026, 10, 9, 7, tzinfo=UTC))
    with published(con, tmp_path) as reader:
        said = [
            reader.execute("SELECT killed FROM events_as_of(?::DATE)", [f"2026-{d}"]).fetchall()
            for d in ("09-30", "10-01", "10-04", "10-05", "10-08", "10-09")
        ]
        ids = reader.execute("SELECT now_id, is_retracted FROM event_now").fetchall()
    assert said == [[], [(1,)], [(1,)], [(3,)], [(3,)], []]
    assert ids == [(None, True)]
