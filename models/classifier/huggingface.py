"""Any other model in the shipped one's place: a folder of the same make, or a Hugging Face model through transformers.

A sequence-classification model must speak the taxonomy's labels; a natural-language-inference model is asked, label by
label, whether the text is about the label's description, which also reads sectors that no model was trained on.
``transformers`` and torch come with the ``hf`` extra and are imported only here, only when such a model is asked for.
Weights are never fetched in passing: the model lies in a folder, or in the Hugging Face cache.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from models import taxonomy
from models.classifier.classifier import Classifier, Prediction
from models.classifier.folder import ModelMissingError, is_model
from models.classifier.pieces import clean
from models.classifier.scoring import LabelRule
from models.taxonomy import Taxonomy, UnknownLabelError

Floats = npt.NDArray[np.float32]
HYPOTHESIS = "Este texto trata de lo siguiente: {}"
BATCH = 16
LONGEST = 512
THRESHOLD, LOW = 0.5, 0.3


class TextClassifier(Protocol):
    """What the steps of a night need of a model."""

    @property
    def version(self) -> str:
        """Name and version, as kept with every label."""
        ...

    def predict(self, pairs: Sequence[tuple[str, str]]) -> list[Prediction]:
        """One prediction for each pair of title and text, in order."""
        ...


def load_model(name: str | None = None, threads: int = 2) -> TextClassifier:
    """Open the shipped model, a folder of the same make, or a Hugging Face model by folder or id.

    Raises:
        ModelMissingError: torch or transformers are not installed, or the weights are not on this machine.
        UnknownLabelError: the model's labels are not the taxonomy's.
    """
    if not name:
        return Classifier.load(threads=threads)
    folder = Path(name)
    if is_model(folder):
        return Classifier.load(folder, threads)
    return HuggingFaceModel(name, taxonomy.load(), threads)


class HuggingFaceModel:
    """A transformers model for sequence classification or for inference (NLI)."""

    def __init__(self, name: str, tree: Taxonomy, threads: int = 2) -> None:
        self._torch, transformers = _required("torch"), _required("transformers")
        self._torch.set_num_threads(threads)
        try:
            config = transformers.AutoConfig.from_pretrained(name, local_files_only=True)
            self._tokenizer: Any = transformers.AutoTokenizer.from_pretrained(name, local_files_only=True)
            self._model: Any = transformers.AutoModelForSequenceClassification.from_pretrained(
                name, local_files_only=True
            ).eval()
        except (OSError, ValueError) as error:
            raise ModelMissingError(
                f"model {name!r} cannot be opened: neither a complete folder nor in the Hugging Face cache ({error})"
            ) from error
        labels = {int(rank): str(label) for rank, label in config.id2label.items()}
        self._entails = next((rank for rank, label in labels.items() if label.lower().startswith("entail")), None)
        self._refutes = next(
            (
                rank
                for rank, label in labels.items()
                if label.lower().startswith("contradict") or label.lower() == "not_entailment"
            ),
            None,
        )
        known = {entry.id: entry for entry in tree.entries}
        if self._entails is None:
            for label in labels.values():
                if label not in known:
                    raise UnknownLabelError(
                        f"model {name!r} has the label {label!r}, which is not in the taxonomy; known: {', '.join(known)}"
                    )
            self._columns = [rank for rank, _ in sorted(labels.items())]
            self._entries = [known[labels[rank]] for rank in self._columns]
        else:
            self._entries = list(tree.entries)
        self.rules = tuple(LabelRule(entry.id, entry.axis, THRESHOLD, LOW) for entry in self._entries)
        self.version = f"hf:{name}"

    def predict(self, pairs: Sequence[tuple[str, str]]) -> list[Prediction]:
        """One prediction for each pair of title and text, in order."""
        texts = [f"{clean(title)}\n\n{clean(text)}" for title, text in pairs]
        rows = [
            self._classified(texts[at : at + BATCH])
            if self._entails is None
            else self._inferred(texts[at : at + BATCH])
            for at in range(0, len(texts), BATCH)
        ]
        return [self._prediction(row) for batch in rows for row in batch]

    def _classified(self, texts: list[str]) -> Floats:
        inputs = self._tokenizer(texts, padding=True, truncation=True, max_length=self._longest(), return_tensors="pt")
        with self._torch.inference_mode():
            return np.asarray(self._model(**inputs).logits.sigmoid().float().numpy(), dtype=np.float32)

    def _inferred(self, texts: list[str]) -> Floats:
        columns: list[Floats] = []
        for entry in self._entries:
            hypothesis = [HYPOTHESIS.format(entry.description_es)] * len(texts)
            inputs = self._tokenizer(
                texts,
                hypothesis,
                padding=True,
                truncation="only_first",
                max_length=self._longest(),
                return_tensors="pt",
            )
            with self._torch.inference_mode():
                logits = self._model(**inputs).logits.float().numpy()
            against = logits[:, self._refutes] if self._refutes is not None else 0.0
            columns.append(np.asarray(1.0 / (1.0 + np.exp(against - logits[:, self._entails])), dtype=np.float32))
        return np.stack(columns, axis=1)

    def _longest(self) -> int:
        return min(
            LONGEST,
            int(getattr(self._model.config, "max_position_embeddings", LONGEST)),
            int(self._tokenizer.model_max_length),
        )

    def _prediction(self, row: Floats) -> Prediction:
        chances = {rule.id: round(float(value), 4) for rule, value in zip(self.rules, row, strict=True)}
        bands = {rule.id: rule.band(chances[rule.id]) for rule in self.rules}
        return Prediction(chances, bands, {rule.id: rule.axis for rule in self.rules}, {})


def _required(module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise ModelMissingError(
            f"{module} is not installed; a Hugging Face model needs the extra: pip install 'chasqui[hf]'"
        ) from error
