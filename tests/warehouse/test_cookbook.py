"""The cookbook's questions: each described, each answered by a published file of the newsroom's happenings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from flows.steps.keeping import district_rows
from models.taxonomy import load as load_taxonomy
from tests.benchmarks.linking_truth import true_mentions
from tests.newsroom.data import load_press
from tests.warehouse.filling import fill
from warehouse.bills import replace_bill_states
from warehouse.cookbook import question, questions, run_question
from warehouse.link import link
from warehouse.load import replace_districts, replace_labels, replace_sources
from warehouse.official import seed
from warehouse.publish import publish
from warehouse.query import QueryError, open_published
from warehouse.store import open_warehouse

QUESTIONS = questions()
# The newsroom's documents here carry mentions only: no bills, norms' own pages, groups of nights or changes of what was said.
MAY_BE_EMPTY = {
    "bills_by_stage", "contradicting_figures", "disputed", "emergencies_on_day", "emergency_before_after", "extortion_bills", "groups", "norms_in_the_news", "new_places",
    "contradicted_figures", "sector_complaints", "open_days", "panel_against_all", "quiet_sources", "refiled_bills", "revisions", "demands",
}  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("cookbook")
    tree = load_taxonomy()
    truth = true_mentions(load_press())
    with open_warehouse(folder / "w.duckdb") as con:
        replace_districts(con, district_rows())
        replace_bill_states(con)
        replace_labels(con, [(e.axis, e.id, n, e.es, e.en) for n, e in enumerate((*tree.sectors, *tree.events))])
        seed(con)
        fill(con, folder, "b", truth.documents)
        sources = {d.get("source", "uno") for d in truth.documents}
        replace_sources(con, [(s, s, None, "national_news", None, "es", None) for s in sorted(sources)])
        link(con, "r", tree.primary_order)
        publish(con, folder / "p.duckdb")
    with open_published(folder / "p.duckdb") as reader:
        yield reader


def test_there_are_enough_and_each_says_what_it_asks() -> None:
    assert len(QUESTIONS) >= 25
    for name, asked in QUESTIONS.items():
        assert asked.says.endswith("."), name
        assert set(asked.values({})) == {p.name for p in asked.parameters}
        for word in asked.sql.split("$")[1:]:
            parameter = word.split(":")[0].split(" ")[0].strip()
            assert parameter in {p.name for p in asked.parameters}, (name, parameter)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_it_is_answered(published: duckdb.DuckDBPyConnection, name: str) -> None:
    answer = run_question(published, name, {})
    assert answer.columns
    assert answer.rows or name in MAY_BE_EMPTY


def test_parameters_narrow_and_are_checked(published: duckdb.DuckDBPyConnection) -> None:
    everything = run_question(published, "sector_by_department", {})
    later = run_question(published, "sector_by_department", {"since": "2026-11-01"})
    assert 0 < sum(row[2] for row in later.rows) < sum(row[2] for row in everything.rows)
    with pytest.raises(QueryError, match="since is a day such as"):
        run_question(published, "sector_by_department", {"since": "ayer"})
    with pytest.raises(QueryError, match="it has since, until"):
        run_question(published, "sector_by_department", {"sector": "transport"})
    for name in ("nothing", "../sql/publish"):
        with pytest.raises(QueryError, match="chasqui query list"):
            question(name)


def test_a_sum_of_the_cookbook_is_the_sum_of_the_timeline(published: duckdb.DuckDBPyConnection) -> None:
    rows = run_question(published, "department_rates", {"type": "extortion"}).rows
    told = "SELECT count(*) FROM timeline WHERE list_contains(types, 'extortion') AND status = 'happened'"
    assert published.execute(told).fetchone() == (sum(row[2] for row in rows),)
    first = run_question(published, "sector_weeks", {"since": date(2026, 10, 5).isoformat()}).rows[0][0]
    assert first == date(2026, 10, 5)
