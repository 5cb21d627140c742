"""The ONNX session: windows in, scores and looks out. Nothing about labels or thresholds here.

One window at a time, several threads side by side. Dynamic int8 takes its scale from the whole tensor, so that in a padded
batch a document's score would depend on its neighbours; alone it is the same in every run, and no slower (no padding).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import onnxruntime

from models.classifier.pieces import Window

Floats = npt.NDArray[np.float32]


class Session:
    """A loaded network."""

    def __init__(self, path: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # the arena keeps the largest window for ever
        options.add_session_config_entry(
            "session.intra_op.allow_spinning", "0"
        )  # two spinning threads starve a small server
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="classifier")

    def run(self, windows: Sequence[Window]) -> list[tuple[Floats, Floats]]:
        """Scores (labels) and looks (pieces, labels) of each window, in the order given."""
        return list(self._pool.map(self._run_one, windows))

    def _run_one(self, window: Window) -> tuple[Floats, Floats]:
        ids = np.asarray([window.ids], dtype=np.int64)
        logits, looks = cast(list[Floats], self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)}))
        return logits[0], looks[0]
