"""SQL kept in ``.sql`` files: named statements, and numbered migrations applied in order."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
NAME_LINE = re.compile(r"^-- name: (\w+)[ \t]*$", re.MULTILINE)
MIGRATION_NAME = re.compile(r"^(\d{4})_\w+\.sql$")


@cache
def statements(name: str) -> dict[str, str]:
    """The named statements of ``sql/<name>.sql``."""
    text = (HERE / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    parts = NAME_LINE.split(text)[1:]
    return dict(zip(parts[::2], (body.strip().rstrip(";") for body in parts[1::2]), strict=True))


def migrations(name: str) -> list[tuple[int, str]]:
    """(number, script) of the migrations of a store, ``ops`` or ``warehouse``, in order."""
    folder = HERE / "migrations" / name
    return sorted(
        (int(m[1]), path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
        if (m := MIGRATION_NAME.match(path.name))
    )


def views() -> list[tuple[str, str]]:
    """(file name, script) of the published file's views and macros, in name order."""
    return [(p.name, p.read_text(encoding="utf-8")) for p in sorted((HERE / "views").glob("*.sql"))]
