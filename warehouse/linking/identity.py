"""Which id a group of tellings bears: an event keeps its id as long as it can, and no id is ever used again.

One that is told again after it was retracted is a new event, to which the old id then leads (``link``).

Belongs here: names of events over time. Not here: what is one event (``grouping``).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.linking.telling import Telling

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """Tellings with their event (now, and before), and what became of events."""

    tellings: list[tuple[Telling, str, str | None]]
    created: list[str]
    merged: list[tuple[str, str]]  # (id that ends, id it went into)
    split: list[tuple[str, str]]  # (id that stays, id that tellings of it went to)
    touched: set[str]


def place(
    groups: Sequence[Sequence[Telling]],
    former: Mapping[Key, tuple[str, date | None]],
    taken: Callable[[Sequence[str]], set[str]],
) -> Placed:
    """Give every group its event's id.

    An event lives on in the group that holds most of its tellings; where several meet, the one first reported stays and the
    others end in it.

    Args:
        groups: Tellings of one happening each, in order.
        former: Each known telling's event and the day that was first reported.
        taken: Which of some ids were ever used.
    """
    first_reported = dict(former.values())
    homes = _homes(groups, former)
    claims: dict[int, list[str]] = {}
    for event, home in homes.items():
        claims.setdefault(home, []).append(event)
    new = [n for n in range(len(groups)) if n not in claims]
    names = dict(zip(new, _unused([groups[n] for n in new], taken), strict=True))
    merged: list[tuple[str, str]] = []
    for home, events in claims.items():
        stays, *ended = sorted(events, key=lambda e: (first_reported[e] or date.max, e))
        names[home] = stays
        merged += [(event, stays) for event in ended]
    tellings = [(t, names[n], former[t.key][0] if t.key in former else None) for n, g in enumerate(groups) for t in g]
    ended_ids = {event for event, _ in merged}
    split = sorted({(was, now) for _, now, was in tellings if was and was != now and was not in ended_ids})
    touched = {now for _, now, was in tellings if was != now} | {was for _, now, was in tellings if was and was != now}
    return Placed(tellings, [names[n] for n in new], sorted(merged), split, touched)


def _homes(groups: Sequence[Sequence[Telling]], former: Mapping[Key, tuple[str, date | None]]) -> dict[str, int]:
    """The group in which each known event has most of its tellings; the first of equal ones."""
    held: dict[str, Counter[int]] = {}
    for number, group in enumerate(groups):
        for telling in group:
            if telling.key in former:
                held.setdefault(former[telling.key][0], Counter())[number] += 1
    return {event: min(counts, key=lambda n, c=counts: (-c[n], n)) for event, counts in sorted(held.items())}


def _unused(groups: Iterable[Sequence[Telling]], taken: Callable[[Sequence[str]], set[str]]) -> list[str]:
    """New ids, made from the mention that founds each event; never one that was used before."""
    founders = [min(group, key=lambda t: (t.reported_on or date.max, t.key)).mention_ids[0] for group in groups]
    names = [_hashed(f) for f in founders]
    again = 0
    while used := taken(names):
        again += 1
        names = [_hashed(f"{f} {again}") if n in used else n for n, f in zip(names, founders, strict=True)]
    return names


def _hashed(text: str) -> str:
    return "e" + hashlib.sha256(text.encode()).hexdigest()[:12]
