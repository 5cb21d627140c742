"""The fine-tuned model as ONNX: exported in fp32, then dynamic int8 a tensor for MatMul, Gemm and Gather."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer

from models.train.encoder import Labeller


def export(model: Labeller, out: Path) -> tuple[Path, Path]:
    """Write ``model-fp32.onnx`` and ``model.onnx`` (int8); returns both."""
    out.mkdir(parents=True, exist_ok=True)
    full, small, prepared = out / "model-fp32.onnx", out / "model.onnx", out / "model-prepared.onnx"
    ids = torch.randint(5, 100, (2, 24))
    mask = torch.ones_like(ids)
    mask[1, 12:] = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter by tracing is called legacy; the other needs onnxscript
        torch.onnx.export(
            model.eval(),
            (ids, mask),
            str(full),
            input_names=["ids", "mask"],
            output_names=["logits", "looks"],
            dynamic_axes={
                "ids": {0: "batch", 1: "piece"},
                "mask": {0: "batch", 1: "piece"},
                "logits": {0: "batch"},
                "looks": {0: "batch", 1: "piece"},
            },
            opset_version=17,
            dynamo=False,
        )
    quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        prepared,
        small,
        weight_type=QuantType.QInt8,
        per_channel=False,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )
    prepared.unlink()
    return full, small


def tokenizer_of(work: Path) -> Tokenizer:
    """The vocabulary that the steps of a work folder share."""
    return Tokenizer.from_file(str(work / "tokenizer.json"))
