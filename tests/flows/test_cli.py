"""The command as a person meets it: in a process of its own, by its exit codes and its one line of failure."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHAPE = {
    "type", "happening", "sectors", "status", "date", "date_precision", "department", "province", "district", "ubigeo", "place_precision",
    "territory", "killed", "killed_low", "killed_high", "wounded", "amount_pen", "amount_stated", "currency", "period", "group", "norm", "evidence",
}  # fmt: skip
MURDER = {
    "id": "a",
    "title": "SMP: matan a chofer de combi",
    "text": "Un chofer fue asesinado a balazos ayer en San Martín de Porres. 🚌 La empresa pagaba un cupo de 20 soles diarios.",
    "published": "2026-10-05T22:30:00-05:00",
}


def chasqui(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows.main", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, flows.main; print(sorted({'prefect','duckdb','scrapy','onnxruntime','rich','pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_classify_keeps_shape_order_and_offsets() -> None:
    done = chasqui(
        "classify", stdin=lines(MURDER, {"id": 7, "title": "Receta", "text": "Ceviche de lenguado con limón."})
    )
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], second["id"]) == ("a", 7)
    assert list(first) == ["id", "sectors", "events", "scores", "mentions"]
    assert "murder" in first["events"]
    assert len(first["scores"]) == 21
    assert all(0 <= p <= 1 for p in first["scores"].values())
    for mention in first["mentions"]:
        assert set(mention) - {"uncertain"} == SHAPE
        assert mention.get("uncertain", False) is (mention["type"] not in first["events"])  # the key stands only where true
        evidence = mention["evidence"]
        assert MURDER[evidence["field"]][evidence["start"] : evidence["end"]] == evidence["text"]
    murder = next(m for m in first["mentions"] if m["type"] == "murder")
    assert (murder["date"], murder["ubigeo"], murder["killed"]) == ("2026-10-04", "150135", 1)


ODD = [
    "not json",
    "[1, 2]",
    '{"id": "b"}',
    {"id": "c", "title": 5, "text": "x"},
    {"id": "d", "title": "x", "text": "y", "published": "ayer"},
    {"id": "e", "title": "", "text": ""},
    {"id": "f", "title": "Paro", "text": "\u0000\u0007 <b>HTML</b> &amp; \u202e 😀" * 20},
    {"id": "g", "title": "Ñuqanchik", "text": "Kay llaqtapi runakuna manchakunku suwakunata."},
    '{"id": "h", "title": "\\ud800", "text": "medio par sustituto"}',
    {"id": "i", "title": "ASESINAN A CHOFER EN COMAS", "text": "UN CHOFER FUE ASESINADO ANOCHE EN COMAS."},
    {"id": "j", "title": "x", "text": "palabra " * 130_000},
    {"id": "k", "title": "x", "text": "y", "published": "9999-12-31"},
]


def test_each_odd_line_gets_an_answer_or_a_named_error() -> None:
    done = chasqui("classify", stdin=lines(*ODD, "", MURDER))
    assert done.returncode == 1
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(ODD) + 1
    refused = {a["id"] for a in answers if "error" in a}
    assert refused == {None, "b", "c", "d"}
    assert answers[-1]["id"] == "a"
    assert "mentions" in answers[-1]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["timeline", "--sector", "dentistas"], 2, "--sector must be one of"),
        (["timeline", "--since", "ayer"], 2, "--since must be a day"),
        (["timeline", "--region", "Atlantis"], 2, "no department"),
        (["timeline", "--by", "year"], 2, "--by must be one of"),
        (["timeline"], 1, "run `chasqui nightly`"),
        (["sql", "select 1"], 1, "run `chasqui nightly`"),
        (["nonsense"], 2, "No such command"),
        (["classify", "/nonexistent.jsonl"], 1, "No such file"),
        (["extract", "/nonexistent.html"], 1, "No such file"),
    ],
)
def test_failures_are_one_clear_line(arguments: list[str], code: int, says: str) -> None:
    done = chasqui(*arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "c.toml"
    config.write_text("hoem = 'x'\n", encoding="utf-8")
    monkeypatch.setenv("CHASQUI_CONFIG", str(config))
    done = chasqui("sources", "list")
    assert done.returncode == 2
    assert "hoem" in done.stderr


def test_extract_prints_documents_and_goes_on_after_a_bad_page(tmp_path: Path) -> None:
    good = tmp_path / "nota.txt"
    good.write_text(
        "Paro en Comas\nLima, 5 de octubre de 2026\n" + "Los transportistas de la zona guardaron sus unidades. " * 5,
        encoding="utf-8",
    )
    bad = tmp_path / "x.pdf"
    bad.write_bytes(b"%PDF-1.7 broken")
    done = chasqui("extract", str(bad), str(good))
    assert done.returncode == 1
    assert "broken_pdf" in done.stderr
    row = json.loads(done.stdout)
    assert row["title"] == "Paro en Comas"
    assert (row["published_at"], row["published_from"]) == ("2026-10-05T05:00:00+00:00", "text")


def test_mask_hides_a_name_wherever_it_stands() -> None:
    row = {
        "id": 1,
        "title": "Piden justicia por Quispe",
        "text": "El chofer Julio Quispe Mamani, de 40 años, murió. Quispe dejó dos hijos. Llamar al 987 654 321.",
    }
    done = chasqui("mask", stdin=lines(row))
    answer = json.loads(done.stdout)
    assert "Quispe" not in answer["title"] + answer["text"]
    assert "987" not in answer["text"]


def test_sources_list_as_json() -> None:
    assert len(json.loads(chasqui("sources", "list", "--format", "json").stdout)) == 55
