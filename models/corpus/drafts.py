"""Author drafts (TOML, evidence as quotes, places as names) to corpus rows (offsets, UBIGEO codes).

A draft that cannot be resolved is an error with file and number; nothing is guessed and nothing dropped silently.
"""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from models.corpus.store import Row, Span
from models.fold import fold
from warehouse.records import DatePrecision, Evidence, Mention, Period, PlacePrecision, Status, Territory

LEVELS: tuple[PlacePrecision, ...] = ("department", "province", "district")


class DraftError(ValueError):
    """A draft that does not say what a corpus row needs."""


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the gazetteer."""

    ubigeo: str
    names: tuple[str, ...]  # department, province, district as far as it goes


class Gazetteer:
    """Official place names, folded, to UBIGEO codes (``DDPPdd``: the code says under what a place lies)."""

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8") as lines:
            named = {row["code"]: row["name"] for row in csv.DictReader(lines)}
        self._places: dict[str, Place] = {}
        for code in named:
            above = [code[:2] + "0000", code[:4] + "00", code]
            names = tuple(
                named[each]
                for each in dict.fromkeys(above[: 1 if code.endswith("0000") else 2 if code.endswith("00") else 3])
            )
            self._places["/".join(map(fold, names))] = Place(code, names)

    def find(self, name: str) -> Place:
        """The place written as ``Department/Province/District``."""
        found = self._places.get("/".join(fold(part.strip()) for part in name.split("/")))
        if found is None:
            raise DraftError(f"place {name!r} is not in the gazetteer")
        return found


def read_drafts(path: Path, gazetteer: Gazetteer) -> Iterator[Row]:
    """The rows of one draft file.

    Raises:
        DraftError: the file is not TOML, or a document misses or contradicts something.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DraftError(f"{path.name}: {error}") from error
    for number, draft in enumerate(cast(list[dict[str, Any]], data["document"]), start=1):
        try:
            yield to_row(draft, gazetteer)
        except (KeyError, DraftError) as error:
            raise DraftError(f"{path.name} #{number}: {error}") from error


def to_row(draft: Mapping[str, Any], gazetteer: Gazetteer) -> Row:
    """One draft as a corpus row."""
    title, text = str(draft["title"]).strip(), str(draft["text"]).strip()
    key = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
    return Row(
        id="d" + key[:12],
        story="s" + hashlib.sha256(str(draft["story"]).encode()).hexdigest()[:8],
        outlet=str(draft["outlet"]),
        register=str(draft["register"]),
        lang=str(draft["lang"]),
        published=str(draft["published"]) or None,
        title=title,
        text=text,
        sectors=list(draft["sectors"]),
        events=list(draft["events"]),
        mentions=[to_mention(each, title, text, gazetteer).as_json() for each in draft.get("mention", ())],
        hard=list(draft.get("hard", ())),
        private=private_spans(draft.get("private", {}), title, text),
    )


def to_mention(draft: Mapping[str, Any], title: str, text: str, gazetteer: Gazetteer) -> Mention:
    """One mention with its evidence located and its place resolved."""
    names: list[str | None] = [None, None, None]
    ubigeo, precision = None, cast(PlacePrecision, "unknown")
    named = str(draft.get("place", ""))
    if named == "Perú":
        precision = "country"
    elif named:
        place = gazetteer.find(named)
        names[: len(place.names)] = place.names
        ubigeo, precision = place.ubigeo, LEVELS[len(place.names) - 1]
    territory = [
        Territory(gazetteer.find(name).ubigeo, "whole") for name in draft.get("territory", ()) if name != "Perú"
    ]
    territory += [Territory(gazetteer.find(name).ubigeo, "part") for name in draft.get("territory_part", ())]
    day = date.fromisoformat(draft["date"]) if draft.get("date") else None
    return Mention(
        type=str(draft["type"]),
        happening=int(draft["happening"]),
        sectors=tuple(draft.get("sectors", ())),
        status=cast(Status, draft.get("status", "happened")),
        evidence=locate(str(draft["evidence"]).strip(), title, text),
        date=day,
        date_precision=cast(DatePrecision, draft.get("precision") or "day") if day else "unknown",
        department=names[0],
        province=names[1],
        district=names[2],
        ubigeo=ubigeo,
        place_precision=precision,
        territory=tuple(territory),
        killed=draft.get("killed"),
        killed_low=draft.get("killed_low"),
        killed_high=draft.get("killed_high"),
        wounded=draft.get("wounded"),
        amount_pen=float(draft["amount_pen"]) if "amount_pen" in draft else None,
        amount_stated=draft.get("amount_stated"),
        currency=draft.get("currency"),
        period=cast("Period | None", draft.get("period") or None),
        group=draft.get("group"),
        norm=draft.get("norm"),
    )


def locate(quote: str, title: str, text: str) -> Evidence:
    """Where the quote stands; the text is looked at before the title."""
    start = text.find(quote)
    if quote and start >= 0:
        return Evidence("text", start, start + len(quote), quote)
    start = title.find(quote)
    if quote and start >= 0:
        return Evidence("title", start, start + len(quote), quote)
    raise DraftError(f"evidence is not verbatim: {quote[:60]!r}")


def private_spans(listed: Mapping[str, list[str]], title: str, text: str) -> list[Span]:
    """Every occurrence of every listed string as a whole word; inside a longer one it is not repeated."""
    spans: list[Span] = []
    for field, content in (("title", title), ("text", text)):
        taken: list[tuple[int, int]] = []
        for kind, value in sorted(
            ((k, v) for k, values in listed.items() for v in values), key=lambda pair: -len(pair[1])
        ):
            for hit in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", content):
                if not any(start < hit.end() and hit.start() < end for start, end in taken):
                    taken.append(hit.span())
                    spans.append(Span(kind=kind, field=field, start=hit.start(), end=hit.end()))
    return sorted(spans, key=lambda span: (span["field"] != "title", span["start"]))
