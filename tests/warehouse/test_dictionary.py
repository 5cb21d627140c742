"""The dictionary is true: generated from the file, complete, and the one that is kept."""

from __future__ import annotations

import pytest

from warehouse.dictionary import TARGET, generate


@pytest.fixture(scope="module")
def generated() -> str:
    return generate()


def test_the_kept_dictionary_is_what_the_file_says(generated: str) -> None:
    assert TARGET.read_text(encoding="utf-8") == generated, "run `python -m warehouse.dictionary`"


def test_every_table_view_macro_and_column_has_a_meaning(generated: str) -> None:
    rows = [line for line in generated.splitlines() if line.startswith("| `")]
    assert [row for row in rows if row.rstrip("| ").endswith("`") or row.endswith("|  |")] == []
    titles = generated.split("### ")[1:]
    assert [t.splitlines()[0] for t in titles if not t.splitlines()[2].strip()] == []


def test_no_private_column_is_published(generated: str) -> None:
    for private in ("`text`", "`title_masked`", "`byline`", "`minhash`", "`evidence_start`"):
        assert private not in generated
