"""The shipped classifier at run time: odd input, order, evidence, errors."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path

import pytest

from models import taxonomy
from models.classifier import Classifier, ModelMissingError, load_model
from models.classifier.pieces import clean, sentence_spans
from models.taxonomy import UnknownLabelError

ARTIFACT = Path(__file__).parents[2] / "models" / "artifact"
TITLE = "Queman tres mototaxis en un paradero de Comas tras amenazas"
TEXT = """Dos sujetos rociaron gasolina y prendieron fuego a tres mototaxis la noche del martes. Los choferes denunciaron que
una banda les exige un cupo de 5 soles diarios. «Ya no podemos trabajar», dijo el dirigente del gremio.

Los bomberos llegaron en quince minutos."""
ARTICLE = (TITLE, TEXT)
ODD = [
    ("", ""),
    ("", "extorsión"),
    ("🚌🔥💣", "😱" * 300),
    ("\x00\x01\x02 control", "a\x00b\x1bc\u200b\ufeff"),
    ("Runa simi", "Kay llaqtapi sapa p'unchaw runakuna llank'anku, mana qullqita quyta munankuchu."),
    ("<h1>Bus</h1>", "<p class='x'>Atacan <b>bus</b> en Ate</p><script>alert(1)</script>"),
    ("stray \ud800 surrogate", "text \udfff here"),
    ("one word a line", "\n".join("palabra" for _ in range(3000))),
    ("no spaces", "x" * 50_000),
    ("a megabyte", "Atacaron un bus en Ate y murió el chofer. " * 25_000),
]


@pytest.fixture(scope="module")
def shipped() -> Classifier:
    return Classifier.load()


@pytest.mark.parametrize("pair", ODD, ids=lambda pair: ascii(pair[0])[:20])
def test_odd_input_gets_an_answer(shipped: Classifier, pair: tuple[str, str]) -> None:
    (prediction,) = shipped.predict([pair])
    assert set(prediction.probabilities) == set(taxonomy.load().names)
    assert all(0.0 <= value <= 1.0 for value in prediction.probabilities.values())


def test_answers_come_in_order_and_do_not_depend_on_neighbours(shipped: Classifier) -> None:
    together = shipped.predict([ARTICLE, *ODD[:6], ARTICLE])
    alone = shipped.predict([ARTICLE])[0]
    for each in (together[0], together[-1]):
        assert each.probabilities == alone.probabilities
    assert shipped.predict([]) == []


def shout(text: str) -> str:
    """Capitals without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).upper()


def test_capitals_and_missing_accents_change_nothing(shipped: Classifier) -> None:
    plain = shipped.predict([ARTICLE])[0]
    loud = shipped.predict([(shout(ARTICLE[0]), shout(ARTICLE[1]))])[0]
    assert (loud.sectors, loud.events) == (plain.sectors, plain.events)


def test_a_clear_case_with_its_evidence(shipped: Classifier) -> None:
    prediction = shipped.predict([ARTICLE])[0]
    assert prediction.sectors == ["transport"]
    assert {"arson", "extortion"} <= set(prediction.events)
    span = prediction.evidence("extortion")
    assert span is not None
    assert "cupo" in TEXT[span[0] : span[1]]
    assert prediction.evidence("dentists") is None
    with pytest.raises(UnknownLabelError):
        prediction.evidence("pharmacies")


def test_labels_are_records_in_taxonomy_order(shipped: Classifier) -> None:
    labels = shipped.predict([ARTICLE])[0].labels()
    assert tuple(label.label for label in labels) == taxonomy.load().names
    assert {label.band for label in labels} <= {"yes", "uncertain", "no"}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"model\.onnx"):
        Classifier.load(tmp_path)


def test_a_label_outside_the_taxonomy_is_an_error(tmp_path: Path) -> None:
    for name in ("model.onnx", "tokenizer.json", "labels.json"):
        shutil.copy(ARTIFACT / name, tmp_path / name)
    rules = json.loads((tmp_path / "labels.json").read_text())
    rules["labels"][0]["id"] = "plumbers"
    (tmp_path / "labels.json").write_text(json.dumps(rules))
    with pytest.raises(UnknownLabelError, match="plumbers"):
        load_model(str(tmp_path))


def test_sentences_and_cleaning_keep_offsets() -> None:
    text = "Uno. Dos <b>tres</b>!\n\nCuatro"
    assert len(clean(text)) == len(text)
    assert [text[a:b].strip() for a, b in sentence_spans(text)] == ["Uno.", "Dos <b>tres</b>!", "Cuatro"]
