"""``chasqui link``: documents with their mentions as JSON lines in, the event of each mention out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from models.fold import fold
from models.gazetteer.names import codes_by_path
from models.gazetteer.units import level_of
from models.reader.legal import NORMS
from models.reader.mentions import read_mentions
from models.reader.norms import find_norms
from models.reader.text import LIMIT
from warehouse.linking import DocumentError, link_lines
from warehouse.linking.lines import day_of


def link_file(path: Path | None) -> int:
    """Link a file of JSON lines, or standard input; 1 when a line was refused. All are read before the first is answered."""
    if path is None:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    refused: list[int] = []

    def refuse(line: int, error: DocumentError) -> None:
        refused.append(line)
        print(f"chasqui: line {line}: {error}", file=sys.stderr)

    stream = sys.stdin if path is None else path.open(encoding="utf-8", errors="replace", newline="\n")
    try:
        numbers: list[int] = []
        documents = _documents(stream, numbers)
        for row in link_lines(documents, lambda position, error: refuse(numbers[position], error)):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    finally:
        if path is not None:
            stream.close()
    sys.stdout.flush()
    return 1 if refused else 0


def _documents(lines: Iterable[str], numbers: list[int]) -> Iterator[dict[str, Any]]:
    """Documents of lines; ``numbers`` gets the line of each. What is no document at all comes as an empty one, to be refused."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        numbers.append(number)
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        yield _completed(row) if isinstance(row, dict) else {}


def _completed(row: dict[str, Any]) -> dict[str, Any]:
    """The document with what its mentions leave to be looked up: the code of a place that is only named, the number of the one norm
    that its page names and does not quote, the sectors of a page that tells one happening.
    """
    mentions = row.get("mentions")
    if not isinstance(mentions, list) or not all(_is_readable(mention) for mention in mentions):
        return row  # whoever links says what is wrong with it
    found = [_coded(mention) for mention in mentions]
    sectors = row.get("sectors")
    if isinstance(sectors, list):
        is_one = len({mention.get("happening") for mention in mentions}) == 1
        # Beside a driver's murder his guild's strike is of the one trade that the page is about.
        found = [
            {"sectors": sectors} | m if is_one or (m.get("type") == "strike" and len(sectors) == 1) else m
            for m in found
        ]
    if any(mention.get("type") in NORMS and not mention.get("norm") for mention in found):
        numbers = _numbers(row)
        found = [_numbered(mention, numbers) for mention in found]
    emergencies = [mention for mention in found if mention.get("type") == "state_of_emergency"]
    if len(emergencies) == 1 and not emergencies[0].get("ubigeo") and not emergencies[0].get("territory"):
        territory = _territory(row)
        found = [mention | {"territory": territory} if mention in emergencies else mention for mention in found]
    return row | {"mentions": found}


def _is_readable(mention: object) -> bool:
    return (
        isinstance(mention, dict)
        and isinstance(mention.get("type"), str | None)
        and isinstance(mention.get("happening"), int | float | None)
    )


def _coded(mention: dict[str, Any]) -> dict[str, Any]:
    names = [mention.get(level) for level in ("department", "province", "district")]
    if mention.get("ubigeo"):
        return mention
    path = "/".join(fold(name) for name in names if isinstance(name, str))
    code = codes_by_path().get(path) if path else None
    return mention | {"ubigeo": code, "place_precision": level_of(code)} if code else mention


def _numbers(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Kind and number of the norms that a page names and does not merely quote."""
    said = "\n\n".join(value for name in ("title", "text") if isinstance(value := row.get(name), str))
    hits = find_norms(fold(said[:LIMIT]))
    return list(dict.fromkeys((hit.kind, hit.key) for hit in hits if not hit.is_quoted))


def _territory(row: dict[str, Any]) -> list[str]:
    """Codes of the places that the one emergency of a page is of, as the reader finds them; a term such as "Lima y Callao" is no one place."""
    title, text = (value if isinstance(value := row.get(name), str) else "" for name in ("title", "text"))
    try:
        published = day_of(row.get("published"))
    except DocumentError:
        return []  # whoever links says so
    read = read_mentions(title, text, published, (), ["state_of_emergency"])
    return [unit.ubigeo for unit in read[0].territory] if len(read) == 1 else []


def _numbered(mention: dict[str, Any], numbers: list[tuple[str, str]]) -> dict[str, Any]:
    fitting = [number for kind, number in numbers if kind in NORMS.get(str(mention.get("type")), ())]
    return mention | {"norm": fitting[0]} if len(fitting) == 1 and not mention.get("norm") else mention
