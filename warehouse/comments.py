"""Comments of tables, views and columns in the published file: carried over from the writer's, inherited by views.

Here: where a comment comes from when nobody wrote it on the spot. Not here: the comments (``migrations/``, ``views/``).
"""

from __future__ import annotations

import re

import duckdb

from warehouse.sqlfiles import statements

SQL = statements("comments")
WORD = re.compile(r"\w+")


def carry_over(con: duckdb.DuckDBPyConnection) -> None:
    """Comment the published tables and columns as those of the same name in the writer's file are."""
    there = {tuple(row) for row in con.execute(SQL["published_columns"]).fetchall()}
    tables = {table for table, _ in there}
    comments = [
        _comment("TABLE", f"pub.{table}", comment)
        for table, comment in con.execute(SQL["written_tables"]).fetchall()
        if table in tables
    ]
    comments += [
        _comment("COLUMN", f"pub.{table}.{column}", comment)
        for table, column, comment in con.execute(SQL["written_columns"]).fetchall()
        if (table, column) in there
    ]
    con.execute("\n".join(comments))


def inherit(con: duckdb.DuckDBPyConnection) -> None:
    """Give a view's column without a comment that of the same name in the first table or view it reads."""
    comments: list[str] = []
    known: dict[str, dict[str, str | None]] = {}
    for relation, column, comment in con.execute(SQL["commented_columns"]).fetchall():
        known.setdefault(relation, {})[column] = comment
    for view, sql in con.execute(SQL["views_in_order"]).fetchall():
        body = sql.partition(" AS ")[2]
        read = [word for word in dict.fromkeys(WORD.findall(body)) if word in known and word != view]
        for column, comment in known[view].items():
            if comment is None:
                found = next((c for r in read if (c := known[r].get(column)) is not None), None)
                if found is not None:
                    comments.append(_comment("COLUMN", f'"{view}"."{column}"', found))
                    known[view][column] = found
    con.execute("\n".join(comments))


def _comment(kind: str, name: str, text: str) -> str:
    quoted = text.replace("'", "''")
    return f"COMMENT ON {kind} {name} IS '{quoted}';"
