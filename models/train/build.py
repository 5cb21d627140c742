"""Models from what the steps left in the work folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from models.train.encoder import Encoder, Labeller, MaskedWords, Shape


def labeller(start: Path, labels: int, seed: int = 0, layers: int | None = None) -> tuple[Labeller, Shape]:
    """An encoder as pre-training left it, or only its first layers, under new heads."""
    torch.manual_seed(seed)
    state = torch.load(start / "mlm.pt", weights_only=True)
    shape = Shape(**state["shape"])
    pretrained = MaskedWords(Encoder(shape, dropout=0.1), shape)
    pretrained.load_state_dict(state["model"])
    if layers is not None:
        shape = replace(shape, layers=layers)
        pretrained.encoder.layers = pretrained.encoder.layers[:layers]
    return Labeller(pretrained.encoder, shape.hidden, labels), shape


def blend(folders: Sequence[Path], into: Path) -> None:
    """The mean of fine-tuned networks that began alike: as good as asking all of them, at the price of one.

    Wortsman et al., "Model soups" (2022): fine-tunings of one pre-trained network lie in one basin.
    """
    states = [torch.load(folder / "model.pt", weights_only=True)["model"] for folder in folders]
    mean = {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
    into.mkdir(parents=True, exist_ok=True)
    torch.save({"model": mean, "blended": [folder.name for folder in folders]}, into / "model.pt")
    shutil.copy(folders[0] / "shape.json", into / "shape.json")


def tuned(folder: Path, labels: int) -> tuple[Labeller, Shape]:
    """A fine-tuned model."""
    shape = Shape(**json.loads((folder / "shape.json").read_text()))
    model = Labeller(Encoder(shape), shape.hidden, labels)
    model.load_state_dict(torch.load(folder / "model.pt", weights_only=True)["model"])
    return model.eval(), shape
