"""Fine-tuning on the labelled corpus: by steps, resumable by epoch, stopped by the calibration split.

The averaged weights (exponential moving average) are what is judged and kept. Loss: binary cross-entropy with targets
smoothed to .01/.97, rare labels and marked hard negatives weigh more; where a label looks is pulled towards its evidence.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from scipy.special import expit
from torch import Tensor, nn

from models.train.augment import Chances, Pools, Sample, plain, vary
from models.train.checkpoint import save
from models.train.encoder import Labeller
from models.train.examples import WORDS, Example

log = logging.getLogger(__name__)
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tuning:
    """How to fine-tune."""

    epochs: int = 10
    batch: int = 16
    size: int = 320
    rate: float = 5e-4
    warmup: float = 0.1
    low: float = 0.01
    high: float = 0.97
    evidence: float = 0.1
    words: float = 1.0
    anything: float = 0.15
    average: float = 0.99
    patience: int = 3
    seed: int = 0
    chances: Chances = field(default_factory=Chances)


def batches(samples: Sequence[Sample], size: int, random: np.random.Generator | None) -> Iterator[list[int]]:
    """Index batches of about equal length, in random order when a generator is given."""
    order = np.arange(len(samples)) if random is None else random.permutation(len(samples))
    span = size * 12 if random is not None else len(samples)
    groups = [
        sorted(order[at : at + span].tolist(), key=lambda index: len(samples[index].ids))
        for at in range(0, len(order), span)
    ]
    found = [group[at : at + size] for group in groups for at in range(0, len(group), size)]
    if random is not None:
        random.shuffle(found)  # pyright: ignore[reportArgumentType]
    yield from found


def tensors(samples: Sequence[Sample]) -> tuple[Tensor, Tensor, Tensor]:
    """Padded ids, attention mask and evidence bits."""
    longest = max(len(sample.ids) for sample in samples)
    ids = np.zeros((len(samples), longest), dtype=np.int64)
    mask, bits = np.zeros_like(ids), np.zeros_like(ids)
    for row, sample in enumerate(samples):
        ids[row, : len(sample.ids)] = sample.ids
        mask[row, : len(sample.ids)] = 1
        bits[row, : len(sample.ids)] = sample.bits
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(bits)


def loss_of(logits: Tensor, looks: Tensor, bits: Tensor, targets: Tensor, weights: Tensor, tuning: Tuning) -> Tensor:
    """Label loss plus the pull of the looks towards the evidence."""
    smooth = targets * (tuning.high - tuning.low) + tuning.low
    each = nn.functional.binary_cross_entropy_with_logits(logits[:, :-1], smooth, reduction="none")
    main = (each * weights).sum() / weights.sum().clamp(min=1)
    main = main + tuning.anything * anything_loss(logits[:, -1], targets, weights)
    marks = (bits.unsqueeze(-1) >> torch.arange(targets.shape[1])) & 1
    known = (marks.sum(1) > 0) & (targets > 0) & (weights > 0)
    caught = (looks * marks).sum(1)[known]
    return main + tuning.evidence * -(caught + 1e-4).log().mean() if known.any() else main


def anything_loss(logit: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """Whether a document carries any label; those that carry none are few and weigh more, torn ones do not count."""
    some = targets.amax(1)
    torn = ((targets > 0) & (weights == 0)).any(1)
    weight = torch.where(some > 0, 1.0, 3.0) * ~torn
    loss = nn.functional.binary_cross_entropy_with_logits(logit, 0.02 + 0.95 * some, reduction="none")
    return (loss * weight).sum() / weight.sum().clamp(min=1)


def words_loss(words: Tensor, bits: Tensor, mask: Tensor) -> Tensor:
    """Which pieces are a label's words; rare, so the few weigh more."""
    marks = ((bits.unsqueeze(-1) >> torch.arange(WORDS, WORDS + words.shape[-1])) & 1).float()
    wide = mask.unsqueeze(-1) * (1.0 + 4.0 * marks)
    return (nn.functional.binary_cross_entropy_with_logits(words, marks, reduction="none") * wide).sum() / mask.sum()


def predict(model: Labeller, found: Sequence[Example], pool: Pools, size: int, batch: int = 32) -> Floats:
    """Logits of the plain documents."""
    samples = [plain(example, pool, size) for example in found]
    scores = np.zeros((len(samples), len(found[0].targets)), dtype=np.float32)
    model.eval()
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for chosen in batches(samples, batch, None):
            ids, mask, _ = tensors([samples[index] for index in chosen])
            scores[chosen] = model(ids, mask)[0][:, :-1].float().numpy()
    return scores


def f1_by_label(truth: npt.NDArray[np.bool_], guess: npt.NDArray[np.bool_]) -> Floats:
    """F1 a column; nought where nothing is right."""
    hits = (truth & guess).sum(0)
    return np.asarray(2 * hits / np.maximum(truth.sum(0) + guess.sum(0), 1), dtype=np.float32)


def best_macro(truth: npt.NDArray[np.bool_], scores: Floats, sectors: int) -> tuple[float, float, float, float]:
    """Macro-F1 (mean of the axes) at the best single threshold, that threshold, and both axes."""
    found: list[tuple[float, float, float, float]] = []
    for threshold in np.arange(0.2, 0.71, 0.05):
        f1 = f1_by_label(truth, scores >= threshold)
        axes = float(f1[:sectors].mean()), float(f1[sectors:].mean())
        found.append((sum(axes) / 2, float(threshold), *axes))
    return max(found)


def train_epoch(
    model: Labeller,
    average: Labeller,
    optimizer: torch.optim.Optimizer,
    samples: Sequence[Sample],
    rare: Tensor,
    tuning: Tuning,
    epoch: int,
    random: np.random.Generator,
) -> float:
    """One pass over the samples; the averaged weights follow. Returns the mean loss."""
    model.train()
    losses: list[float] = []
    order = list(batches(samples, tuning.batch, random))
    total = tuning.epochs * len(order)
    for step, chosen in enumerate(order, start=epoch * len(order)):
        picked = [samples[index] for index in chosen]
        ids, mask, bits = tensors(picked)
        targets = torch.from_numpy(np.stack([sample.targets for sample in picked]))
        weights = torch.from_numpy(np.stack([sample.weights for sample in picked])) * torch.where(
            targets > 0, rare, 1.0
        )
        for group in optimizer.param_groups:
            group["lr"] = tuning.rate * min((step + 1) / (tuning.warmup * total), 1.0 - step / (total * 1.02))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, looks, words = model.views(ids, mask)
        loss = loss_of(logits, looks, bits, targets, weights, tuning) + tuning.words * words_loss(words, bits, mask)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
        keep = min(tuning.average, step / (step + 10))
        with torch.no_grad():
            for old, new in zip(average.parameters(), model.parameters(), strict=True):
                old.lerp_(new, 1.0 - keep)
    return float(np.mean(losses))


def finetune(
    model: Labeller,
    train: Sequence[Example],
    held: Sequence[Example],
    pool: Pools,
    tuning: Tuning,
    sectors: int,
    folder: Path,
    corpus: str = "",
) -> Labeller:
    """Train, judge the averaged weights after each epoch, return the best.

    A run goes on from its checkpoint, also over a corpus that has grown since (``corpus`` is its hash): then the search
    for the best epoch begins anew, since scores on another calibration split do not compare.
    """
    torch.manual_seed(tuning.seed)
    folder.mkdir(parents=True, exist_ok=True)
    share = np.mean([example.targets for example in train], axis=0)
    rare = torch.from_numpy(np.clip(np.sqrt(0.12 / np.maximum(share, 1e-3)), 1.0, 2.5).astype(np.float32))
    truth = np.asarray([example.targets for example in held]) > 0.5
    optimizer = torch.optim.AdamW(model.parameters(), lr=tuning.rate, weight_decay=0.01)
    average, best = deepcopy(model), deepcopy(model.state_dict())
    best_score, best_epoch, first = -1.0, 0, 0
    checkpoint = folder / "finetune.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        first = best_epoch = state["epoch"]
        if state["corpus"] == corpus:
            best, best_score, best_epoch = state["best"], state["best_score"], state["best_epoch"]
        torch.manual_seed(tuning.seed + first)
    for epoch in range(first, tuning.epochs):
        if epoch - best_epoch > tuning.patience:
            log.info("no better since epoch %d: stop", best_epoch)
            break
        random = np.random.default_rng((tuning.seed, epoch))
        samples = [vary(example, pool, tuning.size, tuning.chances, random) for example in train]
        loss = train_epoch(model, average, optimizer, samples, rare, tuning, epoch, random)
        scores = expit(predict(average, held, pool, tuning.size))
        score, threshold, on_sectors, on_events = best_macro(truth, scores.astype(np.float32), sectors)
        log.info(
            "epoch %d loss %.4f calibration macro-F1 %.3f / %.3f at %.2f",
            epoch + 1,
            loss,
            on_sectors,
            on_events,
            threshold,
        )
        if score > best_score:
            best, best_score, best_epoch = deepcopy(average.state_dict()), score, epoch
        save(
            {
                "model": model.state_dict(),
                "average": average.state_dict(),
                "optimizer": optimizer.state_dict(),
                "best": best,
                "best_score": best_score,
                "best_epoch": best_epoch,
                "epoch": epoch + 1,
                "corpus": corpus,
            },
            checkpoint,
        )
        save({"model": best, "score": best_score, "epoch": best_epoch + 1}, folder / "model.pt")
    average.load_state_dict(best)
    return average
