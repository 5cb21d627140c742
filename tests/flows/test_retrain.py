"""A retraining puts a new model in place only if no core label reads worse; whatever goes wrong, the old one stays and somebody is told.

The training itself is played by a script that copies the shipped model, made worse or not. The real one runs where
``CHASQUI_TEST_TRAIN_PYTHON`` names a Python with the training requirements (``models/train/requirements.txt``).
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.progress import PlainReporter
from flows.settings import Home, Settings, load_settings
from flows.steps.night import new_night
from flows.steps.retraining import run_retraining
from flows.steps.training import TrainingError
from models.classifier import Classifier
from models.classifier.folder import FILES
from models.corpus import store
from models.corpus.check import TEST_PIN
from tests.dashboards.post_office import PostOffice, post_office
from tests.e2e.helpers import environment
from tests.warehouse.filling import fill
from warehouse.ops import Ops
from warehouse.store import open_warehouse

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "models" / "artifact"
TRAINER = os.environ.get("CHASQUI_TEST_TRAIN_PYTHON", "")
TEXT = "Dos sujetos en moto dispararon contra una combi en Comas. Le exigían un cupo diario a la empresa de transporte."
# What a training does as its caller sees it: options in, a model folder out.
PLAYED = """#!{python}
import json, os, shutil, sys
from pathlib import Path
options = dict(zip((a.removeprefix("--") for a in sys.argv[4::2]), sys.argv[5::2]))
assert sys.argv[1:4] == ["-m", "models.train", "retrain"], sys.argv
assert not [name for name in os.environ if name.startswith("CHASQUI_")], "it needs none of our settings"
rows = [json.loads(line) for line in Path(options["reviews"]).read_text(encoding="utf-8").splitlines()]
print("training from", len(rows), "rows;", options["version"])
out = Path(options["out"])
{does}
"""
WHOLE = f'shutil.copytree("{SHIPPED}", out)\n'
WORSE = (
    WHOLE
    + """rules = json.loads((out / "labels.json").read_text(encoding="utf-8"))
for rule in rules["labels"]:
    if rule["id"] == "murder":
        rule["threshold"] = 1.1
(out / "labels.json").write_text(json.dumps(rules), encoding="utf-8")
"""
)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as open_office:
        yield open_office


@pytest.fixture
def settings(tmp_path: Path, office: PostOffice) -> Settings:
    """A home with one judged document, a model of its own, a small corpus with its frozen test split."""
    shutil.copytree(SHIPPED, tmp_path / "model")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    test = store.read("test")[:40]
    (corpus / "test.jsonl").write_text("".join(json.dumps(row) + "\n" for row in test), encoding="utf-8")
    (corpus / TEST_PIN).write_text(store.digest(test))
    (tmp_path / "work" / "mlm").mkdir(parents=True)
    (tmp_path / "work" / "mlm" / "mlm.pt").touch()
    (tmp_path / "sources.toml").write_text("")
    home = Home(tmp_path / "home").make()
    with open_warehouse(home.warehouse) as con:
        fill(con, tmp_path / "batches", "one", [{"id": "d1", "title": "Balean combi", "text": TEXT, "published": None, "mentions": []}])  # fmt: skip
        con.execute("INSERT INTO document_labels VALUES ('d1', 'event', 'attack', 1, 'yes')")
        con.execute(
            "INSERT INTO reviews (review_id, reviewed_at, reviewer, verdict, document_id, axis, label, text_hash) "
            "SELECT 'r1', now(), 'ana', 'accept', 'd1', 'event', 'attack', text_hash FROM documents"
        )
    return load_settings(
        home=home.root, sources=tmp_path / "sources.toml", model=str(tmp_path / "model"), train_corpus=corpus,
        train_work=tmp_path / "work", smtp_host="127.0.0.1", smtp_port=office.server.port, smtp_tls="none",
        mail_from="chasqui@example.org", mail_secret="0123456789abcdef0123456789abcdef", operator_address="guardia@example.org",
    )  # fmt: skip


def play(tmp_path: Path, does: str) -> Path:
    script = tmp_path / "python"
    script.write_text(PLAYED.format(python=sys.executable, does=does), encoding="utf-8")
    script.chmod(0o700)
    return script


def retrain(settings: Settings, tmp_path: Path, does: str) -> dict[str, Any]:
    played = settings.model_copy(update={"train_python": play(tmp_path, does)})
    return run_retraining(new_night(played, PlainReporter(), "retrain"))


def model_bytes(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(settings.model).iterdir())}


def told(office: PostOffice) -> str:
    (letter,) = office.taken
    return letter.message.get_body(("plain",)).get_content()  # type: ignore[union-attr] - a message of ours has that part, or the test fails


def test_a_model_that_reads_a_core_label_worse_is_refused_and_the_operator_told(
    settings: Settings, office: PostOffice, tmp_path: Path
) -> None:
    before = model_bytes(settings)
    report = retrain(settings, tmp_path, WORSE)
    assert model_bytes(settings) == before
    assert (report["verdict"], report["rows"], report["falls"]) == ("refused", 1, ["murder"])
    assert "the old one stays in place (murder)" in told(office)
    card = Path(report["card"]).read_text(encoding="utf-8")
    assert "| murder * |" in card
    assert "murder: F1 falls from" in card
    home = Home(settings.home)
    assert not list(home.training.glob("*/reviews.jsonl")), "full texts are not left lying about"
    assert "training from 1 rows; chasqui-2" in Path(report["training_log"]).read_text(encoding="utf-8")
    private = [home.training, *home.training.iterdir(), Path(report["training_log"])]
    assert [p for p in private if stat.S_IMODE(p.stat().st_mode) & 0o077] == []


def test_an_equal_model_takes_over_with_its_card_and_the_old_one_stays_beside_it(
    settings: Settings, office: PostOffice, tmp_path: Path
) -> None:
    before = model_bytes(settings)
    report = retrain(settings, tmp_path, WHOLE + '(out / "rival.npz").touch()')
    assert report["verdict"] == "promoted"
    assert "1 judged documents" in Path(report["card"]).read_text(encoding="utf-8")
    assert Path(report["card"]).parent == Path(settings.model)
    assert {p.name: p.read_bytes() for p in sorted((tmp_path / "model.before").iterdir())} == before
    assert office.taken == []


@pytest.mark.parametrize(
    ("does", "why"),
    [("sys.exit('no memory')", "ended with code 1"), (WHOLE + "(out / 'model.onnx').unlink()", r"left no model\.onnx")],
)
def test_a_training_that_fails_leaves_the_old_model_and_tells(
    settings: Settings, office: PostOffice, tmp_path: Path, does: str, why: str
) -> None:
    before = model_bytes(settings)
    with pytest.raises(TrainingError, match=why):
        retrain(settings, tmp_path, does)
    assert model_bytes(settings) == before
    assert "the training failed, the old model stays in place" in told(office)


def test_a_retraining_that_was_killed_is_told_by_the_next(
    settings: Settings, office: PostOffice, tmp_path: Path
) -> None:
    with Ops(Home(settings.home).ops) as ops:
        ops.start_run("20261101T140000-retrain-1", "retrain")
    with pytest.raises(TrainingError):
        retrain(settings, tmp_path, "sys.exit(1)")
    subjects = [letter.message["Subject"] for letter in office.taken]
    assert "ended without a word" in subjects[0]
    assert "the training failed" in subjects[1]
    with Ops(Home(settings.home).ops) as ops:
        assert sorted(r["state"] for r in ops.rows("last_runs")) == ["failed", "resumed"]


@pytest.mark.server
def test_the_command_says_how_it_ended_and_leaves_the_report(settings: Settings, tmp_path: Path) -> None:
    played = settings.model_copy(update={"train_python": play(tmp_path, WORSE)})
    command = [sys.executable, "-m", "flows.main"]
    done = subprocess.run([*command, "retrain"], cwd=ROOT, env=environment(played), capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert done.stdout == "new model from 1 judged documents: refused\n"
    with Ops(Home(settings.home).ops) as ops:
        (run,) = ops.rows("last_runs")
    told = subprocess.run([*command, "status", run["run_id"]], cwd=ROOT, env=environment(played), capture_output=True, text=True, check=False)  # fmt: skip
    assert "murder: F1 falls from" in told.stdout


def test_a_test_split_that_is_not_the_frozen_one_judges_nothing(settings: Settings, tmp_path: Path) -> None:
    assert settings.train_corpus is not None
    with (settings.train_corpus / "test.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(store.read("train")[0]) + "\n")
    with pytest.raises(TrainingError, match="frozen test split"):
        retrain(settings, tmp_path, WHOLE)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("")
    bare = load_settings(sources=tmp_path / "sources.toml")
    with pytest.raises(TrainingError, match=r"set train_python.*set model"):
        run_retraining(new_night(bare, PlainReporter(), "retrain"))
    empty = bare.model_copy(update={"train_work": tmp_path})
    with pytest.raises(TrainingError, match=r"set train_work to the folder .* or leave it unset"):
        run_retraining(new_night(empty, PlainReporter(), "retrain"))


def test_without_a_pre_trained_encoder_the_model_in_use_learns_on(settings: Settings, tmp_path: Path) -> None:
    bare = settings.model_copy(update={"train_work": None})
    training = Home(settings.home).training
    says = f'work = Path(options["work"]); assert options["start"] == "{settings.model}" and work.parent == Path("{training}")\n'
    cut_off = '(work / "grown").mkdir(); (work / "begun").touch(); os.kill(os.getpid(), 9)'
    with pytest.raises(TrainingError, match="ended with code -9"):
        retrain(bare, tmp_path, says + cut_off)
    (scratch,) = training.glob("work-*")
    assert stat.S_IMODE(scratch.stat().st_mode) == 0o700
    assert [path.name for path in scratch.iterdir()] == ["begun"], "whole texts are not left lying about"
    report = retrain(bare, tmp_path, says + 'assert (work / "begun").exists()\n' + WHOLE)  # it goes on there
    assert report["verdict"] == "promoted"
    assert "Went on from: chasqui-" in Path(report["card"]).read_text(encoding="utf-8")
    assert not list(training.glob("work-*"))


@pytest.mark.skipif(not TRAINER, reason="CHASQUI_TEST_TRAIN_PYTHON names no Python with torch")
@pytest.mark.parametrize("learns_on", [True, False])
def test_the_real_training_makes_a_model_that_is_judged(settings: Settings, tmp_path: Path, learns_on: bool) -> None:  # noqa: FBT001 - a parameter of the test
    work, corpus = tmp_path / "work", settings.train_corpus
    assert corpus is not None
    for name, some in (("train-1", store.read("train")), ("calibration", store.read("calibration"))):
        rows = some[:60]
        (corpus / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    (tmp_path / "general.txt").write_text("\n".join(r["text"] for r in store.read("train")[:60]), encoding="utf-8")
    (work / "mlm" / "mlm.pt").unlink()
    own = ["--work", str(work), "--subject", str(corpus)]
    steps = [
        ["tokenizer", "--general", str(tmp_path / "general.txt"), "--vocabulary", "3000", *own],
        ["mlm", "--steps", "2", "--layers", "1", "--hidden", "64", "--threads", "1", *own],
    ]
    for step in [] if learns_on else steps:
        subprocess.run([TRAINER, "-m", "models.train", *step], cwd=ROOT, check=True, capture_output=True)
    updates = {"train_python": Path(TRAINER), "train_epochs": 1, "train_work": None if learns_on else work}
    report = run_retraining(new_night(settings.model_copy(update=updates), PlainReporter(), "retrain"))
    figures = {label: found["f1"] for label, found in report["labels"].items()}
    if learns_on:
        assert figures["extortion"] > 0.8, "what the model in use knew is not forgotten"
    else:
        assert report["verdict"] == "refused"  # one pass over sixty documents is no match for the shipped model
    new = Path(report["card"]).parent
    assert all((new / name).is_file() for name in FILES)
    assert Classifier.load(new).version.startswith("chasqui-2")
    assert len(store.read_file(corpus / "train-1.jsonl")) == 60, "the corpus itself is not added to"
    assert not [*work.glob("retrain-*"), *Home(settings.home).training.glob("work-*")]
