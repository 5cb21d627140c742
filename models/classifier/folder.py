"""The folder a model lies in: which files it holds, whether it is whole, and another put in its place.

A folder cannot take the name of another in one step. So the new model lies there whole, under a name of its own, before the old
one is taken away, and whoever finds the place empty names it: a cut at any moment leaves a model to read with. Not here: whether
a new model deserves the place (``models.promotion``).
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

from warehouse.durable import sync

NETWORK, RULES = "model.onnx", "labels.json"
FILES = (NETWORK, "tokenizer.json", RULES)
WORDS_FILE = "rival.npz"  # opened only when a label's score mixes word weights in
POINTER = "pointer.onnx"  # what it hears in the network's states is for the reader
EXTRA = (WORDS_FILE, POINTER, "reader.npz", "MODEL_CARD.md")  # what a folder may hold besides


class ModelMissingError(FileNotFoundError):
    """A model folder that lacks one of its files."""


def existing(folder: Path, name: str) -> Path:
    """A file of a model folder.

    Raises:
        ModelMissingError: it is not there.
    """
    if not (folder / name).is_file():
        raise ModelMissingError(f"model folder {folder} lacks {name}; expected {', '.join(FILES)}")
    return folder / name


def version_of(folder: Path) -> str:
    """What a model calls itself."""
    return str(json.loads(existing(folder, RULES).read_text(encoding="utf-8"))["version"])


def is_model(folder: Path) -> bool:
    """Whether a whole model lies there; one that was cut off on its way there is put there first."""
    _finish(folder)
    return all((folder / name).is_file() for name in FILES)


def put_in_place(new: Path, into: Path) -> None:
    """Copy the new model to where the old one lies; the old one stays beside it as ``NAME.before``.

    Raises:
        ModelMissingError: the new folder lacks a file.
    """
    for name in FILES:
        existing(new, name)
    _finish(into)
    copied, former = into.with_name(f".{into.name}.copied"), into.with_name(f"{into.name}.before")
    shutil.rmtree(copied, ignore_errors=True)
    copied.mkdir(parents=True)
    for name in (*FILES, *EXTRA):
        if (new / name).is_file():
            shutil.copyfile(new / name, copied / name)
            sync(copied / name)
    sync(copied)
    shutil.rmtree(_waiting(into), ignore_errors=True)  # of a time that was cut off before the old one was taken away
    copied.rename(_waiting(into))
    sync(into.parent)
    shutil.rmtree(former, ignore_errors=True)
    with suppress(FileNotFoundError):  # the first model of all
        into.rename(former)
    _finish(into)


def _finish(into: Path) -> None:
    """Name the model that waits, where the old one is away; else do nothing."""
    if not into.exists():
        with suppress(FileNotFoundError):  # nothing waits, or another process was faster
            _waiting(into).rename(into)
            sync(into.parent)


def _waiting(into: Path) -> Path:
    """What lies under this name has all its bytes on the disk."""
    return into.with_name(f".{into.name}.new")
