"""One more layer over the classifier's states, which points at the places that are an event type's own.

It belongs to the network whose states it was trained on and lies in the same folder; a folder without it has no hints to give.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from models.classifier.folder import NETWORK, POINTER
from models.classifier.pieces import Pieces, Window, layout
from models.classifier.session import opened
from models.hints import Hints, Question

log = logging.getLogger(__name__)
Floats = npt.NDArray[np.float32]
COLUMNS, WEIGHTS = "columns", "weights"  # metadata of the file: JSON
TRAINED_ON = "network"


def fingerprint(network: Path) -> str:
    """What tells one network file from another."""
    return hashlib.sha256(network.read_bytes()).hexdigest()


class Pointer:
    """A loaded pointer."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        told = session.get_modelmeta().custom_metadata_map
        self.network = told.get(TRAINED_ON, "")
        asked: list[list[str]] = json.loads(told.get(COLUMNS, "[]"))
        self._columns: dict[Question, int] = {(about, kind): at for at, (about, kind) in enumerate(asked)}
        self._weights: dict[str, float] = json.loads(told.get(WEIGHTS, "{}"))

    @classmethod
    def load(cls, folder: Path) -> Pointer | None:
        """The pointer of a model folder; ``None`` where it has none, or a broken one, or that of another network."""
        path = folder / POINTER
        if not path.is_file():
            return None
        try:
            found = cls(opened(path))
        except Exception as error:  # noqa: BLE001 - the runtime names no class for a broken file, and nothing needs a pointer
            log.warning("%s cannot be read, the reader goes without it: %s", path, error)
            return None
        if found.network == fingerprint(folder / NETWORK):
            return found
        log.warning("%s was trained on another network: the reader goes without it", path)
        return None

    def point(self, pieces: Pieces, windows: Sequence[Window], states: Sequence[Floats]) -> Hints:
        """What the states (pieces, hidden) of a document's windows say to the reader's questions, once it asks."""
        return Hints(layout(pieces, windows), partial(self._scores, states), self._columns, self._weights)

    def _scores(self, states: Sequence[Floats]) -> list[Floats]:
        return [np.asarray(self._session.run(None, {"states": each[None]})[0])[0] for each in states]
