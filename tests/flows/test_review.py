"""``chasqui review list``: what a person sees of what waits for their word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import flows.commands.review
from flows.commands.review import list_queue
from tests.warehouse.reviewing import new_home, page
from warehouse.query import open_published
from warehouse.store import LockedError

NEARLY = page("b", "Puno: asesinan a Amanda Mamani", "Amanda Mamani horneaba pan.", uncertain=True)
MASKED = "Puno: asesinan a [nombre]"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which a murder waits for its label."""
    monkeypatch.setenv("CHASQUI_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    with new_home(tmp_path) as made:
        made.night(NEARLY)
        made.con.execute("UPDATE held_mentions SET evidence_masked = ?", [MASKED])
        made.con.execute(
            "INSERT INTO document_labels VALUES ('b', 'event', 'murder', 0.4, 'uncertain'), ('b', 'sector', 'bodegas', 0.4, 'uncertain')"
        )
        made.publish()
    return tmp_path


def listed(capsys: pytest.CaptureFixture[str]) -> list[tuple[Any, ...]]:
    list_queue(30, "json")
    return sorted((row["label"], row["held_evidence"]) for row in json.loads(capsys.readouterr().out))


def test_a_label_in_doubt_shows_the_masked_sentence_that_waits_for_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listed(capsys) == [("bodegas", None), ("murder", [MASKED])]
    list_queue(30, "table")
    assert f"> {MASKED}" in capsys.readouterr().out
    with open_published(home / "chasqui.duckdb") as published:
        assert MASKED not in str(published.execute("FROM review_queue").fetchall())


def test_while_a_night_writes_the_queue_is_shown_without_sentences(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> Any:
        raise LockedError("warehouse.duckdb is open in another process")

    monkeypatch.setattr(flows.commands.review, "open_warehouse", locked)
    list_queue(30, "json")
    said = capsys.readouterr()
    assert [row["held_evidence"] for row in json.loads(said.out)] == [None, None]
    assert "left out" in said.err
