"""Corpus tools: drafts to rows, splits, checks. Texts are made here, apart from the checks of the real corpus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from models import taxonomy
from models.corpus import check, drafts, store
from models.corpus.cli import app
from tests.newsroom import load_press

TEXT = "Un hombre fue baleado en Comas. Rosa Quispe, su madre, lo contó; Quispe pidió justicia. " + " ".join(
    f"palabra{number}" for number in range(110)
)
DRAFT: dict[str, Any] = {
    "story": "a-1",
    "outlet": "diario",
    "register": "regional",
    "lang": "es",
    "published": "",
    "title": "Balean a chofer",
    "text": TEXT,
    "sectors": ["transport"],
    "events": ["attack"],
    "hard": ["murder: he survived"],
    "private": {"name": ["Rosa Quispe", "Quispe"]},
    "mention": [
        {
            "type": "attack",
            "happening": 1,
            "sectors": ["transport"],
            "place": "Lima/Lima/Comas",
            "killed": 0,
            "evidence": "fue baleado en Comas",
        }
    ],
}


def test_a_draft_becomes_a_row() -> None:
    row = drafts.to_row(DRAFT)
    (mention,) = row["mentions"]
    assert (mention["ubigeo"], mention["place_precision"], mention["killed"]) == ("150110", "district", 0)
    assert mention["date"] is None
    assert TEXT[mention["evidence"]["start"] : mention["evidence"]["end"]] == "fue baleado en Comas"
    assert [TEXT[span["start"] : span["end"]] for span in row["private"]] == ["Rosa Quispe", "Quispe"]
    assert row["published"] is None
    assert list(check.check_row(row, taxonomy.load())) == []


def test_the_build_of_a_draft_is_kept() -> None:
    assert "build" not in drafts.to_row(DRAFT)
    row = drafts.to_row({**DRAFT, "build": "press"})
    assert row.get("build") == "press"
    assert list(check.check_row(row, taxonomy.load())) == []
    assert "build 'tv', expected press" in next(check.check_row({**row, "build": "tv"}, taxonomy.load()))  # type: ignore[typeddict-item] - the fault


def test_a_list_where_a_table_belongs_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text('[[document]]\ntitle = "T"\n[[document.private]]\nname = ["Rosa"]\n')
    with pytest.raises(drafts.DraftError, match=r"one.toml #1"):
        list(drafts.read_drafts(tmp_path / "one.toml"))


def test_a_decree_stands_where_all_of_its_territory_lies() -> None:
    def placed(*territory: str) -> tuple[str | None, str]:
        mention = drafts.to_mention(
            {"type": "state_of_emergency", "happening": 1, "evidence": "fue baleado en Comas", "territory": territory},
            "",
            TEXT,
        )
        return mention.ubigeo, mention.place_precision

    assert placed("Cajamarca/Jaén", "Cajamarca/San Ignacio") == ("060000", "department")
    assert placed("La Libertad/Pataz") == ("130800", "province")
    assert placed("Lima/Lima", "Callao/Callao") == (None, "unknown")


def test_the_wounded_stand_on_the_records_of_violence() -> None:
    def told(*types: str) -> list[int | None]:
        mentions = [{"type": each, "happening": 1, "wounded": 2, "evidence": "fue baleado en Comas"} for each in types]
        return [each["wounded"] for each in drafts.to_row(DRAFT | {"mention": mentions})["mentions"]]

    assert told("attack", "extortion") == [2, None]
    assert told("extortion") == [2]


def test_what_cannot_be_resolved_is_an_error() -> None:
    with pytest.raises(drafts.DraftError, match="not verbatim"):
        drafts.locate("no está", "título", "texto")
    with pytest.raises(drafts.DraftError, match="gazetteer"):
        drafts.find("Lima/Lima/Gotham")


def test_findings_name_the_fault() -> None:
    row = drafts.to_row(DRAFT | {"events": ["riot"], "hard": ["transport: listed"], "register": "radio"})
    found = "\n".join(check.check_row(row, taxonomy.load()))
    for fault in ("'riot' is no event", "hard negative transport", "register 'radio'", "without the label"):
        assert fault in found


def test_shared_runs_and_near_duplicates() -> None:
    first, second = (drafts.to_row(DRAFT | {"title": title}) for title in ("Uno", "Dos"))
    assert len(list(check.shared_runs([first, second]))) == 1
    assert len(list(check.near_duplicates([first, second]))) == 1
    legal = "declárase el estado de emergencia en la provincia de Lima"
    pair = [first | {"title": "", "text": legal}, second | {"title": "", "text": legal}]
    assert list(check.shared_runs(pair)) == []  # type: ignore[arg-type]


def test_a_story_never_changes_its_split_and_is_never_torn(tmp_path: Path) -> None:
    rows = [drafts.to_row(DRAFT | {"story": f"a-{number // 2}", "title": f"Título {number}"}) for number in range(80)]
    counts = store.write(rows, tmp_path)
    assert sum(counts.values()) == 80
    assert all(counts.values())
    stories = [{row["story"] for row in store.read(split, tmp_path)} for split in store.SPLITS]
    assert not stories[0] & stories[1]
    assert not stories[2] & (stories[0] | stories[1])
    assert check.misplaced(tmp_path) == []
    assert store.digest(rows) == store.digest(store.read(folder=tmp_path))


def test_the_command_imports_and_checks(tmp_path: Path) -> None:
    draft = tmp_path / "01.toml"
    quoted = "evidence = '''fue baleado en Comas'''"
    draft.write_text(
        f"""[[document]]
story = "a-1"
outlet = "diario"
register = "regional"
lang = "es"
published = ""
title = '''Balean a chofer'''
text = '''{TEXT}'''
sectors = []
events = ["attack"]
[[document.mention]]
type = "attack"
happening = 1
place = "Lima/Lima/Comas"
{quoted}
""",
        encoding="utf-8",
    )
    folder = tmp_path / "corpus"
    assert CliRunner().invoke(app, ["import", str(draft), "--folder", str(folder), "--pin"]).exit_code == 0
    result = CliRunner().invoke(app, ["check", "--folder", str(folder), "--least", "0"])
    assert result.exit_code == 0, result.output
    (folder / check.TEST_PIN).unlink()
    assert "no test.sha256 pins" in CliRunner().invoke(app, ["check", "--folder", str(folder), "--least", "0"]).output
    draft.write_text(draft.read_text(encoding="utf-8").replace(quoted, "evidence = '''nada'''"), encoding="utf-8")
    assert CliRunner().invoke(app, ["import", str(draft), "--folder", str(folder)]).exit_code == 1


@pytest.mark.skipif(not store.read("test"), reason="the corpus is not there yet")
def test_the_corpus_has_no_faults() -> None:
    report = check.examine(store.read(), taxonomy.load(), least=120)
    assert report.findings == []
    assert report.trigram_ratio >= check.LEAST_RATIO


@pytest.mark.skipif(not store.read("test"), reason="the corpus is not there yet")
def test_the_newsroom_stays_out_of_training() -> None:
    """A stock phrase may stand in both; a story, told again, would share many runs of eight words."""
    owners: dict[str, set[str]] = {}
    for row in store.read():
        for run in runs_of(f"{row['title']}\n{row['text']}"):
            owners.setdefault(run, set()).add(row["id"])
    for page in load_press().pages:
        shared = Counter(owner for run in runs_of(f"{page.title}\n{page.text}") for owner in owners.get(run, ()))
        assert page.norm or not shared or shared.most_common(1)[0][1] <= 2, (page.origin, shared.most_common(3))


def runs_of(text: str) -> set[str]:
    tokens = check.words(text)
    runs = (" ".join(tokens[at : at + check.RUN]) for at in range(len(tokens) - check.RUN + 1))
    return {run for run in runs if not check.LEGAL.search(run)}
