"""Models from what the steps left in the work folder."""

from __future__ import annotations

import json
from pathlib import Path

import torch

from models.train.encoder import Encoder, Labeller, MaskedWords, Shape


def labeller(start: Path, labels: int, seed: int = 0) -> tuple[Labeller, Shape]:
    """An encoder as pre-training left it, under new heads."""
    torch.manual_seed(seed)
    state = torch.load(start / "mlm.pt", weights_only=True)
    shape = Shape(**state["shape"])
    pretrained = MaskedWords(Encoder(shape, dropout=0.1), shape)
    pretrained.load_state_dict(state["model"])
    return Labeller(pretrained.encoder, shape.hidden, labels), shape


def tuned(folder: Path, labels: int) -> tuple[Labeller, Shape]:
    """A fine-tuned model."""
    shape = Shape(**json.loads((folder / "shape.json").read_text()))
    model = Labeller(Encoder(shape), shape.hidden, labels)
    model.load_state_dict(torch.load(folder / "model.pt", weights_only=True)["model"])
    return model.eval(), shape
