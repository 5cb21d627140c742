"""Titles and texts to labels.

``Classifier`` is the shipped model (onnxruntime and tokenizers); ``load_model`` opens that, another folder of the same
make, or any Hugging Face model. Not here: training (``models.train``), reading of happenings (``models.reader``).
"""

from models.classifier.classifier import Classifier, Prediction
from models.classifier.folder import ModelMissingError
from models.classifier.huggingface import TextClassifier, load_model

__all__ = ["Classifier", "ModelMissingError", "Prediction", "TextClassifier", "load_model"]
