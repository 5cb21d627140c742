"""From plain text to an encoder that knows the language: vocabulary, start vectors, masked words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from models.train.commands.options import CORPUS, MODELS, General, Subject, Work


def vocabulary_hints() -> list[str]:
    """Words that must be in the vocabulary whatever the texts say: places, press words, both sides of the word list."""
    from models.train.texts import lexicon

    units = MODELS / "gazetteer" / "units.csv"
    places = units.read_text(encoding="utf-8").replace(",", " ").splitlines() if units.exists() else []
    press = (MODELS / "train" / "glossary.txt").read_text(encoding="utf-8").split()
    return [*places, *(word for word in [*press, *(word for pair in lexicon() for word in pair)] for _ in range(8))]


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


def mlm(
    work: Work,
    subject: Subject = CORPUS,
    steps: int = 20_000,
    layers: int = 4,
    hidden: int = 256,
    name: str = "mlm",
    threads: int = 2,
    length: int = 64,
    subject_share: Annotated[float, typer.Option(help="Blocks of a step taken from the subject's texts.")] = 0.25,
    rate: float = 1e-3,
    start: Annotated[
        Path | None,
        typer.Option(
            help="Fine-tuned folder of the work folder, or a model folder: its encoder reads on in its own shape, its heads wait."
        ),
    ] = None,
) -> None:
    """Pre-train by masked words; goes on from the last checkpoint."""
    import numpy as np
    import torch
    from tokenizers import Tokenizer

    from models import taxonomy
    from models.train.build import going_on
    from models.train.commands.labels import beginning
    from models.train.encoder import HEAD, Shape
    from models.train.pretrain import Plan, encode, pretrain, swap_tables
    from models.train.texts import lexicon, paragraphs

    torch.set_num_threads(threads)
    begin = beginning(work, start, None) if start is not None else None
    trained = Tokenizer.from_file(str(work / "tokenizer.json"))
    size = trained.get_vocab_size()
    swaps = np.arange(size, dtype=np.int32)
    for spanish, english in swap_tables(trained, lexicon()):
        swaps[spanish] = english
    if begin is not None:
        encoder, shape = going_on(begin, taxonomy.load().names, work / name)
    else:
        vectors = work / f"embeddings-{hidden}.npy"
        encoder = np.load(vectors) if vectors.exists() else None
        shape = Shape(layers=layers, hidden=hidden, heads=hidden // HEAD, vocabulary=size)
    pretrain(
        shape,
        Plan(steps=steps, length=length, subject_share=subject_share, rate=rate, warmup=min(300, steps // 10)),
        np.load(work / "general.npy"),
        encode(trained, paragraphs([subject])),
        swaps,
        trained.token_to_id("[MASK]"),
        encoder,
        work / name,
    )


def borrow(
    work: Work,
    folder: Annotated[Path, typer.Option(help="BERT folder: config.json, model.safetensors, vocab.txt.")],
    name: str = "borrowed",
    own_words: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option(help="Let its layers read the vocabulary of the work folder; else its own is put there.")
    ] = False,
) -> None:
    """Take a body of other make to fine-tune from, to be compared with our own."""
    import numpy as np
    from tokenizers import Tokenizer

    from models.train import borrowed
    from models.train.texts import lexicon

    theirs, rows = borrowed.vocabulary(folder)
    body, vectors = borrowed.body_of(folder, rows)
    if own_words:
        ours = Tokenizer.from_file(str(work / "tokenizer.json"))
        (counted,) = (np.load(path) for path in work.glob("embeddings-*.npy"))
        vectors = borrowed.carried_over(ours, counted, theirs, vectors, lexicon())
    else:
        work.mkdir(parents=True, exist_ok=True)
        theirs.save(str(work / "tokenizer.json"))
    borrowed.keep(body, vectors, work / name)
    typer.echo(f"{len(vectors)} pieces of {vectors.shape[1]}")
