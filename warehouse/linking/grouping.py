"""Tellings into groups: who is compared with whom, what hangs together, and where it is cut.

Pairs are sought among tellings that share a key near in time, so that the work grows with the news of a few weeks and not
with the past. What hangs together by likely pairs is then cut anew as a whole, always in the same order: the result is the
same however the tellings came in.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from warehouse.linking.likeness import NEVER, likeness
from warehouse.linking.telling import NORM_TYPES, Telling
from warehouse.linking.words import KIND

REACH_DAYS = 21  # a later telling of a happening is sought so far, by its day or that of the report
KEY_WORDS = 10  # of a telling's weightiest words, by which it is found
CLIPPED = 5.0  # beyond which a pair's points say no more
Key = tuple[str, int]


def keys_of(telling: Telling) -> set[str]:
    """Keys by which a telling is found: its weightiest words, its norm, and with its day its place, its province, what it is when that is rare."""
    words = sorted((-v, w) for w, v in telling.tokens.items() if v > KIND)[:KEY_WORDS]
    keys = {w for _, w in words}
    if telling.is_norm and telling.norm:
        keys.add(f"norm {telling.norm}")
    if telling.at is None:
        return {k for k in keys if k.startswith("norm ")}  # without any day nothing is near but by a norm's number
    places = telling.territory or ({telling.ubigeo} if telling.ubigeo else set[str]())
    # Pages differ in how near they name a place, and of norms and strikes everybody tells in other words and of no town.
    provinces = {f"{place[:4]}00" for place in places if place[2:4] != "00"}
    rare = telling.types & (NORM_TYPES | {"strike"})
    return keys | {f"{key} {w}" for key in {*places, *provinces, *rare} for w in _windows(telling.at)}


def _windows(number: int) -> tuple[int, int]:
    """Two windows of four days that overlap by half: days at most two apart share one."""
    return number // 4, -((number + 2) // 4)


def likely_pairs(new: Sequence[Telling], known: Sequence[Telling] = ()) -> Iterator[tuple[Telling, Telling, float]]:
    """Pairs of a new telling with a new or known one that are likely one happening, each once.

    They are gone through in order of their days, and each key forgets what lies out of reach.
    """
    fresh = {t.key for t in new}
    posted: dict[str, deque[Telling]] = {}
    for telling in sorted((*known, *new), key=lambda t: (t.at or 0, t.key)):
        met: dict[Key, Telling] = {}
        is_new = telling.key in fresh
        for key in keys_of(telling):
            there = posted.setdefault(key, deque())
            if not key.startswith("norm "):
                while there and (there[0].at or 0) + REACH_DAYS < (telling.at or 0):
                    there.popleft()
            for other in there:
                if is_new or other.key in fresh:
                    met[other.key] = other
            there.append(telling)
        for _, other in sorted(met.items()):
            points = likeness(other, telling)
            if points > 0:
                yield other, telling, points


def connected(keys: Iterable[Key], pairs: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """What hangs together by pairs, each part sorted."""
    parent = {key: key for key in keys}

    def root(key: Key) -> Key:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    parts: dict[Key, list[Key]] = {}
    for key in sorted(parent):
        parts.setdefault(root(key), []).append(key)
    return list(parts.values())


def cut(part: Sequence[Telling], ruled: Mapping[tuple[Key, Key], float] = MappingProxyType({})) -> list[list[Telling]]:
    """Split what hangs together into happenings. ``ruled`` gives points of pairs, in order, that stand whatever they say.

    The two likeliest groups are joined until none are likely. Between groups counts half the mean of all pairs and half the
    best one: a late telling may be like only one of the first, but it must not contradict the rest.
    """
    part = sorted(part, key=lambda t: t.key)
    if len(part) <= 2:
        return [list(part)] if len(part) == 2 and _points(part[0], part[1], ruled) > 0 else [[t] for t in part]
    points: dict[tuple[int, int], tuple[float, float]] = {}  # sum and best of the pairs between two groups
    members: dict[int, list[Telling]] = {n: [t] for n, t in enumerate(part)}
    heap: list[tuple[float, int, int]] = []
    for j, b in enumerate(part):
        for i, a in enumerate(part[:j]):
            value = _points(a, b, ruled)
            points[i, j] = value, value
            if value > 0:
                heapq.heappush(heap, (-value, i, j))
    fresh = len(part)
    while heap:
        _, i, j = heapq.heappop(heap)
        if i not in members or j not in members:
            continue
        joined = members.pop(i) + members.pop(j)
        for other, others in members.items():
            first, second = points[min(i, other), max(i, other)], points[min(j, other), max(j, other)]
            total, best = first[0] + second[0], max(first[1], second[1])
            points[other, fresh] = total, best
            value = (total / (len(joined) * len(others)) + best) / 2
            if value > 0:
                heapq.heappush(heap, (-value, other, fresh))
        members[fresh] = joined
        fresh += 1
    return sorted((sorted(g, key=lambda t: t.key) for g in members.values()), key=lambda g: g[0].key)


def _points(a: Telling, b: Telling, ruled: Mapping[tuple[Key, Key], float]) -> float:
    """Points of a pair in order of their keys."""
    said = ruled.get((a.key, b.key))
    return _clipped(likeness(a, b)) if said is None else said


def _clipped(points: float) -> float:
    """Points as a pair counts among many; a pair that can never be keeps its groups apart whatever the others say."""
    return -1e6 if points <= NEVER else max(-CLIPPED, min(CLIPPED, points))


def group(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Tellings as happenings, all at once."""
    by_key: Mapping[Key, Telling] = {t.key: t for t in tellings}
    pairs = [(a.key, b.key) for a, b, _ in likely_pairs(sorted(by_key.values(), key=lambda t: t.key))]
    return [found for part in connected(by_key, pairs) for found in cut([by_key[k] for k in part])]
