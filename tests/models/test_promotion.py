"""A model takes another's place only when no core label falls."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from models import taxonomy
from models.classifier import ModelMissingError, load_model
from models.classifier.folder import put_in_place
from models.evaluate import read_labelled
from models.promotion import judge

SHIPPED = Path(str(files("models") / "artifact"))
ROWS = read_labelled(Path(__file__).parent / "dev.jsonl")


@pytest.fixture
def deaf(tmp_path: Path) -> Path:
    """A copy of the shipped model that never says `murder`."""
    folder = tmp_path / "deaf"
    shutil.copytree(SHIPPED, folder)
    labels = (folder / "labels.json").read_text(encoding="utf-8")
    at = labels.index('"threshold"', labels.index('"murder"'))
    end = labels.index(",", at)
    (folder / "labels.json").write_text(labels[:at] + '"threshold": 1.1' + labels[end:], encoding="utf-8")
    return folder


def test_a_core_label_that_falls_keeps_the_old_model(deaf: Path) -> None:
    verdict = judge(SHIPPED, deaf, ROWS, taxonomy.load())
    assert [label for label, _, _ in verdict.falls] == ["murder"]
    assert not verdict.is_promoted
    assert "kept the old model" in verdict.lines()
    assert judge(deaf, SHIPPED, ROWS, taxonomy.load()).is_promoted


def test_an_equal_model_is_promoted_and_the_old_one_stays_beside_it(deaf: Path, tmp_path: Path) -> None:
    assert judge(None, SHIPPED, ROWS, taxonomy.load()).is_promoted
    put_in_place(SHIPPED, deaf)
    assert (deaf / "labels.json").read_bytes() == (SHIPPED / "labels.json").read_bytes()
    assert '"threshold": 1.1' in (tmp_path / "deaf.before" / "labels.json").read_text(encoding="utf-8")


def test_half_a_model_takes_nobodys_place(deaf: Path, tmp_path: Path) -> None:
    (tmp_path / "half").mkdir()
    with pytest.raises(ModelMissingError, match=r"lacks model\.onnx"):
        put_in_place(tmp_path / "half", deaf)
    assert (deaf / "model.onnx").is_file()
    with pytest.raises(ValueError, match="no labelled documents"):
        judge(None, deaf, [], taxonomy.load())


# Dies, as by a power cut, once it has renamed so many folders.
CUT_OFF = """
import os, signal, sys
from pathlib import Path
from models.classifier.folder import put_in_place
rename, left = Path.rename, int(sys.argv[3])
def dying(self, target):
    global left
    rename(self, target)
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
Path.rename = dying
put_in_place(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize(("renames", "is_old"), [(1, True), (2, False), (3, False)])
def test_killed_between_its_renames_a_promotion_leaves_one_of_the_two_models(
    deaf: Path, tmp_path: Path, renames: int, *, is_old: bool
) -> None:
    old = (deaf / "labels.json").read_bytes()
    dead = subprocess.run([sys.executable, "-c", CUT_OFF, SHIPPED, deaf, str(renames)], check=False)
    assert dead.returncode == -signal.SIGKILL
    assert deaf.exists() == (renames != 2)
    load_model(str(deaf))
    shipped = (SHIPPED / "labels.json").read_bytes()
    assert (deaf / "labels.json").read_bytes() == (old if is_old else shipped)
    put_in_place(SHIPPED, deaf)
    assert (deaf / "labels.json").read_bytes() == shipped
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deaf", "deaf.before"]
