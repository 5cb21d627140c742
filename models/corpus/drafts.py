"""Author drafts (TOML, evidence as quotes, places as names) to corpus rows (offsets, UBIGEO codes).

A draft that cannot be resolved is an error with file and number; nothing is guessed and nothing dropped silently.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from models.corpus.store import Row, Span
from models.fold import fold
from models.gazetteer.names import codes_by_path
from models.gazetteer.units import holding, level_of, names_of
from models.reader.kinds import VIOLENT
from warehouse.records import DatePrecision, Evidence, Mention, Period, PlacePrecision, Status, Territory

COUNTRY = "Perú"


class DraftError(ValueError):
    """A draft that does not say what a corpus row needs."""


def find(name: str) -> str:
    """The code of the place written as ``Department/Province/District``."""
    code = codes_by_path().get("/".join(fold(part.strip()) for part in name.split("/")))
    if code is None:
        raise DraftError(f"place {name!r} is not in the gazetteer")
    return code


def read_drafts(path: Path) -> Iterator[Row]:
    """The rows of one draft file.

    Raises:
        DraftError: the file is not TOML, or a document misses or contradicts something.
    """
    try:
        data = cast(list[dict[str, Any]], tomllib.loads(path.read_text(encoding="utf-8"))["document"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise DraftError(f"{path.name}: {error}") from error
    for number, draft in enumerate(data, start=1):
        try:
            yield to_row(draft)
        except (KeyError, ValueError) as error:  # a day that no calendar has, too
            raise DraftError(f"{path.name} #{number}: {error}") from error


def to_row(draft: Mapping[str, Any]) -> Row:
    """One draft as a corpus row."""
    title, text = str(draft["title"]).strip(), str(draft["text"]).strip()
    key = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
    if not isinstance(draft.get("private", {}), Mapping):
        raise DraftError("private is one table: [document.private]")
    row = Row(
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
        mentions=[each.as_json() for each in harm_once([to_mention(m, title, text) for m in draft.get("mention", ())])],
        hard=list(draft.get("hard", ())),
        private=private_spans(draft.get("private", {}), title, text),
    )
    if build := draft.get("build"):
        row["build"] = build
    return row


def harm_once(mentions: Sequence[Mention]) -> list[Mention]:
    """The killed and wounded stand on a happening's records of violence; where it has such, its others give theirs up."""
    violent = {each.happening for each in mentions if each.type in VIOLENT}
    return [
        replace(each, killed=None, killed_low=None, killed_high=None, wounded=None)
        if each.happening in violent and each.type not in VIOLENT
        else each
        for each in mentions
    ]


def to_mention(draft: Mapping[str, Any], title: str, text: str) -> Mention:
    """One mention with its evidence located and its place resolved; a decree's is the unit that holds its territory."""
    territory = [Territory(find(name), "whole") for name in draft.get("territory", ()) if name != COUNTRY]
    territory += [Territory(find(name), "part") for name in draft.get("territory_part", ())]
    named = str(draft.get("place", ""))
    holder = holding(part.ubigeo for part in territory)
    ubigeo = None if named == COUNTRY else find(named) if named else holder
    precision: PlacePrecision = level_of(ubigeo) if ubigeo else "country" if named else "unknown"
    names = names_of(ubigeo)
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
    if any(not value.strip() for values in listed.values() for value in values):
        raise DraftError("a private span is empty")
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
