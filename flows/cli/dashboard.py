"""The dashboard, served or written as a site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import family

app = family()
dashboard_app = family("The dashboard, in a browser.", alone=True)
app.add_typer(dashboard_app, name="dashboard")


@dashboard_app.callback(invoke_without_command=True)
def dashboard(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on; this machine alone otherwise.")] = None,
    port: Annotated[int | None, typer.Option(help="Its port.")] = None,
) -> None:
    """Serve the dashboard until stopped."""
    if context.invoked_subcommand is not None:
        return
    from flows.commands.dashboard import serve_dashboard

    serve_dashboard(host, port)


@dashboard_app.command("export")
def dashboard_export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the site goes; a former one is replaced.")],
    weeks: Annotated[int, typer.Option(min=1, max=520, help="Weeks of events, the last one known included.")] = 26,
) -> None:
    """Write the static edition: a site that any web host can serve."""
    from flows.commands.site import export

    export(folder, weeks)


@dashboard_app.command("secret")
def dashboard_secret() -> None:
    """Hash a reviewer's secret for the settings."""
    from flows.commands.dashboard import print_secret

    print_secret()
