"""What a training goes on from, written so that a cut while writing leaves the former file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch


def save(state: Mapping[str, object], path: Path) -> None:
    """Write beside the file, then take its place."""
    part = path.with_suffix(".part")
    torch.save(dict(state), part)
    part.replace(path)
