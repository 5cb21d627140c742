"""The command ``chasqui``. Heavy libraries are imported by the command that needs them, so that help comes at once.

Exit codes: 0 done, 1 failed with one clear line (a traceback only with ``--debug``), 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli import asking, dashboard, learning, mail, review, runs, sources, texts, warehouse
from flows.failures import explain

app = typer.Typer(
    name="chasqui",
    help="Monitor of news and legislation on extortion in Peru.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for family in (runs, texts, asking, review, mail, dashboard, sources, warehouse, learning):
    app.add_typer(family.app)


@app.callback()
def _options(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a failure.")] = False,
    home: Annotated[Path | None, typer.Option(help="Where everything is kept; CHASQUI_HOME otherwise.")] = None,
) -> None:
    if debug:
        os.environ["CHASQUI_DEBUG"] = "1"
    if home is not None:
        os.environ["CHASQUI_HOME"] = str(home)


def main() -> None:
    """Entry of the command; turns every failure into one line and an exit code."""
    try:
        app(standalone_mode=True)
    except SystemExit:
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        print("chasqui: interrupted", file=sys.stderr)
        sys.exit(1)
    except Exception as error:  # whatever went wrong, a person gets one line; --debug shows all of it
        if os.environ.get("CHASQUI_DEBUG"):
            raise
        code, line = explain(error)
        print(f"chasqui: {line}", file=sys.stderr)
        sys.exit(code)


if __name__ == "__main__":
    main()
