"""The warehouse's homes: copied, put back, verified, moved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import family

app = family()
warehouse_app = family("The warehouse's homes.")
app.add_typer(warehouse_app, name="warehouse")


@warehouse_app.command("backup")
def warehouse_backup(
    file: Annotated[
        Path | None, typer.Argument(help="Tar file to write; one in the home's backups when absent.")
    ] = None,
) -> None:
    """Write warehouse, operational state and journal into one file; the archive is copied by other means."""
    from flows.commands.backup import backup

    backup(file)


@warehouse_app.command("restore")
def warehouse_restore(
    file: Annotated[Path | None, typer.Argument(help="A backup; archive and journal when absent.")] = None,
) -> None:
    """Put a backup back, or make the warehouse anew from archive and journal; nothing is asked for again."""
    from flows.commands.backup import restore

    restore(file)


@warehouse_app.command("verify")
def warehouse_verify() -> None:
    """Read every file whole and say which is damaged; exit code 1 when one is."""
    from flows.commands.backup import verify

    raise typer.Exit(verify())


@warehouse_app.command("move")
def warehouse_move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="File, or ducklake:postgres:… address.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The same; must not hold a warehouse yet.")],
    files: Annotated[Path | None, typer.Option(help="Folder of the lake's tables; as set when absent.")] = None,
) -> None:
    """Carry the warehouse from one home to another and prove that all of it arrived."""
    from flows.commands.warehouse import move_warehouse

    move_warehouse(source, target, files)
