"""What the families of commands share: how a family is made, and the options that mean the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Lines = Annotated[Path | None, typer.Argument(help="JSON lines; standard input when absent or '-'.")]
Format = Annotated[str, typer.Option("--format", help="table, json or csv")]


def family(about: str | None = None, *, alone: bool = False) -> typer.Typer:
    """A family of commands; ``alone``: its name is a command too.

    Help is plain: rich would take longer to import than all else together.
    """
    return typer.Typer(help=about, no_args_is_help=not alone, rich_markup_mode=None)
