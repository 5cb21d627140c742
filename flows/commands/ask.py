"""``chasqui timeline`` and ``chasqui sql``: questions to the published file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboards.terminal import as_csv, as_json, print_answer, print_counts, print_events
from flows.failures import UsageError
from flows.places import region_code
from flows.settings import Home, load_settings
from warehouse.query import Answer, ask, open_published
from warehouse.timeline import Filters, count_events, list_events

FORMATS = ("table", "json", "csv")
PERIODS = ("day", "week", "month")
TABLE_ROWS = 1000  # of any question on a screen; json and csv give all


def show_sql(query: str, form: str) -> None:
    """Answer one question."""
    one_of("format", form, FORMATS)
    with open_published(Home(load_settings().home).published) as con:
        answer = ask(con, query, limit=TABLE_ROWS if form == "table" else None)
    if not print_plain(answer, form):
        print_answer(console(), answer)


def show_timeline(
    sectors: Sequence[str],
    events: Sequence[str],
    region: str | None,
    since: str | None,
    until: str | None,
    by: str | None,
    form: str,
) -> None:
    """List or count events."""
    one_of("format", form, FORMATS)
    if by is not None:
        one_of("by", by, PERIODS)
    filters = check_filters(sectors, events, region, since, until)
    with open_published(Home(load_settings().home).published) as con:
        answer = count_events(con, filters, by) if by else list_events(con, filters)  # type: ignore[arg-type] - checked against PERIODS above
    if not print_plain(answer, form):
        (print_counts if by else print_events)(console(), answer)


def check_filters(
    sectors: Sequence[str], events: Sequence[str], region: str | None, since: str | None, until: str | None
) -> Filters:
    """The options that narrow a question, as filters.

    Raises:
        UsageError: a label, place or day that cannot be meant.
    """
    from models import taxonomy

    tree = taxonomy.load()
    _all_of("sector", sectors, [e.id for e in tree.sectors])
    _all_of("event", events, [e.id for e in tree.events])
    return Filters(sectors, events, _region(region), _day("since", since), _day("until", until))


def console():  # noqa: ANN201 - rich is imported when a table is wanted
    """A console as wide as the terminal, or wide enough for a file."""
    import shutil

    from rich.console import Console

    return Console(width=None if shutil.get_terminal_size((0, 0)).columns else 160)


def print_plain(answer: Answer, form: str) -> bool:
    """Print JSON or CSV; False when a table is wanted."""
    if form == "table":
        return False
    print(as_json(answer) if form == "json" else as_csv(answer), end="\n" if form == "json" else "")
    return True


def one_of(name: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse a value that is none of those allowed."""
    if value not in allowed:
        raise UsageError(f"--{name} must be one of {', '.join(allowed)}, got {value!r}")


def _all_of(name: str, values: Sequence[str], allowed: Sequence[str]) -> None:
    for value in values:
        one_of(name, value, allowed)


def _day(name: str, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"--{name} must be a day such as 2025-09-01, got {value!r}") from error


def _region(name: str | None) -> str | None:
    try:
        return None if name is None else region_code(name)
    except ValueError as error:
        raise UsageError(f"--region {error}") from error
