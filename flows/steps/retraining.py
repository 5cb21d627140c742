"""retrain: the classifier taught by corpus and judged documents, and put in place if no core label reads worse.

Whatever goes wrong, the model in use stays where it is. Not here: the training itself (``training``).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from flows.failures import REMEDIES
from flows.steps.alarm import Alarm, raise_alarm, tell_cut_off
from flows.steps.keeping import warehouse_of
from flows.steps.night import Night, Wrap, only_one, plain
from flows.steps.order import watch
from flows.steps.training import Trainer, train, trainer_of
from models import taxonomy
from models.card import model_card
from models.classifier.folder import put_in_place, version_of
from models.corpus import store
from models.promotion import Verdict, judge
from models.train.grown import GROWN
from models.understand import mask_together
from warehouse.reviews.training import training_rows

NIGHT_S = 20 * 3600.0  # how long a night may hold the warehouse or the model
CARD = "MODEL_CARD.md"


def run_retraining(night: Night, wrap: Wrap = plain) -> dict[str, Any]:
    """Train, judge, promote or not; the report says which and by what figures.

    Raises:
        TrainingError: no model came of it.
    """
    with only_one(night.home, "retrain"):
        if _was_cut_off(night):
            tell_cut_off(night)
        return watch(night, lambda: _run_steps(night, wrap))


def _was_cut_off(night: Night) -> bool:
    with night.ops() as ops:
        dead = ops.rows("unfinished_runs", night.kind)
        for run in dead:
            ops.end_run(run["run_id"], "resumed")
    return bool(dead)


def _run_steps(night: Night, wrap: Wrap) -> None:
    trainer = trainer_of(night.settings, night.home.training)
    folder = night.home.training / night.run_id
    night.home.training.mkdir(exist_ok=True, mode=0o700)
    folder.mkdir(mode=0o700)
    trainer.work.mkdir(exist_ok=True, mode=0o700)
    for old in night.home.training.iterdir():
        if old not in {folder, trainer.work}:
            shutil.rmtree(old)  # the last training is kept, for whoever wants to look at it
    rows = folder / "reviews.jsonl"
    try:
        night.report["rows"] = wrap("export reviews", export_reviews)(night, rows)
        night.reporter.line(f"training from {trainer.corpus} and {night.report['rows']} judged documents")
        log = night.home.logs / night.run_id / "training.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.touch(mode=0o600)
        night.report["training_log"] = str(log)
        wrap("train", train)(trainer, rows, folder / "model", f"chasqui-{night.run_id[:8]}", log)
    finally:
        rows.unlink(missing_ok=True)  # these hold full texts
        shutil.rmtree(trainer.work / GROWN, ignore_errors=True)
    if trainer.learns_on:
        shutil.rmtree(trainer.work)  # one that is cut off goes on there; this one has come to its end
    verdict = wrap("judge", judge_new)(night, trainer, folder / "model")
    if verdict.is_promoted:
        with only_one(night.home, "nightly", wait_s=NIGHT_S):  # no night finds the folder between two models
            put_in_place(folder / "model", trainer.model)
    else:
        remedy, falls = REMEDIES["Refused"], tuple(label for label, _, _ in verdict.falls)
        raise_alarm(night.settings, Alarm(night.kind, remedy, None, falls, night.run_id), night.reporter.line)
    night.reporter.line("promoted" if verdict.is_promoted else "refused: the old model stays")


def export_reviews(night: Night, file: Path) -> int:
    """Judged documents as training rows, in a file for the owner alone; returns how many."""
    with only_one(night.home, "nightly", wait_s=NIGHT_S), warehouse_of(night) as con:
        lines = list(review_lines(con))
    file.touch(mode=0o600)
    file.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def review_lines(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Judged documents as JSON lines in the corpus's form, with the spans of private data."""
    for row in training_rows(con):
        masked = mask_together(row["title"], row["text"])
        row["private"] = [
            {"kind": s.kind, "field": name, "start": s.start, "end": s.end}
            for name, piece in zip(("title", "text"), masked, strict=True)
            for s in piece.spans
        ]
        yield json.dumps(row, ensure_ascii=False) + "\n"


def judge_new(night: Night, trainer: Trainer, new: Path) -> Verdict:
    """The new model beside the one in use on the frozen test split; its card and the report say how each label reads."""
    verdict = judge(trainer.model, new, store.read("test", trainer.corpus), taxonomy.load())
    made = {"Trained from": f"{trainer.corpus.name} and {night.report['rows']} judged documents"}
    if trainer.learns_on:
        made["Went on from"] = version_of(trainer.model)
    (new / CARD).write_text(model_card(verdict, new, made), encoding="utf-8")
    night.report |= {
        "verdict": "promoted" if verdict.is_promoted else "refused",
        "figures": verdict.lines(),
        "falls": [label for label, _, _ in verdict.falls],
        "labels": {name: asdict(found) for name, found in verdict.after.labels.items()},
        "card": str((trainer.model if verdict.is_promoted else new) / CARD),
    }
    return verdict
