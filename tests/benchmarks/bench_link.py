"""How well and how fast mentions are linked: ``python -m tests.benchmarks.bench_link [quality|speed]``.

Quality: B-cubed over the newsroom's happenings, both halves, beside two baselines. Speed: three sizes of a made-up stretch of
news, through ``chasqui link``'s function and through the warehouse.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.linking_truth import (
    Grouping,
    Truth,
    b_cubed,
    by_facts,
    by_titles,
    is_held_out,
    read_mentions,
    true_mentions,
)
from tests.newsroom.data import load_press
from tests.warehouse.filling import fill
from warehouse.link import link
from warehouse.linking import link_lines
from warehouse.linking.words import STEM, fold, weights
from warehouse.store import open_warehouse

SIZES = (25_000, 50_000, 100_000)
ORDER = [
    "murder",
    "attack",
    "arson",
    "kidnapping",
    "extortion",
    "closure",
    "strike",
    "arrest",
    "new_law",
    "state_of_emergency",
    "bill",
]


def linked(truth: Truth) -> Grouping:
    """The grouping of the program."""
    return {(row["document"], row["mention"]): row["event"] for row in link_lines(truth.documents)}


WAYS: dict[str, Callable[[Truth], Grouping]] = {
    "chasqui": linked,
    "same type, district and day": by_facts,
    "title similarity alone": by_titles,
}


def show_quality() -> None:
    """Print both halves for each kind of mentions and each way of linking."""
    press = load_press()
    cases = {
        "true mentions": true_mentions(press),
        "true mentions, a third of the fields hidden": true_mentions(press, hidden=1 / 3),
        "mentions as the line reads them": read_mentions(press),
    }
    for name, truth in cases.items():
        print(
            f"{name}: {len(truth.documents)} documents, {len(truth.happenings)} mentions, {len(set(truth.happenings.values()))} happenings"
        )
        for way, group in WAYS.items():
            found = group(truth)
            print(f"  {way:28} all      {b_cubed(found, truth.happenings)}")
            print(f"  {'':28} seen     {b_cubed(found, truth.happenings, lambda h: not is_held_out(h))}")
            print(f"  {'':28} held out {b_cubed(found, truth.happenings, is_held_out)}")


def made_up(mentions: int) -> Iterator[dict[str, Any]]:
    """Documents with so many mentions: the newsroom's own, told anew with other names in every other week and district."""
    truth = true_mentions(load_press())
    told, copy = 0, 0
    while told < mentions:
        shift = timedelta(days=3 * copy)  # about eighty mentions a day, whatever the size
        for document in truth.documents:
            renamed = _renamed(document, copy, shift)
            told += len(renamed["mentions"])
            yield renamed
            if told >= mentions:
                return
        copy += 1


def _renamed(document: dict[str, Any], copy: int, shift: timedelta) -> dict[str, Any]:
    """The same story of other people on another day in another district."""

    def other(word: str) -> str:
        is_own = len(word) > 3 and (word[0].isupper() or fold(word.lower())[:STEM] not in known)
        return f"{word[:3]}{_letters(copy)}{word[3:]}" if is_own else word

    known = weights()

    published = date.fromisoformat(document["published"][:10]) + shift
    mentions = [
        {
            **m,
            "date": (date.fromisoformat(m["date"]) + shift).isoformat() if m["date"] else None,
            "ubigeo": f"{1 + (int(m['ubigeo'][:2]) + copy) % 25:02d}{m['ubigeo'][2:]}" if m["ubigeo"] else None,
            "norm": f"{m['norm']} {copy}" if m["norm"] else None,
            "evidence": {**m["evidence"], "text": " ".join(other(w) for w in m["evidence"]["text"].split(" "))},
        }
        for m in document["mentions"]
    ]
    text = " ".join(other(w) for w in document["text"].split(" "))
    return {
        **document,
        "id": f"{document['id']} {copy}",
        "published": published.isoformat(),
        "text": text,
        "mentions": mentions,
    }


def _letters(number: int) -> str:
    return "".join(chr(97 + (number // 26**n) % 26) for n in range(3))


def show_speed(sizes: tuple[int, ...] = SIZES) -> None:
    """Print seconds by size: by the clock, and of the processor where the machine has other work too."""
    for size in sizes:
        documents = list(made_up(size))
        with timed() as taken:
            rows = list(link_lines(documents))
        show_row("lines", len(rows), len({r["event"] for r in rows}), *taken)
        with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder) / "w.duckdb") as con:
            fill(con, Path(folder), "all", documents)
            with timed() as taken:
                made = link(con, "bench", ORDER)
            show_row("warehouse", len(rows), made.new_events, *taken)
            fill(con, Path(folder), "more", last_night(documents))
            with timed() as taken:
                made = link(con, "night", ORDER)
            show_row("a night more", made.tellings, made.new_events, *taken)


@contextmanager
def timed() -> Iterator[list[float]]:
    """A list that gets the seconds by the clock and of the processor."""
    taken: list[float] = []
    clock, processor = time.perf_counter(), time.process_time()
    yield taken
    taken += [time.perf_counter() - clock, time.process_time() - processor]


def show_row(what: str, mentions: int, events: int, clock: float, processor: float) -> None:
    """One line of the table."""
    each = 1e6 * processor / max(mentions, 1)
    print(
        f"{what:13} {mentions:7} mentions {events:6} events  {clock:6.1f} s  cpu {processor:6.1f} s  {each:6.0f} us each",
        flush=True,
    )


def last_night(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The newest two hundred documents, told once more by others."""
    newest = sorted(documents, key=lambda d: (d["published"], d["id"]))[-200:]
    return [{**d, "id": f"{d['id']} again", "text": f"{d['text']} Otra vez."} for d in newest]


if __name__ == "__main__":
    if "speed" not in sys.argv[1:]:
        show_quality()
    if "quality" not in sys.argv[1:]:
        show_speed()
