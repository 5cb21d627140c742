"""The cookbook: questions with a name, kept as ``queries/*.sql`` with their parameters described in the first lines.

Here: reading a question and filling its parameters in. Not here: how a question is run safely (``query``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

import duckdb

from warehouse.query import Answer, QueryError, ask

QUERIES = Path(__file__).parent / "queries"
PARAMETER = re.compile(r"^-- \$(\w+) (text|day|integer|number) = (.*?): (.+)$")
Kind = Literal["text", "day", "integer", "number"]
READ = {"text": str, "day": date.fromisoformat, "integer": int, "number": float}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing to be filled in; ``default`` as it would be typed."""

    name: str
    kind: Kind
    default: str
    says: str

    def read(self, text: str) -> Any:
        """The value that was typed.

        Raises:
            QueryError: it is no value of this kind.
        """
        try:
            return READ[self.kind](text)
        except ValueError as error:
            raise QueryError(f"parameter {self.name} is {_kind_in_words(self.kind)}, got {text!r}") from error


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the cookbook."""

    name: str
    says: str
    parameters: tuple[Parameter, ...]
    sql: str

    def values(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Parameters as given, the others by default.

        Raises:
            QueryError: a parameter that the question does not have, or a value of the wrong kind.
        """
        known = {p.name for p in self.parameters}
        for name in given:
            if name not in known:
                has = f"it has {', '.join(sorted(known))}" if known else "it has none"
                raise QueryError(f"query {self.name} has no parameter {name!r}: {has}")
        return {p.name: p.read(given.get(p.name, p.default)) for p in self.parameters}


def questions() -> dict[str, Question]:
    """All questions by name."""
    return {path.stem: _read(path) for path in sorted(QUERIES.glob("*.sql"))}


def question(name: str) -> Question:
    """One question.

    Raises:
        QueryError: there is none of that name.
    """
    path = QUERIES / f"{name}.sql"
    if not name.isidentifier() or not path.is_file():
        raise QueryError(f"no query is called {name!r}: `chasqui query list` names them")
    return _read(path)


def run_question(
    con: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, str], limit: int | None = None
) -> Answer:
    """Answer a question of the cookbook."""
    asked = question(name)
    return ask(con, asked.sql, asked.values(given), limit)


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    first, *rest = text.splitlines()
    found = [m for line in rest if (m := PARAMETER.match(line))]
    parameters = tuple(Parameter(m[1], cast("Kind", m[2]), m[3], m[4]) for m in found)
    return Question(path.stem, first.removeprefix("-- "), parameters, text)


def _kind_in_words(kind: Kind) -> str:
    return {"text": "a text", "day": "a day such as 2026-11-01", "integer": "a whole number", "number": "a number"}[
        kind
    ]
