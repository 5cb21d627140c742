"""What must hold for the corpus: spans, labels, lengths, balance, diversity, no near-duplicates, the pinned test split.

Each finding is one line that names the document; counts are a report, not findings. Not here: label quality, which only a
second reading can tell (``models/CODEBOOK.md``).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

from models import taxonomy
from models.corpus.store import FOLDER, PRESS, SPLITS, Row, digest, read, split_of
from models.fold import fold

WORDS = (100, 240)  # asked for: 110 to 230
RUN = 8  # no two documents share as many words in a row …
LEGAL = re.compile(  # … outside legal formulas: what norms, institutions, dates and addresses cannot say otherwise
    r"estado de emergencia|de emergencia|emergencia en|decreto|ley n|resolucion|articulo|incisos|constitucion|reglamento|proyecto de ley|"
    r"ministerio|ministros|policia nacional|fuerzas armadas|inviolabilidad|de transito|provincia constitucional|codigo penal|fiscalia|"
    r"comision de|congreso|presidencia|la republica|considerando|dias calendario|treinta 30|casa de gobierno|de gobierno en lima|dado la ley|"
    r"orden interno|control del orden|publique y cumpla|derechos relativos|del mes de|dias del mes|lima metropolitana|de defensa nacional|"
    r"anexo forma parte|impacto de danos|acciones inmediatas de|camara de|region policial|autoridad de transporte|de lurigancho|"
    r"gobierno en lima a los|para su promulgacion|presupuesto institucional de|transferencia de partidas|presupuesto del sector|hasta por la suma|amenazas contra su seguridad|bajo responsabilidad|a la poblacion de las|desagregacion de los recursos|facultad de legislar|estado proteger|de extorsion el que|constitutional province|consejo de|secretaria general|"
    r"diario oficial|acciones inmediatas y|el poder ejecutivo|peligro inminente|deber primordial|del delito de|"
    r"de la avenida|en el sector|supreme decree|state of emergency|national police|ministry|congress"
)
REGISTERS = {"national", "regional", "police", "agency", "gazette", "congress", "ngo", "opinion", "broadcast"}
PRIVATE = {"name", "phone", "plate", "account"}
TEST_PIN = "test.sha256"
SAMPLE = 82  # documents: the size of the public development set …
LEAST_RATIO = 0.944  # … and its distinct-trigram ratio (measured 2026-11-22)
Totals = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Report:
    """Findings, and the counts a reader wants beside them."""

    findings: list[str]
    documents: int
    by_split: Counter[str]
    positives: Counter[str]
    hard: Counter[str]
    languages: Counter[str]
    registers: Counter[str]
    clean: int  # documents without any label
    trigram_ratio: float
    digest: str


def words(text: str) -> list[str]:
    """Folded words, figures included."""
    return re.findall(r"\w+", fold(text))


def check_row(row: Row, tree: taxonomy.Taxonomy) -> Iterator[str]:
    """Findings about one document on its own."""
    if not WORDS[0] <= (count := len(row["text"].split())) <= WORDS[1]:
        yield f"{count} words, expected {WORDS[0]} to {WORDS[1]}"
    if row["register"] not in REGISTERS:
        yield f"register {row['register']!r} is not one of {', '.join(sorted(REGISTERS))}"
    if row.get("build", PRESS) != PRESS:
        yield f"build {row.get('build')!r}, expected {PRESS} or none"
    if row["lang"] not in {"es", "en"}:
        yield f"lang {row['lang']!r}, expected es or en"
    if row["published"] is not None:
        date.fromisoformat(row["published"])
    yield from check_labels(row, tree)
    for span in row["private"]:
        content = row["title"] if span["field"] == "title" else row["text"]
        if span["kind"] not in PRIVATE or not 0 <= span["start"] < span["end"] <= len(content):
            yield f"private span {span} is out of bounds or of unknown kind"
    for mention in row["mentions"]:
        yield from check_mention(row, mention)
    yield from check_victims(row)


def check_victims(row: Row) -> Iterator[str]:
    """Findings about who was killed or wounded: phrases that stand in the text, counts that add up to the records'."""
    victims = row.get("victims", [])
    for span in (span for victim in victims for span in victim["spans"]):
        content = row["title"] if span["field"] == "title" else row["text"]
        if not 0 <= span["start"] < span["end"] <= len(content):
            yield f"victim span {span} is out of bounds"
    for state in ("killed", "wounded") if victims else ():
        counts: dict[int, int] = {}
        for mention in row["mentions"]:
            if mention["status"] != "recalled":
                counts[mention["happening"]] = max(counts.get(mention["happening"], 0), mention[state] or 0)
        told = sum(each["count"] for each in victims if each["state"] == state and not each["is_total"])
        if told != sum(counts.values()):
            yield f"victims: {told} {state} are marked, the mentions say {sum(counts.values())}"


def check_labels(row: Row, tree: taxonomy.Taxonomy) -> Iterator[str]:
    """Findings about a document's labels and hard negatives."""
    axes = {entry.id: entry.axis for entry in tree.entries}
    for listed, axis in ((row["sectors"], "sector"), (row["events"], "event")):
        yield from (f"{label!r} is no {axis} of the taxonomy" for label in listed if axes.get(label) != axis)
    for reason in row["hard"]:
        label = reason.split(":")[0]
        if label not in axes or ":" not in reason:
            yield f"hard {reason!r}, expected 'label: reason'"
        elif label in {*row["sectors"], *row["events"]}:
            yield f"hard negative {label} is also a label"


def check_mention(row: Row, mention: dict[str, Any]) -> Iterator[str]:
    """Findings about one mention."""
    evidence = mention["evidence"]
    content = row["title"] if evidence["field"] == "title" else row["text"]
    if content[evidence["start"] : evidence["end"]] != evidence["text"]:
        yield f"{mention['type']}: evidence does not stand where its span says"
    if mention["status"] != "recalled" and mention["type"] not in row["events"]:
        yield f"{mention['type']}: a counted mention without the label"
    if mention["status"] != "recalled" and not {*mention["sectors"]} <= {*row["sectors"]}:
        yield f"{mention['type']}: mention sectors {mention['sectors']} are not the document's"


def shared_runs(rows: Sequence[Row]) -> Iterator[str]:
    """Runs of eight words that two documents share, legal formulas apart; one line a pair."""
    owners: dict[str, int] = {}
    told: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        tokens = words(row["title"] + "\n" + row["text"])
        for at in range(len(tokens) - RUN + 1):
            run = " ".join(tokens[at : at + RUN])
            first = owners.setdefault(run, number)
            if first != number and (first, number) not in told and not LEGAL.search(run):
                told.add((first, number))
                yield f"{row['id']}: shares {run!r} with {rows[first]['id']}"


def near_duplicates(rows: Sequence[Row], limit: float = 0.35) -> Iterator[str]:
    """Pairs whose sets of three-word shingles are too alike (MinHash)."""
    from datasketch import MinHash, MinHashLSH  # half a second of import that only this check needs

    index = MinHashLSH(threshold=limit, num_perm=64)
    shingles: dict[str, set[str]] = {}
    for row in rows:
        tokens = words(row["title"] + "\n" + row["text"])
        own = shingles[row["id"]] = {" ".join(tokens[at : at + 3]) for at in range(len(tokens) - 2)}
        sketch = MinHash(num_perm=64, seed=1)
        sketch.update_batch([shingle.encode() for shingle in own])
        for other in map(str, index.query(sketch)):
            likeness = len(own & shingles[other]) / len(own | shingles[other])  # the sketch only proposes
            if likeness >= limit:
                yield f"{row['id']}: nearly the same text as {other} ({likeness:.2f} of their word triples)"
        index.insert(row["id"], sketch)


def trigram_ratio(texts: Iterable[str]) -> float:
    """Distinct three-word runs over all of them: how little the texts repeat each other."""
    seen: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        tokens = words(text)
        seen.update(zip(tokens, tokens[1:], tokens[2:], strict=False))
    return len(seen) / max(1, seen.total())


def sampled_ratio(rows: Sequence[Row], draws: int = 20) -> float:
    """The mean ratio over random samples of the development set's size: the ratio falls as a collection grows."""
    random = Random(0)  # noqa: S311
    picked = (random.sample(list(rows), min(SAMPLE, len(rows))) for _ in range(draws))
    return fmean(trigram_ratio(row["title"] + "\n" + row["text"] for row in rows) for rows in picked)


def examine(rows: Sequence[Row], tree: taxonomy.Taxonomy, least: int = 120) -> Report:
    """All findings and counts over a whole corpus."""
    findings = [f"{row['id']}: {finding}" for row in rows for finding in check_row(row, tree)]
    findings += [
        f"{key}: listed {count} times" for key, count in Counter(row["id"] for row in rows).items() if count > 1
    ]
    findings += shared_runs(rows)
    findings += near_duplicates(rows)
    positives = Counter(label for row in rows for label in {*row["sectors"], *row["events"]})
    hard = Counter(label for row in rows for label in {reason.split(":")[0] for reason in row["hard"]})
    findings += [
        f"{name}: {kind[name]} {what}, expected at least {least}"
        for name in tree.names
        for kind, what in ((positives, "positives"), (hard, "hard negatives"))
        if kind[name] < least
    ]
    by_split = Counter(split_of(row["story"]) for row in rows)
    findings += [
        f"split {name}: {by_split[name]} documents, expected at least 300"
        for name in SPLITS[1:]
        if by_split[name] < 300 and least
    ]
    ratio = sampled_ratio(rows)
    findings += [f"distinct-trigram ratio {ratio:.3f}, expected at least {LEAST_RATIO}"] if ratio < LEAST_RATIO else []
    return Report(
        findings=findings,
        documents=len(rows),
        by_split=Counter(dict(by_split)),
        positives=positives,
        hard=hard,
        languages=Counter(row["lang"] for row in rows),
        registers=Counter(row["register"] for row in rows),
        clean=sum(not row["sectors"] and not row["events"] for row in rows),
        trigram_ratio=ratio,
        digest=digest(rows),
    )


def check_pin(folder: Path = FOLDER) -> str | None:
    """A finding when the test split is not the pinned one, or nothing pins it."""
    if not (folder / TEST_PIN).exists():
        return f"no {TEST_PIN} pins the test split: `chasqui corpus import --pin` writes it"
    pinned, found = (folder / TEST_PIN).read_text(encoding="utf-8").split()[0], digest(read("test", folder))
    return None if pinned == found else f"test split hashes to {found}, pinned is {pinned}"


def misplaced(folder: Path = FOLDER) -> list[str]:
    """Documents that lie in the file of another split."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in SPLITS:
        for row in read(name, folder):
            if split_of(row["story"]) != name:
                found[name].append(row["id"])
    return [f"{json.dumps(ids)} do not belong to {name}" for name, ids in found.items()]
