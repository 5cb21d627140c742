"""How many were killed or wounded: the count that what a text shows (``victims``) supports best.

The candidates are numbers said of the dead or wounded, sums of persons told of (``toll``), one, none; a fitted model weighs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.reader.linear import bucket, shares
from models.reader.reading import Reading
from models.reader.victims import MOST, Kind, Scope, Signs, gates, persons, said, signs, used_sentences

MODEL = "count"
LIKELY = 0.05  # a sum of persons so likely is weighed
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
UNSAID = 0.5  # the probability of no person hit above which a text without words of wounding says nothing
DOUBT = 0.3  # a zero is said only when it is three times as likely as any other count
# How far the sum of the persons told of bears on the count once more, and the share of a sum at which it does not: on the
# calibration split, 81 of 100 wounded right with it, 78 without (22 November 2026); of the killed, fewer.
LEAN, EVEN, LEAST = 0.3, 0.35, 0.03


@dataclass(frozen=True, slots=True)
class Count:
    """The count the text supports best, with the lowest and highest it states."""

    best: int
    low: int
    high: int


def candidates(kind: Kind, found: Signs) -> list[int]:
    """The counts to weigh."""
    values = {1, *found.numbers} if kind == "killed" else {0, 1, 2, 3, *found.numbers}
    if found.paired or found.plural:
        values.add(2)
    if kind == "wounded":
        values |= set(found.told)
        if found.numbers:
            values |= {max(found.numbers) + 1, sum(set(found.numbers))}
    if found.headline:
        values.add(found.headline)
    likely = sorted(range(1, len(found.toll)), key=lambda v: -found.toll[v])[:2]
    values |= {v for v in likely if found.toll[v] >= LIKELY}
    return sorted(v for v in values if v <= MOST)


def features(kind: Kind, value: int, found: Signs, gate: dict[int, float], *, is_murder: bool) -> list[str]:
    """What the model sees of one count."""
    size = bucket(value, (1, 2, 3, 5, 9))
    numbers, chances = found.numbers, found.toll
    said = min(len(set(numbers)), 2)
    out = [f"v {size}", f"said {said} v {size}", f"denied {found.denied} v {size}", f"murder {is_murder} v {size}"]
    own = chances[value] if value < len(chances) else 0.0
    some = own / max(1e-6, 1.0 - chances[0])
    most = max(range(1, len(chances)), key=lambda v: chances[v])
    step, share = bucket(own, SHARES), bucket(some, SHARES)
    out += [f"toll {step} v {min(size, 1)}", f"toll {step} said {said}"]
    if value:
        out += [
            f"toll some {share}",
            f"toll some {share} said {said}",
            f"toll most {value == most} said {said}",
            f"toll most {value == most} {bucket(1 - chances[0], SHARES)}",
        ]
        out.append(f"toll most {value == most} in numbers {value in numbers} said {said}")
    if found.headline > 1:
        out.append(f"headline {value == found.headline} said {said}")
    if numbers:
        out += [
            f"max {value == max(numbers)}",
            f"min {value == min(numbers)}",
            f"times {min(numbers.count(value), 3)}",
            f"times {min(numbers.count(value), 3)} said {said}",
        ]
        out += [
            f"sum {value == sum(set(numbers))} said {said}",
            f"first {value == numbers[0]}",
            f"max {value == max(numbers)} v {size}",
        ]
        out.append(f"max+1 {value == max(numbers) + 1} singles {min(found.singles, 2)}")
    if found.in_title:
        out += [f"title {value in found.in_title}", f"title max {value == max(found.in_title)}"]
    if found.paired:
        out += [f"paired {value == 2} said {said}", f"paired {value == max(numbers, default=1) + 1} said {said}"]
    if kind == "killed":
        out.append(f"plural {found.plural} paired {found.paired} v {size} said {said}")
    if kind == "wounded":
        out += [
            f"singles {min(found.singles, 4)} v {size} said {said}",
            f"is told {value in found.told} said {said} v {size}",
        ]
        top = bucket(max(gate.values(), default=0.0), (0.2, 0.4, 0.6, 0.8, 0.9))
        out += [
            f"gate {top} v {size} said {said}",
            f"gate sum {bucket(sum(gate.values()), (0.3, 0.7, 1.2, 1.8, 2.5))} v {size} said {said}",
        ]
    return [f"{kind} {name}" for name in out]


def _lean(value: int, chances: Sequence[float]) -> float:
    """The weight that the sum of the persons told of gives a count; one for none."""
    if not value:
        return 1.0
    share = chances[value] / (1.05 - chances[0]) if value < len(chances) else 0.0
    return ((LEAST + share) / (LEAST + EVEN)) ** LEAN


def count(
    reading: Reading, kind: Kind, scores: Mapping[str, Sequence[float]], within: Scope = None, *, is_murder: bool
) -> Count | None:
    """The killed or wounded of the event the document tells; ``None`` when it does not say."""
    if kind == "killed" and not is_murder:
        denied = any(said("killed", "none").search(s.folded) for s in used_sentences(reading, within))
        return Count(0, 0, 0) if denied else None
    gate = gates(reading, within, is_murder=is_murder) if kind == "wounded" else {}
    told = persons(reading, kind, gate, scores, within, is_murder=is_murder)
    found = signs(reading, kind, gate, told, within)
    if kind == "wounded" and not (
        found.numbers or found.singles or found.denied or is_murder or found.toll[0] < UNSAID
    ):
        return None
    values = candidates(kind, found)
    options = [features(kind, value, found, gate, is_murder=is_murder) for value in values]
    weighed = dict(zip(values, shares(MODEL, options), strict=True))
    if kind == "wounded":
        weighed = {value: weight * _lean(value, found.toll) for value, weight in weighed.items()}
    if kind == "wounded" and (found.singles or found.numbers):
        weighed[0] = DOUBT * weighed.get(0, 0.0)
    best = max(weighed, key=lambda v: weighed[v])
    stated = [n for n in found.numbers if weighed.get(n, 0.0) >= 0.5 * weighed[best]] or [best]
    return Count(best, min(best, *stated), max(best, *stated))
