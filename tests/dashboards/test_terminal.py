"""Answers as CSV: opened in a spreadsheet, a headline runs nothing."""

from __future__ import annotations

from dashboards.terminal import as_csv
from warehouse.query import Answer


def test_a_headline_is_no_formula() -> None:
    answer = Answer(
        ["title", "types", "killed"], [('=HYPERLINK("http://evil.example")', ["@a", "b"], -1)], is_cut=False
    )
    assert as_csv(answer) == 'title,types,killed\n"\'=HYPERLINK(""http://evil.example"")",\'@a;b,-1\n'
