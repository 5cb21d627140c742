"""``chasqui query``: questions of the cookbook by name."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.terminal import print_answer
from flows.commands.ask import FORMATS, TABLE_ROWS, console, one_of, print_plain
from flows.failures import UsageError
from flows.settings import Home, load_settings
from warehouse.cookbook import questions, run_question
from warehouse.query import Answer, open_published

LIST = "list"


def show_query(name: str, given: Sequence[str], form: str) -> None:
    """Answer one question, or list them all."""
    one_of("format", form, FORMATS)
    if name == LIST:
        _show(_listed(), form)
        return
    with open_published(Home(load_settings().home).published) as con:
        answer = run_question(con, name, dict(map(_pair, given)), TABLE_ROWS if form == "table" else None)
    _show(answer, form)


def _listed() -> Answer:
    rows = [
        (q.name, q.says, "; ".join(f"{p.name} ({p.kind}, {p.default or 'empty'}): {p.says}" for p in q.parameters))
        for q in questions().values()
    ]
    return Answer(["name", "question", "parameters"], rows, is_cut=False)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--param is NAME=VALUE, got {text!r}")
    return name, value


def _show(answer: Answer, form: str) -> None:
    if not print_plain(answer, form):
        print_answer(console(), answer)
