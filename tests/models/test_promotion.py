"""A model takes another's place only when no core label falls."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from models import taxonomy
from models.classifier import ModelMissingError
from models.evaluate import read_labelled
from models.promotion import judge, put_in_place

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
