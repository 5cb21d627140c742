"""Other models in the shipped one's place; the small ones are made here."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from models.classifier import Classifier, ModelMissingError, load_model
from models.taxonomy import UnknownLabelError

HAS_TORCH = all(importlib.util.find_spec(name) is not None for name in ("torch", "transformers"))
needs_torch = pytest.mark.skipif(not HAS_TORCH, reason="torch and transformers (extra hf) are not installed")


def make(folder: Path, labels: list[str]) -> str:
    """A tiny BERT with random weights and the given labels, as a local folder."""
    torch, transformers = importlib.import_module("torch"), importlib.import_module("transformers")
    from tokenizers import Tokenizer, models, pre_tokenizers

    torch.manual_seed(0)
    vocabulary = {
        word: rank for rank, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "bus", "cupo", "colegio"])
    }
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    wrapped: Any = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", model_max_length=64
    )
    wrapped.save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        id2label=dict(enumerate(labels)),
        label2id={label: rank for rank, label in enumerate(labels)},
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def test_no_name_means_the_shipped_model() -> None:
    assert isinstance(load_model(None), Classifier)


@pytest.mark.skipif(HAS_TORCH, reason="torch is installed: its absence cannot be shown")
def test_missing_torch_is_said_clearly() -> None:
    with pytest.raises(ModelMissingError, match=r"chasqui\[hf\]"):
        load_model("someone/some-model")


@needs_torch
def test_sequence_classification(tmp_path: Path) -> None:
    model = load_model(make(tmp_path, ["transport", "murder"]))
    first, second = model.predict([("bus", "cupo bus " * 200), ("", "")])
    assert set(first.probabilities) == {"transport", "murder"}
    assert [label.axis for label in second.labels()] == ["sector", "event"]


@needs_torch
def test_inference_model_reads_every_label(tmp_path: Path) -> None:
    model = load_model(make(tmp_path, ["contradiction", "neutral", "entailment"]))
    assert len(model.predict([("bus", "cupo bus")])[0].probabilities) == 21


@needs_torch
def test_labels_outside_the_taxonomy_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownLabelError, match="LABEL_0"):
        load_model(make(tmp_path, ["LABEL_0", "LABEL_1"]))


@needs_torch
def test_missing_weights_are_said_clearly(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="cannot be opened"):
        load_model(str(tmp_path / "nothing"))
