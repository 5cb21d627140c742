"""A shipped network as a start: its int8 weights read back, so that nobody has to pre-train who only wants to teach it more.

What rounding took is given back by the first steps of fine-tuning. Labels are matched by name: one that the taxonomy has got
since begins anew, and one that it has lost is left behind.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from models.classifier.folder import NETWORK, RULES
from models.train.encoder import HEAD, Encoder, Labeller, Shape

Pairs = Sequence[tuple[int, int]]  # (in the new network, in the former)
EMBEDDING = "encoder.words.weight"


class NotOursError(ValueError):
    """The network is not one that ``models.train export`` wrote."""


def weights_of(path: Path) -> dict[str, Tensor]:
    """All weights of an exported int8 network under the names that ``Labeller`` has for them, in fp32.

    Raises:
        NotOursError: one has no counterpart there.
    """
    graph = onnx.load(str(path)).graph
    arrays = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    found = {name: array for name, array in arrays.items() if name.endswith((".weight", ".bias"))}
    found[EMBEDDING] = _restored(arrays, EMBEDDING)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            found[f"{_module(node.name)}.weight"] = _restored(arrays, node.input[1].removesuffix("_quantized")).T
    return {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in found.items()}


def _module(node: str) -> str:
    """``encoder.layers.0.dense.2`` of ``/encoder/layers.0/dense/dense.2/MatMul_quant``: a container stands twice."""
    path = node.split("/")[1:-1]
    return ".".join(part for part, inner in zip(path, [*path[1:], ""], strict=True) if not inner.startswith(f"{part}."))


def _restored(arrays: dict[str, np.ndarray], name: str) -> np.ndarray:
    try:
        quantized, scale, zero = (arrays[f"{name}_{part}"] for part in ("quantized", "scale", "zero_point"))
    except KeyError as error:
        raise NotOursError(f"the network has no {error.args[0]}: it is none of ours") from error
    return np.asarray((quantized.astype(np.float32) - np.float32(zero)) * scale, dtype=np.float32)


def shape_of(weights: dict[str, Tensor]) -> Shape:
    """The encoder's shape as its weights show it."""
    layers = sum(name.endswith(".norm_in.weight") for name in weights)
    vocabulary, hidden = weights[EMBEDDING].shape
    return Shape(layers=layers, hidden=hidden, heads=hidden // HEAD, vocabulary=vocabulary)


def start(folder: Path, labels: Sequence[str], dropout: float = 0.1) -> tuple[Labeller, Shape]:
    """The network of a model folder, its heads in the order of ``labels``.

    Args:
        folder: holds ``model.onnx`` and ``labels.json``.
        labels: the taxonomy's names; those the folder does not know keep the fresh weights of a new head.
        dropout: of the layers while training.

    Raises:
        NotOursError: the network is not one that ``models.train export`` wrote.
    """
    weights = weights_of(folder / NETWORK)
    former = [row["id"] for row in json.loads((folder / RULES).read_text(encoding="utf-8"))["labels"]]
    kept = [(new, former.index(label)) for new, label in enumerate(labels) if label in former]
    shape = shape_of(weights)
    model = Labeller(Encoder(shape, dropout=dropout), shape.hidden, len(labels))
    state = model.state_dict()
    for name, fresh in state.items():
        if name not in weights:
            raise NotOursError(f"the network has no {name}: it is none of ours")
        own, given = (weight.reshape(len(weight), -1) for weight in (fresh, weights[name]))
        if name.startswith("encoder."):
            own.copy_(given)
        else:
            rows = [(0, 0)] if name.startswith("anything.") else kept
            into, out_of = _picks(rows, _columns(name, shape.hidden, (own.shape[1], given.shape[1]), kept))
            own[into] = given[out_of]
    model.load_state_dict(state)
    return model, shape


def _columns(name: str, hidden: int, widths: tuple[int, int], kept: Pairs) -> Pairs:
    """Which columns of a head answer each other: all, but where labels are counted three labels' worth stand last."""
    if name not in {"anything.weight", "counted.weight"}:
        return [(at, at) for at in range(widths[0])]
    pooled = 2 * hidden if name.startswith("anything.") else 0
    ours, theirs = ((width - pooled) // 3 for width in widths)
    blocks = [(pooled + block * ours + new, pooled + block * theirs + old) for block in range(3) for new, old in kept]
    return [*((at, at) for at in range(pooled)), *blocks]


def _picks(rows: Pairs, columns: Pairs) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]:
    """Row and column indices on either side of each pair."""
    into, out_of = (
        (torch.tensor([row[side] for row in rows])[:, None], torch.tensor([column[side] for column in columns]))
        for side in (0, 1)
    )
    return into, out_of
