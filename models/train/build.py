"""Models from what the steps left in the work folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from models.classifier.folder import is_model
from models.train import borrowed, shipped
from models.train.encoder import Encoder, Labeller, MaskedWords, Shape

SHAPE = "shape.json"  # what the network of a fine-tuned folder is built from
HEADS = "heads.pt"  # of the network whose encoder masked words went on from


def labeller(
    start: Path, labels: Sequence[str], seed: int = 0, layers: int | None = None
) -> tuple[Labeller, dict[str, Any]]:
    """A network to fine-tune, and its shape.

    Args:
        start: what pre-training left, or a borrowed body, which get new heads unless ``going_on`` kept some; or a model
            folder, which keeps its own.
        labels: the taxonomy's names, in order.
        seed: of the new heads.
        layers: take only the first of a pre-trained encoder.
    """
    torch.manual_seed(seed)
    if is_model(start):
        model, shape = shipped.start(start, labels)
        return model, dict(shape.as_json())
    if (start / borrowed.CONFIG).exists():
        body, facts = borrowed.start(start)
        return Labeller(body, facts["hidden_size"], len(labels)), {"borrowed": facts}
    state = torch.load(start / "mlm.pt", weights_only=True)
    shape = Shape(**state["shape"])
    pretrained = MaskedWords(Encoder(shape, dropout=0.1), shape)
    pretrained.load_state_dict(state["model"])
    if layers is not None:
        shape = replace(shape, layers=layers)
        pretrained.encoder.layers = pretrained.encoder.layers[:layers]
    model = Labeller(pretrained.encoder, shape.hidden, len(labels))
    if (start / HEADS).exists():
        model.load_state_dict({**model.state_dict(), **torch.load(start / HEADS, weights_only=True)})
    return model, dict(shape.as_json())


def going_on(start: Path, labels: Sequence[str], folder: Path) -> tuple[Encoder, Shape]:
    """The encoder of a labelling network, for more masked words; its heads wait in ``folder`` for ``labeller``.

    Args:
        start: a model folder, or a fine-tuned one.
        labels: the taxonomy's names, in order.
        folder: where the masked words leave their checkpoint.

    Raises:
        NotOursError: its encoder is a borrowed one, which has no masked words of ours.
    """
    model = shipped.start(start, labels, dropout=0.0)[0] if is_model(start) else tuned(start, len(labels))
    if not isinstance(model.encoder, Encoder):
        raise shipped.NotOursError(f"{start} has a borrowed body: it is none of ours")
    folder.mkdir(parents=True, exist_ok=True)
    heads = {name: weight for name, weight in model.state_dict().items() if not name.startswith("encoder.")}
    torch.save(heads, folder / HEADS)
    return model.encoder.train(), model.encoder.shape


def blend(folders: Sequence[Path], into: Path, labels: Sequence[str]) -> None:
    """The mean of networks that began alike: as good as asking all of them, at the price of one.

    Wortsman et al., "Model soups" and "Robust fine-tuning of zero-shot models" (2022): what was fine-tuned from one network
    lies in one basin with it, and half-way it keeps more of what it read well before.
    """
    models = [shipped.start(each, labels)[0] if is_model(each) else tuned(each, len(labels)) for each in folders]
    states = [model.state_dict() for model in models]
    mean = {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
    into.mkdir(parents=True, exist_ok=True)
    torch.save({"model": mean, "blended": [folder.name for folder in folders]}, into / "model.pt")
    shaped = next(folder / SHAPE for folder in folders if (folder / SHAPE).exists())
    shutil.copy(shaped, into / SHAPE)


def tuned(folder: Path, labels: int) -> Labeller:
    """A fine-tuned model."""
    facts = json.loads((folder / SHAPE).read_text())
    if "borrowed" in facts:
        encoder, hidden = borrowed.Body(facts["borrowed"]), facts["borrowed"]["hidden_size"]
    else:
        shape = Shape(**facts)
        encoder, hidden = Encoder(shape), shape.hidden
    model = Labeller(encoder, hidden, labels)
    model.load_state_dict(torch.load(folder / "model.pt", weights_only=True)["model"])
    return model.eval()


def described(folder: Path) -> str:
    """The size of a fine-tuned network, in words."""
    facts = json.loads((folder / SHAPE).read_text())
    if "borrowed" in facts:
        facts = {own: facts["borrowed"][theirs] for own, theirs in borrowed.NAMES.items()}
    return f"{facts['layers']} layers of {facts['hidden']}, {facts['vocabulary']:,} word pieces"
