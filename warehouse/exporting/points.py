"""Events as GeoJSON points.

An event has a point where its district is told: that of the district's capital town. Where only a province or a department is
told, or nothing, it has none: a point there would say more than anybody knows.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.sqlfiles import statements

SQL = statements("export")
ROWS_AT_ONCE = 10_000


def write_points(con: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """All events as one FeatureCollection, a feature a line."""
    cursor = con.execute(SQL["points"])
    columns = [column[0] for column in cursor.description or []]
    with (folder / "events.geojson").open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        before = "\n"
        while part := cursor.fetchmany(ROWS_AT_ONCE):
            for row in part:
                file.write(
                    before
                    + json.dumps(_feature(dict(zip(columns, row, strict=True))), ensure_ascii=False, default=_plain)
                )
                before = ",\n"
        file.write("\n]}\n")
    return ["timeline"]


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    longitude, latitude = row.pop("longitude"), row.pop("latitude")
    point = None if longitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "id": row["event_id"], "geometry": point, "properties": row}


def _plain(value: date | datetime) -> str:
    return value.isoformat()
