"""Fit the reader's weights from the corpus: ``python -m models.reader.fit``.

Logistic models over named features, trained with AdaGrad on the training split's spans. The sentence model comes first;
the others see its judgement of sentences it was not fitted on (folds by story), as they will at run time.
"""

from __future__ import annotations

import json
import math
import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypedDict

from models.corpus.store import Row
from models.gazetteer import covers
from models.gazetteer.fold import fold
from models.reader import linear, persons, places, sums, victims, when
from models.reader import sectors as own
from models.reader.cues import cue_features, is_known, sentence_features, stems
from models.reader.focus import Focus, foci
from models.reader.person_features import COMMON, all_features, common_words
from models.reader.reading import Reading, read

Example = tuple[list[str], bool]
FOLDS = 5
SMALL = 0.04  # weights below this change nothing but the size of the files
LOWER = re.compile(r"(?<!\w)[a-záéíóúüñ]{2,}(?!\w)")


class Settings(TypedDict, total=False):
    """How one model is trained."""

    rate: float
    l2: float
    least: int


PLAIN: Settings = {}
SPARSE: Settings = {"l2": 0.1, "least": 3}  # models with few examples
PERSON: Settings = {"l2": 0.02, "least": 3}
WORDY: Settings = {
    "rate": 0.2,
    "l2": 5e-3,
    "least": 3,
}  # models whose features are mostly words need them rare and free
FOLDER = Path(__file__).parent / "weights"
LEGAL_SLACK = 3


def train(
    examples: Sequence[Example], *, epochs: int = 8, rate: float = 0.1, l2: float = 0.3, least: int = 6, seed: int = 7
) -> dict[str, float]:
    """Weights by feature name; features seen fewer than ``least`` times are left out."""
    counts = Counter(name for names, _ in examples for name in set(names))
    ids = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= least), start=1)}
    rows = [([0] + [ids[n] for n in set(names) if n in ids], float(truth)) for names, truth in examples]
    size = len(ids) + 1
    values, squares, sums_ = [0.0] * size, [1e-6] * size, [0.0] * size
    order, steps = list(range(len(rows))), 0
    rng = random.Random(seed)  # noqa: S311
    for epoch in range(epochs):
        rng.shuffle(order)
        for at in order:
            names, truth = rows[at]
            error = linear.sigmoid(sum(values[i] for i in names)) - truth
            for i in names:
                gradient = error + l2 * values[i]
                squares[i] += gradient * gradient
                values[i] -= rate * gradient / math.sqrt(squares[i])
        if epoch >= epochs // 2:
            steps += 1
            sums_ = [s + v for s, v in zip(sums_, values, strict=True)]
    mean = [s / max(1, steps) for s in sums_]
    return {linear.BIAS: mean[0]} | {name: mean[i] for name, i in ids.items() if abs(mean[i]) >= SMALL}


class Case:
    """One document of the corpus with its reading."""

    def __init__(self, row: Row) -> None:
        published = row["published"]
        self.row = row
        self.reading: Reading = read(
            row["title"], row["text"], date.fromisoformat(published[:10]) if published else None
        )
        self.fold = zlib.crc32(row["story"].encode()) % FOLDS
        self.kinds = [kind for kind in row["events"] if is_known(kind)]
        self.foci: dict[str, Focus] = {}
        self.gate: dict[int, float] = {}
        self.features: dict[str, list[list[str]]] = {}
        words = [stems(s.folded) for s in self.reading.sentences]
        for kind in self.kinds:
            cues = [cue_features(s.folded, kind) for s in self.reading.sentences]
            self.features[kind] = [sentence_features(self.reading, words, cues, i, kind) for i in range(len(words))]

    def truths(self, kind: str) -> list[dict[str, Any]]:
        """The counted mentions of ``kind``."""
        return [m for m in self.row["mentions"] if m["type"] == kind and m["status"] != "recalled"]


def _overlaps(case: Case, index: int, mention: dict[str, Any]) -> bool:
    sentence, evidence = case.reading.sentences[index], mention["evidence"]
    shared = min(sentence.end, evidence["end"]) - max(sentence.start, evidence["start"])
    return evidence["field"] == sentence.field and shared > 0.4 * min(
        sentence.end - sentence.start, evidence["end"] - evidence["start"]
    )


def sentence_examples(case: Case) -> list[Example]:
    """Each sentence for each type with a mention: does it hold the evidence?"""
    out: list[Example] = []
    for kind in case.kinds:
        truths = case.truths(kind)
        if truths:
            out += [(names, any(_overlaps(case, i, m) for m in truths)) for i, names in enumerate(case.features[kind])]
    return out


def date_examples(case: Case) -> list[Example]:
    """Each candidate day of each type: is it the mention's?"""
    out: list[Example] = []
    for kind in case.kinds:
        truths = case.truths(kind)
        if not truths or kind == "extortion":
            continue
        days = [date.fromisoformat(m["date"]) for m in truths if m["date"] and m["date_precision"] == "day"]
        every = when.candidates(case.reading)
        slack = LEGAL_SLACK if kind in when.LEGAL else 0
        out += [
            (when.features(case.reading, case.foci[kind], c, every), any(abs((c.day - d).days) <= slack for d in days))
            for c in every
        ]
    return out


def place_examples(case: Case) -> list[Example]:
    """Each unit for each type: does it hold the mention's place?"""
    out: list[Example] = []
    for kind in case.kinds:
        truths = case.truths(kind)
        if not truths or kind in when.LEGAL:
            continue
        codes = [m["ubigeo"] for m in truths if m["ubigeo"]]
        every = places.namings(case.reading)
        units = places.nodes(every)
        out += [
            (places.features(case.reading, case.foci[kind], u, every, units), any(covers(u, c) for c in codes))
            for u in units
        ]
    return out


def sum_examples(case: Case) -> list[Example]:
    """Each sum of a document with a demand: is it the mention's?"""
    out: list[Example] = []
    for kind in ("extortion", "kidnapping"):
        truths = case.truths(kind) if kind in case.kinds else []
        if truths:
            amounts = [m["amount_pen"] for m in truths if m["amount_pen"]]
            every = sums.find_sums(case.reading.sentences)
            out += [
                (sums.features(case.reading, case.foci[kind], s, every), any(abs(s.amount - a) < 0.51 for a in amounts))
                for s in every
            ]
    return out


def person_examples(case: Case) -> list[Example]:
    """Each run that may name a person: is it a private one?"""
    out: list[Example] = []
    for field in ("title", "text"):
        text: str = case.row["title"] if field == "title" else case.row["text"]
        private = [(s["start"], s["end"]) for s in case.row["private"] if s["field"] == field and s["kind"] == "name"]
        every = persons.candidates(text)
        out += [
            (names, any(c.start < end and start < c.end for start, end in private))
            for c, names in zip(every, all_features(text, every), strict=True)
        ]
    return out


def sector_examples(case: Case) -> list[Example]:
    """Each sector of a document with several, for each type: is it the mention's own?"""
    sectors = case.row["sectors"]
    if len(sectors) < 2:
        return []
    out: list[Example] = []
    for kind in case.kinds:
        for truth in case.truths(kind)[:1]:
            focus = case.foci[kind]
            out += [(own.features(case.reading, focus, s, sectors), s in truth["sectors"]) for s in sectors]
    return out


VIOLENT = ("murder", "attack", "arson", "kidnapping")


def _counts(case: Case, kind: victims.Kind) -> set[int]:
    """The true counts of the document's violent happenings."""
    return {m[kind] for t in VIOLENT if t in case.kinds for m in case.truths(t) if m[kind] is not None}


def wound_examples(case: Case) -> list[Example]:
    """Each sentence with a word of wounding: was anybody wounded?"""
    truth = _counts(case, "wounded")
    if not any(kind in VIOLENT for kind in case.kinds) or (not truth and "murder" not in case.kinds):
        return []
    is_murder = "murder" in case.kinds
    rows = [
        victims.wound_features(case.reading, s, is_murder=is_murder)
        for s in case.reading.sentences
        if case.reading.own(s.index)
    ]
    return [(names, any(truth)) for names in rows if names]


def count_examples(case: Case) -> list[Example]:
    """Each candidate count of a violent document: is it the true one?"""
    out: list[Example] = []
    is_murder = "murder" in case.kinds
    for kind in ("killed", "wounded"):
        truth = _counts(case, kind) or ({0} if kind == "wounded" and is_murder else set[int]())
        if not truth or (kind == "killed" and not is_murder):
            continue
        found = victims.signs(case.reading, kind, case.gate)
        out += [
            (victims.features(kind, v, found, case.gate, is_murder=is_murder), v in truth)
            for v in victims.candidates(kind, found)
        ]
    return out


def set_gates(cases: Sequence[Case]) -> dict[str, float]:
    """Give every case the judgement of a wound model that has not seen its story; return the model of all."""
    for part in range(FOLDS):
        table = train([e for c in cases if c.fold != part for e in wound_examples(c)], **SPARSE)
        for case in cases:
            if case.fold == part:
                gate_with(case, table)
    return train([e for c in cases for e in wound_examples(c)], **SPARSE)


def gate_with(case: Case, table: dict[str, float]) -> None:
    """Set a case's gate from weights in hand."""
    is_murder = "murder" in case.kinds
    named = {
        s.index: victims.wound_features(case.reading, s, is_murder=is_murder)
        for s in case.reading.sentences
        if case.reading.own(s.index)
    }
    case.gate = {i: linear.score(table, names) for i, names in named.items() if names}


def set_foci(cases: Sequence[Case]) -> dict[str, float]:
    """Give every case foci from a sentence model that has not seen its story; return the model of all."""
    for part in range(FOLDS):
        table = train([e for c in cases if c.fold != part for e in sentence_examples(c)], **WORDY)
        for case in cases:
            if case.fold == part:
                focus_with(case, table)
    return train([e for c in cases for e in sentence_examples(c)], **WORDY)


def focus_with(case: Case, table: dict[str, float]) -> None:
    """Set a case's foci from weights in hand."""
    scores = {kind: [linear.score(table, names) for names in case.features[kind]] for kind in case.kinds}
    case.foci = foci(case.reading, scores)


MAKERS: dict[str, Callable[[Case], list[Example]]] = {
    "date": date_examples,
    "place": place_examples,
    "sum": sum_examples,
    "count": count_examples,
    "sector": sector_examples,
}


def fit(rows: Iterable[Row]) -> dict[str, dict[str, float]]:
    """All weights from the rows of the training split."""
    rows = list(rows)
    FOLDER.mkdir(exist_ok=True)
    write_json(FOLDER / COMMON, common(rows))
    common_words.cache_clear()
    every = [case for row in rows if (case := Case(row)).reading.sentences]
    cases = [case for case in every if case.kinds]
    people = [e for c in every for e in person_examples(c)]
    models = {"sentence": set_foci(cases), "person": train(people, **PERSON)}
    models["wound"] = set_gates(cases)
    for name, maker in MAKERS.items():
        models[name] = train([e for c in cases for e in maker(c)], **(SPARSE if name in {"count", "sector"} else PLAIN))
    return models


def common(rows: Iterable[Row], least: int = 3) -> list[str]:
    """Folded words that the rows write in lower case at least so often."""
    counts = Counter(fold(word) for row in rows for word in LOWER.findall(row["text"]))
    return sorted(word for word, count in counts.items() if count >= least)


def save(models: dict[str, dict[str, float]], folder: Path = FOLDER) -> None:
    """Write the weights as sorted lines, so that a change can be read."""
    folder.mkdir(exist_ok=True)
    for name, table in models.items():
        write_json(folder / f"{name}.json", {key: round(value, 3) for key, value in sorted(table.items())})


def write_json(path: Path, content: Any) -> None:
    """One entry a line."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def main() -> None:
    """Fit on the training and calibration splits of the corpus in the repository."""
    from models.corpus.store import read as read_rows

    groups = defaultdict(int)
    rows = [*read_rows("train"), *read_rows("calibration")]
    for row in rows:
        groups[row["story"]] += 1
    save(fit(rows))
    print(f"fitted on {len(rows)} documents, {len(groups)} stories")  # noqa: T201


if __name__ == "__main__":
    main()
