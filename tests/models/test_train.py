"""Training end to end on a handful of made-up texts, with a tiny encoder: each step leaves what the next one reads."""

from __future__ import annotations

import importlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from models import taxonomy
from models.corpus import store

NEEDED = ("torch", "transformers", "onnx", "sklearn", "scipy")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"training requirements are not installed: {', '.join(MISSING)}")

TOPICS = {
    "transport": "El chofer del bus de la empresa fue amenazado en el paradero de la ruta. La combi quedó con agujeros.",
    "schools": "La directora del colegio recibió un mensaje. Los alumnos y docentes de la escuela temen por las clases.",
    "": "El equipo ganó el partido por dos goles. La hinchada celebró en el estadio hasta la noche.",
}


def row(number: int) -> store.Row:
    """A made-up document on one of the topics."""
    sector = list(TOPICS)[number % 3]
    text = f"{TOPICS[sector]}\n\nOcurrió en la cuadra {number} según los vecinos."
    events = ["extortion"] if sector else []
    evidence = {"field": "text", "start": 0, "end": 40, "text": text[:40]}
    mention: dict[str, Any] = {"type": "extortion", "sectors": [sector], "status": "happened", "evidence": evidence}
    mention |= dict.fromkeys(("department", "province", "district"))
    return store.Row(
        id=f"d{number}", story=f"s{number}", outlet="diario", register="regional", lang="es", published=None,
        title=f"Nota {number}", text=text, sectors=[sector] if sector else [], events=events,
        mentions=[mention] if sector else [], hard=[], private=[],
    )  # fmt: skip


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from typer.testing import CliRunner

    from models.train.cli import app

    folder = tmp_path_factory.mktemp("work")
    subject = folder / "corpus"
    store.write([row(number) for number in range(60)], subject)
    (folder / "general.txt").write_text(
        "\n".join(text for text in TOPICS.values() for _ in range(30)), encoding="utf-8"
    )
    own = ["--work", str(folder), "--subject", str(subject)]
    steps = [
        ["tokenizer", "--general", str(folder / "general.txt"), *own, "--vocabulary", "4000"],
        ["embeddings", *own, "--hidden", "64"],
        ["mlm", *own, "--steps", "4", "--layers", "1", "--hidden", "64", "--threads", "1"],
        ["finetune", *own, "--epochs", "2", "--rate", "0.003", "--threads", "1"],
        ["export", "--work", str(folder), "--out", str(folder / "artifact")],
        ["rival", "--out", str(folder / "artifact"), "--subject", str(subject)],
        ["calibrate", "--out", str(folder / "artifact"), "--version", "tiny-1", "--subject", str(subject)],
    ]
    for arguments in steps:
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (arguments, result.output, result.exception)
    return folder


def test_the_exported_model_answers(work: Path) -> None:
    from models.classifier import Classifier

    model = Classifier.load(work / "artifact", threads=1)
    (prediction,) = model.predict([("Nota", TOPICS["transport"])])
    assert set(prediction.probabilities) == set(taxonomy.load().names)
    assert model.version == "tiny-1"


def test_int8_stays_near_fp32(work: Path) -> None:
    import numpy as np

    torch = importlib.import_module("torch")

    from models.classifier import Classifier
    from models.classifier.pieces import cut, pack
    from models.train.build import tuned
    from models.train.export import tokenizer_of

    reader = Classifier.load(work / "artifact", threads=1)
    network = tuned(work / "finetune", len(taxonomy.load().names))
    pair = ("Nota", TOPICS["schools"])
    (window,) = pack(cut(tokenizer_of(work), [pair], 1000)[0], 320, 2, 3, 4)
    ids = torch.tensor([window.ids])
    with torch.inference_mode():
        full = network(ids, torch.ones_like(ids))[0][:, :-1].numpy()
    assert np.abs(reader.logits([pair]) - full).max() < 0.2


def test_pre_training_goes_on_from_its_checkpoint(work: Path) -> None:
    torch = importlib.import_module("torch")
    from typer.testing import CliRunner

    from models.train.cli import app

    arguments = [
        "mlm",
        "--work",
        str(work),
        "--subject",
        str(work / "corpus"),
        "--layers",
        "1",
        "--hidden",
        "64",
        "--threads",
        "1",
    ]
    assert CliRunner().invoke(app, [*arguments, "--steps", "6"]).exit_code == 0
    assert torch.load(work / "mlm" / "mlm.pt", weights_only=True)["step"] == 6


def reads_alike(former: Path, exported: Path) -> None:
    """A network that learnt nothing, judged by the rules of the one it went on from, answers as that one."""
    from models.classifier import Classifier

    for name in ("labels.json", "rival.npz"):
        (exported / name).write_bytes((former / name).read_bytes())
    before, after = (Classifier.load(folder, threads=1) for folder in (former, exported))
    for text in TOPICS.values():
        (was,), (now,) = (model.predict([("Nota", text)]) for model in (before, after))
        assert now.probabilities == pytest.approx(was.probabilities, abs=0.02)


def test_a_shipped_network_is_the_start_of_the_next(work: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from models.train.cli import app

    own = ["--work", str(tmp_path), "--subject", str(work / "corpus")]
    further = ["finetune", *own, "--start", str(work / "artifact"), "--epochs", "1", "--threads", "1"]
    result = CliRunner().invoke(app, [*further, "--rate", "0.000001"])  # a rate at which nothing is learnt
    assert result.exit_code == 0, (result.output, result.exception)
    assert CliRunner().invoke(app, ["export", "--work", str(tmp_path), "--out", str(tmp_path / "next")]).exit_code == 0
    reads_alike(work / "artifact", tmp_path / "next")
    half = ["blend", "--work", str(tmp_path), "--names", f"{work / 'artifact'},finetune", "--into", "half"]
    assert CliRunner().invoke(app, half).exit_code == 0
    assert CliRunner().invoke(app, ["export", "--work", str(tmp_path), "--name", "half"]).exit_code == 0
    (tmp_path / "tokenizer.json").write_text("{}")
    assert "another vocabulary" in " ".join(CliRunner().invoke(app, further).output.replace("│", " ").split())


def test_masked_words_go_on_from_a_labelling_network_and_its_heads_wait(work: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from models.train.cli import app

    (tmp_path / "general.npy").write_bytes((work / "general.npy").read_bytes())
    own = ["--work", str(tmp_path), "--subject", str(work / "corpus"), "--threads", "1", "--rate", "0.0000001"]
    steps = [
        ["mlm", *own, "--start", str(work / "artifact"), "--name", "more", "--steps", "3"],
        ["finetune", *own, "--start", "more", "--name", "again", "--epochs", "1"],
        ["export", "--work", str(tmp_path), "--name", "again", "--out", str(tmp_path / "next")],
    ]
    for step in steps:
        result = CliRunner().invoke(app, step)
        assert result.exit_code == 0, (result.output, result.exception)
    reads_alike(work / "artifact", tmp_path / "next")


def test_a_shipped_network_reads_as_the_one_it_was_made_from(tmp_path: Path) -> None:
    torch = importlib.import_module("torch")
    from models.train import shipped
    from models.train.encoder import HEAD, Encoder, Labeller, Shape
    from models.train.export import export

    names = taxonomy.load().names
    shape = Shape(layers=2, hidden=2 * HEAD, heads=2, vocabulary=300)
    torch.manual_seed(1)
    own = Labeller(Encoder(shape), shape.hidden, len(names)).eval()
    for weight in own.parameters():  # equal ones would be stored once
        weight.data.add_(torch.randn_like(weight), alpha=0.02)
    export(own, tmp_path)
    rules = {"version": "tiny", "labels": [{"id": name} for name in names]}
    (tmp_path / "labels.json").write_text(json.dumps(rules))
    read, shown = shipped.start(tmp_path, names, dropout=0.0)
    assert shown == shape
    ids, mask = torch.randint(5, 300, (3, 40)), torch.ones((3, 40), dtype=torch.long)
    with torch.inference_mode():
        assert (own(ids, mask)[0] - read.eval()(ids, mask)[0]).abs().max() < 0.1  # with other heads: .5


def test_what_is_no_start_is_named(work: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from models.train.cli import app

    own = ["finetune", "--work", str(tmp_path), "--subject", str(work / "corpus")]
    assert "no model folder" in CliRunner().invoke(app, [*own, "--start", "nowhere"]).output
    cut = CliRunner().invoke(app, [*own, "--start", str(work / "artifact"), "--layers", "1"])
    assert "all its layers" in cut.output


def test_heads_are_matched_by_name(work: Path) -> None:
    torch = importlib.import_module("torch")
    from models.train import shipped

    names = list(taxonomy.load().names)
    told = ["opticians", *names[::-1][:-1]]  # a new one in front, the others turned round, the first one gone
    model, _ = shipped.start(work / "artifact", told)
    own, _ = shipped.start(work / "artifact", names)
    ids, mask = torch.randint(5, 100, (1, 30)), torch.ones((1, 30), dtype=torch.long)
    with torch.inference_mode():
        states = torch.randn(30, 64)
        mine, theirs = (
            net.eval().say(states)[:, net_names.index("murder")] for net, net_names in ((model, told), (own, names))
        )
        assert torch.allclose(mine, theirs)
        assert model(ids, mask)[0].shape == (1, len(told) + 1)
    counted, former = model.counted.weight.detach(), own.counted.weight.detach()
    row, column = told.index("arson"), 2 * len(told) + told.index("attack")
    assert counted[row, column] == former[names.index("arson"), 2 * len(names) + names.index("attack")]
    loud, was = model.anything.weight.detach()[0], own.anything.weight.detach()[0]
    assert loud[2 * 64 + len(told) + told.index("bill")] == was[2 * 64 + len(names) + names.index("bill")]
    assert torch.equal(loud[:128], was[:128])


def test_a_network_of_other_make_is_refused(tmp_path: Path) -> None:
    onnx = importlib.import_module("onnx")
    from models.train import shipped

    graph = onnx.helper.make_graph([], "other", [], [])
    onnx.save(onnx.helper.make_model(graph), str(tmp_path / "model.onnx"))
    with pytest.raises(shipped.NotOursError, match="none of ours"):
        shipped.weights_of(tmp_path / "model.onnx")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT folder as others publish it."""
    transformers = importlib.import_module("transformers")
    folder = tmp_path_factory.mktemp("stranger")
    words = ["[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz"]
    words += [f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"] + [
        "school",
        "teacher",
        "empresa",
        *(f"word{number}" for number in range(100)),
    ]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    shape = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    transformers.BertModel(transformers.BertConfig(vocab_size=len(words), **shape)).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("own_words", [False, True])
def test_a_borrowed_body_is_tuned_and_exported(work: Path, stranger: Path, tmp_path: Path, own_words: bool) -> None:  # noqa: FBT001 - a parameter of the test
    from tokenizers import Tokenizer
    from typer.testing import CliRunner

    from models.train.build import described
    from models.train.cli import app

    place = work if own_words else tmp_path
    given = ["--work", str(place)]
    steps = [
        ["borrow", *given, "--folder", str(stranger), "--name", "body", *(["--own-words"] if own_words else [])],
        ["finetune", *given, "--subject", str(work / "corpus"), "--start", "body", "--name", "guest", "--epochs", "1", "--threads", "1"],
        ["export", *given, "--name", "guest"],
    ]  # fmt: skip
    for arguments in steps:
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (arguments, result.output, result.exception)
    pieces = Tokenizer.from_file(str(place / "tokenizer.json"))
    assert [pieces.token_to_id(name) for name in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")] == list(range(5))
    assert described(place / "guest") == f"1 layers of 32, {pieces.get_vocab_size():,} word pieces"
    assert (place / "guest" / "model.onnx").is_file()


def test_a_carried_over_word_takes_its_translation(stranger: Path) -> None:
    import numpy as np
    from tokenizers import Tokenizer, models

    from models.train import borrowed

    theirs, rows = borrowed.vocabulary(stranger)
    _, vectors = borrowed.body_of(stranger, rows)
    assert "[unused0]" not in theirs.get_vocab()
    ours = Tokenizer(models.WordPiece({"[UNK]": 0, "escuela": 1, "empresa": 2, "otra": 3}, unk_token="[UNK]"))
    counted = np.random.default_rng(0).normal(size=(4, 8)).astype(np.float32)
    found = borrowed.carried_over(ours, counted, theirs, vectors, [("escuela", "school")])
    assert np.allclose(found[1], vectors[theirs.token_to_id("school")])
    assert np.allclose(found[2], vectors[theirs.token_to_id("empresa")])
    assert found.shape == (4, 32)
    assert np.isfinite(found).all()


def test_batches_are_a_function_of_the_step() -> None:
    import numpy as np

    from models.train.encoder import Shape
    from models.train.pretrain import Plan, make_batch

    ids = np.arange(5, 500, dtype=np.int32)
    twice = [
        make_batch(7, Plan(batch=4, length=16), ids, ids, np.arange(600, dtype=np.int32), Shape(vocabulary=600), 4)
        for _ in range(2)
    ]
    assert all(bool((a == b).all()) for a, b in zip(*twice, strict=True))


def test_a_pointer_learns_on_top_of_a_network(work: Path, tmp_path: Path) -> None:
    import shutil

    from typer.testing import CliRunner

    from models.classifier import Classifier
    from models.train.cli import app

    rows = [each for each in store.read("calibration") if "attack" in each["events"]][:40]
    folder, subject = tmp_path / "model", tmp_path / "corpus"
    shutil.copytree(work / "artifact", folder)
    for number, each in enumerate(rows):
        each["story"] = f"s{number}"
    store.write(rows, subject)
    own = ["point", "--model", str(folder), "--subject", str(subject), "--epochs", "1"]
    for arguments in (own, [*own, "--held"]):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (result.output, result.exception)
    assert Classifier.load(work / "artifact").predict([("Nota", TOPICS["transport"])])[0].hints is None
    found = Classifier.load(folder).predict([(each["title"], each["text"]) for each in rows])
    pointed = [each.hints for each in found if each.hints]
    assert pointed, "a tiny network rules few types out"
    assert ("place", "attack") in pointed[0].columns
    assert 0.5 < pointed[0].weights["place"] < 1.5


def test_a_pointer_learns_which_word_it_is() -> None:
    """Two places in each text, and only the states tell which: the reader's own scores are alike."""
    np = importlib.import_module("numpy")
    from models.hints import Layout
    from models.reader.fit.pointed import Choice, Spot
    from models.train.encoder import HEAD, Shape
    from models.train.pointer import Item, Pointing, measure, train

    random = np.random.default_rng(5)
    where = Layout({"title": [], "text": [0, 5]}, {"title": [], "text": [4, 9]}, [0, 0], [0, 1])
    items = []
    for number in range(120):
        states = random.normal(0, 1, (2, HEAD)).astype(np.float16)
        states[number % 2, 0] = 4.0
        spots: list[list[Spot]] = [[("place", "text", 0, 4)], [("place", "text", 5, 9)]]
        right = [number % 2 == at for at in range(2)]
        items.append(Item([states], where, [Choice("place", "attack", spots, [0.0, 0.0], [(0,), (1,)], right)]))
    model = train(items[:80], items[80:], Pointing(epochs=6, rate=3e-3), Shape(hidden=HEAD, heads=1))
    _, share, count = measure(model, items[80:])["place"]
    assert count == 40
    assert share > 0.9, "by chance: a half"
