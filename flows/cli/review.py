"""What persons say of labels and events."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Format, family

app = family()
review_app = family("What persons say of labels and events.")
app.add_typer(review_app, name="review")

ReviewedBy = Annotated[str | None, typer.Option("--by", help="Reviewer; the login name when absent.")]
ReviewNote = Annotated[str | None, typer.Option(help="Why, in your own words; kept, never published.")]


@review_app.command("list")
def review_list(limit: Annotated[int, typer.Option(min=1, help="Most to show.")] = 30, form: Format = "table") -> None:
    """What deserves a look: doubtful labels, weighty events, judgements whose page says something else now."""
    from flows.commands.review import list_queue

    list_queue(limit, form)


@review_app.command("label")
def review_label(
    document: Annotated[str, typer.Argument(help="Document id.")],
    label: Annotated[str, typer.Argument(help="Sector or event type.")],
    verdict: Annotated[str, typer.Argument(help="accept, add or remove.")],
    by: ReviewedBy = None,
    note: ReviewNote = None,
) -> None:
    """Say that a document carries a label, or does not; counts from the next night on."""
    from flows.commands.review import judge_label

    judge_label(document, label, verdict, by, note)


@review_app.command("event")
def review_event(
    event: Annotated[str, typer.Argument(help="Event id.")],
    *,
    accept: Annotated[bool, typer.Option("--accept", help="It is right as it stands.")] = False,
    retract: Annotated[bool, typer.Option("--retract", help="It did not happen, or is none of ours.")] = False,
    fields: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="As killed=2 or sectors=transport,bodegas; 'unknown' is a value."
        ),
    ] = None,
    same_as: Annotated[str | None, typer.Option(help="Another event that is the same happening.")] = None,
    split_off: Annotated[str | None, typer.Option(help="Document that tells another happening.")] = None,
    by: ReviewedBy = None,
    note: ReviewNote = None,
) -> None:
    """Accept, correct, retract, merge or split an event; counts from the next night on."""
    from flows.commands.review import judge_event

    judge_event(
        event,
        accept=accept,
        retract=retract,
        settings=fields or [],
        same_as=same_as,
        split_off=split_off,
        by=by,
        note=note,
    )


@review_app.command("export")
def review_export(
    file: Annotated[Path | None, typer.Argument(help="File to write; standard output when absent.")] = None,
) -> None:
    """Judged documents as training rows, one JSON line each; they hold full texts."""
    from flows.commands.review import export_rows

    export_rows(file)
