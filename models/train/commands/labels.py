"""From the encoder and labelled texts to a model folder: fine-tuning, export, the rival, thresholds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Annotated

import typer

from models.train.commands.options import CORPUS, Subject, Work


def finetune(
    work: Work,
    subject: Subject = CORPUS,
    start: Annotated[
        Path, typer.Option(help="Folder of the work folder, or a model folder to go on from (model.onnx).")
    ] = Path("mlm"),
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
    from models.train.build import SHAPE, labeller
    from models.train.examples import examples
    from models.train.pretrain import swap_tables
    from models.train.texts import lexicon

    torch.set_num_threads(threads)
    tree = taxonomy.load()
    begin = beginning(work, start, layers)
    trained = Tokenizer.from_file(str(work / "tokenizer.json"))
    rows = store.read("train", subject)
    rows += [row for row in rows if row.get("build") == store.PRESS]  # seen twice a pass, each time told otherwise
    train = examples(trained, rows, tree)
    held = examples(trained, store.read("calibration", subject), tree)
    english = np.arange(trained.get_vocab_size(), dtype=np.int64)
    for left, right in swap_tables(trained, lexicon()):
        english[left] = right
    pool = pools(train, english, *(trained.token_to_id(piece) for piece in ("[CLS]", "[SEP]", "[MASK]")))
    tuning = step.Tuning(epochs=epochs, rate=rate, seed=seed, evidence=evidence)
    model, shape = labeller(begin, tree.names, seed, layers)
    (work / name).mkdir(parents=True, exist_ok=True)
    (work / name / SHAPE).write_text(json.dumps(shape))
    corpus = store.digest(store.read(folder=subject))
    step.finetune(model, train, held, pool, tuning, len(tree.sectors), work / name, corpus)


def beginning(work: Path, start: Path, layers: int | None) -> Path:
    """The folder to begin from: a model folder, whose vocabulary the work folder takes over, or one of the work folder's.

    Raises:
        BadParameter: it is neither, or its network cannot be cut to some layers.
    """
    from models.classifier.folder import is_model

    if is_model(start):
        if layers is not None:
            raise typer.BadParameter("a model folder is gone on from with all its layers")
        adopt(work, start / "tokenizer.json")
        return start
    if not (work / start).is_dir():
        raise typer.BadParameter(f"{start} is no model folder, and {work} has none of that name")
    return work / start


def adopt(work: Path, vocabulary: Path) -> None:
    """The vocabulary that a given network reads becomes the work folder's.

    Raises:
        BadParameter: the folder has another already, which its own networks read.
    """
    work.mkdir(parents=True, exist_ok=True)
    own = work / vocabulary.name
    if not own.exists():
        shutil.copy(vocabulary, own)
    elif own.read_bytes() != vocabulary.read_bytes():
        raise typer.BadParameter(
            f"{work} has another vocabulary than this network reads: remove it, or name another folder"
        )


def blend(
    work: Work,
    names: Annotated[
        str, typer.Option(help="Fine-tuned folders of the work folder, or model folders, comma-separated.")
    ],
    into: Annotated[str, typer.Option(help="Folder of the work folder to write.")] = "blend",
) -> None:
    """The mean of several fine-tuned networks that began alike."""
    from models import taxonomy
    from models.classifier.folder import is_model
    from models.train.build import blend as write

    folders = [Path(name) if is_model(Path(name)) else work / name for name in names.split(",")]
    write(folders, work / into, taxonomy.load().names)


def export(
    work: Work, name: str = "finetune", out: Annotated[Path | None, typer.Option(help="Model folder to write.")] = None
) -> None:
    """ONNX in fp32 (kept in the work folder) and int8."""
    from models import taxonomy
    from models.train.build import tuned
    from models.train.export import export as write

    model = tuned(work / name, len(taxonomy.load().names))
    _, small = write(model, work / name)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        shutil.copy(small, out / "model.onnx")
        shutil.copy(work / "tokenizer.json", out / "tokenizer.json")
    typer.echo(f"{small} {small.stat().st_size / 1e6:.1f} MB")


def rival(out: Annotated[Path, typer.Option(help="Model folder.")], subject: Subject = CORPUS) -> None:
    """Tune TF-IDF + logistic regression + keyword hits and keep the best as ``rival.npz``."""
    from models import taxonomy
    from models.corpus import store
    from models.train.rival import tune

    chosen = tune(store.read("train", subject), store.read("calibration", subject), taxonomy.load(), out / "rival.npz")
    typer.echo(json.dumps(chosen))


def calibrate(
    out: Annotated[Path, typer.Option(help="Model folder, the rival's file in it.")],
    version: Annotated[str, typer.Option(help="Name and version, kept with every label.")],
    subject: Subject = CORPUS,
    mix: Annotated[bool, typer.Option(help="Mix keyword and word evidence in.")] = True,  # noqa: FBT002 - an option of the command line
    begun_from: Annotated[
        str, typer.Option(help="Version of the model that this one went on from, kept as a note.")
    ] = "",
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
    if begun_from:
        notes["begun_from"] = begun_from
    Rules(version, tuple(rules), round(gates.document, 3), round(gates.surest, 3), notes=notes).save(
        out / "labels.json"
    )
    typer.echo(str(gates))
    for axis, choice in choices.items():
        typer.echo(f"{axis}: {choice}")
