"""Only those who sign in may judge, and all they write is the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboards.app import data, signin
from tests.dashboards.app import page, set_up, told
from tests.dashboards.made import Told, publish_events
from warehouse.ops import Ops
from warehouse.reviews.inbox import waiting

SECRET = "una clave larga"


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(signin, "WAIT_S", 0)
    made = publish_events(tmp_path / "chasqui.duckdb", [Told("e1", types=("murder",), day=None, title="Un asesinato")])
    set_up(made, reviewers={"ana": signin.hash_secret(SECRET)})
    yield made
    data.SHARED.close()


def test_a_reviewers_word_waits_in_the_inbox(published: Path) -> None:
    drawn = page("review")
    assert "Un asesinato" in told(drawn)
    assert not [b for b in drawn.button if b.label == "Retirar el hecho"]
    drawn.text_input[0].set_value("ana")
    drawn.text_input[1].set_value(SECRET)
    drawn.button[0].click().run()
    before = published.stat().st_mtime_ns
    next(b for b in drawn.button if b.label == "Retirar el hecho").click().run()
    with Ops(published.with_name("ops.sqlite")) as ops:
        (found,) = waiting(ops)
    assert (found.proposal.reviewer, found.proposal.verdict, found.proposal.event_id) == ("ana", "retract", "e1")
    assert published.stat().st_mtime_ns == before


@pytest.mark.parametrize(("name", "secret"), [("ana", "otra clave"), ("eva", SECRET), ("", ""), ("ana", "")])
def test_a_wrong_name_or_secret_lets_nobody_in(published: Path, name: str, secret: str) -> None:
    drawn = page("review")
    drawn.text_input[0].set_value(name)
    drawn.text_input[1].set_value(secret)
    drawn.button[0].click().run()
    assert "equivocados" in told(drawn)
    assert not [b for b in drawn.button if b.label == "Retirar el hecho"]
    assert not published.with_name("ops.sqlite").exists()
