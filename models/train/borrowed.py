"""A body of other make (a BERT folder: ``config.json``, ``model.safetensors``, ``vocab.txt``), to be compared with our own.

As it is, it brings its vocabulary. Or its layers read our word pieces: a piece that both vocabularies have, or whose
translation it has, takes its vector; every other is carried over from the counted vectors by a linear map fitted on those
(after Artetxe et al., "On the Cross-lingual Transferability of Monolingual Representations", 2020).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from models.train.tokenizer import SPECIAL

Floats = npt.NDArray[np.float32]
CONFIG, WEIGHTS = "borrowed.json", "borrowed.pt"
SHARED_LETTERS = 4  # shorter pieces of the same spelling mean other things in another language
RIDGE = 0.1
NAMES = {"layers": "num_hidden_layers", "hidden": "hidden_size", "vocabulary": "vocab_size"}  # our words for its facts


class Body(nn.Module):
    """The borrowed layers with the face of our encoder."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        self.bert = BertModel(BertConfig(**config), add_pooling_layer=False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """States of all pieces (batch, piece, hidden)."""
        return self.bert(input_ids=ids, attention_mask=mask).last_hidden_state


def vocabulary(folder: Path) -> tuple[Tokenizer, list[int]]:
    """The folder's WordPiece vocabulary with the special pieces where ours are, and the row each piece had before."""
    words = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    ordered = [*SPECIAL, *(word for word in words if word not in SPECIAL and not word.startswith("[unused"))]
    rank = {word: row for row, word in enumerate(words)}
    found = Tokenizer(models.WordPiece({word: at for at, word in enumerate(ordered)}, unk_token="[UNK]"))  # noqa: S106 - a word piece
    found.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    found.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    found.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(name, ordered.index(name)) for name in ("[CLS]", "[SEP]")]
    )
    return found, [rank[word] for word in ordered]


def body_of(folder: Path, rows: Sequence[int]) -> tuple[BertModel, Floats]:
    """The folder's layers, and its word vectors in the order of ``rows``."""
    body = BertModel.from_pretrained(folder, add_pooling_layer=False, local_files_only=True)
    vectors: Floats = body.get_input_embeddings().weight.detach().numpy()[list(rows)].astype(np.float32)
    return body, vectors


def carried_over(
    ours: Tokenizer, counted: Floats, theirs: Tokenizer, vectors: Floats, pairs: Sequence[tuple[str, str]]
) -> Floats:
    """A vector of the borrowed space for each of our pieces (shape: ours x hidden)."""
    known = {
        rank: twin
        for word, rank in ours.get_vocab().items()
        if (word in SPECIAL or len(word.removeprefix("##")) >= SHARED_LETTERS)
        and (twin := theirs.token_to_id(word)) is not None
    }
    for spanish, english in pairs:
        left, right = ours.token_to_id(spanish), theirs.token_to_id(english)
        if left is not None and right is not None:
            known[left] = right
    left, right = list(known), list(known.values())
    middle = vectors.mean(0)
    x, y = counted[left], vectors[right] - middle
    weights = np.linalg.solve(x.T @ x + RIDGE * np.trace(x.T @ x) / x.shape[1] * np.eye(x.shape[1]), x.T @ y)
    mapped = counted @ weights
    mapped *= np.linalg.norm(y, axis=1).mean() / np.maximum(np.linalg.norm(mapped, axis=1, keepdims=True), 1e-6)
    mapped += middle
    mapped[left] = vectors[right]
    return mapped.astype(np.float32)


def keep(body: BertModel, vectors: Floats, into: Path) -> None:
    """Write the body with these word vectors as a folder that fine-tuning starts from."""
    body.resize_token_embeddings(len(vectors))
    with torch.no_grad():
        body.get_input_embeddings().weight.copy_(torch.from_numpy(vectors))
    into.mkdir(parents=True, exist_ok=True)
    facts = body.config.to_diff_dict() | {"vocab_size": len(vectors), "pad_token_id": 0}
    (into / CONFIG).write_text(json.dumps(facts), encoding="utf-8")
    torch.save({f"bert.{name}": value for name, value in body.state_dict().items()}, into / WEIGHTS)


def start(folder: Path) -> tuple[Body, dict[str, Any]]:
    """The kept body and its facts."""
    facts: dict[str, Any] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    body = Body(facts)
    body.load_state_dict(torch.load(folder / WEIGHTS, weights_only=True))
    return body, facts
