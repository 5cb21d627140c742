"""The fine-tuned model as ONNX: exported in fp32, then dynamic int8 a tensor for MatMul, Gemm and Gather."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import nn

from models.train.encoder import Labeller

Axes = Mapping[int, str]
BOTH: Axes = {0: "batch", 1: "piece"}


def export(model: Labeller, out: Path) -> tuple[Path, Path]:
    """Write ``model-fp32.onnx`` and ``model.onnx`` (int8); returns both."""
    out.mkdir(parents=True, exist_ok=True)
    full, small = out / "model-fp32.onnx", out / "model.onnx"
    ids = torch.randint(5, 100, (2, 24))
    mask = torch.ones_like(ids)
    mask[1, 12:] = 0
    traced(
        model,
        (ids, mask),
        full,
        {"ids": BOTH, "mask": BOTH},
        {"logits": {0: "batch"}, "looks": BOTH, "states": BOTH},
    )
    quantized(full, small)
    return full, small


def traced(
    model: nn.Module,
    example: tuple[torch.Tensor, ...],
    out: Path,
    inputs: Mapping[str, Axes],
    outputs: Mapping[str, Axes],
) -> None:
    """Write a network as fp32 ONNX, from what it does with an example; the named axes may have any length."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter by tracing is called legacy; the other needs onnxscript
        torch.onnx.export(
            model.eval(),
            example,
            str(out),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={**inputs, **outputs},
            opset_version=17,
            dynamo=False,
        )


def quantized(full: Path, small: Path) -> None:
    """Write an fp32 file's weights as int8, one scale a tensor."""
    prepared = small.with_name(f"{small.stem}-prepared.onnx")
    quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        prepared,
        small,
        weight_type=QuantType.QInt8,
        per_channel=False,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )
    prepared.unlink()


def tokenizer_of(work: Path) -> Tokenizer:
    """The vocabulary that the steps of a work folder share."""
    return Tokenizer.from_file(str(work / "tokenizer.json"))
