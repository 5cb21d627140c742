"""Options that several steps share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

MODELS = Path(__file__).parents[2]
CORPUS = MODELS / "corpus"
ARTIFACT = MODELS / "artifact"

Work = Annotated[Path, typer.Option(help="Folder for everything the steps leave behind.")]
General = Annotated[list[Path], typer.Option(help="Text files or folders: general language (.txt, .txt.xz).")]
Subject = Annotated[Path, typer.Option(help="Folder with the labelled corpus (JSON lines).")]
Out = Annotated[Path, typer.Option(help="Model folder to write.")]
Version = Annotated[str, typer.Option(help="Name and version of the new model.")]
