"""The encoder and its two heads: masked words for pre-training, labels for the task."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of an encoder."""

    layers: int = 4
    hidden: int = 256
    heads: int = 4
    vocabulary: int = 12_000
    positions: int = 320

    def as_json(self) -> dict[str, int]:
        """The shape as it is kept beside the weights."""
        return asdict(self)


def body(shape: Shape, attention: str = "sdpa") -> BertModel:
    """An untrained encoder body."""
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=4 * shape.hidden,
        max_position_embeddings=shape.positions,
        type_vocab_size=1,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation=attention,
    )
    return BertModel(config, add_pooling_layer=False)


class MaskedWords(nn.Module):
    """Guess the masked words; the output layer shares the embedding's weights."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        hidden = encoder.config.hidden_size
        self.encoder = encoder
        self.transform = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.LayerNorm(hidden))
        self.bias = nn.Parameter(torch.zeros(encoder.config.vocab_size))

    def forward(self, ids: Tensor, positions: Tensor, chosen: Tensor) -> Tensor:
        """Scores over the vocabulary at the chosen places only; blocks are full, so nothing is hidden from attention."""
        states: Tensor = self.encoder(input_ids=ids, position_ids=positions).last_hidden_state
        guessed = self.transform(states[chosen])
        return nn.functional.linear(guessed, self.encoder.embeddings.word_embeddings.weight, self.bias)


class Labeller(nn.Module):
    """Mean and maximum of the last layer, then one score a label."""

    def __init__(self, encoder: nn.Module, hidden: int, labels: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(2 * hidden, labels)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Scores (logits) a label."""
        states: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        wide = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * wide).sum(1) / wide.sum(1).clamp(min=1.0)
        maximum = (states + (wide - 1.0) * 1e4).amax(1)
        return self.head(self.dropout(torch.cat([mean, maximum], dim=-1)))
