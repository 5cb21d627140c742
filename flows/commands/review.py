"""``chasqui review``: what deserves a look, and what a person says of it. Judgements count from the next night on."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

from dashboards.terminal import as_csv, as_json, print_answer
from flows.commands.ask import FORMATS, console, one_of
from flows.failures import UsageError
from flows.homes import warehouse_at
from flows.settings import Home, load_settings
from flows.steps.retraining import review_lines
from warehouse.lake import Lake
from warehouse.ops import Ops
from warehouse.query import Answer, open_published
from warehouse.reviews import Proposal, QueueItem, propose, queue, waiting
from warehouse.reviews.holding import held_sentences
from warehouse.store import LockedError, open_warehouse

UNKNOWN = "unknown"


def list_queue(limit: int, form: str) -> None:
    """Print what deserves a look, the weightiest first, with the sentences that wait for a label to be given."""
    one_of("format", form, FORMATS)
    settings = load_settings()
    home = Home(settings.home)
    with open_published(home.published) as con:
        items = queue(con, limit)
    held = _held(warehouse_at(settings), items)
    sentences = [held.get((i.document_id or "", i.label or "")) if i.axis == "event" else None for i in items]
    if form != "table":
        names = [*(f.name for f in fields(QueueItem)), "held_evidence"]
        rows = [(*asdict(i).values(), said) for i, said in zip(items, sentences, strict=True)]
        answer = Answer(names, rows, is_cut=False)
        print(as_json(answer) if form == "json" else as_csv(answer), end="\n" if form == "json" else "")
        return
    rows = [
        (i.why, i.event_id or i.document_id or i.review_id, f"{i.axis} {i.label}" if i.label else None,
         None if i.probability is None else round(i.probability, 2), "\n".join([i.title or "", *(f"> {s}" for s in said or ())]))
        for i, said in zip(items, sentences, strict=True)
    ]  # fmt: skip
    print_answer(console(), Answer(["why", "of", "label", "probability", "title"], rows, is_cut=False))
    with Ops(home.ops) as ops:
        print(f"{len(items)} to look at; {len(waiting(ops))} judgements wait for the next night")


def _held(where: Path | Lake, items: Sequence[QueueItem]) -> dict[tuple[str, str], list[str]]:
    """Masked sentences that wait for their label. The published file has none of them, so the warehouse is asked; not while it is written to."""
    wanted = {i.document_id for i in items if i.kind == "label" and i.axis == "event" and i.document_id is not None}
    if not wanted or (isinstance(where, Path) and not where.exists()):
        return {}
    try:
        with open_warehouse(where) as con:
            return held_sentences(con, wanted)
    except LockedError as error:
        print(f"{error}: the sentences that wait for a label are left out", file=sys.stderr)
        return {}


def judge_label(document: str, label: str, verdict: str, by: str | None, note: str | None) -> None:
    """Judge a label of a document."""
    from models.taxonomy import load

    tree = load()
    axis = next((e.axis for e in (*tree.sectors, *tree.events) if e.id == label), None)
    if axis is None:
        raise UsageError(f"{label!r} is no sector or event type")
    _propose(Proposal(
        reviewer=_reviewer(by), verdict=verdict, document_id=document, axis=axis, label=label, note=note,  # type: ignore[arg-type] - the caller's options
    ))  # fmt: skip


def judge_event(
    event: str,
    *,
    accept: bool,
    retract: bool,
    settings: list[str],
    same_as: str | None,
    split_off: str | None,
    by: str | None,
    note: str | None,
) -> None:
    """Judge an event; exactly one kind of judgement at a time, several fields at once."""
    if [accept, retract, bool(settings), bool(same_as), bool(split_off)].count(True) != 1:
        raise UsageError("give one of --accept, --retract, --set FIELD=VALUE, --same-as EVENT, --split-off DOCUMENT")
    reviewer = _reviewer(by)
    if settings:
        for setting in settings:
            name, equals, value = setting.partition("=")
            if not equals:
                raise UsageError(f"--set takes FIELD=VALUE, got {setting!r}")
            said = None if value == UNKNOWN else value
            _propose(Proposal(reviewer=reviewer, verdict="set", event_id=event, field=name, value=said, note=note))
    elif same_as:
        _propose(Proposal(reviewer=reviewer, verdict="merge", event_id=event, other_id=same_as, note=note))
    elif split_off:
        _propose(Proposal(reviewer=reviewer, verdict="split", event_id=event, document_id=split_off, note=note))
    else:
        verdict = "accept" if accept else "retract"
        _propose(Proposal(reviewer=reviewer, verdict=verdict, event_id=event, note=note))


def export_rows(file: Path | None) -> None:
    """Write judged documents as training rows; they hold full texts and stay with the owner."""
    with open_warehouse(warehouse_at(load_settings())) as con:
        lines = list(review_lines(con))
    if file is None:
        sys.stdout.writelines(lines)
        return
    file.touch(mode=0o600)
    file.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} rows in {file}")


def _propose(proposal: Proposal) -> None:
    home = Home(load_settings().home)
    with open_published(home.published) as published, Ops(home.ops) as ops:
        review_id = propose(ops, published, proposal)
    print(f"{review_id}: waits for the next night")


def _reviewer(by: str | None) -> str:
    return by or getpass.getuser()
