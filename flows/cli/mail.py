"""The weekly digest: groups, mails, who wants none."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import family

app = family()
groups_app = family("The groups that get a digest.")
app.add_typer(groups_app, name="groups")
unsubscribe_app = family("Who wants no more mail.")
app.add_typer(unsubscribe_app, name="unsubscribe")


@app.command()
def digest(
    group: Annotated[str | None, typer.Option(help="One group; all of them otherwise.")] = None,
    week: Annotated[str | None, typer.Option(help="As 2025-W43; the last whole week otherwise.")] = None,
    *,
    send: Annotated[bool, typer.Option("--send", help="Send it to the groups' recipients, each once.")] = False,
    alerts: Annotated[bool, typer.Option("--alerts", help="Send today's alerts to groups that want them.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --send: say what would be sent, send nothing.")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Write pages to the home's digest folder and open them.")
    ] = False,
    to: Annotated[str | None, typer.Option(help="Send one copy to this address, to try.")] = None,
) -> None:
    """The week by group, as the mail tells it: on the terminal, as pages, or sent."""
    from flows.commands.digest import run_digest

    raise typer.Exit(run_digest(group, week, send=send, alerts=alerts, dry_run=dry_run, preview=preview, to=to))


@groups_app.command("check")
def groups_check() -> None:
    """Check the groups' file and count recipients."""
    from flows.commands.digest import check_groups

    raise typer.Exit(check_groups())


@unsubscribe_app.command("serve")
def unsubscribe_serve(
    host: Annotated[str, typer.Option(help="Address to listen on, behind a proxy that speaks HTTPS.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0: any free one.")] = 8025,
) -> None:
    """Listen for unsubscriptions; the one listener meant to be public."""
    from flows.commands.unsubscribe import serve_unsubscribe

    serve_unsubscribe(host, port)


@unsubscribe_app.command("add")
def unsubscribe_add(
    address: Annotated[str, typer.Argument(help="Mail address.")],
    group: Annotated[str | None, typer.Option(help="One group; all of them otherwise.")] = None,
) -> None:
    """Send no more mail to an address."""
    from flows.commands.unsubscribe import add_suppression

    add_suppression(address, group)


@unsubscribe_app.command("list")
def unsubscribe_list() -> None:
    """Who gets no mail, why and since when."""
    from flows.commands.unsubscribe import list_suppressions

    list_suppressions()
