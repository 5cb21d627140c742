"""The ONNX session: padded batches of windows in, scores and looks out. Nothing about labels or thresholds here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import onnxruntime

from models.classifier.pieces import Window

Floats = npt.NDArray[np.float32]
BATCH_PIECES = 6_000  # pieces a batch, padding included: keeps memory flat whatever the lengths


class Session:
    """A loaded network."""

    def __init__(self, path: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # the arena keeps the largest batch for ever
        options.add_session_config_entry(
            "session.intra_op.allow_spinning", "0"
        )  # two spinning threads starve a small server
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(self, windows: Sequence[Window]) -> list[tuple[Floats, Floats]]:
        """Scores (labels) and looks (pieces, labels) of each window, in the order given; batches hold like lengths."""
        order = sorted(range(len(windows)), key=lambda index: len(windows[index].ids))
        results: list[tuple[Floats, Floats] | None] = [None] * len(windows)
        at = 0
        while at < len(order):
            count = max(1, min(32, BATCH_PIECES // len(windows[order[min(at + 31, len(order) - 1)]].ids)))
            chosen = order[at : at + count]
            at += count
            longest = max(len(windows[index].ids) for index in chosen)
            ids = np.zeros((len(chosen), longest), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, index in enumerate(chosen):
                ids[row, : len(windows[index].ids)] = windows[index].ids
                mask[row, : len(windows[index].ids)] = 1
            logits, looks = cast(list[Floats], self._session.run(None, {"ids": ids, "mask": mask}))
            for row, index in enumerate(chosen):
                results[index] = (logits[row], looks[row, : len(windows[index].ids)])
        return cast(list[tuple[Floats, Floats]], results)
