"""The training command: one sub-command a step. Heavy libraries are imported by the step that needs them."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Train the classifier, step by step.", no_args_is_help=True)

Work = Annotated[Path, typer.Option(help="Folder for everything the steps leave behind.")]
General = Annotated[list[Path], typer.Option(help="Text files or folders: general language (.txt, .txt.xz).")]
Subject = Annotated[Path, typer.Option(help="Folder with the labelled corpus (JSON lines).")]
CORPUS = Path(__file__).parents[1] / "corpus"


@app.callback()
def configure() -> None:
    """Plain log lines on standard error."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")


def vocabulary_hints() -> list[str]:
    """Words that must be in the vocabulary whatever the texts say: places, press words, both sides of the word list."""
    from models.train.texts import lexicon

    units = Path(__file__).parents[1] / "gazetteer" / "units.csv"
    places = units.read_text(encoding="utf-8").replace(",", " ").splitlines() if units.exists() else []
    press = (Path(__file__).parent / "glossary.txt").read_text(encoding="utf-8").split()
    return [*places, *(word for word in [*press, *(word for pair in lexicon() for word in pair)] for _ in range(8))]


@app.command()
def tokenizer(general: General, work: Work, subject: Subject = CORPUS, vocabulary: int = 12_000) -> None:
    """Learn the WordPiece vocabulary and encode the general text once."""
    import numpy as np

    from models.train.pretrain import encode
    from models.train.texts import paragraphs
    from models.train.tokenizer import train_tokenizer

    trained = train_tokenizer(
        paragraphs(general), [*paragraphs([subject]), *vocabulary_hints()], work / "tokenizer.json", vocabulary
    )
    ids = encode(trained, paragraphs(general))
    np.save(work / "general.npy", ids)
    typer.echo(f"{trained.get_vocab_size()} pieces, {len(ids)} tokens of general text")


@app.command()
def embeddings(work: Work, subject: Subject = CORPUS, hidden: int = 256) -> None:
    """Start vectors from word counts."""
    import numpy as np
    from tokenizers import Tokenizer

    from models.train import embeddings as step
    from models.train.pretrain import encode, swap_tables
    from models.train.texts import lexicon, paragraphs

    trained = Tokenizer.from_file(str(work / "tokenizer.json"))
    own = encode(trained, paragraphs([subject]))
    tokens = np.concatenate([np.load(work / "general.npy"), *([own] * 5)])
    tokens[tokens < len(("pad", "unk", "cls", "sep", "mask"))] = 0
    vectors = step.ppmi_embeddings(tokens, trained.get_vocab_size(), hidden)
    vectors = step.pull_together(vectors, swap_tables(trained, lexicon()))
    np.save(work / f"embeddings-{hidden}.npy", step.scaled(vectors))


@app.command()
def mlm(
    work: Work,
    subject: Subject = CORPUS,
    steps: int = 20_000,
    layers: int = 4,
    hidden: int = 256,
    name: str = "mlm",
    threads: int = 2,
    length: int = 64,
) -> None:
    """Pre-train by masked words; goes on from the last checkpoint."""
    import numpy as np
    import torch
    from tokenizers import Tokenizer

    from models.train.encoder import Shape
    from models.train.pretrain import Plan, encode, pretrain, swap_tables
    from models.train.texts import lexicon, paragraphs

    torch.set_num_threads(threads)
    trained = Tokenizer.from_file(str(work / "tokenizer.json"))
    size = trained.get_vocab_size()
    swaps = np.arange(size, dtype=np.int32)
    for spanish, english in swap_tables(trained, lexicon()):
        swaps[spanish] = english
    start = work / f"embeddings-{hidden}.npy"
    pretrain(
        Shape(layers=layers, hidden=hidden, heads=hidden // 64, vocabulary=size),
        Plan(steps=steps, length=length),
        np.load(work / "general.npy"),
        encode(trained, paragraphs([subject])),
        swaps,
        trained.token_to_id("[MASK]"),
        np.load(start) if start.exists() else None,
        work / name,
    )


@app.command()
def finetune(
    work: Work,
    subject: Subject = CORPUS,
    start: str = "mlm",
    name: str = "finetune",
    epochs: int = 10,
    rate: float = 5e-4,
    seed: int = 0,
    threads: int = 2,
    evidence: float = 0.1,
    layers: Annotated[int | None, typer.Option(help="Only the first layers: a smaller network.")] = None,
) -> None:
    """Fine-tune on the train split, judged on calibration."""
    import numpy as np
    import torch
    from tokenizers import Tokenizer

    from models import taxonomy
    from models.corpus import store
    from models.train import finetune as step
    from models.train.augment import pools
    from models.train.build import labeller
    from models.train.examples import examples
    from models.train.pretrain import swap_tables
    from models.train.texts import lexicon

    torch.set_num_threads(threads)
    tree = taxonomy.load()
    trained = Tokenizer.from_file(str(work / "tokenizer.json"))
    train = examples(trained, store.read("train", subject), tree)
    held = examples(trained, store.read("calibration", subject), tree)
    english = np.arange(trained.get_vocab_size(), dtype=np.int64)
    for left, right in swap_tables(trained, lexicon()):
        english[left] = right
    pool = pools(train, english, *(trained.token_to_id(piece) for piece in ("[CLS]", "[SEP]", "[MASK]")))
    tuning = step.Tuning(epochs=epochs, rate=rate, seed=seed, evidence=evidence)
    model, shape = labeller(work / start, len(tree.names), seed, layers)
    (work / name).mkdir(parents=True, exist_ok=True)
    (work / name / "shape.json").write_text(json.dumps(shape.as_json()))
    corpus = store.digest(store.read(folder=subject))
    step.finetune(model, train, held, pool, tuning, len(tree.sectors), work / name, corpus)


@app.command()
def blend(
    work: Work,
    names: Annotated[str, typer.Option(help="Fine-tuned folders of the work folder, comma-separated.")],
    into: Annotated[str, typer.Option(help="Folder of the work folder to write.")] = "blend",
) -> None:
    """The mean of several fine-tuned networks that began alike."""
    from models.train.build import blend as write

    write([work / name for name in names.split(",")], work / into)


@app.command()
def export(
    work: Work, name: str = "finetune", out: Annotated[Path | None, typer.Option(help="Model folder to write.")] = None
) -> None:
    """ONNX in fp32 (kept in the work folder) and int8."""
    from models import taxonomy
    from models.train.build import tuned
    from models.train.export import export as write

    model, _ = tuned(work / name, len(taxonomy.load().names))
    _, small = write(model, work / name)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        shutil.copy(small, out / "model.onnx")
        shutil.copy(work / "tokenizer.json", out / "tokenizer.json")
    typer.echo(f"{small} {small.stat().st_size / 1e6:.1f} MB")


@app.command()
def calibrate(
    out: Annotated[Path, typer.Option(help="Model folder, the rival's file in it.")],
    version: Annotated[str, typer.Option(help="Name and version, kept with every label.")],
    subject: Subject = CORPUS,
    mix: Annotated[bool, typer.Option(help="Mix keyword and word evidence in.")] = True,  # noqa: FBT002
) -> None:
    """Write ``labels.json`` from the calibration split."""
    from models import taxonomy
    from models.classifier.linear import LinearWords
    from models.classifier.scoring import Rules
    from models.corpus import store
    from models.evaluate import truth_of
    from models.train.calibrate import choose
    from models.train.compare import pairs_of, reader, views_of

    tree = taxonomy.load()
    rows = store.read("calibration", subject)
    network = reader(out / "model.onnx", out / "tokenizer.json", tree)
    views = views_of(network, LinearWords(out / "rival.npz"), pairs_of(rows), tree)
    rules, gates, choices = choose(views, truth_of(rows, tree), tree, mix=mix)
    corpus = store.digest(store.read(folder=subject))
    notes = {"corpus": corpus, "calibrated_on": f"{len(rows)} documents"}
    Rules(version, tuple(rules), round(gates.document, 3), round(gates.surest, 3), notes=notes).save(
        out / "labels.json"
    )
    typer.echo(str(gates))
    for axis, choice in choices.items():
        typer.echo(f"{axis}: {choice}")


@app.command()
def rival(out: Annotated[Path, typer.Option(help="Model folder.")], subject: Subject = CORPUS) -> None:
    """Tune TF-IDF + logistic regression + keyword hits and keep the best as ``rival.npz``."""
    from models import taxonomy
    from models.corpus import store
    from models.train.rival import tune

    chosen = tune(store.read("train", subject), store.read("calibration", subject), taxonomy.load(), out / "rival.npz")
    typer.echo(json.dumps(chosen))


@app.command()
def retrain(
    work: Work,
    reviews: Annotated[Path, typer.Option(help="Judged documents to learn from besides the corpus (JSON lines).")],
    out: Annotated[Path, typer.Option(help="Model folder to write.")],
    version: Annotated[str, typer.Option(help="Name and version of the new model.")],
    subject: Subject = CORPUS,
    epochs: int = 10,
) -> None:
    """Fine-tune anew what was pre-trained, on a corpus that has grown; one cut off goes on, over the same texts."""
    from models.corpus import store
    from models.train.grown import grow

    grown = grow(subject, reviews, work / "grown")
    name = f"retrain-{store.digest(store.read(folder=grown))[:12]}"
    for former in work.glob("retrain-*"):
        if former.name != name:  # it learnt from other texts
            shutil.rmtree(former)
    finetune(work, grown, name=name, epochs=epochs)
    export(work, name, out)
    rival(out, grown)
    calibrate(out, version, grown)
    shutil.rmtree(work / name)
    shutil.rmtree(grown)


@app.command("all")
def everything(
    general: General,
    work: Work,
    version: Annotated[str, typer.Option(help="Name and version of the new model.")],
    subject: Subject = CORPUS,
    out: Annotated[Path, typer.Option(help="Model folder to write.")] = CORPUS.parent / "artifact",
    steps: int = 9_000,
) -> None:
    """All steps in their order; what an earlier run left in the work folder is not made again."""
    if not (work / "general.npy").exists():
        tokenizer(general, work, subject)
    if not (work / "embeddings-256.npy").exists():
        embeddings(work, subject)
    mlm(work, subject, steps=steps)
    finetune(work, subject)
    export(work, out=out)
    rival(out, subject)
    calibrate(out, version, subject)


@app.command()
def compare(
    work: Work,
    out: Annotated[Path, typer.Option(help="Model folder.")] = CORPUS.parent / "artifact",
    subject: Subject = CORPUS,
    names: Annotated[
        str, typer.Option(help="Fine-tuned folders of the work folder, comma-separated; the first is the shipped one.")
    ] = "finetune",
    write_card: Annotated[  # noqa: FBT002
        bool, typer.Option("--card", help="Write MODEL_CARD.md; notes come from notes.md beside this file.")
    ] = False,
) -> None:
    """All systems side by side on calibration, test and the public development set."""
    from models import taxonomy
    from models.corpus import store
    from models.evaluate import read_labelled
    from models.train import compare as step

    tree = taxonomy.load()
    dev = Path(__file__).parents[2] / "tests" / "models" / "dev.jsonl"
    sets = {
        "calibration": store.read("calibration", subject),
        "test": store.read("test", subject),
        "dev": read_labelled(dev),
    }
    networks: dict[str, Path] = {}
    for name in names.split(","):
        networks[f"{name} int8"] = work / name / "model.onnx"
        networks[f"{name} fp32"] = work / name / "model-fp32.onnx"
    found = step.compare(sets, networks, work / "tokenizer.json", out / "rival.npz", tree)
    step.save(found, work / "compare.json")
    table = step.as_markdown(found)
    typer.echo(table)
    if write_card:
        rows = store.read(folder=subject)
        facts = {
            "Corpus": f"{len(rows)} documents, hash `{store.digest(rows)[:16]}`",
            "Test split": f"{len(sets['test'])} documents, hash `{store.digest(sets['test'])[:16]}`",
            "Network": f"int8 {(out / 'model.onnx').stat().st_size / 1e6:.1f} MB, 4 layers of 256, 12,000 word pieces",
        }
        notes = (Path(__file__).parent / "notes.md").read_text(encoding="utf-8")
        (out / "MODEL_CARD.md").write_text(step.card(out, sets, table, facts, notes), encoding="utf-8")
