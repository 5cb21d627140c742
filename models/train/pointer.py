"""Train the pointer: one layer over the states of a network that stays as it is, learning the reader's decisions (``models.reader.fit.pointed``).

Its scores are added to the reader's own, so that it learns only what those lack. Averaged weights are kept. Of what the reader asks only places are
learnt: the network knows the evidence of its training texts by heart and would be believed too much of sentences; days and victims
came out no better with it.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from torch import Tensor, nn

from models.classifier import Classifier
from models.classifier.pieces import layout
from models.classifier.pointer import COLUMNS, TRAINED_ON, WEIGHTS, fingerprint
from models.hints import Layout, Question
from models.reader.fit.pointed import Choice, Pointed
from models.train.encoder import Layer, Shape, turns
from models.train.export import quantized, traced

log = logging.getLogger(__name__)
States = npt.NDArray[np.float16]
AT_ONCE = 256  # documents
SMALL_START = 0.35  # of a fresh layer's output beside what comes in


class NoStatesError(ValueError):
    """The network was exported before it gave its states."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """How to train."""

    epochs: int = 3
    batch: int = 16
    rate: float = 5e-4
    warmup: float = 0.1
    decay: float = 0.05
    dropout: float = 0.3
    average: float = 0.99
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A document: the states of its windows, where its pieces stand, and its decisions."""

    states: list[States]
    layout: Layout
    decisions: list[Choice]


def items_of(documents: Sequence[Pointed], model: Classifier) -> list[Item]:
    """Documents with the states of a model that gives them; without a decision there is nothing to learn.

    Raises:
        NoStatesError: the network gives none.
    """
    found: list[Item] = []
    wanted = [each for each in documents if each.choices]
    for at in range(0, len(wanted), AT_ONCE):
        part = wanted[at : at + AT_ONCE]
        for document, (pieces, seen) in zip(
            part, model.seen([(d.row["title"], d.row["text"]) for d in part]), strict=True
        ):
            states = [answer.states for answer in seen.answers if answer.states is not None]
            if len(states) != len(seen.windows):
                raise NoStatesError("the network gives no states: export it anew")
            halves = [each.astype(np.float16) for each in states]
            found.append(Item(halves, layout(pieces, seen.windows), document.choices))
    return found


class PointerLayer(nn.Module):
    """States to scores (batch, piece, question)."""

    cos: Tensor
    sin: Tensor

    def __init__(self, shape: Shape, questions: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.layer = Layer(shape, dropout)
        for module in (self.layer.mix_out, self.layer.dense[2]):
            module.weight.data.mul_(SMALL_START)  # pyright: ignore[reportCallIssue, reportAttributeAccessIssue]
        self.norm = nn.LayerNorm(shape.hidden)
        self.dropout = nn.Dropout(dropout)
        self.mid = nn.Sequential(nn.Linear(shape.hidden, shape.hidden), nn.GELU(), nn.LayerNorm(shape.hidden))
        self.say = nn.Linear(shape.hidden, questions)
        nn.init.zeros_(self.say.weight)
        nn.init.zeros_(self.say.bias)
        cos, sin = turns(shape.hidden // shape.heads, shape.positions)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    def forward(self, states: Tensor, hidden: Tensor | None = None) -> Tensor:
        """The scores; ``hidden`` is added to the attention (minus infinity where nothing is to be seen)."""
        length = states.shape[1]
        states = self.layer(self.dropout(states), self.cos[:length], self.sin[:length], hidden)
        return self.say(self.dropout(self.mid(self.norm(states))).float())


class Pointer(nn.Module):
    """The layer with the weight of the reader's own scores by what is asked."""

    def __init__(self, shape: Shape, questions: Sequence[Question], abouts: Sequence[str], dropout: float) -> None:
        super().__init__()
        self.layer = PointerLayer(shape, len(questions), dropout)
        self.columns = {question: at for at, question in enumerate(questions)}
        self.abouts = {about: at for at, about in enumerate(abouts)}
        self.own = nn.Parameter(torch.ones(len(abouts)))

    def scores(self, items: Sequence[Item]) -> Iterator[tuple[Choice, Tensor]]:
        """Of each decision the scores of its items."""
        states, hidden, first = _padded(items)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            said = self.layer(states, hidden)
        for item, base in zip(items, first, strict=True):
            windows = torch.tensor(item.layout.windows, dtype=torch.long) + base
            rows = said[windows, torch.tensor(item.layout.positions, dtype=torch.long)].float()
            sums = torch.cat([torch.zeros(1, rows.shape[1]), rows.cumsum(0)])
            for each in item.decisions:
                own = self.own[self.abouts[each.about]] * torch.tensor(each.own)
                yield each, own + self._heard(sums, item.layout, each)

    def _heard(self, sums: Tensor, layout: Layout, decision: Choice) -> Tensor:
        found = [
            (at, *pieces, self.columns[about, decision.kind])
            for at, spots in enumerate(decision.spots)
            for about, field, start, end in spots
            if (pieces := layout.pieces(field, start, end))
        ]
        heard = torch.full((len(decision.spots),), -torch.inf)
        if found:
            item, first, last, column = torch.tensor(found).unbind(1)
            each = (sums[last, column] - sums[first, column]) / (last - first)
            heard = heard.scatter_reduce(0, item, each, "amax")
        return torch.where(heard.isinf(), torch.zeros(()), heard)


def _padded(items: Sequence[Item]) -> tuple[Tensor, Tensor, list[int]]:
    """States of all windows, what attention may not see, and the first window of each item."""
    windows = [each for item in items for each in item.states]
    longest = max(len(each) for each in windows)
    states, hidden = torch.zeros(len(windows), longest, windows[0].shape[1]), torch.zeros(len(windows), 1, 1, longest)
    for row, each in enumerate(windows):
        states[row, : len(each)] = torch.from_numpy(each).float()
        hidden[row, ..., len(each) :] = -1e4
    first = np.cumsum([0, *(len(item.states) for item in items)]).tolist()
    return states, hidden.to(torch.bfloat16), first[:-1]


def loss_of(decision: Choice, scores: Tensor) -> tuple[Tensor, bool]:
    """Minus the log-likelihood of what is right, and whether the likeliest answer is."""
    options = torch.zeros(len(decision.options))
    pairs = [(at, member) for at, option in enumerate(decision.options) for member in option]
    if pairs:
        at, member = torch.tensor(pairs).unbind(1)
        options = options.index_add(0, at, scores[member])
    right = torch.tensor(decision.right)
    return torch.logsumexp(options, 0) - torch.logsumexp(options[right], 0), bool(right[options.argmax()])


def _batches(items: Sequence[Item], size: int, random: np.random.Generator | None) -> Iterator[list[Item]]:
    order = np.arange(len(items)) if random is None else random.permutation(len(items))
    span = size * 12
    groups: list[list[int]] = []
    for at in range(0, len(order), span):
        part = sorted(order[at : at + span].tolist(), key=lambda index: max(map(len, items[index].states)))
        groups += [part[start : start + size] for start in range(0, len(part), size)]
    if random is not None:
        random.shuffle(groups)  # pyright: ignore[reportArgumentType]
    for group in groups:
        yield [items[index] for index in group]


def measure(model: Pointer, items: Sequence[Item]) -> dict[str, tuple[float, float, int]]:
    """By what is asked: mean loss, share of right answers, number."""
    found: dict[str, list[tuple[float, bool]]] = {}
    model.eval()
    with torch.inference_mode():
        for batch in _batches(items, 24, None):
            for decision, scores in model.scores(batch):
                loss, is_right = loss_of(decision, scores)
                found.setdefault(decision.about, []).append((loss.item(), is_right))
    return {
        about: (float(np.mean([loss for loss, _ in rows])), float(np.mean([right for _, right in rows])), len(rows))
        for about, rows in sorted(found.items())
    }


def train(items: Sequence[Item], held: Sequence[Item], how: Pointing, shape: Shape) -> Pointer:
    """The averaged weights after the last epoch; figures of the held documents are logged after each."""
    torch.manual_seed(how.seed)
    decisions = [each for item in items for each in item.decisions]
    questions = sorted({question for each in decisions for question in _questions(each)})
    model = Pointer(shape, questions, sorted({each.about for each in decisions}), how.dropout)
    average = deepcopy(model)
    optimizer = torch.optim.AdamW(model.parameters(), lr=how.rate, weight_decay=how.decay)
    total, step = how.epochs * math.ceil(len(items) / how.batch), 0
    for epoch in range(how.epochs):
        model.train()
        for batch in _batches(items, how.batch, np.random.default_rng((how.seed, epoch))):
            losses = [loss_of(each, scores)[0] for each, scores in model.scores(batch)]
            for group in optimizer.param_groups:
                group["lr"] = how.rate * min((step + 1) / (how.warmup * total), 1.0 - step / (total * 1.02))
            optimizer.zero_grad(set_to_none=True)
            (torch.stack(losses).sum() / len(batch)).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            keep = min(how.average, step / (step + 10))
            with torch.no_grad():
                for old, new in zip(average.parameters(), model.parameters(), strict=True):
                    old.lerp_(new, 1.0 - keep)
            step += 1
        figures = (
            {about: [round(value, 4) for value in row] for about, row in measure(average, held).items()} if held else {}
        )
        log.info("epoch %d of %d: %s", epoch + 1, how.epochs, figures)
    return average


def _questions(decision: Choice) -> set[Question]:
    return {(about, decision.kind) for spots in decision.spots for about, *_ in spots}


def export(model: Pointer, hidden: int, network: Path, out: Path) -> None:
    """Write the pointer as int8 ONNX, with its questions, its weights and the network it belongs to in the file."""
    full = out.with_name(f"{out.stem}-fp32.onnx")
    traced(model.layer, (torch.zeros(1, 24, hidden),), full, {"states": {1: "piece"}}, {"scores": {1: "piece"}})
    small = out.with_name(f"{out.stem}-int8.onnx")
    quantized(full, small)
    graph = onnx.load(str(small))
    weights = {about: round(model.own[at].item(), 4) for about, at in model.abouts.items()}
    asked = json.dumps([list(question) for question in model.columns])
    for name, value in ((COLUMNS, asked), (WEIGHTS, json.dumps(weights)), (TRAINED_ON, fingerprint(network))):
        graph.metadata_props.add(key=name, value=value)
    onnx.save(graph, str(small))
    full.unlink()
    small.replace(out)  # whole, or not at all
