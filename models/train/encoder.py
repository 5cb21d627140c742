"""The encoder and its two heads: masked words for pre-training, labels for the task.

Norms stand before the layers and positions are rotations: with little text this learns several times faster than the
classical arrangement, and it reads positions it never saw.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn

HEAD = 64  # width of one head of attention: no weight shows it, so it is the same in every network of ours


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of an encoder."""

    layers: int = 4
    hidden: int = 256
    heads: int = 4  # of HEAD each, as pre-training makes them
    vocabulary: int = 12_000
    positions: int = 512

    def as_json(self) -> dict[str, int]:
        """The shape as it is kept beside the weights."""
        return asdict(self)


class Layer(nn.Module):
    """Attention, then two dense layers, each on normed input and added to what came in."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads, self.size = shape.heads, shape.hidden // shape.heads
        self.norm_in = nn.LayerNorm(shape.hidden)
        self.mix_in = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.mix_out = nn.Linear(shape.hidden, shape.hidden)
        self.norm_mid = nn.LayerNorm(shape.hidden)
        self.dense = nn.Sequential(
            nn.Linear(shape.hidden, 4 * shape.hidden), nn.GELU(), nn.Linear(4 * shape.hidden, shape.hidden)
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, cos: Tensor, sin: Tensor, hidden: Tensor | None) -> Tensor:
        """One step; ``hidden`` is added to the attention scores (minus infinity where nothing is to be seen)."""
        batch, length, width = states.shape
        query, key, value = (
            self.mix_in(self.norm_in(states))
            .view(batch, length, 3, self.heads, self.size)
            .permute(2, 0, 3, 1, 4)
            .unbind(0)
        )
        query, key = _turn(query, cos, sin), _turn(key, cos, sin)
        mixed = nn.functional.scaled_dot_product_attention(
            query, key, value, attn_mask=hidden
        )  # no dropout: it is slow here
        states = states + self.dropout(self.mix_out(mixed.transpose(1, 2).reshape(batch, length, width)))
        return states + self.dropout(self.dense(self.norm_mid(states)))


def _turn(vectors: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    first, second = vectors.chunk(2, dim=-1)
    return vectors * cos.to(vectors.dtype) + torch.cat([-second, first], dim=-1) * sin.to(vectors.dtype)


def turns(size: int, positions: int) -> tuple[Tensor, Tensor]:
    """By how much a head of ``size`` turns at each position: cosines and sines (position, size)."""
    angles = torch.outer(torch.arange(positions).float(), 10_000.0 ** (-torch.arange(0, size, 2).float() / size))
    return torch.cat([angles.cos()] * 2, dim=-1), torch.cat([angles.sin()] * 2, dim=-1)


class Encoder(nn.Module):
    """Word pieces to states."""

    cos: Tensor
    sin: Tensor

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.norm_words = nn.LayerNorm(shape.hidden)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.norm_out = nn.LayerNorm(shape.hidden)
        size = shape.hidden // shape.heads
        cos, sin = turns(size, shape.positions)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(
                    module.weight,
                    std=0.02 if isinstance(module, nn.Embedding) else module.weight.shape[1] ** -0.5 * 0.6,
                )
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)
        for layer in self.layers:
            for module in (layer.mix_out, layer.dense[2]):  # pyright: ignore[reportIndexIssue]
                module.weight.data.mul_((2 * shape.layers) ** -0.5)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """States of all pieces; without a mask every piece sees every other."""
        length = ids.shape[1]
        cos, sin = self.cos[:length], self.sin[:length]
        states = self.dropout(self.norm_words(self.words(ids)))
        hidden = None
        if mask is not None:
            kind = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else states.dtype
            hidden = (mask[:, None, None, :].to(states.dtype) - 1.0).mul(1e4).to(kind)  # other kinds take the slow way
        for layer in self.layers:
            states = layer(states, cos, sin, hidden)
        return self.norm_out(states)


class MaskedWords(nn.Module):
    """Guess the masked words; the output layer shares the embedding's weights."""

    def __init__(self, encoder: Encoder, shape: Shape) -> None:
        super().__init__()
        self.encoder = encoder
        self.transform = nn.Sequential(nn.Linear(shape.hidden, shape.hidden), nn.GELU(), nn.LayerNorm(shape.hidden))
        self.bias = nn.Parameter(torch.zeros(shape.vocabulary))

    def forward(self, ids: Tensor, chosen: Tensor) -> Tensor:
        """Scores over the vocabulary at the chosen places only; blocks are full, so nothing is hidden from attention."""
        guessed = self.transform(self.encoder(ids)[chosen])
        return nn.functional.linear(guessed, self.encoder.words.weight, self.bias)


class Labeller(nn.Module):
    """One score a label, from three views of the last layer.

    Its mean and maximum; for each label what the pieces it looks at say (where it looks is trained on the evidence of the
    corpus, so that its weights point at the sentence that says it); and for each label how many pieces are its words, in
    the title and anywhere. Which pieces are a label's words is learnt from the taxonomy's keywords during training and
    reaches words that no pattern lists; at run time the network needs no pattern.
    """

    separator = 3  # [SEP]: the title stands before the first

    def __init__(self, encoder: nn.Module, hidden: int, labels: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.pooled = nn.Linear(2 * hidden, labels)
        self.look = nn.Linear(hidden, labels)
        self.say = nn.Linear(hidden, labels)
        self.words = nn.Linear(hidden, labels)
        self.counted = nn.Linear(3 * labels, labels)
        self.anything = nn.Linear(2 * hidden + 3 * labels, 1)
        with torch.no_grad():  # a label's own words speak for it from the start
            self.words.bias.fill_(-4.0)
            self.counted.weight.copy_(torch.eye(labels).repeat(1, 3))
            self.counted.bias.fill_(-2.0)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores a label and, last, that there is any; where each label looked (batch, piece, label); the states (batch, piece, hidden)."""
        states: Tensor = self.encoder(ids, mask)
        logits, looks, _ = self._views(states, ids, mask)
        return logits, looks, states

    def views(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores and looks as before, and the scores of each piece as a label's word (batch, piece, label)."""
        return self._views(self.encoder(ids, mask), ids, mask)

    def _views(self, states: Tensor, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        wide = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * wide).sum(1) / wide.sum(1).clamp(min=1.0)
        maximum = (states + (wide - 1.0) * 1e4).amax(1)
        states = self.dropout(states)
        looks = torch.softmax(self.look(states).float() + (wide.float() - 1.0) * 1e4, dim=1)
        said = (looks * self.say(states).float()).sum(1)
        words = self.words(states).float()
        chance = torch.sigmoid(words) * wide.float()
        title = (torch.cumsum((ids == self.separator).long(), dim=1) == 0).unsqueeze(-1).float()
        counts = torch.cat([(chance * title).amax(1), chance.amax(1), torch.log1p(chance.sum(1))], dim=-1)
        whole = self.dropout(torch.cat([mean, maximum], dim=-1))
        logits = self.pooled(whole).float() + said + self.counted(counts).float()
        anything = self.anything(torch.cat([whole.float(), counts], dim=-1)).float()
        return torch.cat([logits, anything], dim=-1), looks, words
