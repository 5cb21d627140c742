"""Ids of events after the archive was read again with another model: ``python -m tests.benchmarks.bench_again [--model FOLDER …]``.

Documents of the labelled corpus are written as WARC files, backfilled with the shipped model, then read again from the archive with
each other model, as ``chasqui reprocess`` does it; each begins from the same first state. Told apart are the events whose evidence,
the sentences of all their mentions, is unchanged: these are to keep their ids.

    git archive 89711bc models/artifact | tar -x -C /tmp/before     (chasqui-1.0; 97f0a20 is chasqui-0.2, another network again)
    python -m tests.benchmarks.bench_again --pages 2400 --model /tmp/before/models/artifact --stricter 0.05

``--stricter`` is the shipped model with every threshold so much higher.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from flows.progress import PlainReporter
from flows.settings import Settings, load_settings
from flows.steps.again import run_again
from flows.steps.backfill.plan import find_files, missing, segments_of
from flows.steps.backfill.run import Work, run_backfill
from flows.steps.backfill.segment import Segment, SegmentRead, read_segment
from flows.steps.keeping import BlockedError
from flows.steps.night import new_night
from tests.benchmarks.backfill_pages import MadePages, make_corpus_pages
from tests.flows.warcs import CRAWLED

SHIPPED_MODEL = Path(__file__).parents[2] / "models" / "artifact"
FILES = 8
EVIDENCE = """
    SELECT event_id, list(m.document_id || m.evidence ORDER BY m.document_id, m.evidence) AS evidence
    FROM event_mentions JOIN mentions m USING (mention_id) GROUP BY event_id
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """Events before and after, those whose evidence is the same, and those of them that kept their id."""

    before: int
    after: int
    same: int
    kept: int
    is_published: bool

    def line(self) -> str:
        """For a person."""
        held = "" if self.is_published else "; a blocking rule kept the last file in its place"
        return (
            f"{self.before} events before, {self.after} after; {self.same} with the same evidence, "
            f"of which {self.kept} ({self.kept / max(1, self.same):.2%}) kept their id{held}"
        )


def first_reading(home: Path, made: MadePages) -> Settings:
    """Backfilled with the shipped model, without Prefect or workers."""
    settings = load_settings(home=home, sources=made.registry)
    night = new_night(settings, PlainReporter(), "backfill")
    segments = missing(segments_of(night, find_files(map(str, made.files))), again=False)
    run_backfill(night, Work(iter(segments), len(segments)), _Now, at_once=1)
    return settings


def read_again(settings: Settings, model: Path) -> Kept:
    """Everything read again with another model. A blocked publish leaves the warehouse as linked, which is what counts here."""
    before = _evidence(settings)
    other = settings.model_copy(update={"model": str(model)})
    is_published = True
    try:
        run_again(new_night(other, PlainReporter(), "reprocess"), CRAWLED.date(), None)
    except BlockedError:
        is_published = False
    after = _evidence(settings)
    told: dict[tuple[str, ...], set[str]] = {}
    for event, evidence in after.items():
        told.setdefault(tuple(evidence), set()).add(event)
    same = [event for event, evidence in before.items() if tuple(evidence) in told]
    kept = sum(event in told[tuple(before[event])] for event in same)
    return Kept(len(before), len(after), len(same), kept, is_published)


@dataclass(frozen=True, slots=True)
class _Now:
    """A file read in this process."""

    segment: Segment

    def result(self) -> SegmentRead:
        """Read it."""
        return read_segment(self.segment)


def _evidence(settings: Settings) -> dict[str, list[str]]:
    """The evidence of each event, by its id."""
    with duckdb.connect(str(settings.home / "warehouse.duckdb"), read_only=True) as con:
        return dict(con.execute(EVIDENCE).fetchall())


def _stricter(folder: Path, by: float) -> Path:
    """The shipped model with higher thresholds."""
    shutil.copytree(SHIPPED_MODEL, folder)
    path = folder / "labels.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said["version"] += f"-stricter-{by:g}"
    for label in said["labels"]:
        label["threshold"] = min(0.99, label["threshold"] + by)
    path.write_text(json.dumps(said), encoding="utf-8")
    return folder


def _others(models: list[Path], stricter: list[float], folder: Path) -> Iterator[Path]:
    yield from models
    yield from (_stricter(folder / f"stricter-{by:g}", by) for by in stricter)


def main() -> None:
    """One line for each other model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=400, help="documents of the corpus, from its first on")
    parser.add_argument("--model", type=Path, action="append", default=[], help="folder of another model")
    parser.add_argument("--stricter", type=float, action="append", default=[], metavar="BY")
    given = parser.parse_args()
    if not given.model and not given.stricter:
        parser.error("no other model: --model or --stricter is needed")
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = make_corpus_pages(folder / "pages", given.pages, FILES)
        settings = first_reading(folder / "first", made)
        for number, model in enumerate(_others(given.model, given.stricter, folder)):
            home = folder / f"again-{number}"
            shutil.copytree(settings.home, home)
            version = json.loads((model / "labels.json").read_text(encoding="utf-8"))["version"]
            kept = read_again(settings.model_copy(update={"home": home}), model)
            print(f"{version}: of {given.pages} pages {kept.line()}", flush=True)


if __name__ == "__main__":
    main()
