"""Bills and norms over nights: what lists and pages of the State become in the published file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.progress import PlainReporter
from flows.settings import Home
from flows.steps.night import new_night
from flows.steps.order import run_night
from tests.e2e.helpers import settings_for
from tests.newsroom import Newsroom
from warehouse.query import ask, open_published

pytestmark = [pytest.mark.e2e]


def test_a_bill_that_moves_on_is_one_bill_with_one_step_more(tmp_path: Path) -> None:
    with Newsroom(today=date(2026, 10, 1), sites=["congreso", "portal-estado"]) as newsroom:
        settings = settings_for(newsroom, tmp_path, look_back_days=1)
        first = run_night(new_night(settings, PlainReporter(), "nightly"))
        newsroom.set_today(date(2026, 10, 9))
        second = run_night(new_night(settings, PlainReporter(), "nightly"))
        third = run_night(new_night(settings, PlainReporter(), "nightly"))
    assert second["outcomes"]["changed"] == 1
    assert first["delivered"] > second["delivered"] > third["delivered"] == 0
    with open_published(Home(settings.home).published) as reader:
        moved = ask(
            reader, "SELECT stage, version FROM bills JOIN documents USING (document_id) WHERE bill_id = '2026-D-396'"
        )
        assert moved.rows == [("sent_to_executive", 2)]
        steps = ask(
            reader, "SELECT stage FROM bill_steps WHERE bill_id = '2026-D-396' ORDER BY seen_at, stepped_on NULLS LAST"
        )
        assert [stage for (stage,) in steps.rows] == ["filed", "committee", "sent_to_executive"]
        assert ask(reader, "SELECT count(*) FROM bills WHERE stage IS NULL").rows == [(0,)]
        refiled = ask(reader, "SELECT former_number, title FROM bills WHERE bill_id = '2026-C-5'").rows
        assert refiled[0][0] == "PL 1330/2021-CR"
        assert "ANTES" not in refiled[0][1]
        assert ("DS 118-2026-PCM",) in ask(reader, "SELECT number FROM norms WHERE subject = 'state_of_emergency'").rows
