"""All systems side by side, and the shipped model's card."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from models.train.commands.options import ARTIFACT, CORPUS, MODELS, Subject, Work


def compare(
    work: Work,
    out: Annotated[Path, typer.Option(help="Model folder.")] = ARTIFACT,
    subject: Subject = CORPUS,
    names: Annotated[
        str, typer.Option(help="Fine-tuned folders of the work folder, comma-separated; the first is the shipped one.")
    ] = "finetune",
    beside: Annotated[
        str, typer.Option(help="Fine-tuned folders with a vocabulary of their own, comma-separated (W2/minilm).")
    ] = "",
    write_card: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--card", help="Write MODEL_CARD.md; notes come from models/train/notes.md.")
    ] = False,
) -> None:
    """All systems side by side on calibration, test and the public development set."""
    from models import taxonomy
    from models.corpus import store
    from models.evaluate import read_labelled
    from models.train import compare as step
    from models.train.build import described

    tree = taxonomy.load()
    dev = MODELS.parent / "tests" / "models" / "dev.jsonl"
    test = store.read("test", subject)
    sets = {
        "calibration": store.read("calibration", subject),
        "test": test,
        "test, as press": [row for row in test if row.get("build") == store.PRESS],
        "dev": read_labelled(dev),
    }
    sets = {name: rows for name, rows in sets.items() if rows}
    shipped = names.split(",")[0]
    folders = [work / name for name in names.split(",")] + [Path(path) for path in beside.split(",") if path]
    networks = {
        f"{folder.name} {kind}": (folder / file, folder.parent / "tokenizer.json")
        for folder in folders
        for kind, file in (("int8", "model.onnx"), ("fp32", "model-fp32.onnx"))
    }
    found = step.compare(sets, networks, out / "rival.npz", tree)
    step.save(found, work / "compare.json")
    table = step.as_markdown(found)
    typer.echo(table)
    if write_card:
        rows = store.read(folder=subject)
        facts = {
            "Corpus": f"{len(rows)} documents, hash `{store.digest(rows)[:16]}`",
            "Test split": f"{len(sets['test'])} documents, hash `{store.digest(sets['test'])[:16]}`",
            "Network": f"int8 {(out / 'model.onnx').stat().st_size / 1e6:.1f} MB, {described(work / shipped)}",
        }
        notes = (MODELS / "train" / "notes.md").read_text(encoding="utf-8")
        (out / "MODEL_CARD.md").write_text(step.card(out, sets, table, facts, notes), encoding="utf-8")
