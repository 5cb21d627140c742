"""The ONNX session: windows in; scores, looks and states out. Nothing about labels or thresholds here.

One window at a time, several threads side by side. Dynamic int8 takes its scale from the whole tensor, so that in a padded
batch a document's score would depend on its neighbours; alone it is the same in every run, and no slower (no padding).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt
import onnxruntime

from models.classifier.pieces import Window

Floats = npt.NDArray[np.float32]


class Answered(NamedTuple):
    """Of one window: scores (labels), looks (pieces, labels), and the states of its pieces (pieces, hidden) where the network gives them."""

    logits: Floats
    looks: Floats
    states: Floats | None


class Session:
    """A loaded network."""

    def __init__(self, path: Path, threads: int) -> None:
        self._session = opened(path)
        self._gives_states = any(each.name == "states" for each in self._session.get_outputs())
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="classifier")

    def run(self, windows: Sequence[Window], *, states: bool = False) -> list[Answered]:
        """What the network answers to each window, in the order given; with its states if asked for, and if it gives them."""
        outputs = ["logits", "looks", *(["states"] if states and self._gives_states else [])]
        return list(self._pool.map(partial(self._run_one, outputs), windows))

    def _run_one(self, outputs: Sequence[str], window: Window) -> Answered:
        ids = np.asarray([window.ids], dtype=np.int64)
        logits, looks, *states = cast(list[Floats], self._session.run(outputs, {"ids": ids, "mask": np.ones_like(ids)}))
        return Answered(logits[0], looks[0], states[0][0] if states else None)


def opened(path: Path) -> onnxruntime.InferenceSession:
    """An ONNX file, ready to run on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the largest window for ever
    options.add_session_config_entry(
        "session.intra_op.allow_spinning", "0"
    )  # two spinning threads starve a small server
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
