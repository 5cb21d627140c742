"""How good the reader is on the corpus: ``python -m models.reader.evaluate [test]``.

Labels are given (the classifier is measured elsewhere). Recall of types, mentions per true one, accuracy of each attribute
where the truth has a value, and how often one is filled where it has none; masking by span and by name kept.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.classifier import Classifier
from models.corpus import store
from models.fold import fold
from models.reader.mask import find_private
from models.reader.mentions import read_mentions
from models.reader.person_features import Candidate
from models.reader.runs import candidates

FIELDS = ("department", "province", "district", "date", "killed", "wounded", "amount_pen", "norm")
SLACK_DAYS = {"state_of_emergency": 3, "new_law": 3, "bill": 3}


@dataclass(slots=True)
class Share:
    """Hits of a total."""

    hits: int = 0
    total: int = 0

    def add(self, *, hit: bool) -> None:
        """Count one more."""
        self.hits += hit
        self.total += 1

    @property
    def value(self) -> float:
        """The share, 1 when nothing was counted."""
        return self.hits / self.total if self.total else 1.0


@dataclass(slots=True)
class Figures:
    """What was measured over some documents."""

    recall: Share = field(default_factory=Share)
    predicted: int = 0
    right: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    filled: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    days: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))  # dates by type of event
    masked: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    kept: Share = field(default_factory=Share)
    evidence: Share = field(default_factory=Share)


def _same(name: str, got: Any, want: Any, kind: str) -> bool:
    if got is None or got == "":
        return False
    if name == "date":
        return abs((date.fromisoformat(got) - date.fromisoformat(want)).days) <= SLACK_DAYS.get(kind, 0)
    if name == "amount_pen":
        return abs(got - want) < 0.51
    if name == "norm":
        return _norm_key(got) == _norm_key(want)
    return fold(got) == fold(want) if isinstance(want, str) else got == want


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two quotations of a document share a word."""
    return one["field"] == other["field"] and one["start"] < other["end"] and other["start"] < one["end"]


def _norm_key(norm: str) -> tuple[str, ...]:
    """A norm's number without leading zeros and office."""
    kind, _, number = norm.partition(" ")
    digits = "".join(char if char.isdigit() else " " for char in number).split()
    return kind, *(str(int(part)) for part in digits[:2])


def _match(figures: Figures, truths: Iterable[Mapping[str, Any]], found: list[dict[str, Any]]) -> None:
    used: set[int] = set()
    for truth in truths:
        kind = truth["type"]
        fitting = [at for at, m in enumerate(found) if at not in used and m["type"] == kind]
        figures.recall.add(hit=bool(fitting))
        if not fitting:
            continue
        given = [name for name in FIELDS if truth[name]]
        best = max(fitting, key=lambda at: sum(_same(n, found[at][n], truth[n], kind) for n in given))
        used.add(best)
        figures.evidence.add(hit=_overlap(found[best]["evidence"], truth["evidence"]))
        for name in FIELDS:
            if truth[name]:
                is_right = _same(name, found[best][name], truth[name], kind)
                figures.right[name].add(hit=is_right)
                if name == "date":
                    figures.days[kind].add(hit=is_right)
            elif not (name in {"department", "province"} and truth["district"]):
                figures.filled[name].add(hit=bool(found[best][name]))


def _masking(figures: Figures, row: store.Row) -> None:
    for name in ("title", "text"):
        shown: str = row["title"] if name == "title" else row["text"]
        spans = find_private(shown)
        hidden = {at for span in spans for at in range(span.start, span.end)}
        truths = [p for p in row["private"] if p["field"] == name]
        for truth in truths:
            letters = [at for at in range(truth["start"], truth["end"]) if shown[at].isalnum()]
            figures.masked[truth["kind"]].add(hit=all(at in hidden for at in letters))
        for each in candidates(shown):
            if not any(_touches(each, truth) for truth in truths):
                figures.kept.add(hit=not any(at in hidden for at in range(each.start, each.end)))


def _touches(each: Candidate, truth: store.Span) -> bool:
    return each.start < truth["end"] and truth["start"] < each.end


def measure(rows: Sequence[store.Row]) -> Figures:
    """Measure the reader on corpus rows, their labels given, with the looks of the shipped classifier."""
    figures = Figures()
    seen = Classifier.load().predict([(row["title"], row["text"]) for row in rows])
    for row, looked in zip(rows, seen, strict=True):
        published = date.fromisoformat(row["published"][:10]) if row["published"] else None
        mentions = read_mentions(
            row["title"],
            row["text"],
            published,
            row["sectors"],
            row["events"],
            None,
            looked.looks,
            (),
            looked.hints,
            store.READ_ON,
        )
        found = [m.as_json() for m in mentions if m.status != "recalled"]
        figures.predicted += len(found)
        _match(figures, [m for m in row["mentions"] if m["status"] != "recalled"], found)
        _masking(figures, row)
    return figures


def main() -> None:
    """Print the figures of one split."""
    split = sys.argv[1] if len(sys.argv) > 1 else "test"
    if split not in store.SPLITS:
        sys.exit(f"the corpus has no split {split!r}: {', '.join(store.SPLITS)}")
    rows = store.read(split)
    figures = measure(rows)
    lines = [f"{len(rows)} documents of the {split} split, labels given"]
    lines.append(
        f"types found {figures.recall.value:.3f}, mentions a true one {figures.predicted / max(figures.recall.total, 1):.3f}"
    )
    lines += [
        f"{name:12} right {figures.right[name].value:.3f} ({figures.right[name].total})  filled {figures.filled[name].value:.3f}"
        for name in FIELDS
    ]
    filled = Share(sum(s.hits for s in figures.filled.values()), sum(s.total for s in figures.filled.values()))
    lines.append(f"all fields   filled {filled.value:.3f} ({filled.total} without a value)")
    days = (f"{kind} {share.value:.2f} ({share.total})" for kind, share in sorted(figures.days.items()))
    lines.append(f"date by type: {', '.join(days)}")
    lines.append(f"evidence     right {figures.evidence.value:.3f} ({figures.evidence.total})")
    lines += [f"masked {kind:8} {share.value:.3f} ({share.total})" for kind, share in sorted(figures.masked.items())]
    lines.append(f"other names kept {figures.kept.value:.3f} ({figures.kept.total})")
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main()
