"""Documents a second: the shipped classifier against the transformers pipeline with the same weights in PyTorch fp32.

``python -m tests.benchmarks.classify_speed --work build/train`` where torch and transformers are installed. Rounds are interleaved,
CPU seconds stand beside wall seconds, the pipeline is given its best batch size. Without ``--work`` only our side runs.
"""

from __future__ import annotations

import argparse
import importlib
import resource
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from models import taxonomy
from models.classifier import Classifier
from models.corpus import store

PIECES = 256  # each document is filled up or cut to this many
ROUNDS = 5


def documents(count: int) -> list[tuple[str, str]]:
    """Corpus texts put together and cut, so that each has about 256 pieces."""
    rows = store.read("calibration")
    return [
        (row["title"], (row["text"] + " " + rows[(number - 1) % len(rows)]["text"])[:1_080])
        for number, row in enumerate((rows * 20)[:count])
    ]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def pipeline(folder: Path, threads: int) -> Any:
    """The fine-tuned weights as a transformers text-classification pipeline."""
    torch, transformers = importlib.import_module("torch"), importlib.import_module("transformers")
    build = importlib.import_module("models.train.build")
    outputs = importlib.import_module("transformers.modeling_outputs")
    torch.set_num_threads(threads)
    names = taxonomy.load().names
    network = build.tuned(folder / "finetune", len(names))
    config = transformers.PretrainedConfig(
        id2label=dict(enumerate(names)), label2id={name: rank for rank, name in enumerate(names)}
    )

    class Wrapped(transformers.PreTrainedModel):  # type: ignore[misc]
        config_class = transformers.PretrainedConfig

        def __init__(self) -> None:
            super().__init__(config)
            self.network = network
            self.anchor = torch.nn.Parameter(torch.zeros(1))

        def forward(self, input_ids: Any, attention_mask: Any, **_: Any) -> Any:
            return outputs.SequenceClassifierOutput(logits=self.network(input_ids, attention_mask)[0][:, :-1])

    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"),
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=320,
    )
    return transformers.pipeline(
        "text-classification",
        model=Wrapped().eval(),
        tokenizer=tokenizer,
        device="cpu",
        top_k=None,
        function_to_apply="sigmoid",
    )


def main() -> None:
    """Print medians over the rounds."""
    parser = argparse.ArgumentParser(description="Documents a second.")
    parser.add_argument("--work", type=Path, help="training work folder with the fine-tuned weights")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--documents", type=int, default=256)
    options = parser.parse_args()
    texts = documents(options.documents)
    began = time.perf_counter()
    model = Classifier.load(threads=options.threads)
    model.predict(texts[:1])
    print(f"load and first result {time.perf_counter() - began:.2f} s")
    systems: dict[str, Callable[[], object]] = {"chasqui int8": lambda: model.predict(texts)}
    if options.work is not None:
        rival = pipeline(options.work, options.threads)
        joined = [f"{title} {text}" for title, text in texts]
        quickest = min(
            (1, 8, 16, 32), key=lambda size: timed(lambda: rival(joined[:32], batch_size=size, truncation=True))[0]
        )
        systems[f"pipeline fp32, batch {quickest}"] = lambda: rival(joined, batch_size=quickest, truncation=True)
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in systems}
    for _ in range(ROUNDS):
        for name, work in systems.items():
            seconds[name].append(timed(work))
    for name, times in seconds.items():
        wall, cpu = median(each[0] for each in times), median(each[1] for each in times)
        print(f"{name}: {len(texts) / wall:.1f} documents/s, {1000 * cpu / len(texts):.1f} ms CPU a document")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
